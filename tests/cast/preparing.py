"""The made-up people of the preparer's pages: Anna prepares at Priežu pamatskola, Baiba beside her, Gints at another
school. Ilze has a contract with the school, Andris has none. It is Monday 07.09.2026., 10:00 in Riga."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, ClassVar

from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.lib import clock
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.storage import store_bytes
from celabiedrs.people.models import Post, Role, User
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import Institution, Municipality, Region, Semester
from celabiedrs.plans.actions import attach_mentor, draft_plan, enrol_learner, file_request, sign_agreement
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.registry.models import (
    CheckGround,
    EducationGround,
    EducationKind,
    Mentor,
    SuitabilityCheck,
    TrainingCertificate,
)
from celabiedrs.rules.calendar import school_year_of

NOW = datetime(2026, 9, 7, 10, 0, tzinfo=clock.RIGA)
LONG_AGO = date(2025, 8, 1)
TEXTS = {
    "situation": "Kavē stundas, trūkst motivācijas mācīties matemātiku.",
    "way_forward": "Divas reizes nedēļā pa divām stundām: plānošana, mācīšanās prasmes, karjera.",
    "mentor_undertakes": "Tikties laikā, uzklausīt, palīdzēt plānot.",
    "learner_undertakes": "Nākt uz tikšanos un laikus pateikt, ja nevaru.",
}
RISKS = [
    {"kind": "failing", "reason": "Nesekmīgs matemātikā kopš pavasara."},
    {"kind": "early_leaving", "reason": "Kavē pirmās stundas."},
]
_number = count(1)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000000200"
    "01e221bc330000000049454e44ae426082"
)


def person(name: str, role: Role | None = None, **place: Any) -> User:
    user = User.objects.create_user(email=f"cilveks{next(_number)}@example.lv", name=name)
    if role is not None:
        Post.objects.create(person=user, role=role, since=LONG_AGO, **place)
    return user


def put_semesters(today: date) -> None:
    """The semester that today is in, for all class groups; the other one of that year after it."""
    Semester.objects.all().delete()
    since, until = today - timedelta(days=6), today + timedelta(days=100)
    for group in ("classes_1_8_10_11", "class_9", "class_12"):
        for number, first, last in (
            (1, since, until),
            (2, until + timedelta(days=14), until + timedelta(days=150)),
        ):
            Semester.objects.create(
                year=school_year_of(today),
                number=number,
                group=group,
                since=first,
                until=last,
                source="tests",
            )
    new_edition()


@dataclass
class Cast:
    """Puts the people there, unchecked; the tests act in it. `today` is the day around which everything lies."""

    now: ClassVar[datetime] = NOW
    today: date = field(default_factory=lambda: NOW.date())

    def __post_init__(self) -> None:
        put_semesters(self.today)
        self.year = school_year_of(self.today)
        self.region = Region.objects.create(name="Vidzeme tests")
        self.municipality = Municipality.objects.create(atvk="T1", name="Cēsu novads", region=self.region)
        self.school = Institution.objects.create(
            name="Priežu pamatskola", kind="general", municipality=self.municipality
        )
        self.other_school = Institution.objects.create(
            name="Kalnu vidusskola", kind="general", municipality=self.municipality
        )
        self.anna = person("Anna Liepa", Role.PREPARER, institution=self.school)
        self.baiba = person("Baiba Koka", Role.PREPARER, institution=self.school)
        self.gints = person("Gints Kalns", Role.PREPARER, institution=self.other_school)
        self.responsible = person("Rita Egle", Role.RESPONSIBLE_PERSON, institution=self.school)
        self.expert = person("Elīna Eksperte", Role.PROJECT_EXPERT, region=self.region)
        self.ilze = self.mentor("Ilze Kalniņa")
        self.andris = self.mentor("Andris Ozols")
        self.contract = self.contracted(self.ilze)

    def scan(self, kind: str = "contract") -> StoredFile:
        return store_bytes(b"%PDF-1.7 test", kind=kind, media_type="application/pdf", name=f"{kind}.pdf")

    def mentor(self, name: str) -> Mentor:
        mentor = Mentor.objects.create(
            user=person(name), born_on=date(1990, 4, 2), enrolled_at=clock.now(), phone="20000000"
        )
        mentor.municipalities.add(self.municipality)
        EducationGround.objects.create(mentor=mentor, kind=EducationKind.SECONDARY)
        TrainingCertificate.objects.create(
            mentor=mentor, number=f"T-{mentor.pk}", issued_on=self.today - timedelta(days=200), hours=36
        )
        return mentor

    def contracted(self, mentor: Mentor, employer: Institution | None = None, **more: Any) -> Contract:
        employer = employer or self.school
        for ground in CheckGround.values:
            SuitabilityCheck.objects.create(
                mentor=mentor,
                employer=employer,
                ground=ground,
                checked_on=self.today - timedelta(days=20),
                outcome="clear",
                recorded_at=clock.now(),
            )
        values: dict[str, Any] = {
            "year": self.year, "first_semester": 1, "last_semester": 2, "scan": self.scan(),
            "signed_on": self.today - timedelta(days=10), "state": ContractState.SIGNED,
        }  # fmt: skip
        return Contract.objects.create(mentor=mentor, employer=employer, **(values | more))

    def learner(self, name: str = "Jānis Bērziņš", *, by: User | None = None, **more: Any) -> Learner:
        by = by or self.anna
        school = Institution.objects.get(pk=by.institutions(Role.PREPARER)[0])
        values = {
            "born": self.today - timedelta(days=int(14.5 * 365.25)),
            "school_class": 8,
            "another_person": True,
        }
        return enrol_learner(by=by, institution=school, name=name, **(values | more)).thing

    def draft(self, learner: Learner | None = None, *, by: User | None = None, **more: Any) -> SupportPlan:
        values: Mapping[str, Any] = {
            "semester": f"{self.year}-1", "module": "I", "ground": "failing_and_leaving", "risks": RISKS,
            "hours_per_month": 12,
        }  # fmt: skip
        return draft_plan(by=by or self.anna, learner=learner or self.learner(), **{**values, **more}).thing

    def requested(self, plan: SupportPlan) -> SupportPlan:
        file_request(
            by=self.anna, plan=plan, applicant="guardian", signed_on=self.today, scan=self.scan("request")
        )
        return SupportPlan.objects.get(pk=plan.pk)

    def attached(self, plan: SupportPlan) -> SupportPlan:
        attach_mentor(by=self.anna, plan=self.requested(plan), mentor=self.ilze, contract=self.contract)
        return SupportPlan.objects.get(pk=plan.pk)

    def ready(self, name: str = "Jānis Bērziņš") -> SupportPlan:
        """A plan that lacks nothing."""
        plan = self.attached(self.draft(self.learner(name)))
        sign_agreement(
            by=self.anna,
            plan=plan,
            mentor=self.ilze,
            learner_signed_on=self.today,
            mentor_signed_on=self.today,
            **TEXTS,
        )
        return SupportPlan.objects.get(pk=plan.pk)
