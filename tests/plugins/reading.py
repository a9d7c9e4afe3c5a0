"""A GET that writes fails its test (A7). What it may write is listed here, table by table."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

WRITE = re.compile(r'^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+"?(\w+)', re.IGNORECASE)
MAY_WRITE = frozenset({"django_session", "audit_look", "cache"})
"""The session (last seen), who looked at whose case, and the counters of the sign-in limits."""


class WritingGet(AssertionError):
    """A page that should only be read has changed something."""


@pytest.fixture(autouse=True)
def reading_writes_nothing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = request.node.get_closest_marker("get_may_write")
    allowed = MAY_WRITE | set(marker.args if marker else ())
    original = Client.request

    def watched(self: Client, **environ: Any) -> Any:
        if environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            return original(self, **environ)
        written: list[str] = []

        def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            found = WRITE.match(str(sql))
            if found and found.group(1) not in allowed:
                written.append(found.group(1))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(look):
            response = original(self, **environ)
        if written:
            raise WritingGet(f"GET {environ['PATH_INFO']} wrote to {', '.join(sorted(set(written)))}")
        return response

    monkeypatch.setattr(Client, "request", watched)
