"""A row of what waits for a person: each stage works out its own (`waiting.py`), the home page gathers them."""

from dataclasses import dataclass

from django.urls import reverse

MANY = 7  # more rows of one kind than this stand as one


@dataclass(frozen=True)
class Waits:
    """A row of the home page: what waits, a word more, where to go, and how pressing it is."""

    title: str
    text: str = ""
    url: str = ""
    label: str = ""
    tone: str = ""


def address(name: str, *args: object, query: str = "") -> str:
    """The address of a page, with a query behind it. A name that leads nowhere fails."""
    return reverse(name, args=args) + query
