"""The end of a plan: evaluation, closing, hand-over (EVA-*, DUT-3, ARC-1)."""

from collections.abc import Iterator
from datetime import date, timedelta

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.parameters import whole, whole_range
from celabiedrs.rules.reading import read_text

OUTCOMES = ("continued", "finished_well", "handed_over", "ended_early")
CONTINUE = ("yes", "no", "open")


def evaluation_opens_on(ends_on: date) -> date:
    """The day from which the evaluation is asked for (EVA-1); it can be given earlier."""
    return ends_on - timedelta(weeks=whole("evaluation_opens_weeks", ends_on))


@rule("EVA-2", "EVA-4")
def evaluation(*, closed: object, open_answers: object, go_on: object, today: date) -> Iterator[Finding]:
    """[EVA-2] [EVA-4] Exactly three closed answers on the scale and two open ones, and whether to go on."""
    low, high = whole_range("evaluation_scale", today)
    wanted_closed = whole("evaluation_closed_questions", today)
    marks = list(closed) if isinstance(closed, (list, tuple)) else []
    whole_marks = all(
        isinstance(mark, int) and not isinstance(mark, bool) and low <= mark <= high for mark in marks
    )
    if len(marks) != wanted_closed or not whole_marks:
        yield Breach(
            "EVA-2",
            N_("The evaluation has %(count)s closed questions, each answered from %(low)s to %(high)s."),
            N_("Answer all of them."),
            {"count": wanted_closed, "low": low, "high": high},
        )
    wanted_open = whole("evaluation_open_questions", today)
    words = list(open_answers) if isinstance(open_answers, (list, tuple)) else []
    if len(words) != wanted_open or not all(read_text(answer) for answer in words):
        yield Breach(
            "EVA-2",
            N_("The evaluation has %(count)s open questions; each needs an answer in words."),
            N_("Answer all of them."),
            {"count": wanted_open},
        )
    if not isinstance(go_on, str) or go_on not in CONTINUE:
        yield Breach("EVA-4", N_("It is not said whether to go on."), N_("Choose yes, no or open."))


@rule("DUT-3")
def closing(*, outcome: object, evaluated: bool, reason: object) -> Iterator[Finding]:
    """[DUT-3] A plan closes with the mentor's evaluation, or with the reason why there is none."""
    if outcome not in OUTCOMES:
        yield Breach(
            "DUT-3", N_("It is not said how the plan ends."), N_("Choose the outcome from the list.")
        )
    if not evaluated and not read_text(reason):
        yield Breach(
            "DUT-3",
            N_("The mentor has not evaluated the mentoring yet."),
            N_("Ask for the evaluation, or say why the plan is closed without it."),
        )
    elif not evaluated:
        yield Caution(
            "DUT-3", N_("The plan is closed without the mentor's evaluation, for the reason given.")
        )


@rule("ARC-1")
def hand_over(*, unverified: int, sheets: int, over: bool = True) -> Iterator[Finding]:
    """[ARC-1] At the end of the semester all timesheets are handed over; it waits for those not verified.

    `over`: whether the mentor's last day on the plan has passed; before it, more sheets may follow.
    """
    if unverified > 0:
        yield Breach(
            "ARC-1",
            N_("Timesheets of this plan that are not verified yet: %(count)s."),
            N_("Hand over when the school has verified all months."),
            {"count": unverified},
        )
    elif sheets <= 0:
        yield Breach("ARC-1", N_("The plan has no timesheet to hand over."))
    elif not over:
        yield Caution("ARC-1", N_("The plan is not over; timesheets that follow are handed over later."))


@rule("EVA-3")
def feedback(*, text: object) -> Iterator[Finding]:
    """[EVA-3] The preparer says in words what the support has brought."""
    if not read_text(text):
        yield Breach("EVA-3", N_("The feedback is empty."), N_("Write a few sentences."))


@rule("IAP-3")
def renewal(*, label: object, previous: str) -> Iterator[Finding]:
    """[IAP-3] What follows a plan is a plan for a later semester."""
    read, before = parse_label(label), parse_label(previous)
    if read is not None and before is not None and read <= before:
        yield Breach(
            "IAP-3",
            N_("The plan that follows is for a semester after %(label)s."),
            N_("Choose a later semester."),
            {"label": previous},
        )


@rule("IAP-3", "TG-2")
def risks_assessed_anew(*, carried: int) -> Iterator[Finding]:
    """[IAP-3] [TG-2] Risks that a plan took over from the one before count once they are assessed for it."""
    if carried > 0:
        yield Breach(
            "IAP-3",
            N_("Risks that were taken over from the previous plan are not assessed anew: %(count)s."),
            N_("Say which risks remain and why."),
            {"count": carried},
        )
        yield Breach("TG-2", N_("No risk is recorded that was assessed for this plan."))
