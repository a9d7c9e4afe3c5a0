"""Supervision of mentors: sessions, groups, confirmation (SUP-*). Minutes here are real ones, never academic
hours."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import Stage
from celabiedrs.rules.parameters import whole, whole_range
from celabiedrs.rules.reading import read_clock, read_day, read_integer, read_text

DESCRIBED = "II"
"""The one group that the material describes (SUP-4); every other one is the operator's."""
CODE_CHARACTERS = 5
MOST_MEMBERS = 100
CLASSES = (1, 12)


@rule("SUP-1", "SUP-2", "SUP-5", "SUP-6")
def session(
    *,
    group: object,
    groups: Collection[str],
    municipality_known: bool,
    day: object,
    start: object,
    minutes: object,
    place: object,
    mode: object,
    today: date,
) -> Iterator[Finding]:
    """[SUP-1] [SUP-2] [SUP-5] [SUP-6] A session is for a known group of one municipality, on a day to come, in
    person at a place, and lasts three hours of sixty minutes; one within five days can have no confirmed group."""
    length = whole("supervision_minutes", read_day(day) or today)
    if group not in groups:
        yield Breach(
            "SUP-2",
            N_("There is no such supervision group."),
            N_("Choose a group from the list."),
            field="group",
        )
    if not municipality_known:
        yield Breach(
            "SUP-5", N_("The municipality is missing."), N_("Choose it from the list."), field="municipality"
        )
    if read_integer(minutes) != length:
        yield Breach(
            "SUP-1",
            N_("A session lasts %(length)s minutes of the clock."),
            N_("Plan the session for its full length."),
            {"length": length},
            field="minutes",
        )
    if mode != "in_person":
        yield Breach(
            "SUP-1", N_("A session is held in person, not remotely."), N_("Plan it at a place."), field="mode"
        )
    if not read_text(place):
        yield Breach(
            "SUP-1", N_("The place of the session is missing."), N_("Say where it is held."), field="place"
        )
    planned = read_day(day)
    if planned is None or planned < today or read_clock(start) is None:
        yield Breach(
            "SUP-1",
            N_("The day or the start of the session is missing, malformed or over."),
            N_("Enter a day to come and the time at which it starts."),
            field="day",
        )
    elif today > confirm_by(planned):
        yield Caution(
            "SUP-6",
            N_("The group of this session had to be confirmed by %(by)s: it cannot be held on this day."),
            N_("Cancel it and plan it for a later day."),
            {"by": confirm_by(planned)},
        )


@rule("SUP-3")
def withdrawal(*, nominated: bool) -> Iterator[Finding]:
    """[SUP-3] Interest is taken back as long as no school has nominated the mentor."""
    if nominated:
        yield Breach(
            "SUP-3",
            N_("You have been nominated for this session already."),
            N_("Tell the responsible person who nominated you, or the supervisor, who can leave you out."),
        )


@rule("SUP-3")
def nomination_withdrawal(*, in_group: bool) -> Iterator[Finding]:
    """[SUP-3] [SUP-6] A school takes a nomination back as long as the mentor is not in the group."""
    if in_group:
        yield Breach(
            "SUP-3",
            N_("The mentor is in the group of this session already."),
            N_("Ask the supervisor to leave the mentor out; then take the nomination back."),
        )


@rule("SUP-3")
def nomination(*, interested: bool) -> Iterator[Finding]:
    """[SUP-3] A mentor is nominated after having shown interest in the session."""
    if not interested:
        yield Breach(
            "SUP-3",
            N_("The mentor has not shown interest in this session."),
            N_("The mentor shows interest first; then nominate."),
            field="mentor",
        )


@dataclass(frozen=True, slots=True)
class Member:
    """A mentor in a group: whether nominated, the municipalities of the institutions that nominated, and the
    stages of the learners whom the mentor supports in that time. No learner is named."""

    nominated: bool
    municipalities: frozenset[Hashable]
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """Whose supporters an operator's group is for: learners of these classes, of courses, or (neither) of all."""

    classes: tuple[int, int] | None
    courses: bool

    def holds(self, stages: Collection[Stage]) -> bool:
        if self.classes is None and not self.courses:
            return True
        low, high = self.classes or (0, -1)
        return any(
            low <= stage.school_class <= high if stage.school_class is not None else self.courses
            for stage in stages
        )


