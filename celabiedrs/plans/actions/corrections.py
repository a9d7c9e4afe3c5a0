"""Correcting a learner's name and birthday, with a reason and a trace (GEN-2, decision 0057)."""

from collections.abc import Iterator

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import Role, User
from celabiedrs.plans.access import may_prepare_for
from celabiedrs.plans.models import Learner, LearnerCorrection, SupportPlan
from celabiedrs.plans.reading.persons import hold_person, same_learners
from celabiedrs.plans.words import PlanState
from celabiedrs.rules import agreement as agreement_rules
from celabiedrs.rules import corrections, naming
from celabiedrs.rules import support as support_rules
from celabiedrs.rules.breach import Finding, as_cautions
from celabiedrs.rules.reading import read_day, read_text


@transaction.atomic
def correct_learner(
    *,
    by: User,
    learner: Learner | None,
    reason: object,
    name: object = None,
    born: object = None,
    version: int | None = None,
) -> Done[Learner]:
    """[GEN-2] [TG-1] [AGR-1] Correct a learner's name, birthday or both; what is None stays.

    The rules that ask for the birthday are asked again of every plan, and what they would refuse now is told. What was
    issued and signed stays as it is.
    """
    require(may_prepare_for(by, learner) if learner else by.holds(Role.PREPARER))
    refuse(naming.learner_named(named=learner is not None))
    row = (
        Learner.objects.select_for_update(of=("self",))
        .select_related("institution")
        .get(pk=expect(learner).pk)
    )
    require(may_prepare_for(by, row))
    if version is not None and version != row.version:
        raise Stale
    new_name, new_born = (row.name if name is None else name), (row.born_on if born is None else born)
    hold_person(new_born)
    day = read_day(new_born)
    changed = [
        what
        for what, before, after in (("name", row.name, read_text(new_name)), ("born", row.born_on, day))
        if before != after
    ]
    cautions = refuse(
        corrections.correction(clause="GEN-2", given=changed, reason=reason),
        naming.fits(text=new_name, field="name", clause="GEN-2"),
        naming.fits(text=reason, field="reason", clause="GEN-2", characters=300),
        support_rules.learner_entered(name=new_name, born=new_born, today=clock.today()),
        corrections.learner_corrected_into_another(known=bool(same_learners(new_name, new_born, but=row))),
        () if day is None or day == row.born_on else as_cautions(_asked_again(row, day)),
    )
    LearnerCorrection.objects.create(
        learner=row,
        name_before=row.name,
        name_after=read_text(new_name),
        born_before=row.born_on,
        born_after=expect(day),
        reason=read_text(reason),
        corrected_by=by,
        corrected_at=clock.now(),
    )
    row.name, row.born_on = read_text(new_name), expect(day)
    row.version += 1
    row.save(update_fields=["name", "born_on", "version"])
    record(row, "corrected", by=by, thread=row.public_id, what=changed)
    return Done(row, cautions)


def _asked_again(learner: Learner, born: object) -> Iterator[Finding]:
    """[TG-1] [AGR-1] What depends on the birthday, of every plan that was not withdrawn."""
    day = read_day(born)
    plans = SupportPlan.objects.filter(learner=learner).exclude(state=PlanState.WITHDRAWN)
    for plan in plans.select_related("request").order_by("pk"):
        if day is None:
            return
        yield from support_rules.thirteen_within_plan(
            born=day, starts_on=plan.starts_on, ends_on=plan.ends_on, submitting=True
        )
        request = getattr(plan, "request", None)
        if request is not None:
            yield from agreement_rules.applicant(
                applicant=request.applicant,
                signed_on=request.signed_on,
                born=day,
                plan_ends_on=plan.last_day,
                today=clock.today(),
            )
