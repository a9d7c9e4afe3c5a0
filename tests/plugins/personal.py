"""Names, personal codes and texts of the whole run have no place in logs, addresses, letters, error pages, jobs,
messages and events (T3).

What is personal is read from what the run writes: rows of people and learners, texts of plans and meetings, whatever is
sealed. What may not hold it is read where it leaves the house. A test in which the two meet fails at its end.
"""

import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

import pytest
from cryptography.fernet import MultiFernet
from django.core.handlers.base import BaseHandler
from django.core.mail import EmailMessage
from django.db.backends.utils import CursorWrapper

from celabiedrs.plans.words import fields

PERSONAL = {
    "people_user": {"name", "email"},
    "plans_learner": {"name", "guardian"},
    "plans_risk": {"reason"},
    "plans_supportplan": {field.name for field in fields.FIELDS if isinstance(field, fields.Text)},
    "plans_agreementtext": {field.name for field in fields.TEXTS},
    "plans_agreementdraft": {field.name for field in fields.TEXTS},
    "plans_planquestion": {"text", "answer"},
    "plans_suspension": {"reason"},
    "hours_meeting": {"topic"},
    "hours_cooperationreview": {"cooperation", "conclusions"},
    "closing_preparerfeedback": {"text"},
    "safeguarding_safeguardingreport": {"text"},
}
"""Columns whose values are somebody's; what is sealed (codes, notes) counts whatever the column."""
WRITTEN = {"outbox_message": "message", "audit_event": "event"}
DEFERS = "procrastinate_defer"
INSERT = re.compile(r'^\s*INSERT INTO "?(\w+)"? \(([^)]*)\)\s*(?:VALUES|SELECT \* FROM UNNEST)', re.I)
UPDATE = re.compile(r'^\s*UPDATE "?(\w+)"? SET (.*?)(?: WHERE |$)', re.I | re.S)
INSIDE = re.compile(rb"""(?:href|action|hx-get|hx-post)=["']([/?][^"']*)["']""")
MAIN = re.compile(rb"<main\b.*</main>", re.S)
RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z0-9_-]{32,}")
ERRORS = {400, 403, 404, 405, 413, 500, 503}
"""These say only that it went wrong; a refused form (422) and a conflict (409) give back what was typed."""
TOLD = ("Location", "HX-Redirect", "HX-Location")


def is_personal(value: object) -> bool:
    """Whether a value says something of somebody: a name of two words, a text, an address, a code."""
    if not isinstance(value, str):
        return False
    text = value.strip()
    return len(text) >= 8 and (" " in text or "@" in text or bool(re.fullmatch(r"\d{6}-?\d{5}", text)))


class Watch:
    """What was personal in this process, and what left the house since the last look."""

    def __init__(self) -> None:
        self.personal: set[str] = set()
        self.new: set[tuple[str, str]] = set()
        self.looked: set[tuple[str, str]] = set()
        self.counts: Counter[str] = Counter()

    def keep(self, values: Iterable[object]) -> None:
        self.personal.update(value.strip() for value in values if is_personal(value))  # type: ignore[attr-defined]

    def left(self, channel: str, text: str) -> None:
        """Something went out by a channel; what is the same but for a random id is looked at once."""
        self.counts[channel] += 1
        said = channel, RANDOM.sub("…", text)
        if said not in self.looked:
            self.new.add(said)

    def leaks(self) -> list[str]:
        """What of it is personal, by channel; it counts as looked at."""
        said: dict[str, list[str]] = {}
        for channel, text in self.new:
            said.setdefault(channel, []).append(text)
        self.looked |= self.new
        self.new = set()
        texts = {channel: "\n".join(parts) for channel, parts in said.items()}
        return sorted(
            f"{channel}: {own}" for channel, text in texts.items() for own in self.personal if own in text
        )

    @contextmanager
    def aside(self) -> Iterator["Watch"]:
        """Look at what happens inside apart from the run's own: a test of this watch leaks on purpose."""
        mine = self.personal, self.new, self.looked, self.counts
        self.personal, self.new, self.looked, self.counts = set(), set(), set(), Counter()
        try:
            yield self
        finally:
            self.personal, self.new, self.looked, self.counts = mine


WATCH = Watch()


class LogWatch(logging.Handler):
    """Sees log lines as they would stand in the log: through the formatter of the settings."""

    def emit(self, record: logging.LogRecord) -> None:
        from config.logs import QuietFormatter

        WATCH.left("log", QuietFormatter().format(record).split(" ", 2)[-1])


@lru_cache(maxsize=4096)
def columns_of(sql: str) -> tuple[str, tuple[str, ...], bool] | None:
    """Table and columns of a statement that writes what is watched, and whether it may write several rows."""
    if found := INSERT.match(sql):
        table, names = found[1], tuple(name.strip().strip('"') for name in found[2].split(","))
        return (table, names, True) if table in PERSONAL or table in WRITTEN else None
    if (found := UPDATE.match(sql)) and found[1] in PERSONAL:
        sets = [part.split("=", 1) for part in found[2].split(", ")]
        if all(len(pair) == 2 for pair in sets):
            names = tuple(pair[0].strip().strip('"') for pair in sets if pair[1].strip() == "%s")
            return found[1], names, False
    return None


