"""What a dated value can be: the programme gives it a new one, and a slip of the pen is not taken for it (GEN-3)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from celabiedrs.rules.parameters import Parameter, parameters
from celabiedrs.rules.reading import read_day, read_integer, read_text

SANE: dict[str, tuple[int, int]] = {
    "years": (1, 99),
    "months": (1, 60),
    "weeks": (1, 52),
    "minutes": (1, 600),
    "academic hours": (1, 400),
    "day of the week, Monday is 1": (1, 7),
    "hour of the day in Riga": (0, 23),
    "hours of the day in Riga": (0, 23),
}
"""Bounds by unit: they keep out slips of the pen and say nothing of what is right."""
OTHERWISE = (1, 1000)


def read_value(name: str, raw: object) -> object | None:
    """The value that was typed or given for a parameter, of the kind that it has; None for one that it cannot have."""
    parameter = parameters().get(name)
    if parameter is None:
        return None
    shipped = parameter.values[-1][2]
    if isinstance(shipped, bool):
        return raw if isinstance(raw, bool) else {"yes": True, "no": False}.get(read_text(raw))
    if isinstance(shipped, int):
        return _whole(raw, parameter)
    if isinstance(shipped, Decimal):
        return _share(raw)
    if isinstance(shipped, date):
        day = read_day(raw)
        return day if day is not None and day.year < 2100 else None
    if isinstance(shipped, list) and all(isinstance(one, int) for one in shipped):
        return _range(raw, parameter)
    return None


def _whole(raw: object, parameter: Parameter) -> int | None:
    low, high = SANE.get(parameter.unit, OTHERWISE)
    number = read_integer(raw)
    return number if number is not None and low <= number <= high else None


def _share(raw: object) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
        return None
    try:
        share = Decimal(str(raw).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return share if share.is_finite() and 0 <= share <= 1 else None


def _range(raw: object, parameter: Parameter) -> list[int] | None:
    """A lowest and a highest number, as a list or as one writes it: 7–9."""
    ends: Sequence[object] = read_text(raw).replace("–", "-").split("-") if isinstance(raw, str) else ()
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        ends = raw
    read = [_whole(end, parameter) for end in ends]
    if len(read) != 2 or read[0] is None or read[1] is None or read[0] > read[1]:
        return None
    return [read[0], read[1]]


def changeable(parameter: Parameter) -> bool:
    """Whether the programme can give it another value: a list of words is what the system has words for."""
    shipped = parameter.values[-1][2]
    return not isinstance(shipped, str) and not (
        isinstance(shipped, list) and any(isinstance(one, str) for one in shipped)
    )
