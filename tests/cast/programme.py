"""The made-up people of these tests: Jānis of class 8, Ilze who stands by him, and those around."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.hours.models import CooperationReview, Meeting, SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.storage import store_bytes
from celabiedrs.lib.signing.models import Means
from celabiedrs.people.models import Post, Role, User
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import Institution, Municipality, Region, Semester
from celabiedrs.plans.models import Agreement, Learner, MentorAssignment, Risk, SupportPlan, SupportRequest
from celabiedrs.plans.words import PlanState
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.calendar import ClassGroup
from tests.cast import at, riga

LONG_AGO = date(2025, 8, 1)
SEMESTERS = {1: (date(2026, 9, 1), date(2026, 12, 18)), 2: (date(2027, 1, 4), date(2027, 5, 31))}


class Cast:
    """Puts the world there, unchecked; the tests then act in it."""

    now: ClassVar[datetime | None] = None
    """Each test sets its own hour."""

    def __init__(self) -> None:
        self.vidzeme, self.zemgale = (
            Region.objects.create(name="Vidzeme"),
            Region.objects.create(name="Zemgale"),
        )
        self.cesis = self.municipality("T1", "Cēsu novads", self.vidzeme)
        self.smiltene = self.municipality("T2", "Smiltenes novads", self.vidzeme)
        self.jelgava = self.municipality("T3", "Jelgava", self.zemgale)
        self.cesis.neighbours.add(self.smiltene)
        self.school = self.institution("Priežu pamatskola", self.cesis)
        self.near_school = self.institution("Egļu pamatskola", self.smiltene)
        self.far_school = self.institution("Liepu vidusskola", self.jelgava)
        self.centre = self.institution("Jauniešu centrs", self.cesis, kind="youth_centre", municipal=True)
        self.preparer = self.person(Role.PREPARER, institution=self.school)
        self.responsible = self.person(Role.RESPONSIBLE_PERSON, institution=self.school)
        self.head = self.person(Role.HEAD, institution=self.school)
        self.officer = self.person(Role.SAFEGUARDING_OFFICER, institution=self.school)
        self.far_preparer = self.person(Role.PREPARER, institution=self.far_school)
        self.near_responsible = self.person(Role.RESPONSIBLE_PERSON, institution=self.near_school)
        self.far_responsible = self.person(Role.RESPONSIBLE_PERSON, institution=self.far_school)
        self.expert = self.person(Role.PROJECT_EXPERT, region=self.vidzeme)
        self.far_expert = self.person(Role.PROJECT_EXPERT, region=self.zemgale)
        self.coordinator = self.person(Role.MUNICIPALITY_COORDINATOR, municipality=self.cesis)
        self.supervisor = self.person(Role.SUPERVISOR)
        self.other_supervisor = self.person(Role.SUPERVISOR)
        self.auditor = self.person(Role.AUDITOR)
        self.admin = self.person(Role.PROGRAMME_ADMINISTRATOR)
        self.admin2 = self.person(Role.PROGRAMME_ADMINISTRATOR)
        self.calendar()
        self.ilze, self.andris = self.mentor("Ilze Kalniņa"), self.mentor("Andris Ozols")
        self.contract = self.contracted(self.ilze, self.school)
        self.janis = self.learner("Jānis Bērziņš")
        self.plan = self.planned(self.janis, self.ilze, self.contract)

    def municipality(self, code: str, name: str, region: Region) -> Municipality:
        return Municipality.objects.create(atvk=code, name=name, region=region)

    def institution(self, name: str, municipality: Municipality, **more: Any) -> Institution:
        return Institution.objects.create(
            name=name, municipality=municipality, **({"kind": "general"} | more)
        )

    def person(self, role: Role | None = None, **place: Any) -> User:
        number = User.objects.count()
        with at("2025-08-01 08:00"):
            user = User.objects.create(
                email=f"cilveks{number}@example.test", name=f"Cilvēks {number}", joined_at=clock.now()
            )
        if role is not None:
            Post.objects.create(person=user, role=role, since=LONG_AGO, **place)
        return user

    def calendar(self) -> None:
        Semester.objects.filter(year="2026/27").delete()
        for number, (since, until) in SEMESTERS.items():
            Semester.objects.create(
                year="2026/27",
                number=number,
                group=ClassGroup.GENERAL,
                since=since,
                until=until,
                source="test",
            )
        new_edition()

    def mentor(self, name: str) -> Mentor:
        user = self.person()
        User.objects.filter(pk=user.pk).update(name=name)
        mentor = Mentor.objects.create(
            user=user, born_on=date(1990, 4, 2), enrolled_at=riga("2026-01-01 09:00")
        )
        mentor.municipalities.add(self.cesis)
        return mentor

    def contracted(self, mentor: Mentor, employer: Institution) -> Contract:
        return Contract.objects.create(
            mentor=mentor,
            employer=employer,
            year="2026/27",
            first_semester=1,
            last_semester=2,
            signed_on=date(2026, 8, 25),
            scan=self.scan(),
            state=ContractState.SIGNED,
        )

    def scan(self) -> StoredFile:
        return store_bytes(b"%PDF-1.7 made up", kind="scan", media_type="application/pdf", name="x.pdf")

    def learner(self, name: str, *, school: Institution | None = None, class_year: int = 8) -> Learner:
        return Learner.objects.create(
            name=name,
            born_on=date(2012, 5, 14),
            institution=school or self.school,
            class_year=class_year,
            enrolled_at=riga("2026-08-20 09:00"),
        )

    def planned(
        self, learner: Learner, mentor: Mentor, contract: Contract, *, semester: int = 1, **more: Any
    ) -> SupportPlan:
        """An active plan with its papers."""
        since, until = SEMESTERS[semester]
        values: dict[str, Any] = {
            "number": f"IAP-T-{SupportPlan.objects.count() + 1:05d}",
            "learner": learner,
            "institution": learner.institution,
            "class_year": learner.class_year,
            "year": "2026/27",
            "semester": semester,
            "starts_on": since,
            "ends_on": until,
            "module": "I",
            "ground": "failing_and_leaving",
            "hours_per_month": 12,
            "mentor": mentor,
            "contract": contract,
            "state": PlanState.ACTIVE,
            "drafted_at": riga("2026-08-26 09:00"),
            "approved_at": riga("2026-09-01 09:00"),
        }
        plan = SupportPlan.objects.create(**(values | more))
        Risk.objects.create(plan=plan, kind="failing", reason="Nesekmība trīs priekšmetos")
        Risk.objects.create(plan=plan, kind="early_leaving", reason="Kavējumi")
        SupportRequest.objects.create(
            plan=plan, applicant="guardian", signed_on=date(2026, 8, 28), scan=self.scan()
        )
        Agreement.objects.create(
            plan=plan, mentor=mentor, learner_signed_on=date(2026, 8, 31), mentor_signed_on=date(2026, 8, 31)
        )
        MentorAssignment.objects.create(
            plan=plan, mentor=mentor, contract=contract, since=riga("2026-08-31 09:00")
        )
        return plan

    def month(
        self,
        plan: SupportPlan,
        month: date,
        state: str = SheetState.VERIFIED,
        *,
        mentor: Mentor | None = None,
        reviewed: bool = True,
    ) -> Timesheet:
        """A month with one signed meeting of two hours on its tenth, and the mentor's review of the cooperation."""
        mentor = mentor or self.ilze
        verified = state == SheetState.VERIFIED
        moment = clock.moment_of(month + timedelta(days=40), datetime.min.time())
        sheet = Timesheet.objects.create(
            code=f"T{Timesheet.objects.count():05d}",
            plan=plan,
            mentor=mentor,
            employer=self.school,
            month=month,
            state=state,
            submitted_at=moment,
            declared_at=moment,
            verified_at=moment if verified else None,
            verified_by=self.responsible if verified else None,
        )
        starts = clock.moment_of(month.replace(day=10), datetime.min.time().replace(hour=15))
        Meeting.objects.create(
            timesheet=sheet,
            plan=plan,
            mentor=mentor,
            learner=plan.learner,
            contract=plan.assignments.filter(mentor=mentor).latest("since").contract,
            held_on=month.replace(day=10),
            starts_at=starts,
            ends_at=starts + timedelta(minutes=80),
            hours=2,
            topic="Pastaiga",
            recorded_at=moment,
            recorded_by=mentor.user,
            learner_means=Means.DEVICE,
            mentor_means=Means.DEVICE,
        )
        if reviewed:
            CooperationReview.objects.get_or_create(
                plan=plan,
                mentor=mentor,
                defaults={
                    "cooperation": "Labi",
                    "recommendation": "close",
                    "written_by": mentor.user,
                    "written_at": moment,
                },
            )
        return sheet

    def change_mentor(self, plan: SupportPlan, mentor: Mentor, moment: str) -> None:
        contract = self.contracted(mentor, self.school)
        plan.assignments.filter(until=None).update(until=riga(moment))
        MentorAssignment.objects.create(plan=plan, mentor=mentor, contract=contract, since=riga(moment))
        plan.mentor, plan.contract = mentor, contract
        plan.save(update_fields=["mentor", "contract"])

    def end(self, plan: SupportPlan, moment: str, state: str = PlanState.ENDED) -> SupportPlan:
        plan.state = state
        setattr(plan, "ended_at" if state == PlanState.ENDED else "withdrawn_at", riga(moment))
        plan.suspended_at = None
        plan.save()
        return plan

    def suspend(self, plan: SupportPlan, moment: str) -> SupportPlan:
        plan.state, plan.suspended_at = PlanState.SUSPENDED, riga(moment)
        plan.save()
        plan.suspensions.create(since=riga(moment), reason="Slimo")
        return plan
