"""The end of a plan: evaluation, closing, hand-over (EVA-*, DUT-3, ARC-1)."""

from collections.abc import Iterator
from datetime import date, timedelta

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.parameters import whole, whole_range
from celabiedrs.rules.reading import read_text

OUTCOMES = ("continued", "finished_well", "handed_over", "ended_early")
CONTINUE = ("yes", "no", "open")
WAYS = ("continue", "finish_well", "hand_over")
WISHED_BY = ("learner", "guardian", "mentor", "school", "other")
LEAVING_CLASSES = (9, 12)


def evaluation_opens_on(ends_on: date) -> date:
    """The day from which the evaluation is asked for (EVA-1); it can be given earlier."""
    return ends_on - timedelta(weeks=whole("evaluation_opens_weeks", ends_on))


@rule("EVA-2", "EVA-4")
def evaluation(*, closed: object, open_answers: object, go_on: object, day: date) -> Iterator[Finding]:
    """[EVA-2] [EVA-4] Exactly three closed answers on the scale and two open ones, and whether to go on.

    `day`: from which the wording of the questions holds, so that a new number waits for a new wording.
    """
    low, high = whole_range("evaluation_scale", day)
    wanted_closed = whole("evaluation_closed_questions", day)
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
            field="closed",
        )
    wanted_open = whole("evaluation_open_questions", day)
    words = list(open_answers) if isinstance(open_answers, (list, tuple)) else []
    if len(words) != wanted_open or not all(read_text(answer) for answer in words):
        yield Breach(
            "EVA-2",
            N_("The evaluation has %(count)s open questions; each needs an answer in words."),
            N_("Answer all of them."),
            {"count": wanted_open},
            field="open",
        )
    if not isinstance(go_on, str) or go_on not in CONTINUE:
        yield Breach(
            "EVA-4", N_("It is not said whether to go on."), N_("Choose yes, no or open."), field="go_on"
        )


REVIEWED_OUTCOMES = ("finished_well", "continued")


@rule("LOG-12")
def reviewed_before_closing(*, outcome: object, unreviewed: int) -> Iterator[Finding]:
    """[LOG-12] A plan that finished or goes on is closed with the review of the cooperation by each mentor who met
    the learner. `unreviewed`: how many of them have not written it."""
    if unreviewed > 0 and outcome in REVIEWED_OUTCOMES:
        yield Breach(
            "LOG-12",
            N_("Reviews of the cooperation that are missing: %(count)s."),
            N_(
                "Ask the mentor for the review; a plan that ended early or was handed over is closed without it."
            ),
            {"count": unreviewed},
            field="outcome",
        )


@rule("LOG-12")
def reviewed_before_handover(*, reviewed: bool) -> Iterator[Finding]:
    """[LOG-12] Timesheets are handed over with their mentor's review of the cooperation. On a plan that closed without
    it, the responsible person's reason why it cannot be had does in its place."""
    if not reviewed:
        yield Breach(
            "LOG-12",
            N_("The review of the cooperation is missing; it goes with the timesheets."),
            N_("Write the review, then hand over."),
        )


@rule("LOG-12")
def review_excused(*, reason: object) -> Iterator[Finding]:
    """[LOG-12] Why a mentor's review of the cooperation cannot be had is said in words."""
    if not read_text(reason):
        yield Breach(
            "LOG-12",
            N_("It is not said why the review of the cooperation cannot be had."),
            N_("Say in a few words why."),
            field="reason",
        )


@rule("DUT-3")
def closing(*, outcome: object, evaluated: bool, reason: object, wished_by: object = "") -> Iterator[Finding]:
    """[DUT-3] A plan closes with the mentor's evaluation, or with the reason why there is none.

    An early end without a word why is warned of, too; who wished it is one of a list, or not known.
    """
    if outcome not in OUTCOMES:
        yield Breach(
            "DUT-3",
            N_("It is not said how the plan ends."),
            N_("Choose the outcome from the list."),
            field="outcome",
        )
    if not evaluated and not read_text(reason):
        yield Breach(
            "DUT-3",
            N_("The mentor has not evaluated the mentoring yet."),
            N_("Ask for the evaluation, or say why the plan is closed without it."),
            field="reason",
        )
    elif not evaluated:
        yield Caution(
            "DUT-3", N_("The plan is closed without the mentor's evaluation, for the reason given.")
        )
    if outcome == "ended_early" and evaluated and not read_text(reason):
        yield Caution("DUT-3", N_("The plan ends early and it is not said why."))
    if read_text(wished_by) and wished_by not in WISHED_BY:
        yield Breach(
            "DUT-3", N_("It is not said who wished the end."), N_("Choose from the list."), field="wished_by"
        )