@rule("SUP-2", "SUP-4")
def group_kind(
    *,
    code: object,
    taken: bool,
    name: object,
    class_since: object,
    class_until: object,
    courses: bool,
    size_limit: object,
) -> Iterator[Finding]:
    """[SUP-2] [SUP-4] A group has a short code, a name and the classes or courses it is for; its size is the
    operator's. Whom group II is for the material says, and nobody else."""
    short = read_text(code)
    if not short or len(short) > CODE_CHARACTERS or taken:
        yield Breach(
            "SUP-2",
            N_("The code of the group is missing, longer than %(limit)s characters or another group's."),
            N_("Enter a short code of its own, for example I or III."),
            {"limit": CODE_CHARACTERS},
            field="code",
        )
    low, high = read_text(class_since), read_text(class_until)
    if short == DESCRIBED:
        if low or high or courses:
            yield Breach(
                "SUP-4",
                N_("Whom group II is for stands in the material and cannot be changed here."),
                N_("Change its name or its size, or enter a group of its own."),
                field="class_since",
            )
    else:
        if not read_text(name):
            yield Breach(
                "SUP-2",
                N_("The name of the group is missing."),
                N_("Say whom the group is for."),
                field="name",
            )
        if (low or high) and not _in_order(low, high):
            yield Breach(
                "SUP-2",
                N_("The classes must be whole numbers from %(low)s to %(high)s, the lower one first."),
                N_("Enter both, or neither."),
                {"low": CLASSES[0], "high": CLASSES[1]},
                field="class_since",
            )
    size = read_integer(size_limit)
    if read_text(size_limit) and (size is None or not 1 <= size <= MOST_MEMBERS):
        yield Breach(
            "SUP-2",
            N_("The size of the group must be a whole number from 1 to %(most)s."),
            N_("Leave it empty where no size is set."),
            {"most": MOST_MEMBERS},
            field="size_limit",
        )


def _in_order(low: str, high: str) -> bool:
    first, last = read_integer(low), read_integer(high)
    return first is not None and last is not None and CLASSES[0] <= first <= last <= CLASSES[1]


@rule("SUP-2", "SUP-3", "SUP-4", "SUP-5")
def composition(
    *,
    group: str,
    members: Sequence[Member],
    municipality: Hashable,
    neighbours: Collection[Hashable],
    exception_reason: object,
    today: date,
    size_limit: int | None = None,
    target: Target | None = None,
) -> Iterator[Finding]:
    """[SUP-2] [SUP-3] [SUP-4] [SUP-5] A group is made of nominated mentors who work with its learners, from one
    municipality; from a neighbour's only as an exception with its reason. `size_limit`, `target`: the operator's."""
    if not members:
        yield Breach(
            "SUP-5",
            N_("The group has no members."),
            N_("Choose from the mentors who were nominated."),
            field="members",
        )
    if size_limit is not None and len(members) > size_limit:
        yield Breach(
            "SUP-2",
            N_("The group takes at most %(limit)s mentors."),
            N_("Leave somebody for another session."),
            {"limit": size_limit},
            field="members",
        )
    if not all(member.nominated for member in members):
        yield Breach(
            "SUP-3",
            N_("A member was not nominated for this session."),
            N_("Choose from the nominated."),
            field="members",
        )
    yield from _supporters(group, members, target, today)
    outside = [member for member in members if member.nominated and municipality not in member.municipalities]
    yield from _from_outside(outside, neighbours, exception_reason)


