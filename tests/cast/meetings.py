"""A small cast for the pages of the hours: one school, one mentor, three learners. Put by ORM, so that a page's test
does not wait for the acts of the stages before.

It is Monday 12.10.2026., 17:00 in Riga. Jānis's plan is approved, Elza's waits for the expert, Markuss's is suspended.
"""

from datetime import date, datetime, timedelta
from itertools import count
from typing import ClassVar

from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.hours.actions import record_meeting, sign_meeting
from celabiedrs.hours.models import Meeting
from celabiedrs.lib import clock
from celabiedrs.people.models import Post, Role, User
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import Break, Institution, InstitutionKind, Municipality, Region, Semester
from celabiedrs.plans.models import Agreement, Learner, MentorAssignment, SupportPlan, Suspension
from celabiedrs.plans.words import Module, ModuleGround, PlanState
from celabiedrs.registry.models import EducationGround, EducationKind, Mentor, TrainingCertificate

NOW = datetime(2026, 10, 12, 17, 0, tzinfo=clock.RIGA)
_number = count(1)


def put_calendar() -> None:
    """The first semester of 2026/27 as far as the cast needs it."""
    for group in ("classes_1_8_10_11", "class_9", "class_12"):
        Semester.objects.get_or_create(
            year="2026/27",
            number=1,
            group=group,
            defaults={"since": date(2026, 9, 1), "until": date(2026, 12, 18), "source": "tests"},
        )
    Break.objects.get_or_create(
        year="2026/27", kind="autumn", defaults={"since": date(2026, 10, 19), "until": date(2026, 10, 23)}
    )
    new_edition()


def put_person(name: str) -> User:
    """A person without a password: tests sign them in by force."""
    return User.objects.create_user(email=f"persona{next(_number)}@example.lv", name=name)


def put_school(name: str = "Paraugu pamatskola") -> Institution:
    region, _ = Region.objects.get_or_create(name="Paraugu reģions")
    place, _ = Municipality.objects.get_or_create(
        atvk="0099000", defaults={"name": "Paraugu novads", "region": region}
    )
    return Institution.objects.create(
        name=name, kind=InstitutionKind.GENERAL, municipality=place, municipal=True
    )


def put_mentor(name: str = "Ilze Ozola") -> Mentor:
    mentor = Mentor.objects.create(user=put_person(name), born_on=date(1980, 5, 5), enrolled_at=clock.now())
    TrainingCertificate.objects.create(
        mentor=mentor, number=f"A-{next(_number)}", issued_on=date(2026, 6, 1), hours=36
    )
    EducationGround.objects.create(mentor=mentor, kind=EducationKind.SECONDARY)
    return mentor


def put_plan(school: Institution, mentor: Mentor, name: str, state: str = PlanState.ACTIVE) -> SupportPlan:
    """A plan for the first semester, with contract, agreement and mentor; approved on 07.09.2026. where it
    is active.
    """
    approved = state in (PlanState.ACTIVE, PlanState.SUSPENDED, PlanState.ENDED)
    contract, _ = Contract.objects.get_or_create(
        mentor=mentor,
        employer=school,
        year="2026/27",
        first_semester=1,
        last_semester=1,
        defaults={"signed_on": date(2026, 9, 1), "state": ContractState.SIGNED},
    )
    learner = Learner.objects.create(
        name=name, born_on=date(2012, 3, 3), institution=school, class_year=8, enrolled_at=clock.now()
    )
    moment = datetime(2026, 9, 7, 9, 0, tzinfo=clock.RIGA)
    plan = SupportPlan.objects.create(
        number=f"2026-1-{next(_number):05}",
        learner=learner,
        institution=school,
        class_year=8,
        year="2026/27",
        semester=1,
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 12, 18),
        module=Module.EXCLUSION,
        ground=ModuleGround.SOCIAL_EXCLUSION,
        hours_per_month=12,
        mentor=mentor,
        contract=contract,
        state=state,
        drafted_at=moment,
        first_submitted_at=moment,
        submitted_at=moment,
        approved_at=moment if approved else None,
        suspended_at=datetime(2026, 10, 5, 12, 0, tzinfo=clock.RIGA)
        if state == PlanState.SUSPENDED
        else None,
        ended_at=datetime(2026, 10, 5, 12, 0, tzinfo=clock.RIGA) if state == PlanState.ENDED else None,
    )
    if plan.suspended_at is not None:
        Suspension.objects.create(plan=plan, since=plan.suspended_at, reason="Slimība")
    Agreement.objects.create(
        plan=plan, mentor=mentor, learner_signed_on=date(2026, 9, 3), mentor_signed_on=date(2026, 9, 3)
    )
    MentorAssignment.objects.create(
        plan=plan, mentor=mentor, contract=contract, since=moment - timedelta(days=1)
    )
    return plan


class Cast:
    """Who is there: the school, its responsible person, the mentor and the three plans."""

    now: ClassVar[datetime] = NOW

    def __init__(self) -> None:
        put_calendar()
        self.school, self.mentor = put_school(), put_mentor()
        self.responsible = put_person("Anna Kalniņa")
        Post.objects.create(
            person=self.responsible,
            role=Role.RESPONSIBLE_PERSON,
            institution=self.school,
            since=date(2026, 8, 1),
        )
        self.janis = put_plan(self.school, self.mentor, "Jānis Paraugs")
        self.elza = put_plan(self.school, self.mentor, "Elza Piemēra", PlanState.SUBMITTED)
        self.markuss = put_plan(self.school, self.mentor, "Markuss Izdomāts", PlanState.SUSPENDED)

    @property
    def user(self) -> User:
        return User.objects.get(pk=self.mentor.user_id)


def put_meeting(
    plan: SupportPlan,
    day: date,
    hours: int = 2,
    *,
    start: str = "15:00",
    topic: str = "Pastaiga",
    signed: bool = True,
) -> Meeting:
    """A meeting by act, by the plan's mentor; signed by both on the device unless told otherwise."""
    by = User.objects.get(pk=plan.mentor.user_id)
    row = record_meeting(by=by, plan=plan, day=day, start=start, hours=hours, topic=topic).thing
    if signed:
        row = sign_meeting(
            by=by, meeting=row, party="both", means="device", typed_name="Parauga paraksts"
        ).thing
    return row
