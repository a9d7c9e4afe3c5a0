"""A1: who may see and do what – every address, method, persona and relation, against one file of expectations.

`matrix.yaml` names for each address the audience of GET and of POST. An address that is not in it fails. A foreign
thing answers as a missing one, byte for byte. Every denied cell has an allowed twin with the same payload: an
audience that is empty for all relations must say why.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from celabiedrs.lib import clock
from tests.access.world import NOW, RELATIONS, World, make_world

FILE = yaml.safe_load((Path(__file__).parent / "matrix.yaml").read_text("utf-8"))
AUDIENCES, ROUTES, OPEN = FILE["audiences"], FILE["routes"], FILE["open"]
LET_IN = {200, 302, 409, 422}
CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]+"|name="once"\s+value="[^"]+"'
    rb"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|SK-\w{4}-\w{4}"
)


def addresses(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """Every named address of our own stages; a nameless one counts by its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"


def test_every_address_has_its_row() -> None:
    unlisted = sorted(set(addresses()) - set(ROUTES) - set(OPEN))
    gone = sorted((set(ROUTES) | set(OPEN)) - set(addresses()))
    assert not unlisted, f"addresses without a row in matrix.yaml: {unlisted}"
    assert not gone, f"rows of matrix.yaml without an address: {gone}"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def signed_in(world: World, persona: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    if persona != "anonymous":
        client.force_login(world.people[persona], backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def ask(client: Client, method: str, url: str, payload: dict[str, str]) -> HttpResponse:
    """One request whose effect is undone."""
    with transaction.atomic():
        answer = client.get(url, payload) if method == "GET" else client.post(url, payload)
        transaction.set_rollback(True)
    if answer.streaming and answer.status_code == 200:
        b"".join(answer)  # read to its end, a file is closed
    return answer


def in_audience(audience: str, relation: str, persona: str) -> bool:
    places = AUDIENCES[audience]
    return persona in (places if isinstance(places, list) else places.get(relation, ()))


def url_of(route: str, row: dict[str, Any], world: World, relation: str) -> str:
    values = {}
    for name, kind in (row.get("args") or {}).items():
        values[name] = world.things[kind][relation] if kind in world.things else kind
    return reverse(route, kwargs=values)


def stripped(answer: HttpResponse) -> bytes:
    return CHANGING.sub(b"", b"".join(answer) if answer.streaming else answer.content)


def personas(world: World) -> list[str]:
    return ["anonymous", *world.people]


@pytest.mark.get_may_write("audit_look")
@pytest.mark.parametrize("route", sorted(ROUTES))
def test_who_is_let_in(route: str, world: World) -> None:
    row, leaks, cells = ROUTES[route], [], 0
    relations = RELATIONS if row.get("args") else ("own",)
    with clock.at(NOW):
        for persona in personas(world):
            client = signed_in(world, persona)
            missing: dict[str, bytes] = {}
            for relation in reversed(relations):
                url = url_of(route, row, world, relation)
                for method in ("GET", "POST"):
                    audience = row.get(method)
                    answer = ask(client, method, url, row.get("payload", {}))
                    cells += 1
                    wanted = expected(row, method, relation, persona)
                    if answer.status_code not in wanted:
                        leaks.append(
                            f"{persona} {method} {relation}: {answer.status_code}, not {sorted(wanted)} ({audience})"
                        )
                    if answer.status_code == 404 and persona != "anonymous":
                        body = stripped(answer)
                        if relation == "missing":
                            missing[method] = body
                        elif method in missing and missing[method] != body:
                            leaks.append(
                                f"{persona} {method} {relation}: a foreign thing does not answer as a missing one"
                            )
    print(f"matrix, {route}: {cells} cells, {len(leaks)} leaks")
    assert not leaks, "\n".join(leaks)


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


@pytest.mark.parametrize("audience", sorted(AUDIENCES))
def test_an_audience_is_somebody(audience: str) -> None:
    places = AUDIENCES[audience]
    assert places if isinstance(places, list) else any(places.values())
