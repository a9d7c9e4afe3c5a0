"""The end as the page of a plan offers it: acts for the preparer, the way to the end's page for both sides."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.closing.access import (
    answers_visible_to,
    feedback_visible_to,
    may_evaluate,
    may_prepare,
    plans_listed_for,
)
from celabiedrs.closing.models import Evaluation, PreparerFeedback
from celabiedrs.closing.reading.ends import standing_of
from celabiedrs.closing.workflow import END
from celabiedrs.lib.look import shown
from celabiedrs.people.models import User
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.reading.steps import Possible


@dataclass(frozen=True)
class EndingLink:
    """Where the end of a plan is looked at; `text` where something is to be done about it now."""

    url: str
    label: str
    text: str = ""


def end_of_life(user: User, plan: SupportPlan) -> list[Possible]:
    """Closing the plan and drafting the next one, for the preparer of a plan that was approved."""
    if plan.approved_at is None or not may_prepare(user, plan):
        return []
    closable = plan.state in END.sources
    return [
        Possible(
            "close",
            _("Close the plan"),
            _(
                "No meetings from this moment; hours given before stay payable. First it is shown what is missing."
            ),
            "" if closable else _("This plan is %(state)s now.") % {"state": plan.get_state_display()},
            reverse("closing:close", args=[plan.public_id]),
        ),
        Possible(
            "renew",
            _("A plan for the next semester"),
            _("Drafted from this one, with the risks assessed again."),
            "",
            reverse("closing:renew", args=[plan.public_id]),
        ),
    ]


def ending_link(user: User, plan: SupportPlan) -> EndingLink | None:
    """The page of the end for the pair's two sides, the answers for those of the project who may read them."""
    if plan.approved_at is None:
        return None
    of_school = SupportPlan.objects.filter(plans_listed_for(user), pk=plan.pk).exists()
    if of_school or may_evaluate(user, plan):
        label, url = _("The end of the plan"), reverse("closing:ending", args=[plan.public_id])
        return EndingLink(url, label, _pressing(plan) if of_school else "")
    reads = Evaluation.objects.filter(answers_visible_to(user), plan=plan).exists()
    if reads or PreparerFeedback.objects.filter(feedback_visible_to(user), plan=plan).exists():
        return EndingLink(
            reverse("closing:answers", args=[plan.public_id]), _("What was answered at its end")
        )
    return None


def _pressing(plan: SupportPlan) -> str:
    standing = standing_of(plan)
    if not standing.live or not standing.asked:
        return ""
    day = {"day": shown.day(plan.last_day)}
    if standing.over:
        return _("Its last day was %(day)s. It is not closed yet.") % day
    if not standing.way:
        return _("It ends on %(day)s. Choose how it goes on: continue, finish well or hand over.") % day
    return ""
