"""The school closes a month: what asks for a look, and how loudly (LOG-1 … LOG-10, TG-5, AGR-6, DUT-1).

Red stands in the way of verifying a month together with others; amber is worth a look. Each threshold is the one by
which the mentor was warned.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from celabiedrs.rules.breach import N_, Caution, Finding, rule
from celabiedrs.rules.calendar import RIGA, month_end, riga_day
from celabiedrs.rules.hours import improbable_day, same_topic
from celabiedrs.rules.month import another_verifies, paper_agrees
from celabiedrs.rules.parameters import whole, whole_range

RED, AMBER, GREEN = "red", "amber", "green"
DEVICE, PAPER = "device", "paper"


@dataclass(frozen=True, slots=True)
class Look(Caution):
    """A caution with its tone; `by_sum`: typing in the sum of the signed sheet is all that is missing."""

    tone: str = AMBER
    by_sum: bool = False


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """A row of the diary at the close; the means are empty where somebody has not signed.

    `entered_late`: it was marked as late when it was entered. `learner_signed_at`: on the device. `covered`: by a
    contract of the day. `obstacles`: the clauses by which an obstacle to the mentor's work was known on the day.
    """

    day: date
    begins: datetime
    ends: datetime
    entered_at: datetime
    hours: int
    topic: str
    held: bool = True
    learner_means: str = ""
    mentor_means: str = ""
    disputed: bool = False
    entered_late: bool = False
    changed_after_signing: bool = False
    learner_signed_at: datetime | None = None
    covered: bool = True
    on_holiday: bool = False
    obstacles: tuple[str, ...] = ()

    @property
    def signed_by_both(self) -> bool:
        return bool(self.learner_means and self.mentor_means)

    @property
    def on_paper(self) -> bool:
        """Whether somebody signed it in ink: what the signed sheet adds up (LOG-10)."""
        return self.held and PAPER in (self.learner_means, self.mentor_means)


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month of one mentor with one learner at the close. `rows`: without those that were voided.

    `learner_hours`: the learner's, over all mentors. `same_topics`: how many meetings of the plan have each topic.
    """

    month: date
    rows: Sequence[ClosedRow]
    learner_hours: int
    planned_hours: int
    paper_hours: int | None = None
    verified: bool = False
    own: bool = False
    same_topics: Mapping[str, int] = field(default_factory=dict)

    @property
    def held(self) -> list[ClosedRow]:
        return [row for row in self.rows if row.held]


def looks_of_row(row: ClosedRow) -> Iterator[Finding]:
    """What one row asks to look at."""
    yield from learner_disagrees(row=row)
    if row.held:
        yield from day_of_work(row=row)
        yield from signature_missing(row=row)
        yield from entered_late(row=row)
    yield from changed_after_signing(row=row)
    if row.held:
        yield from unusual_time(rows=[row])


def looks_of_month(month: ClosedMonth) -> list[Finding]:
    """What a month asks to look at, the red first; the same thing of several rows is said once, with a count."""
    found = [
        *another_checks(own=month.own and not month.verified),
        *rows_counted(rows=month.rows),
        *days_of_work_counted(rows=month.held),
        *learners_limit(month=month.month, hours=month.learner_hours),
        *paper_sum(month=month),
        *long_days(rows=month.held),
        *more_than_planned(hours=sum(row.hours for row in month.held), planned=month.planned_hours),
        *unusual_time(rows=month.held),
        *repeated_topic(month=month),
        *signed_at_once(rows=month.held),
    ]
    return sorted(found, key=lambda one: tone_of(one) != RED)


def tone_of(finding: Finding) -> str:
    """How loud a finding of the close is."""
    return finding.tone if isinstance(finding, Look) else AMBER


def _looks(findings: Iterable[Finding], tone: str, *, by_sum: bool = False) -> Iterator[Look]:
    for one in findings:
        yield Look(one.clause, one.text, one.remedy, one.values, one.field, tone=tone, by_sum=by_sum)


