"""Walking one address of the matrix: as everybody, at every relation, by GET and POST, each cell undone."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from celabiedrs.lib import clock
from rehearsal.stories.pages import read
from tests.access.world import NOW, RELATIONS, World

FILE = yaml.safe_load((Path(__file__).parent / "matrix.yaml").read_text("utf-8"))
AUDIENCES, ROUTES, OPEN = FILE["audiences"], FILE["routes"], FILE["open"]
LET_IN = {200, 302, 409, 422}
CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]+"|name="once"\s+value="[^"]+"'
    rb"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|SK-\w{4}-\w{4}"
)


@dataclass
class Walk:
    """How many cells an address has, and those that answered otherwise than expected."""

    cells: int = 0
    leaks: list[str] = field(default_factory=list)


def addresses(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """Every named address of our own stages; a nameless one counts by its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"


def walk(route: str, world: World, among: tuple[str, ...] = ()) -> Walk:
    """Every cell of an address, or those of some people."""
    found = Walk()
    quiet = logging.getLogger("django.request")
    before, quiet.disabled = quiet.disabled, True
    try:
        with clock.at(NOW):
            for persona in among or ("anonymous", *world.people):
                _as_one(route, world, persona, found)
    finally:
        quiet.disabled = before
    return found


def _as_one(route: str, world: World, persona: str, found: Walk) -> None:
    row = ROUTES[route]
    client = signed_in(world, persona)
    missing: dict[str, bytes] = {}
    for relation in reversed(RELATIONS if row.get("args") else ("own",)):
        url = url_of(route, row, world, relation)
        for method in ("GET", "POST"):
            answer = ask(client, method, url, row.get("payload", {}))
            found.cells += 1
            found.leaks += [
                f"{persona} {method} {relation}: reads {word}" for word in overheard(world, persona, answer)
            ]
            wanted = expected(row, method, relation, persona)
            if answer.status_code not in wanted:
                said = f"{answer.status_code}, not {sorted(wanted)} ({row.get(method)})"
                found.leaks.append(f"{persona} {method} {relation}: {said}")
            if answer.status_code == 404 and persona != "anonymous":
                body = stripped(answer)
                if missing.setdefault(method, body) != body:
                    found.leaks.append(
                        f"{persona} {method} {relation}: a foreign thing does not answer as a missing one"
                    )


def signed_in(world: World, persona: str) -> Client:
    """One client for each person; what a cell leaves in its cookies is taken back."""
    known = world.clients.get(persona)
    if known is None:
        known = world.clients[persona] = Client(SERVER_NAME="localhost", raise_request_exception=False)
        if persona != "anonymous":
            known.force_login(world.people[persona], backend=settings.AUTHENTICATION_BACKENDS[0])
    return known


def ask(client: Client, method: str, url: str, payload: dict[str, str]) -> HttpResponse:
    """One request whose effect is undone."""
    cookies = client.cookies.output()
    with transaction.atomic():
        answer = client.get(url, payload) if method == "GET" else client.post(url, payload)
        transaction.set_rollback(True)
    if answer.streaming and answer.status_code == 200:
        b"".join(answer)  # read to its end, a file is closed
    if client.cookies.output() != cookies:
        client.cookies = SimpleCookie(
            "; ".join(line.removeprefix("Set-Cookie: ").split(";")[0] for line in cookies.splitlines())
        )
    return answer


def overheard(world: World, persona: str, answer: HttpResponse) -> list[str]:
    """Words of notes and reports in an answer that are not meant for this person; of files, the pages' own (A2)."""
    if answer.streaming:
        return []
    text = read(answer.content, answer.headers.get("Content-Type", ""))
    return [word for word, meant in world.words.items() if word in text and persona not in meant]


def in_audience(audience: str, relation: str, persona: str) -> bool:
    places = AUDIENCES[audience]
    return persona in (places if isinstance(places, list) else places.get(relation, ()))


def url_of(route: str, row: dict[str, Any], world: World, relation: str) -> str:
    values = {}
    for name, kind in (row.get("args") or {}).items():
        values[name] = world.things[kind][relation] if kind in world.things else str(kind).removeprefix("=")
    return reverse(route, kwargs=values)


def stripped(answer: HttpResponse) -> bytes:
    return CHANGING.sub(b"", b"".join(answer) if answer.streaming else answer.content)


def expected(row: dict[str, Any], method: str, relation: str, persona: str) -> set[int]:
    """The codes that are right for a cell."""
    if persona == "anonymous":
        return {302}
    audience = row.get(method)
    if audience is None:
        return {405, 404}
    if in_audience(audience, relation, persona):
        return set(row.get("codes", {}).get(method, LET_IN))
    sees = row.get("seen_by") or (row.get("GET") if method == "POST" else None)
    if sees and in_audience(sees, relation, persona):
        return {403}
    if row.get("denied"):
        return {row["denied"]} if relation != "missing" or not row.get("args") else {row["denied"], 404}
    return {404}
