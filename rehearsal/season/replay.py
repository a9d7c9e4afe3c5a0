"""A season through the acts: institutions, mentors, contracts, learners, plans, meetings, months, pay runs.

A row that the rules refuse leaves no trace and is listed with all its clauses; the others go in. What is stored is
stored together at the end, or not at all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from celabiedrs.contracts.actions import check_suitability, sign_contract
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Refused
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.tables.reading import Row
from celabiedrs.pay.actions import publish_rate
from celabiedrs.pay.models import UnitRate
from celabiedrs.people.models import Role, User
from celabiedrs.places.models import Institution, Municipality
from celabiedrs.plans.actions import enrol_learner
from celabiedrs.plans.models import Learner
from celabiedrs.registry.actions import enrol_mentor, record_certificate
from celabiedrs.registry.models import LETTERS_AND_DIGITS, CheckGround, Mentor, TrainingCertificate
from celabiedrs.rules.naming import certificate_number
from celabiedrs.rules.reading import read_day, read_money
from rehearsal.season.diary import Diary
from rehearsal.season.files import Season, SeasonRefused
from rehearsal.season.people import Staff
from rehearsal.season.plans import Planning
from rehearsal.season.report import Report
from rehearsal.stories.papers import scan

DONE = "season_replayed"
Progress = Callable[[str, int, int], None]
"""Called with the name of a part, how many of its rows are done, and how many there are."""
CHECKS = {
    CheckGround.EDUCATION_LAW_50: "checked_education_law_50_on",
    CheckGround.CHILD_PROTECTION_LAW_72_5: "checked_child_protection_72_5_on",
}


def refuse_if_there(season: Season) -> None:
    """A season goes into one database once. Raises SeasonRefused."""
    numbers = {certificate_number(row["certificate_number"]) for row in season.of("mentors")}
    rates = {day: row["amount"] for row in season.of("rates") if (day := read_day(row["from"])) is not None}
    others = [r for r in UnitRate.objects.filter(since__in=rates) if r.amount != read_money(rates[r.since])]
    if (
        Event.objects.filter(verb=DONE).exists()
        or TrainingCertificate.objects.alias(compared=LETTERS_AND_DIGITS)
        .filter(compared__in=numbers)
        .exists()
        or others
    ):
        raise SeasonRefused(
            "This database holds a season, or mentors or other rates of this season's days, already; "
            "nothing was stored. "
            "Take another database (CELABIEDRS_DATA or DATABASE_URL), or add --throwaway."
        )


@contextmanager
def whole_row(reasons: list[str]) -> Iterator[None]:
    """What a row does counts only if nothing in it was refused; an act that refuses outright ends the row."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                yield
        except Refused as refused:
            reasons.extend(refused.clauses)
        if reasons:
            transaction.set_rollback(True)