@rule("DUT-1")
def another_checks(*, own: bool) -> Iterator[Finding]:
    """[DUT-1] Who is the mentor of the hours cannot tick them."""
    yield from _looks(another_verifies(is_mentor=own), RED)


@rule("LOG-7")
def learner_disagrees(*, row: ClosedRow) -> Iterator[Finding]:
    """[LOG-7] A row that the learner calls not right is looked at before it is verified."""
    if row.disputed:
        yield Look("LOG-7", N_("The learner said: not right"), tone=RED)


@rule("LOG-8")
def signature_missing(*, row: ClosedRow) -> Iterator[Finding]:
    """[LOG-8] A row without both signatures pays nothing, so it is looked at."""
    if row.signed_by_both:
        return
    if not row.learner_means and not row.mentor_means:
        text = N_("Neither has signed")
    elif not row.learner_means:
        text = N_("The learner has not signed")
    else:
        text = N_("The mentor has not signed")
    yield Look("LOG-8", text, tone=RED)


@rule("LOG-1")
def entered_late(*, row: ClosedRow) -> Iterator[Finding]:
    """[LOG-1] A row that was marked as late when it was entered says how late."""
    if row.entered_late:
        days = (riga_day(row.entered_at) - row.day).days
        yield Look("LOG-1", N_("Days between the meeting and its entry: %(days)s"), values={"days": days})


@rule("LOG-7")
def changed_after_signing(*, row: ClosedRow) -> Iterator[Finding]:
    """[LOG-7] A row that was changed after it was signed, and signed again, is worth a look."""
    if row.changed_after_signing:
        yield Look("LOG-7", N_("Changed after it was signed, and signed again"))


@rule("LOG-7", "LOG-8", "LOG-1")
def rows_counted(*, rows: Sequence[ClosedRow]) -> Iterator[Finding]:
    """[LOG-7] [LOG-8] [LOG-1] What several rows of a month ask is said once, with their number."""
    held = [row for row in rows if row.held]
    counts = (
        ("LOG-7", RED, N_("Meetings that the learner calls not right: %(n)s"), sum(row.disputed for row in rows)),
        ("LOG-8", RED, N_("Meetings without both signatures: %(n)s"), sum(not row.signed_by_both for row in held)),
        ("LOG-1", AMBER, N_("Late entries: %(n)s"), sum(row.entered_late for row in held)),
        (
            "LOG-7", AMBER, N_("Meetings changed after signing: %(n)s"),
            sum(row.changed_after_signing for row in rows),
        ),
    )  # fmt: skip
    for clause, tone, text, n in counts:
        if n:
            yield Look(clause, text, values={"n": n}, tone=tone)


@rule("CON-1", "CAL-3", "MEN-4", "MEN-5")
def day_of_work(*, row: ClosedRow) -> Iterator[Finding]:
    """[CON-1] [CAL-3] [MEN-4] [MEN-5] A meeting on a day without a contract, on a public holiday, or on one on which
    an obstacle to the mentor's work was known."""
    for clause in row.obstacles:
        yield Look(clause, N_("An obstacle to the mentor's work was known"), tone=RED)
    if not row.covered:
        yield Look("CON-1", N_("No contract covers the day: it pays nothing"), tone=RED)
    if row.on_holiday:
        yield Look("CAL-3", N_("Public holiday"))


@rule("CON-1", "CAL-3", "MEN-4", "MEN-5")
def days_of_work_counted(*, rows: Sequence[ClosedRow]) -> Iterator[Finding]:
    """[CON-1] [CAL-3] [MEN-4] [MEN-5] The same of several rows, once, with their number."""
    text = N_("Meetings on days on which an obstacle to the mentor's work was known: %(n)s")
    for clause in dict.fromkeys(clause for row in rows for clause in row.obstacles):
        yield Look(clause, text, values={"n": sum(clause in row.obstacles for row in rows)}, tone=RED)
    if n := sum(not row.covered for row in rows):
        yield Look(
            "CON-1",
            N_("Meetings that no contract covers, so they pay nothing: %(n)s"),
            values={"n": n},
            tone=RED,
        )
    if n := sum(row.on_holiday for row in rows):
        yield Look("CAL-3", N_("Meetings on public holidays: %(n)s"), values={"n": n})


