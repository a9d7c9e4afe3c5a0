"""A stretch of time as numbers in percent of its length, ready for an SVG that is 100 wide."""

from datetime import date, timedelta
from typing import Any

from celabiedrs.lib.look.shown import MONTHS_EN, MONTHS_LV, english


def _share(since: date, until: date, day: date) -> float:
    """Where the day begins, 0 to 100; days outside fall on the nearer end."""
    length = (until - since).days + 1
    return round(100 * min(max((day - since).days, 0), length) / length, 2)


def _stretch(since: date, until: date, first: date, last: date) -> dict[str, float]:
    left = _share(since, until, first)
    return {"left": left, "width": round(_share(since, until, last + timedelta(days=1)) - left, 2)}


def _months(since: date, until: date) -> list[dict[str, Any]]:
    names = MONTHS_EN if english() else MONTHS_LV
    months, day = [], since
    while day <= until:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        name = names[day.month - 1]
        stretch = _stretch(since, until, day, min(following - timedelta(days=1), until))
        months.append({"name": name, "short": name[:3], **stretch})
        day = following
    return months


def drawn(
    since: date,
    until: date,
    *,
    label: str,
    breaks: list[tuple[date, date, str]],
    today: date | None,
    span: tuple[date, date] | None,
    dots: list[date],
) -> dict[str, Any]:
    """All that the band draws; the same things stand in words beneath it."""
    inside = today if today and since <= today <= until else None
    return {
        "since": since, "until": until, "label": label,
        "months": _months(since, until),
        "breaks": [
            {"since": first, "until": last, "name": name, **_stretch(since, until, first, last)}
            for first, last, name in breaks
            if first <= until and last >= since
        ],
        "today": inside,
        "today_at": _share(since, until, inside) if inside else None,
        "span": {"since": span[0], "until": span[1], **_stretch(since, until, *span)} if span else None,
        "dots": [
            {"at": round(_share(since, until, dot) + 50 / ((until - since).days + 1), 2)}
            for dot in dots
            if since <= dot <= until
        ],
    }  # fmt: skip
