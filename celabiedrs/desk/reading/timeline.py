"""A plan's timeline: who did what, when; what the viewer may not know is left out."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event
from celabiedrs.lib.look import shown
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules.reading import read_day

WORDS = {
    ("SupportPlan", "drafted"): gettext_lazy("The plan was drafted"),
    ("SupportPlan", "amended"): gettext_lazy("The plan was changed"),
    ("SupportPlan", "submitted"): gettext_lazy("The plan was sent to the expert"),
    ("SupportPlan", "approved"): gettext_lazy("The expert approved the plan"),
    ("SupportPlan", "returned"): gettext_lazy("The expert returned the plan"),
    ("SupportPlan", "amendment_approved"): gettext_lazy("The expert approved the change"),
    ("SupportPlan", "amendment_returned"): gettext_lazy("The expert returned the change"),
    ("SupportPlan", "taken_back"): gettext_lazy("The school took the plan back to correct it"),
    ("SupportPlan", "withdrawn"): gettext_lazy("The plan was withdrawn"),
    ("SupportPlan", "suspended"): gettext_lazy("The plan was suspended"),
    ("SupportPlan", "resumed"): gettext_lazy("The plan was resumed"),
    ("SupportPlan", "extended"): gettext_lazy("The plan was extended into the summer"),
    ("SupportPlan", "mentor_attached"): gettext_lazy("The mentor was attached"),
    ("SupportPlan", "mentor_changed"): gettext_lazy("Another mentor took over"),
    ("SupportRequest", "request_filed"): gettext_lazy("The request was entered"),
    ("Agreement", "agreement_signed"): gettext_lazy("The agreement was entered"),
    ("SupportPlan", "renewed"): gettext_lazy("The plan follows an earlier one"),
    ("CooperationReview", "reviewed"): gettext_lazy("The mentor reviewed the cooperation"),
    ("Evaluation", "evaluated"): gettext_lazy("The mentor evaluated the support"),
    ("SupportPlan", "evaluation_asked"): gettext_lazy("The mentor was asked for the evaluation"),
    ("PreparerFeedback", "feedback_given"): gettext_lazy("The preparer gave feedback"),
    ("PlannedEnding", "way_chosen"): gettext_lazy("It was chosen how it goes on"),
    ("PlanEnd", "ended"): gettext_lazy("The plan was closed"),
    ("ReviewExcuse", "review_excused"): gettext_lazy("The school said why the review cannot be had"),
    ("PlanEnd", "called"): gettext_lazy("The school called the learner"),
    ("PlanQuestion", "asked"): gettext_lazy("A question was asked"),
    ("PlanQuestion", "answered"): gettext_lazy("A question was answered"),
    ("PlanQuestion", "closed"): gettext_lazy("A question was closed"),
    ("Timesheet", "submitted"): gettext_lazy("A month was submitted"),
    ("Timesheet", "verified"): gettext_lazy("A month was verified"),
    ("Timesheet", "returned"): gettext_lazy("A month was returned"),
    ("Timesheet", "reopened"): gettext_lazy("A month was reopened"),
    ("Timesheet", "supplement_opened"): gettext_lazy("A supplement to a paid month was opened"),
    ("Correction", "corrected"): gettext_lazy("A paid month was corrected"),
    ("MonthlyTalk", "talked"): gettext_lazy("School and mentor talked"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; `who` only for those who may read the plan's story."""

    title: str
    at: datetime
    who: str
    text: str


def timeline(plan: SupportPlan, *, with_people: bool) -> list[Entry]:
    """The plan's events that have words, newest first. Rows of the diary are the month's matter, not the timeline's."""
    events = Event.objects.filter(thread=plan.public_id).select_related("actor").order_by("-pk")[:200]
    entries = []
    for event in events:
        title = WORDS.get((event.kind, event.verb))
        if title is None:
            continue
        month = str(event.facts.get("month", ""))[:7]
        entries.append(
            Entry(
                title=f"{title}: {month[5:7]}.{month[:4]}." if month else str(title),
                at=event.at,
                who=event.actor.name if with_people and event.actor else "",
                text=_talked_on(event) if event.kind == "MonthlyTalk" else "",
            )
        )
    return entries


def _talked_on(event: Event) -> str:
    """The day of a talk that was noted later than on that day (DUT-6)."""
    day = read_day(event.facts.get("day"))
    return shown.day(day) if day and day != clock.riga_day(event.at) else ""