@rule("TG-5")
def learners_limit(*, month: date, hours: int) -> Iterator[Finding]:
    """[TG-5] The learner's month over all mentors is within the limit of that month; near it is worth a look."""
    limit = whole("learner_hours_per_month", month)
    values = {"hours": hours, "limit": limit}
    if hours > limit:
        text = N_("The learner's month comes to %(hours)s hours; the limit is %(limit)s")
        yield Look("TG-5", text, values=values, tone=RED)
    elif limit - hours <= whole("near_limit_hours", month):
        yield Look("TG-5", N_("Near the limit: %(hours)s of %(limit)s hours"), values=values)


@rule("LOG-10")
def paper_sum(*, month: ClosedMonth) -> Iterator[Finding]:
    """[LOG-10] What the signed sheet adds up to is typed in and agrees with the diary before a month is verified."""
    on_paper = [row for row in month.rows if row.on_paper]
    if not month.verified:
        total = sum(row.hours for row in on_paper)
        asked = paper_agrees(
            paper_hours=month.paper_hours if on_paper else None, paper_sum=total, any_paper=bool(on_paper)
        )
        yield from _looks(asked, RED, by_sum=True)


@rule("LOG-4")
def long_days(*, rows: Sequence[ClosedRow]) -> Iterator[Finding]:
    """[LOG-4] A day of more hours than is likely is worth a look, by the number by which the mentor was warned."""
    hours: dict[date, int] = defaultdict(int)
    for row in rows:
        hours[row.day] += row.hours
    for day in sorted(hours):
        yield from _looks(improbable_day(day=day, hours=hours[day], day_hours=0), AMBER)


@rule("AGR-6")
def more_than_planned(*, hours: int, planned: int) -> Iterator[Finding]:
    """[AGR-6] The hours of a month are compared with what the plan provides for."""
    if hours > planned:
        yield Look(
            "AGR-6", N_("More than the plan provides for: %(hours)s hours a month"), values={"hours": planned}
        )


@rule("LOG-3")
def unusual_time(*, rows: Sequence[ClosedRow]) -> Iterator[Finding]:
    """[LOG-3] A meeting early in the morning, late in the evening or over midnight is worth a look."""
    for row in rows:
        early, late = whole_range("usual_meeting_times", row.day)
        begins, ends = row.begins.astimezone(RIGA), row.ends.astimezone(RIGA)
        if begins.time() < time(early) or ends.time() > time(late) or ends.date() != begins.date():
            yield Look("LOG-3", N_("At an unusual time of day"))
            return


@rule("LOG-6")
def repeated_topic(*, month: ClosedMonth) -> Iterator[Finding]:
    """[LOG-6] A topic that many meetings of the plan have is worth a look, by the number by which the mentor was
    warned; the most frequent one of the month is named by its number alone."""
    here = Counter({row.topic: 0 for row in month.held})
    here.update({topic: n for topic, n in month.same_topics.items() if topic in here})
    for _topic, n in here.most_common(1):
        yield from _looks(same_topic(same=n - 1, day=month_end(month.month)), AMBER)


@rule("LOG-7")
def signed_at_once(*, rows: Sequence[ClosedRow]) -> Iterator[Finding]:
    """[LOG-7] That the learner signed meetings of several days on one day is worth a look."""
    on_device = [row for row in rows if row.learner_means == DEVICE]
    signed = {riga_day(row.learner_signed_at) for row in rows if row.learner_signed_at is not None}
    if len(signed) != 1:
        return
    day = signed.pop()
    if len({row.day for row in on_device}) >= whole("signed_at_once_days", day):
        yield Look("LOG-7", N_("The learner signed everything on one day, %(day)s"), values={"day": day})
