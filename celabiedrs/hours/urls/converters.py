"""A month in an address: 2026-10. A thirteenth month is no address at all (404)."""

from datetime import date

from django.urls import register_converter

from celabiedrs.rules.reading import read_month


class MonthInPath:
    """Gives the first day of the month; takes any day of it, or the text."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        month = read_month(value)
        if month is None:
            raise ValueError(value)
        return month

    def to_url(self, value: date | str) -> str:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


def register_months() -> None:
    """`<month:…>` can be used in addresses from here on."""
    register_converter(MonthInPath, "month")
