"""The cast of the pay tests: Ilze and Juris meet learners of Alfa school, the board employs them, Zane reckons, Aija
heads the board. Put there as rows; what is under test goes through the acts."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import ClassVar

from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.hours.models import Meeting, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.pay.actions import approve_run, prepare_run, send_run
from celabiedrs.pay.models import PayRun, UnitRate
from celabiedrs.people.models import Post, Role, User
from celabiedrs.places.models import Institution, InstitutionKind, Municipality, Region
from celabiedrs.plans.models import Learner, MentorAssignment, SupportPlan
from celabiedrs.registry.models import Mentor
from tests.cast import fresh

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
NOW = datetime(2026, 11, 20, 9, 0)
SINCE = date(2026, 8, 1)


class Cast:
    """Everybody by their first name, and how a month comes to be."""

    now: ClassVar[datetime] = NOW

    def __init__(self) -> None:
        self.numbers = count(1)
        self.region = Region.objects.create(name="Pasaku reģions")
        self.town = Municipality.objects.create(atvk="9999999", name="Pasaku novads", region=self.region)
        self.board = Institution.objects.create(
            name="Pasaku izglītības pārvalde",
            kind=InstitutionKind.EDUCATION_BOARD,
            municipality=self.town,
            municipal=True,
        )
        self.school = Institution.objects.create(
            name="Alfas pamatskola", kind=InstitutionKind.GENERAL, municipality=self.town, municipal=True
        )
        self.zane = self.person("Zane Rēķina", Role.PAY_CLERK, institution=self.board)
        self.aija = self.person("Aija Vadītāja", Role.HEAD, institution=self.board)
        self.rita = self.person("Rita Atbildīgā", Role.RESPONSIBLE_PERSON, institution=self.school)

    def person(self, name: str, role: str = "", **place: object) -> User:
        user = User.objects.create(
            email=f"p{next(self.numbers)}@example.lv", name=name, joined_at=clock.moment_of(SINCE, time(9))
        )
        if role:
            Post.objects.create(person=user, role=role, since=SINCE, **place)
        return user

    def mentor(self, name: str, employer: Institution | None = None) -> Mentor:
        user = self.person(name)
        mentor = Mentor.objects.create(
            user=user, born_on=date(1985, 5, 5), enrolled_at=clock.moment_of(SINCE, time(9))
        )
        Contract.objects.create(
            mentor=mentor,
            employer=employer or self.board,
            year="2026/27",
            first_semester=1,
            last_semester=2,
            signed_on=SINCE,
            state=ContractState.SIGNED,
        )
        return mentor

    def plan(self, mentor: Mentor, learner: str = "Jānis Noslēpums") -> SupportPlan:
        number = next(self.numbers)
        moment = clock.moment_of(date(2026, 9, 1), time(8))
        child = Learner.objects.create(
            name=f"{learner} {number}",
            born_on=date(2012, 3, 3),
            institution=self.school,
            class_year=8,
            enrolled_at=moment,
        )
        contract = Contract.objects.get(mentor=mentor)
        plan = SupportPlan.objects.create(
            number=f"IAP-2026-{number:05}",
            learner=child,
            institution=self.school,
            class_year=8,
            year="2026/27",
            semester=1,
            starts_on=date(2026, 9, 1),
            ends_on=date(2026, 12, 18),
            module="II",
            ground="social_exclusion",
            hours_per_month=20,
            mentor=mentor,
            contract=contract,
            state="active",
            drafted_at=moment,
            submitted_at=moment,
            first_submitted_at=moment,
            approved_at=moment,
        )
        MentorAssignment.objects.create(plan=plan, mentor=mentor, contract=contract, since=moment)
        return plan

    def sheet(
        self,
        plan: SupportPlan,
        hours: list[int],
        *,
        month: date = OCTOBER,
        state: str = SheetState.VERIFIED,
        unsigned: tuple[int, ...] = (),
        supplement: int = 0,
        first_day: int = 1,
    ) -> Timesheet:
        """A month with one meeting a day from `first_day` on; the meetings at the indexes in `unsigned` lack a
        signature."""
        assert plan.contract is not None and plan.mentor is not None
        number = next(self.numbers)
        moment = clock.moment_of(clock.next_month(month), time(8))
        verified = state == SheetState.VERIFIED
        submitted = state in (SheetState.VERIFIED, SheetState.SUBMITTED)
        sheet = Timesheet.objects.create(
            code=f"T{number:09}",
            plan=plan,
            mentor=plan.mentor,
            employer=plan.contract.employer,
            month=month,
            supplement=supplement,
            state=state,
            submitted_at=moment if submitted else None,
            declared_at=moment if submitted else None,
            verified_at=moment if verified else None,
            verified_by=self.rita if verified else None,
        )
        slot = next(self.numbers) % 7
        Meeting.objects.bulk_create(
            self._meeting(
                sheet, month.replace(day=first_day) + timedelta(days=index), each, slot, index in unsigned
            )
            for index, each in enumerate(hours)
        )
        return sheet

    def _meeting(self, sheet: Timesheet, day: date, hours: int, slot: int, unsigned: bool) -> Meeting:
        starts = clock.moment_of(day, time(6 + 2 * slot, slot))
        return Meeting(
            timesheet=sheet,
            plan=sheet.plan,
            mentor=sheet.mentor,
            learner=sheet.plan.learner,
            contract=sheet.plan.contract,
            held_on=day,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=40 * hours),
            hours=hours,
            topic="Karjeras dienasgrāmata",
            recorded_at=starts,
            recorded_by=sheet.mentor.user,
            learner_means="" if unsigned else "device",
            mentor_means="device",
        )

    def rate(self, amount: str = "11.40", since: date = date(2026, 9, 1)) -> UnitRate:
        return UnitRate.objects.create(
            amount=Decimal(amount), since=since, source="Rīkojums Nr. 1", published_at=clock.now()
        )

    def prepared(self, month: date = OCTOBER) -> PayRun:
        """The run of a month, prepared on the fourth day after it."""
        run = self.tried(month)
        assert run is not None
        return run

    def tried(self, month: date = OCTOBER) -> PayRun | None:
        """The same; None where there is nothing to pay."""
        over = clock.moment_of(clock.next_month(month) + timedelta(days=3), time(9))
        with clock.at(max(clock.now(), over)):
            return prepare_run(by=fresh(self.zane), employer=self.board, month=month).thing

    def approved(self, month: date = OCTOBER) -> PayRun:
        return approve_run(by=fresh(self.aija), run=self.prepared(month)).thing

    def sent(self, month: date = OCTOBER) -> PayRun:
        return send_run(by=fresh(self.zane), run=self.approved(month)).thing
