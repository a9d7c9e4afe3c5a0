"""What is in and what is missing at a plan's end, in words for each side: the mentor's and the school's."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.closing.models import Evaluation
from celabiedrs.closing.reading.ends import EndStatus
from celabiedrs.lib.look import shown
from celabiedrs.people.models import User
from celabiedrs.plans.words import PlanState

DONE, WAITS, AMISS, CALM = "green", "amber", "red", "grey"


@dataclass(frozen=True)
class EndTask:
    """One line: what, in which state, where it is done (empty: not by the one who looks)."""

    title: str
    state: str
    tone: str
    url: str = ""
    text: str = ""


def tasks_of_mentor(user: User, standing: EndStatus) -> list[EndTask]:
    """What the mentor does at the end; of a former mentor their own evaluation counts."""
    plan = standing.plan
    given = Evaluation.objects.filter(plan=plan, mentor__user_id=user.pk).exists()
    rows = [
        EndTask(
            _("Your evaluation"),
            _("in") if given else _("not given yet"),
            DONE if given else (WAITS if standing.asked else CALM),
            reverse("closing:evaluation", args=[plan.public_id]),
            _("Five questions. The project reads them; the school only sees that they are answered."),
        ),
        EndTask(
            _("Review of the cooperation"),
            _("written") if standing.reviewed else _("not written yet"),
            DONE if standing.reviewed else CALM,
            reverse("closing:review", args=[plan.public_id]),
            _("It stands on the last timesheet."),
        ),
    ]
    return [*rows, _way(standing, "")]


def tasks_of_school(standing: EndStatus, *, prepares: bool) -> list[EndTask]:
    """What the school sees, with the way to each thing where the one who looks does it."""
    plan = standing.plan
    return [
        _months(standing),
        _evaluation(standing),
        EndTask(
            _("Review of the cooperation"),
            _("written") if standing.reviewed else _("missing"),
            DONE if standing.reviewed else WAITS,
            "",
            _("The mentor writes it on the last timesheet."),
        ),
        EndTask(
            _("Your feedback") if prepares else _("Feedback of the preparer"),
            _("given") if standing.feedback else _("missing"),
            DONE if standing.feedback else WAITS,
            _feedback_url(standing, prepares=prepares),
            _("What the support has brought, in a few sentences."),
        ),
        _way(standing, reverse("closing:ending", args=[plan.public_id]) + "#way" if prepares else ""),
        *_following(standing, prepares=prepares),
    ]


def _feedback_url(standing: EndStatus, *, prepares: bool) -> str:
    """The preparer writes it, the others of the school read it once it is given (EVA-3)."""
    if prepares:
        return reverse("closing:feedback", args=[standing.plan.public_id])
    return reverse("closing:answers", args=[standing.plan.public_id]) if standing.feedback else ""


def _months(standing: EndStatus) -> EndTask:
    counted = _("%(verified)s of %(months)s verified") % {
        "verified": standing.verified,
        "months": standing.months,
    }
    lines = [
        _("%(held)s held of %(planned)s planned")
        % {"held": shown.hours(standing.hours), "planned": shown.hours(standing.planned)}
    ]
    if standing.to_verify:
        words = ngettext(
            "%(n)s month waits to be verified", "%(n)s months wait to be verified", standing.to_verify
        )
        lines.append(words % {"n": standing.to_verify})
    if standing.with_mentor:
        words = ngettext(
            "%(n)s month is with the mentor", "%(n)s months are with the mentor", standing.with_mentor
        )
        lines.append(words % {"n": standing.with_mentor})
    whole = standing.months > 0 and standing.verified == standing.months
    return EndTask(_("Months"), counted, DONE if whole else WAITS, "", ", ".join(lines))


def _evaluation(standing: EndStatus) -> EndTask:
    text = ""
    if standing.goes_on:
        text = _("Shall it go on? The mentor says: %(answer)s.") % {"answer": standing.goes_on_words}
    return EndTask(
        _("Evaluation of the mentor"),
        _("in") if standing.evaluated else _("missing"),
        DONE if standing.evaluated else (AMISS if standing.over else WAITS),
        "",
        text,
    )


def _way(standing: EndStatus, url: str) -> EndTask:
    if standing.way:
        return EndTask(_("How it goes on"), standing.way_words, DONE, url)
    text = _("The preparer chooses once the mentor has said whether to go on.")
    return EndTask(_("How it goes on"), _("not chosen yet"), WAITS if standing.asked else CALM, url, text)


def _following(standing: EndStatus, *, prepares: bool) -> list[EndTask]:
    following = standing.following
    if following is not None:
        tone = DONE if following.state != PlanState.DRAFT else WAITS
        url = reverse("desk:plan", args=[following.public_id])
        return [EndTask(_("The next plan"), following.get_state_display(), tone, url, following.number)]
    if standing.wants_next:
        url = reverse("closing:renew", args=[standing.plan.public_id]) if prepares else ""
        return [EndTask(_("The next plan"), _("not drafted yet"), WAITS, url, _("Drafted from this one."))]
    return []