def _supporters(
    group: str, members: Sequence[Member], target: Target | None, today: date
) -> Iterator[Finding]:
    """Whether each member works with a learner of the group: II by the material, others by the operator."""
    if group != DESCRIBED:
        if target is not None and not all(target.holds(member.stages) for member in members):
            yield Breach(
                "SUP-2",
                N_("A member works with no learner of this group in this time."),
                N_("Leave the member out; there may be a session of another group."),
                field="members",
            )
        return
    if all(any(_of_group_two(stage, today) for stage in member.stages) for member in members):
        return
    classes, courses = (
        whole_range("supervision_class_range", today),
        whole_range("supervision_course_range", today),
    )
    yield Breach(
        "SUP-4",
        N_(
            "Group II is for those who work with learners of classes %(class_low)s to "
            "%(class_high)s or courses %(course_low)s to %(course_high)s."
        ),
        N_("Leave out the member who has no such learner in this time."),
        {
            "class_low": classes[0],
            "class_high": classes[1],
            "course_low": courses[0],
            "course_high": courses[1],
        },
        field="members",
    )


def _from_outside(
    outside: Sequence[Member], neighbours: Collection[Hashable], exception_reason: object
) -> Iterator[Finding]:
    """Members of other municipalities: a neighbour's with a reason, any other not at all (SUP-5)."""
    if any(not member.municipalities & frozenset(neighbours) for member in outside):
        yield Breach(
            "SUP-5",
            N_("A member is from a municipality that is neither this one nor a neighbour."),
            N_("Leave the member out; there may be a session nearer by."),
            field="members",
        )
    elif outside and not read_text(exception_reason):
        yield Breach(
            "SUP-5",
            N_("Members from a neighbouring municipality are an exception and need a reason."),
            N_("Say why they join this group."),
            field="exception_reason",
        )
    elif outside:
        yield Caution("SUP-5", N_("Members from a neighbouring municipality join as an exception."))


def _of_group_two(stage: Stage, today: date) -> bool:
    if stage.course is not None:
        low, high = whole_range("supervision_course_range", today)
        return low <= stage.course <= high
    low, high = whole_range("supervision_class_range", today)
    return stage.school_class is not None and low <= stage.school_class <= high


def confirm_by(session_day: date) -> date:
    """The last day on which a group can be confirmed: five calendar days before the session."""
    return session_day - timedelta(days=whole("supervision_confirm_days", session_day))


@rule("SUP-6")
def confirmation(*, session_day: date, today: date, members: int) -> Iterator[Finding]:
    """[SUP-6] The group is confirmed no later than five days before the session, counted by date."""
    if today > confirm_by(session_day):
        yield Breach(
            "SUP-6",
            N_("The group had to be confirmed by %(by)s, %(days)s days before the session."),
            N_("Plan the session for a later day."),
            {"by": confirm_by(session_day), "days": whole("supervision_confirm_days", session_day)},
        )
    elif today >= session_day - timedelta(days=whole("supervision_remind_days", session_day)):
        yield Caution(
            "SUP-6", N_("The last day to confirm is %(by)s."), values={"by": confirm_by(session_day)}
        )
    if members <= 0:
        yield Breach("SUP-6", N_("The group has no members to confirm."), N_("Compose the group first."))


@rule("SUP-1", "SUP-6")
def session_held(*, ends_at: datetime, now: datetime, attended_outside_group: int) -> Iterator[Finding]:
    """[SUP-1] [SUP-6] A session is marked as held when its three hours are over, with members of its
    group."""
    if now < ends_at:
        yield Breach("SUP-1", N_("The session is not over yet."), N_("Mark it as held after its end."))
    if attended_outside_group > 0:
        yield Breach(
            "SUP-6",
            N_("Somebody is marked as present who is not in the confirmed group."),
            N_("Choose only members of the group."),
            field="attended",
        )


@rule("SUP-1", "SUP-6")
def attendance_correction(*, reason: object, changed: int, attended_outside_group: int) -> Iterator[Finding]:
    """[SUP-1] [SUP-6] Attendance is put right with a reason, among the members of the group."""
    if not read_text(reason):
        yield Breach(
            "SUP-1",
            N_("It is missing why attendance is corrected."),
            N_("Say what was marked wrongly."),
            field="reason",
        )
    if changed == 0 and attended_outside_group == 0:
        yield Breach(
            "SUP-1",
            N_("Attendance is marked like that already."),
            N_("Change who was there, or leave it as it is."),
            field="attended",
        )
    if attended_outside_group > 0:
        yield Breach(
            "SUP-6",
            N_("Somebody is marked as present who is not in the confirmed group."),
            N_("Choose only members of the group."),
            field="attended",
        )
