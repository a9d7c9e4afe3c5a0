"""Rounds, ratios, and how they are told."""

from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass
class Round:
    """Floor and ours, measured one right after the other; CPU in seconds of server and database a unit of work."""

    floor: float
    ours: float
    floor_cpu: float = 0.0
    ours_cpu: float = 0.0

    @property
    def ratio(self) -> float:
        return self.ours / self.floor


@dataclass
class Figure:
    """One promise. `at_least`: the ratio must not be less (throughput); else it must not be more (time)."""

    id: str
    job: str
    unit: str
    promise: float
    at_least: bool
    rows: int
    clients: int
    rounds: list[Round] = field(default_factory=list)
    stretch: float | None = None
    of_the_ratio: bool = (
        True  # else `promise` is told by the notes alone: it is about ours, not about the floor
    )
    more: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return median(one.ratio for one in self.rounds)

    @property
    def kept(self) -> bool:
        return self.ratio >= self.promise if self.at_least else self.ratio <= self.promise

    def as_json(self) -> dict[str, Any]:
        ratios = [one.ratio for one in self.rounds]
        return {
            "ratio": round(self.ratio, 3),
            "min": round(min(ratios), 3),
            "max": round(max(ratios), 3),
            "floor": _short(median(one.floor for one in self.rounds)),
            "ours": _short(median(one.ours for one in self.rounds)),
            "unit": self.unit,
            "rows": self.rows,
            "clients": self.clients,
            "rounds": len(self.rounds),
            "promise": self.promise,
            "kept": self.kept,
            "floor_cpu_ms": round(median(one.floor_cpu for one in self.rounds) * 1000, 2),
            "ours_cpu_ms": round(median(one.ours_cpu for one in self.rounds) * 1000, 2),
            **self.more,
        }

    def told(self) -> str:
        found = self.as_json()
        sign = "≥" if self.at_least else "≤"
        stretch = f", stretch {self.stretch:g}" if self.stretch else ""
        promise = f"   promise {sign} {self.promise:g}{stretch}: {'kept' if self.kept else 'NOT KEPT'}"
        lines = [
            f"{self.id:<4}{self.job}",
            f"      ratio {found['ratio']:.2f}  ({found['min']:.2f} … {found['max']:.2f}, {found['rounds']} rounds)"
            + promise * self.of_the_ratio,
            f"      floor {found['floor']:g} {self.unit}, ours {found['ours']:g} {self.unit}; "
            f"CPU {found['floor_cpu_ms']:g} and {found['ours_cpu_ms']:g} ms each; "
            f"{self.rows:,} rows, {self.clients} client{'s' * (self.clients > 1)}",
        ]
        return "\n".join([*lines, *(f"      {note}" for note in self.notes)])


def _short(value: float) -> float:
    return float(f"{value:.4g}")
