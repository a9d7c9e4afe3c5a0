"""Pages ask for their person in one way, and limit a form's methods in one way."""

import inspect
import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from celabiedrs.people.access import SignedIn
from tests.architecture.sources import ROOT, named


def views(resolver: URLResolver | None = None) -> Iterator[object]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.callback
        else:
            yield from views(entry)


def takes(view: object) -> object:
    """What a view says that its request is."""
    first = next(iter(inspect.signature(inspect.unwrap(view)).parameters.values()), None)  # type: ignore[arg-type]
    return first.annotation if first else None


def test_a_page_that_is_open_to_strangers_does_not_count_on_a_person() -> None:
    found = [view for view in views() if takes(view) is SignedIn]
    assert len(found) > 100
    assert [view for view in found if not getattr(view, "login_required", True)] == []


def test_no_page_makes_sure_of_its_person_by_itself() -> None:
    again = re.compile(r"isinstance\((request\.)?user, User\)|def who\(")
    pages = [*(ROOT / "celabiedrs").glob("*/pages/**/*.py"), *(ROOT / "celabiedrs").glob("*/pages.py")]
    assert [named(path) for path in pages if again.search(path.read_text("utf-8"))] == []


def test_once_and_the_methods_of_a_form_are_said_by_form_page() -> None:
    pair = re.compile(r"@once\n@require_http_methods|@require_http_methods\([^)]*\)\n@once")
    pages = (ROOT / "celabiedrs").rglob("*.py")
    assert [named(path) for path in pages if pair.search(path.read_text("utf-8"))] == []