class Replay:
    """One run over one season."""

    def __init__(self, season: Season, progress: Progress) -> None:
        self.season = season
        self.progress = progress
        self.report = Report()
        self.staff = Staff()
        self.institutions: dict[str, Institution] = {}
        self.mentors: dict[str, Mentor] = {}
        self.learners: dict[str, Learner] = {}
        self.reasons: dict[tuple[str, str], list[str]] = {}

    @transaction.atomic
    def run(self) -> Report:
        refuse_if_there(self.season)
        self.known_rates = set(UnitRate.objects.order_by().values_list("since", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with clock.at(self.first_moment()):
            self._institutions()
            self._each("rates", self._rate)
        self._each("mentors", self._mentor)
        self._each("contracts", self._contract)
        take_stock()
        with clock.at(self.first_moment()):
            self._each("learners", self._learner)
        planning = Planning(self.season, self.staff, self.report, self.learners, self.mentors, self.reasons)
        ordered = planning.ordered()
        for number, row in enumerate(ordered, 1):
            planning.take(row)
            self.progress("plans", number, len(ordered))
        take_stock()
        diary = Diary(self.season, self.staff, self.report, planning.plans, self.progress)
        diary.meetings()
        take_stock()
        diary.months()
        diary.pay(self.institutions)
        record(self.admin, DONE, by=self.admin, plans=self.report.plans, meetings=self.report.meetings)
        return self.report

    @property
    def admin(self) -> User:
        return self.staff.of(Role.PROGRAMME_ADMINISTRATOR)

    def first_moment(self) -> datetime:
        """The morning before the first plan is submitted: by then schools, rates and learners are known."""
        days = [
            day for row in self.season.of("plans") if (day := read_day(row["submitted_at"][:10])) is not None
        ]
        days += [
            day for row in self.season.of("contracts") if (day := read_day(row["signed_on"])) is not None
        ]
        return clock.moment_of(min(days, default=date(2025, 9, 2)) - timedelta(days=1), time(9))

    def _each(self, name: str, take: Callable[[Row], list[str]]) -> None:
        rows = self.season.of(name)
        for number, row in enumerate(rows, 1):
            reasons = take(row)
            if reasons:
                self.report.refuse(name, row.line_no, reasons)
                if "key" in row.cells:
                    self.reasons[name, row["key"]] = reasons
            self.progress(name, number, len(rows))

    def _institutions(self) -> None:
        places = {place.atvk: place for place in Municipality.objects.order_by("pk")}
        rows = self.season.of("institutions")
        for number, row in enumerate(rows, 1):
            self.institutions[row["key"]] = Institution.objects.create(
                name=row["name"],
                kind=row["kind"],
                municipality=places[row["municipality_atvk"]],
                municipal=row["municipal"] == "yes",
            )
            self.progress("institutions", number, len(rows))
        self.places = places

    def _rate(self, row: Row) -> list[str]:
        reasons: list[str] = []
        if read_day(row["from"]) in self.known_rates:
            return reasons
        with whole_row(reasons):
            publish_rate(by=self.admin, amount=row["amount"], since=row["from"])
        return reasons

    def _mentor(self, row: Row) -> list[str]:
        """Enrolled and certified; who is enrolled and has no valid certificate stays enrolled, without it."""
        reasons: list[str] = []
        issued = read_day(row["certificate_issued_on"])
        moment = clock.moment_of(issued, time(12)) if issued else self.first_moment()
        taken = User.objects.filter(email=row["email"]).exists()
        with clock.at(moment), whole_row(reasons):
            self.mentors[row["key"]] = enrol_mentor(
                by=self.admin,
                name=row["name"],
                born=row["born"],
                education=listed(row["education"]),
                municipalities=[self.places[code] for code in listed(row["municipalities_atvk"])],
                email="" if taken else row["email"],
                phone=row["phone"],
            ).thing
        if reasons:
            self.mentors.pop(row["key"], None)
            return reasons
        with clock.at(moment), whole_row(reasons):
            record_certificate(
                by=self.admin,
                mentor=self.mentors[row["key"]],
                number=row["certificate_number"],
                issued_on=row["certificate_issued_on"],
                hours=row["certificate_hours"],
                training_round=1,
            )
        return reasons

    def _contract(self, row: Row) -> list[str]:
        """The employer's checks and the contract, each at its day; a check of a later day comes too late."""
        mentor = self.mentors.get(row["mentor"])
        if mentor is None:
            return self.reasons["mentors", row["mentor"]]
        employer = self.institutions[row["employer"]]
        head = self.staff.at(Role.HEAD, employer)
        signed_on = read_day(row["signed_on"])
        reasons: list[str] = []
        with whole_row(reasons):
            for ground, column in CHECKS.items():
                checked_on = read_day(row[column])
                if row[column] and (checked_on is None or signed_on is None or checked_on <= signed_on):
                    self._check(mentor, employer, head, ground, row[column], reasons)
            with clock.at(noon(signed_on) or self.first_moment()):
                sign_contract(
                    by=head,
                    mentor=mentor,
                    employer=employer,
                    semesters=listed(row["semesters"]),
                    signed_on=row["signed_on"],
                    scan=scan("contract", by=head),
                )
        return reasons

    def _check(
        self, mentor: Mentor, employer: Institution, head: User, ground: str, day: str, reasons: list[str]
    ) -> None:
        with clock.at(noon(read_day(day)) or self.first_moment()):
            try:
                check_suitability(
                    by=head, mentor=mentor, employer=employer, ground=ground, checked_on=day, outcome="clear"
                )
            except Refused as refused:
                reasons.extend(refused.clauses)

    def _learner(self, row: Row) -> list[str]:
        reasons: list[str] = []
        institution = self.institutions[row["institution"]]
        with whole_row(reasons):
            self.learners[row["key"]] = enrol_learner(
                by=self.staff.at(Role.PREPARER, institution),
                institution=institution,
                name=row["name"],
                born=row["born"],
                school_class=row["class"],
                course=row["course"],
                guardian=row["guardian"],
                results_only=row["results_only"] == "yes",
            ).thing
        if reasons:
            self.learners.pop(row["key"], None)
        return reasons


def take_stock() -> None:
    """Tell the database how much there is by now; before the end of the transaction nobody else would."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def noon(day: date | None) -> Any:
    return clock.moment_of(day, time(12)) if day is not None else None