@rule("DUT-3")
def plans_on_move(*, open_plans: int, way: object, reason: object) -> Iterator[Finding]:
    """[DUT-3] When a learner with an open plan changes school, it is said whether the plan ends or is finished; an end
    has its reason."""
    if not open_plans:
        return
    if way not in ("end", "finish"):
        yield Breach(
            "DUT-3",
            N_("It is not said what becomes of the plan that is open here."),
            N_("Choose whether it ends or is finished here."),
            field="plans",
        )
    elif way == "end" and not read_text(reason):
        yield Breach(
            "DUT-3",
            N_("It is not said why the plan ends."),
            N_("Say in a few words why, for example that the family moves."),
            field="reason",
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
        yield Breach("EVA-3", N_("The feedback is empty."), N_("Write a few sentences."), field="text")


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
            field="semester",
        )


@rule("IAP-3", "TG-2")
def risks_assessed_anew(*, carried: int) -> Iterator[Finding]:
    """[IAP-3] [TG-2] Risks that a plan took over from the one before count once they are assessed for it."""
    if carried > 0:
        yield Breach(
            "IAP-3",
            N_("Risks that were taken over from the previous plan are not assessed again: %(count)s."),
            N_("Say which risks remain and why."),
            {"count": carried},
            field="risks",
        )
        yield Breach("TG-2", N_("No risk is recorded that was assessed for this plan."), field="risks")


@rule("EVA-4")
def way_on(*, way: object) -> Iterator[Finding]:
    """[EVA-4] The pair continues, finishes well, or the learner is handed over to another mentor."""
    if way not in WAYS:
        yield Breach(
            "EVA-4",
            N_("It is not said how it goes on."),
            N_("Choose to continue, to finish or to hand over."),
            field="way",
        )


@rule("IAP-4")
def a_year(*, length: int, semester: int, class_year: int | None) -> Iterator[Finding]:
    """[IAP-4] At the end of a learner's first plan: a year, two plans in a row, is advised.

    Nothing to remind of where the learner leaves the school after class 9 or 12.
    """
    leaves = semester == 2 and class_year in LEAVING_CLASSES
    if length == 1 and not leaves:
        yield Caution(
            "IAP-4",
            N_("This is the first plan in a row. A year of mentoring, two plans, is advised."),
            N_("Talk with the learner and the mentor about the next semester."),
        )


def call_due_on(ended_on: date) -> date:
    """The last day for the call to a learner whose plan ended early."""
    return ended_on + timedelta(days=whole("call_after_early_end_days", ended_on))


@rule("DUT-3")
def call(*, day: date | None, ended_on: date, today: date) -> Iterator[Finding]:
    """[DUT-3] The call after an early end has its day, after the end and not in the future; no content."""
    if day is None or not ended_on <= day <= today:
        yield Breach(
            "DUT-3",
            N_("The day of the call is missing, lies before the end of the plan, or in the future."),
            N_("Enter the day on which you called."),
            field="day",
        )


@rule("EVA-2")
def wording(
    *, closed: object, open_questions: object, since: date | None, previous: date | None, today: date
) -> Iterator[Finding]:
    """[EVA-2] A new wording has every question and both ends of each scale in Latvian, and a day to come.

    `previous`: from when the newest wording holds; a new one holds later, so that each day has one wording.
    """
    counts = (whole("evaluation_closed_questions", today), whole("evaluation_open_questions", today))
    asked = [closed, open_questions]
    lists = [list(each) if isinstance(each, (list, tuple)) else [] for each in asked]
    if tuple(map(len, lists)) != counts or not all(
        read_text(words.get("lv")) for each in lists for question in each for words in _texts(question)
    ):
        yield Breach(
            "EVA-2",
            N_("A wording has %(closed)s closed and %(open)s open questions, each in Latvian."),
            N_("Fill in every question and the words at both ends of each scale."),
            {"closed": counts[0], "open": counts[1]},
            field="closed",
        )
    if since is None or since < today or (previous is not None and since <= previous):
        yield Breach(
            "EVA-2",
            N_("A new wording holds from a day to come, after the day of the newest one."),
            N_("Choose today or a later day."),
            field="since",
        )


def _texts(question: object) -> list[dict[str, object]]:
    """The texts of a question: itself and, where it has a scale, the words at both ends."""
    if not isinstance(question, dict):
        return [{}]
    return [question, *(question[end] for end in ("low", "high") if end in question)]
