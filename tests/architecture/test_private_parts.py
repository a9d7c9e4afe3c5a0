"""What we use of Django and pypdf although it is theirs: named here with its reason, and tried by a test of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpResponse
from django.utils.log import log_response

from celabiedrs.places.models import Region
from tests.architecture.sources import modules, named, tree

PUBLIC = {"_meta": "documented", "_base_manager": "documented", "_exit": "of os, documented"}
THEIRS = {
    "_raw_delete": "one DELETE without loading rows or asking for what points to them, which erasure has done (0067)",
    "_queued_messages": "what the first of two postings said is not said twice (0067)",
    "_has_been_logged": "the address of a link that signs in stands in no log line (0067)",
    "_initialized": "pillow's readers that are loaded before the process is limited (0050)",
    "_data": "pypdf's bytes of a stream, as they stand in the file (0050)",
}
"""Names that begin with an underscore and are not ours, each with its reason."""


def private(source: ast.Module) -> Iterator[str]:
    """Attributes of something else than self or cls whose name begins with one underscore."""
    for node in ast.walk(source):
        if (
            isinstance(node, ast.Attribute)
            and node.attr.startswith("_")
            and not node.attr.startswith("__")
            and not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
        ):
            yield node.attr


def product() -> Iterator[Path]:
    return (path for path in modules() if not {"tests", "migrations"} & set(path.parts))


def test_what_is_not_ours_is_used_for_a_reason() -> None:
    used = {(named(path), name) for path in product() for name in private(tree(path)) if name not in PUBLIC}
    assert [one for one in sorted(used) if one[1] not in THEIRS] == []
    assert THEIRS.keys() - {name for _path, name in used} == set(), "on the list without need"


def test_another_release_of_django_is_looked_at_before_it_is_used() -> None:
    """The tests below hold for 5.2; with another release look at each of them, then change this line."""
    assert django.VERSION[:2] == (5, 2)


@pytest.mark.django_db
def test_raw_delete_is_one_statement_and_says_how_many(django_assert_num_queries: Any) -> None:
    for number in range(3):
        Region.objects.create(name=f"Novads {number}")
    with django_assert_num_queries(1):
        assert Region.objects.filter(name__startswith="Novads")._raw_delete("default") == 3  # type: ignore[attr-defined]
    assert not Region.objects.filter(name__startswith="Novads").exists()


def test_queued_messages_are_those_that_this_request_has_said() -> None:
    class Kept(BaseStorage):
        def _get(self, *args: object, **kwargs: object) -> tuple[list[object], bool]:
            return [], True

        def _store(self, messages: list[object], response: HttpResponse, *args: object) -> list[object]:
            return messages

    kept = Kept(None)
    kept.add(20, "Saglabāts")
    assert [message.message for message in kept._queued_messages] == ["Saglabāts"]


def test_a_response_that_has_been_logged_is_not_logged_again(caplog: pytest.LogCaptureFixture) -> None:
    for marked in (True, False):
        answer = HttpResponse(status=410)
        if marked:
            answer._has_been_logged = True  # type: ignore[attr-defined]
        caplog.clear()
        log_response("Gone: %s", "/ieiet/", response=answer, request=None)
        assert bool(caplog.records) is not marked