def see_statement(sql: Any, params: Any) -> None:
    """Take note of what a statement writes."""
    if not params or not isinstance(sql, str):
        return
    if DEFERS in sql:
        WATCH.left("job", plain(params))
        return
    found = columns_of(sql) if sql.lstrip()[:6].upper() in {"INSERT", "UPDATE"} else None
    if found is None:
        return
    table, names, several = found
    values = list(params)
    if several and len(values) % len(names):
        WATCH.keep(values)  # some columns are written by the statement itself: all its texts count
        return
    for row in rows_of(names, values):
        if table in WRITTEN:
            kept = {name: row[name] for name in ("context", "facts", "key") if name in row}
            WATCH.left(WRITTEN[table], plain(kept))
        else:
            WATCH.keep(row[name] for name in PERSONAL[table] & row.keys())


def rows_of(names: tuple[str, ...], values: list[Any]) -> Iterator[dict[str, Any]]:
    """The rows of a statement: many go as one list a column (UNNEST), or one after the other."""
    if any(isinstance(value, list) for value in values):
        lists = [value if isinstance(value, list) else [value] for value in values]
        yield from (dict(zip(names, row, strict=False)) for row in zip(*lists, strict=False))
        return
    for start in range(0, len(values), len(names) or 1):
        yield dict(zip(names, values[start : start + len(names)], strict=False))


def plain(value: Any) -> str:
    """A value as text, JSON inside it unpacked."""
    value = getattr(value, "obj", getattr(value, "adapted", value))
    if isinstance(value, dict):
        return " ".join(f"{name}={plain(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return " ".join(plain(one) for one in value)
    if isinstance(value, str) and value[:1] in "{[":
        try:
            return plain(json.loads(value))
        except ValueError:
            return value
    return str(value)


def see_answer(request: Any, response: Any) -> None:
    """The address that was asked for, those to which the answer leads, and the page of an error."""
    addresses = [request.get_full_path(), *(response[name] for name in TOLD if response.has_header(name))]
    if not response.streaming:
        body = response.content
        if "html" in response.get("Content-Type", ""):
            addresses += {address.decode("utf-8", "replace") for address in INSIDE.findall(body)}
        if response.status_code in ERRORS:
            page = MAIN.search(body)
            WATCH.left("error page", (page[0] if page else body).decode("utf-8", "replace"))
    for address in addresses:
        if not address.startswith("/static/"):
            WATCH.left("address", unquote_plus(address))


@pytest.fixture(scope="session", autouse=True)
def watching() -> Iterator[None]:
    """Look at every door of the house for the whole run."""
    patched = pytest.MonkeyPatch()
    execute, answer, send, encrypt = (
        CursorWrapper.execute,
        BaseHandler.get_response,
        EmailMessage.send,
        MultiFernet.encrypt,
    )

    def executed(self: Any, sql: Any, params: Any = None) -> Any:
        see_statement(sql, params)
        return execute(self, sql, params)

    def answered(self: Any, request: Any) -> Any:
        response = answer(self, request)
        see_answer(request, response)
        return response

    def sent(self: Any, *args: Any, **kwargs: Any) -> Any:
        WATCH.left("letter", f"{self.subject}\n{self.body}")
        return send(self, *args, **kwargs)

    def sealed(self: Any, message: bytes, *args: Any) -> bytes:
        WATCH.keep([message.decode()])
        return encrypt(self, message, *args)

    patched.setattr(CursorWrapper, "execute", executed)
    patched.setattr(BaseHandler, "get_response", answered)
    patched.setattr(EmailMessage, "send", sent)
    patched.setattr(MultiFernet, "encrypt", sealed)
    handler = LogWatch()
    loggers = [logging.getLogger(name) for name in ("", "django", "celabiedrs")]
    for logger in loggers:
        logger.addHandler(handler)
    yield
    patched.undo()
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.fixture(autouse=True)
def nothing_personal_leaves(watching: None, record_property: Any) -> Iterator[None]:
    """Fail a test in which something personal left the house."""
    before = Counter(WATCH.counts)
    yield
    record_property("left_the_house", dict(WATCH.counts - before))
    leaks = WATCH.leaks()
    if leaks:
        pytest.fail("personal data left the house (T3):\n" + "\n".join(leaks[:20]), pytrace=False)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was looked at, in one line at the end of the run, whichever processes saw it."""
    total: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "teardown":
                total.update(dict(report.user_properties).get("left_the_house", {}))
    if total:
        seen = ", ".join(f"{count} of {channel}" for channel, count in sorted(total.items()))
        terminalreporter.write_line(f"T3 looked at: {seen}")
