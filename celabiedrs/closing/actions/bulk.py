"""What can be done to the ends of many plans at once, and why a plan cannot join (DUT-3, EVA-1)."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from celabiedrs.closing.access import may_ask_to_evaluate, may_close
from celabiedrs.closing.actions import ask_to_evaluate, choose_way, close_plan
from celabiedrs.closing.models import Continue, EndOutcome, WayOn
from celabiedrs.closing.reading.ends import OUTCOME_OF, EndStatus
from celabiedrs.lib.look import shown
from celabiedrs.people.models import User

ASK, AS_SAID, CLOSE = "ask", "as_said", "close"
ACTS = {
    CLOSE: gettext_lazy("Close the ready ones"),
    AS_SAID: gettext_lazy("Go on as the mentors said"),
    ASK: gettext_lazy("Ask for the evaluations"),
}
WAY_OF = {Continue.YES: WayOn.CONTINUE, Continue.NO: WayOn.FINISH_WELL}


def why_not(user: User, standing: EndStatus, act: str) -> str:
    """Why this plan cannot join the act; empty where it can."""
    if not standing.live:
        return _("it is closed already")
    allowed = may_ask_to_evaluate if act == ASK else may_close
    if not allowed(user, standing.plan):
        return _("the preparer does it")
    reasons: dict[str, Callable[[EndStatus], str]] = {
        ASK: _not_asked,
        AS_SAID: _not_as_said,
        CLOSE: _not_closed,
    }
    return reasons[act](standing)


def _not_asked(standing: EndStatus) -> str:
    if standing.evaluated:
        return _("the evaluation is in")
    if standing.plan.mentor_id is None:
        return _("the plan has no mentor")
    return _("the mentor was asked today already") if standing.asked_today else ""


def _not_as_said(standing: EndStatus) -> str:
    if standing.way:
        return _("it is chosen already: %(way)s") % {"way": standing.way_words}
    if not standing.evaluated:
        return _("the mentor has not evaluated yet")
    return "" if standing.goes_on in WAY_OF else _("the mentor does not know yet whether to go on")


def _not_closed(standing: EndStatus) -> str:
    if not standing.evaluated:
        return _("the mentor has not evaluated yet; with a reason it is closed on its own page")
    if not standing.way:
        return _("it is not chosen how it goes on")
    if not standing.closes_together:
        return _("its last day is %(day)s") % {"day": shown.day(standing.plan.last_day)}
    return ""


def what_follows(standing: EndStatus, act: str) -> str:
    """What becomes of one plan that joins, in a few words."""
    if act == CLOSE:
        return str(EndOutcome(OUTCOME_OF[WayOn(standing.way)]).label)
    if act == AS_SAID:
        return str(WAY_OF[Continue(standing.goes_on)].label)
    return str(standing.plan.mentor.name) if standing.plan.mentor else ""


def do(act: str, user: User, standing: EndStatus) -> None:
    """The act itself, as on the plan's own page."""
    if act == CLOSE:
        close_plan(by=user, plan=standing.plan, outcome=OUTCOME_OF[WayOn(standing.way)])
    elif act == AS_SAID:
        choose_way(by=user, plan=standing.plan, way=WAY_OF[Continue(standing.goes_on)])
    else:
        ask_to_evaluate(by=user, plan=standing.plan)
