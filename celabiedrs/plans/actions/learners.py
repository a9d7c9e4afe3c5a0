"""What a school does with a learner whom it has enrolled: the way through school, the personal code, a transfer."""

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, WrongState, expect, refuse, require
from celabiedrs.lib.audit.record import looked, record
from celabiedrs.people.models import Role, User
from celabiedrs.places.models import Institution
from celabiedrs.plans import notices
from celabiedrs.plans.access import may_enrol, may_prepare_for
from celabiedrs.plans.models import Learner, LearnerTransfer, PersonalCode, PlanSketch
from celabiedrs.plans.workflow import DECLINE_TRANSFER, READ_OUT_CODE, LearnerObstacle
from celabiedrs.rules import preparing as preparing_rules
from celabiedrs.rules import support as support_rules
from celabiedrs.rules.reading import read_text


def _locked(by: User, learner: Learner, version: int | None = None) -> Learner:
    """The learner, held until the act is through; Stale where somebody changed what the person had before them."""
    require(may_prepare_for(by, learner))
    learner = Learner.objects.select_for_update(of=("self",)).select_related("institution").get(pk=learner.pk)
    require(may_prepare_for(by, learner))
    if version is not None and version != learner.version:
        raise Stale
    return learner


@transaction.atomic
def describe_learner(
    *,
    by: User,
    learner: Learner,
    guardian: object = "",
    results_only: bool = False,
    repeats_class: bool = False,
    language_difficulty: bool = False,
    version: int | None = None,
) -> Done[Learner]:
    """[LNG-2] [MOD-2] [MOD-3] Correct what the school knows of a learner besides name, birth and class."""
    learner = _locked(by, learner, version)
    learner.guardian = read_text(guardian)[:120]
    learner.results_only, learner.repeats_class = bool(results_only), bool(repeats_class)
    learner.language_difficulty = bool(language_difficulty)
    learner.version += 1
    learner.save(
        update_fields=["guardian", "results_only", "repeats_class", "language_difficulty", "version"]
    )
    record(learner, "described", by=by)
    return Done(learner)


@transaction.atomic
def move_up(
    *,
    by: User,
    learner: Learner,
    school_class: object = None,
    course: object = None,
    version: int | None = None,
) -> Done[Learner]:
    """[GEN-2] A learner is in another class or course from now on. Plans keep the stage they were made for."""
    learner = _locked(by, learner, version)
    today = clock.today()
    cautions = refuse(
        support_rules.stage_of_learner(
            school_class=school_class, course=course, institution_kind=learner.institution.kind, day=today
        )
    )
    _stage(learner, school_class, course)
    learner.version += 1
    learner.save(update_fields=["class_year", "course_year", "stage_since", "version"])
    record(learner, "moved_up", by=by, school_class=learner.class_year, course=learner.course_year)
    return Done(learner, cautions)


def _stage(learner: Learner, school_class: object, course: object) -> None:
    stage = expect(support_rules.read_stage(school_class, course, clock.today()))
    learner.class_year, learner.course_year = stage.school_class, stage.course
    learner.stage_since = clock.today()


@transaction.atomic
def change_school(
    *,
    by: User,
    learner: Learner,
    institution: Institution,
    school_class: object = None,
    course: object = None,
) -> Done[Learner]:
    """[GEN-2] The learner's school lets the learner change over to another. Its own plans and papers stay with it;
    what the new school makes is the new school's."""
    learner = _locked(by, learner)
    cautions = refuse(
        preparing_rules.changes_school(
            here=learner.institution_id, there=institution.pk, there_kind=institution.kind
        ),
        support_rules.stage_of_learner(
            school_class=school_class, course=course, institution_kind=institution.kind, day=clock.today()
        ),
    )
    former = learner.institution_id
    _stage(learner, school_class, course)
    learner.institution = institution
    learner.version += 1
    learner.save(update_fields=["institution", "class_year", "course_year", "stage_since", "version"])
    learner.transfers.filter(answered_at=None).update(answered_at=clock.now())
    learner.personal_codes.filter(replaced_at=None).update(replaced_at=clock.now())
    PlanSketch.objects.filter(learner=learner).delete()
    record(learner, "changed_school", by=by, former=former, institution=institution.pk)
    notices.learner_came(learner)
    return Done(learner, cautions)


@transaction.atomic
def ask_transfer(*, by: User, learner: Learner, institution: Institution) -> Done[LearnerTransfer]:
    """[GEN-2] Ask the school at which a learner is enrolled to let the learner change over. Who asks knew the name and
    the day of birth already, and learns nothing more."""
    require(may_enrol(by, institution.pk))
    refuse(
        preparing_rules.changes_school(
            here=learner.institution_id, there=institution.pk, there_kind=institution.kind
        )
    )
    transfer, new = LearnerTransfer.objects.get_or_create(
        learner=learner,
        to=institution,
        answered_at=None,
        defaults={"asked_by": by, "asked_at": clock.now()},
    )
    if new:
        record(transfer, "transfer_asked", by=by)
        notices.transfer_asked(transfer)
    return Done(transfer)


@transaction.atomic
def decline_transfer(*, by: User, transfer: LearnerTransfer) -> Done[LearnerTransfer]:
    """The learner's school says no: the learner stays."""
    require(may_prepare_for(by, transfer.learner))
    transfer = LearnerTransfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    if transfer.answered_at is not None:
        raise WrongState(DECLINE_TRANSFER, LearnerObstacle.TRANSFER_ANSWERED, transfer)
    transfer.answered_at = clock.now()
    transfer.save(update_fields=["answered_at"])
    record(transfer, "transfer_declined", by=by)
    return Done(transfer)


@transaction.atomic
def enter_personal_code(*, by: User, learner: Learner, code: object) -> Done[PersonalCode]:
    """[GEN-2] Enter a learner's personal code, or the new one after a change; the earlier one stays in the history."""
    learner = _locked(by, learner)
    cautions = refuse(preparing_rules.personal_code(code=code))
    read = preparing_rules.read_personal_code(code) or ""
    learner.personal_codes.filter(replaced_at=None).update(replaced_at=clock.now())
    entered = PersonalCode.objects.create(learner=learner, code=read, entered_by=by, entered_at=clock.now())
    record(learner, "personal_code_entered", by=by)
    return Done(entered, cautions)


@transaction.atomic
def read_out_personal_code(*, by: User, learner: Learner) -> Done[str]:
    """Read a learner's personal code in clear: a preparer of the school only, and each look is written down."""
    require(may_prepare_for(by, learner))
    held = learner.personal_codes.filter(replaced_at=None).first()
    if held is None:
        raise WrongState(READ_OUT_CODE, LearnerObstacle.NO_PERSONAL_CODE, learner)
    looked(by, role=Role.PREPARER, what="personal_code", thread=learner.public_id)
    return Done(held.code)
