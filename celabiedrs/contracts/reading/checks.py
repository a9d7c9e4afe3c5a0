"""How an employer's two checks of a mentor stand today: each a fact of its own (MEN-4, MEN-5, CON-6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from celabiedrs.contracts.facts import checks_of
from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.places.facts import programme
from celabiedrs.places.models import Institution
from celabiedrs.registry.models import CheckGround, Mentor, SuitabilityCheck
from celabiedrs.rules.suitability import Check, check_good_until, check_warns_from, latest_check

TONES = {
    "missing": "red", "obstacle": "red", "over": "red", "soon": "amber", "good": "green", "permitted": "green",
}  # fmt: skip


@dataclass(frozen=True)
class CheckStatus:
    """One of the two checks: `state` is missing, obstacle, over, soon, permitted or good."""

    ground: CheckGround
    state: str
    checked_on: date | None = None
    good_until: date | None = None

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def words(self) -> str:
        until = shown.day(self.good_until)
        return {
            "missing": _("not made yet"),
            "obstacle": _("an obstacle was found"),
            "over": _("ran out on %(day)s") % {"day": until},
            "soon": _("runs out on %(day)s") % {"day": until},
            "permitted": _("permitted, good until %(day)s") % {"day": until},
            "good": _("good until %(day)s") % {"day": until},
        }[self.state]

    @property
    def plain_words(self) -> str:
        """The state without what was found, for who is not the employer (CON-6)."""
        if self.state in ("good", "permitted", "soon"):
            return _("checked")
        return _("not in order")

    @property
    def plain_tone(self) -> str:
        return "green" if self.state in ("good", "permitted", "soon") else "red"

    @property
    def is_pressing(self) -> bool:
        return self.state in ("missing", "obstacle", "over", "soon")


def standings(checks: Sequence[Check]) -> list[CheckStatus]:
    """Both grounds, each by its latest check."""
    today = clock.today()
    programme()
    return [_standing(CheckGround(ground), checks, today) for ground in CheckGround.values]


def _standing(ground: CheckGround, checks: Sequence[Check], today: date) -> CheckStatus:
    latest = latest_check(checks, ground.value)
    if latest is None:
        return CheckStatus(ground, "missing")
    until = check_good_until(latest.checked_on)
    if latest.outcome == "obstacle":
        state = "obstacle"
    elif today > until:
        state = "over"
    elif today >= check_warns_from(latest.checked_on):
        state = "soon"
    else:
        state = "permitted" if latest.outcome == "permitted" else "good"
    return CheckStatus(ground, state, latest.checked_on, until)


def standings_at(mentor: Mentor, employer: Institution | int) -> list[CheckStatus]:
    return standings(checks_of(mentor, employer))


@dataclass(frozen=True)
class Watched:
    """A mentor at one employer, with both checks."""

    mentor: Mentor
    employer: Institution
    standings: tuple[CheckStatus, ...]
    under_contract: bool

    @property
    def is_pressing(self) -> bool:
        return any(each.is_pressing for each in self.standings)

    @property
    def first_end(self) -> date:
        """The day by which something is to be done; what is missing, stopped or over comes first."""
        ends = [each.good_until for each in self.standings if each.state in ("soon", "good", "permitted")]
        return min((end for end in ends if end), default=date.min) if len(ends) == 2 else date.min


def watched_at(employers: Iterable[int]) -> list[Watched]:
    """Every mentor whom these employers have checked or employ, the most pressing first."""
    places = {place.pk: place for place in Institution.objects.filter(pk__in=employers)}
    pairs: dict[tuple[int, int], list[Check]] = {}
    for row in SuitabilityCheck.objects.filter(employer__in=places).order_by("pk"):
        check = Check(row.ground, row.checked_on, row.outcome, row.permission)
        pairs.setdefault((row.mentor_id, row.employer_id), []).append(check)
    signed = set(
        Contract.objects.filter(employer__in=places, state=ContractState.SIGNED)
        .order_by()
        .values_list("mentor", "employer")
    )
    for pair in signed:
        pairs.setdefault(pair, [])
    mentors = Mentor.objects.select_related("user").in_bulk({mentor for mentor, _place in pairs})
    rows = [
        Watched(mentors[mentor], places[place], tuple(standings(checks)), (mentor, place) in signed)
        for (mentor, place), checks in pairs.items()
    ]
    return sorted(rows, key=lambda row: (row.first_end, row.mentor.user.sort_name))
