"""Where the originals lie and who keeps them (DUT-4, AGR-9, CON-7, ARC-1)."""

from collections.abc import Hashable, Iterator
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.reading import read_day, read_text

PLACE_CHARACTERS = 200
HOLDER_CHARACTERS = 120


@rule("DUT-4")
def original_placed(*, papers: int, place: object, holder: object, electronic: bool) -> Iterator[Finding]:
    """[DUT-4] The register says of each original where it lies; an e-signed file lies where it was uploaded."""
    if papers <= 0:
        yield Breach(
            "DUT-4", N_("No paper was chosen."), N_("Tick the papers that lie there."), field="papers"
        )
    if not electronic and not read_text(place):
        yield Breach(
            "DUT-4",
            N_("It is not said where the original lies."),
            N_("Name the room, the cupboard or the folder."),
            field="place",
        )
    for text, limit in ((place, PLACE_CHARACTERS), (holder, HOLDER_CHARACTERS)):
        if len(read_text(text)) > limit:
            yield Breach(
                "DUT-4",
                N_("This is longer than %(limit)s characters."),
                N_("Shorten it."),
                {"limit": limit},
                field="place",
            )


@rule("ARC-1", "DUT-4")
def keeper_named(
    *,
    institution: Hashable | None,
    to: Hashable | None,
    keeps_now: Hashable | None,
    leads_back: bool,
    day: object,
    reason: object,
    today: date,
    open_plans: int = 0,
) -> Iterator[Finding]:
    """[ARC-1] [DUT-4] Where a school closes or merges, another institution keeps its originals from a day on.

    `keeps_now`: who keeps them today; `leads_back`: whether the one that is named has given its own to this one.
    """
    if institution is None or to is None:
        yield Breach(
            "ARC-1",
            N_("It is not said whose papers go where."),
            N_("Choose the institution and the one that takes over."),
            field="institution",
        )
    elif to == keeps_now:
        yield Breach(
            "ARC-1", N_("This institution keeps the papers already."), N_("Choose another one."), field="to"
        )
    elif leads_back:
        yield Breach(
            "ARC-1",
            N_("The papers of the chosen institution are themselves kept by this one."),
            N_("Choose the institution where the papers really lie."),
            field="to",
        )
    read = read_day(day)
    if read is None or read > today:
        yield Breach(
            "ARC-1",
            N_("The day of the change is missing or lies in the future."),
            N_("Enter the day on which the papers went over."),
            field="day",
        )
    if not read_text(reason):
        yield Breach(
            "ARC-1", N_("A change of keeper needs a reason."), N_("Say in a few words why."), field="reason"
        )
    if open_plans > 0:
        yield Caution(
            "ARC-1",
            N_("Plans of this institution that are not over: %(count)s."),
            N_("Their papers go along; close the plans, or let the learners change school."),
            {"count": open_plans},
        )
