"""Posts: given from a day on, never backwards; which may not lie in one hand; how they end (CNF-1)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.reading import read_day, read_text

APART = (
    frozenset({"pay_clerk", "auditor"}),
    frozenset({"preparer", "project_expert"}),
)
"""Pairs of roles that nobody holds together, wherever they are held."""
APART_AT_ONE_PLACE = (frozenset({"pay_clerk", "head"}),)
"""Pairs that nobody holds together at one institution: who prepares a pay run does not approve it."""
STAND_INS = ("head", "pay_clerk", "preparer")
"""Posts in which somebody may stand in for an absent holder."""


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that is held now or later, as the rules see it. `place`: an opaque key of the place, None for none."""

    role: str
    place: object
    until: date | None = None


@rule("CNF-1")
def post(
    *,
    person: bool,
    role: str,
    role_known: bool,
    place: object,
    place_fits: bool,
    since: object,
    until: object,
    today: date,
    held: Collection[HeldPost],
) -> Iterator[Finding]:
    """[CNF-1] A post is one of the roles at its kind of place, from today or a later day on, held once at a time, and
    together with no post that has to look at it from outside."""
    if not person:
        yield Breach("CNF-1", N_("It is not said who gets the post."), N_("Choose the person."), field="role")
    if not role_known:
        yield Breach("CNF-1", N_("The role is missing."), N_("Choose the role."), field="role")
    elif not place_fits:
        yield Breach(
            "CNF-1",
            N_("The place does not belong to this role."),
            N_("Choose the institution, the municipality or the region that the role asks for."),
            field="institution",
        )
    yield from _span(since=since, until=until, today=today)
    first = read_day(since) or today
    beside = [other for other in held if other.until is None or other.until >= first]
    if any(other.role == role and other.place == place for other in beside):
        yield Breach(
            "CNF-1", N_("The person holds this post already."), N_("End the other one first."), field="role"
        )
    yield from _together(role, place, beside)


def _span(*, since: object, until: object, today: date) -> Iterator[Finding]:
    first, last = read_day(since), read_day(until)
    if first is None:
        yield Breach(
            "CNF-1", N_("The first day of the post is missing."), N_("Enter the first day."), field="since"
        )
    elif first < today:
        yield Breach(
            "CNF-1",
            N_("A post is not given for days that are over."),
            N_("Enter today or a later day."),
            field="since",
        )
    if last is None and until not in (None, ""):
        yield Breach(
            "CNF-1",
            N_("The last day of the post is not a day of the calendar."),
            N_("Enter the day like this: 12.10.2026."),
            field="until",
        )
    elif last is not None and last < (first or today):
        yield Breach(
            "CNF-1", N_("The post would end before it began."), N_("Enter a later day."), field="until"
        )


def _together(role: str, place: object, beside: Collection[HeldPost]) -> Iterator[Finding]:
    anywhere = any({role, other.role} == pair for other in beside for pair in APART)
    here = any(
        {role, other.role} == pair and other.place == place for other in beside for pair in APART_AT_ONE_PLACE
    )
    if anywhere or here:
        yield Breach(
            "CNF-1",
            N_("This post may not lie in one hand with a post that the person holds."),
            N_("Choose another person, or end the other post first."),
            field="role",
        )


@rule("CNF-1")
def stand_in(*, role: str, until: object, holders: int) -> Iterator[Finding]:
    """[CNF-1] Somebody stands in for the holder of a post at a school until a day that is named; head, pay clerk and
    preparer alone."""
    if role not in STAND_INS:
        yield Breach(
            "CNF-1",
            N_("Nobody stands in for this role."),
            N_("A stand-in is for a head, a pay clerk or a preparer; give the post itself."),
            field="stands_in",
        )
    if read_day(until) is None:
        yield Breach(
            "CNF-1",
            N_("The last day of the stand-in is missing."),
            N_("Enter the day on which the absence ends."),
            field="until",
        )
    if holders < 1:
        yield Breach(
            "CNF-1",
            N_("Nobody holds this post there, so there is nobody to stand in for."),
            N_("Give the post itself."),
            field="stands_in",
        )


def has_gap(*, held: Collection[tuple[date, date | None]], first: date, last: date | None) -> bool:
    """Whether a day from the first to the last one, None for ever, lies in none of the spans that are held."""
    day = first
    while last is None or day <= last:
        ends = [until for since, until in held if since <= day and (until is None or until >= day)]
        if not ends:
            return True
        lasting = [until for until in ends if until is not None]
        if len(lasting) < len(ends):
            return False
        day = max(lasting) + timedelta(days=1)
    return False


@rule("CNF-1")
def post_ends(*, day: date | None, since: date | None, today: date, last_one: bool) -> Iterator[Finding]:
    """[CNF-1] A post ends with a last day: yesterday, so that it is over at once, or a later one. What it showed ends
    with it. The programme is never without an administrator, on no day to come."""
    if day is None:
        yield Breach(
            "CNF-1", N_("The last day of the post is missing."), N_("Enter the last day."), field="day"
        )
    elif since is None:
        yield Breach(
            "CNF-1", N_("The person holds no such post."), N_("Choose a post that is held now."), field="post"
        )
    elif day < since:
        yield Breach(
            "CNF-1", N_("The post would end before it began."), N_("Enter a later day."), field="day"
        )
    elif day < today - timedelta(days=1):
        yield Breach(
            "CNF-1",
            N_("A post is not ended for days that are over."),
            N_("End it at once, or enter a later day."),
            field="day",
        )
    if last_one:
        yield Breach(
            "CNF-1",
            N_("The programme would be without an administrator."),
            N_("Give the post to somebody else first."),
            field="post",
        )


@rule("CNF-1")
def account_reset(*, reason: object) -> Iterator[Finding]:
    """[CNF-1] An account is reset with a reason that the second administrator can check."""
    if not read_text(reason):
        yield Breach(
            "CNF-1",
            N_("It is not said why the account is reset."),
            N_("Say in a few words how the person asked for it."),
            field="reason",
        )


@rule("CNF-1")
def notes_opened(*, right: bool) -> Iterator[Finding]:
    """[CNF-1] Private notes that a reset has closed are opened by a recovery code of their owner's from before it."""
    if not right:
        yield Breach(
            "CNF-1",
            N_("This code opens nothing."),
            N_("Enter one of the recovery codes that you kept before the account was reset."),
            field="code",
        )
