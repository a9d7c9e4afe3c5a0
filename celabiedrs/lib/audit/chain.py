"""The chain over the event log (T2): each link's digest covers a stretch of events and the link before it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import ChainLink, Event

STRETCH = 10_000
"""Events that one link covers at most."""
LOCK_MILLISECONDS = 500
"""How long the job waits for the moment at which nobody is writing; then its next run tries again."""
BEGINNING = "0" * 64

STRETCH_DIGESTS = f"""
SELECT count(*), coalesce(string_agg(digest, '' ORDER BY id), '') FROM (
  SELECT id, audit_event_digest(e) AS digest FROM {Event._meta.db_table} e WHERE id > %(after)s AND id <= %(last)s
  UNION ALL
  SELECT event, digest FROM audit_removedevent WHERE event > %(after)s AND event <= %(last)s
) stretch
"""
TWICE = f"SELECT count(*) FROM audit_removedevent r JOIN {Event._meta.db_table} e ON e.id = r.event"


@dataclass(frozen=True)
class Head:
    """Where the chain ends: the number of its last link, and that link's digest."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """`NUMBER:DIGEST` as the daily letter has it. Raises ValueError."""
        number, _, digest = text.strip().partition(":")
        return cls(int(number), digest.strip())


@dataclass(frozen=True)
class Verdict:
    """What a verification found: `troubles` is empty where the log is whole."""

    links: int
    events: int
    unchained: int
    troubles: tuple[str, ...]
    head: Head


def _digest(previous: str, last: int, count: int, digests: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(sha256(convert_to(%s, 'UTF8')), 'hex')", [f"{previous}:{last}:{count}:{digests}"]
        )
        return str(cursor.fetchone()[0])


def _stretch(after: int, last: int) -> tuple[int, str]:
    """How many events lie in a stretch, those taken by disposals included, and their digests one after another."""
    with connection.cursor() as cursor:
        cursor.execute(STRETCH_DIGESTS, {"after": after, "last": last})
        count, digests = cursor.fetchone()
    return int(count), str(digests)


def head() -> Head:
    """The end of the chain; number 0 where there is none yet."""
    link = ChainLink.objects.order_by("-number").first()
    return Head(link.number, link.digest) if link else Head(0, BEGINNING)


def extend() -> int:
    """Add links up to the last event; how many were added.

    Ids are handed out before their transactions end, so a lower id may become visible after a higher one. The table is
    locked against writers for a moment: then every id up to the highest is either there or will never be.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}")
            cursor.execute(f"LOCK TABLE {Event._meta.db_table} IN SHARE MODE")
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {Event._meta.db_table}")
            last = int(cursor.fetchone()[0])
    except OperationalError:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE audit_chainlink IN EXCLUSIVE MODE")
        return _add_links(last)


def _add_links(last: int) -> int:
    end = ChainLink.objects.order_by("-number").first()
    number, after, previous = (end.number, end.last_event, end.digest) if end else (0, 0, BEGINNING)
    added = 0
    while after < last:
        ids = Event.objects.filter(pk__gt=after, pk__lte=last).order_by("pk").values_list("pk", flat=True)
        until = max([*ids[:STRETCH]], default=last)
        count, digests = _stretch(after, until)
        number, previous, added = number + 1, _digest(previous, until, count, digests), added + 1
        ChainLink.objects.create(
            number=number, last_event=until, events=count, digest=previous, made_at=clock.now()
        )
        after = until
    return added


def verify(known: Head | None = None, *, progress: Callable[[int, int], None] | None = None) -> Verdict:
    """Reckon the whole chain again and compare. `known` is a head from outside the machine, an earlier letter's."""
    links = list(ChainLink.objects.order_by("number"))
    troubles: list[str] = []
    after, previous, events = 0, BEGINNING, 0
    for place, link in enumerate(links, 1):
        if link.number != place:
            troubles.append(f"link {place} is missing")
            break
        count, digests = _stretch(after, link.last_event)
        if count != link.events or _digest(previous, link.last_event, count, digests) != link.digest:
            troubles.append(
                f"link {link.number}: events {after + 1} to {link.last_event} are not as they were written "
                f"({count} there, {link.events} chained)"
            )
        after, previous, events = link.last_event, link.digest, events + count
        if progress:
            progress(place, len(links))
    troubles += _other_troubles(links, known)
    return Verdict(
        len(links),
        events,
        Event.objects.filter(pk__gt=after).count(),
        tuple(troubles),
        Head(len(links), previous),
    )


def _other_troubles(links: list[ChainLink], known: Head | None) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(TWICE)
        if cursor.fetchone()[0]:
            yield "events that were told to be disposed of are still there"
    if known is not None and known.number:
        named = links[known.number - 1].digest if known.number <= len(links) else ""
        if named != known.digest:
            yield f"link {known.number} is not the one that was sent out"
