"""What an obstacle that a suitability check found stops, from its day on (MEN-4, MEN-5)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.suitability import CLAUSE_OF_GROUND, Check


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Days on which an employer's check of one ground stood at "obstacle": from its day until the day of the clear or
    permitted check that followed, which is not included; None while none did."""

    clause: str
    since: date
    until: date | None = None

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.since <= day and (self.until is None or day < self.until)


def obstacles_of(checks_by_employer: Iterable[Sequence[Check]]) -> tuple[Obstacle, ...]:
    """Every obstacle that any employer found, from each employer's checks in the order in which they were entered."""
    found: list[Obstacle] = []
    for checks in checks_by_employer:
        for ground, clause in CLAUSE_OF_GROUND.items():
            since: date | None = None
            of_ground = [check for check in checks if check.ground == ground]
            for check in sorted(
                of_ground, key=lambda check: check.checked_on
            ):  # of one day: as they were entered
                if check.outcome == "obstacle":
                    since = since or check.checked_on
                elif since is not None:
                    found.append(Obstacle(clause, since, check.checked_on))
                    since = None
            if since is not None:
                found.append(Obstacle(clause, since))
    return tuple(found)


@rule("MEN-4", "MEN-5")
def no_obstacle(*, obstacles: Collection[Obstacle], day: date) -> Iterator[Finding]:
    """[MEN-4] [MEN-5] From the day of a check that found an obstacle, whichever employer made it, no plan of the
    mentor is sent or approved and no meeting is held, until a later clear or permitted check by that employer."""
    for obstacle in obstacles:
        if day in obstacle:
            yield Breach(
                obstacle.clause,
                N_("A check of %(since)s found an obstacle to this mentor's work."),
                N_("It can go on when the employer has entered a later check that is clear or permitted."),
                {"since": obstacle.since},
            )
