"""The four promises that are measured, each by floor and ours in turn."""

import json
import secrets
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from statistics import median
from urllib.parse import urlencode

from bench import servers
from bench.clients import Client, Load, Unexpected, drive, request
from bench.figures import Figure, Round
from bench.filling import NO_PASSWORD, ROWS_A_PAIR, Filled
from bench.machine import cpu_seconds, memory_mib
from bench.servers import ROOT, WORKERS, Server
from bench.size import installed_mb

Say = Callable[[str], None]
SECONDS = 3.0
WARM_UP = 1.5


@dataclass
class Bench:
    """What every job needs."""

    filled: Filled
    database: int  # process id
    rounds: int
    clients: int
    say: Say
    seconds: float = SECONDS

    def measured(self, server: Server, work: Callable[[], Load]) -> tuple[Load, float]:
        """The load and the CPU seconds that server and database spent on each of its answers."""
        before = server.cpu() + cpu_seconds(self.database)
        load = work()
        return load, (server.cpu() + cpu_seconds(self.database) - before) / max(len(load.times), 1)


# ------------------------------------------------------------------------------------------ who is signed in


def signed_in(user: int) -> tuple[str, str]:
    """Cookies and CSRF token of a person who has signed in, as the sign-in page would have left them."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret

    from celabiedrs.lib import clock
    from celabiedrs.people.models import User
    from config.idle import BEGAN, SEEN

    session = SessionStore()
    session[SESSION_KEY] = str(user)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = User(pk=user, password=NO_PASSWORD).get_session_auth_hash()
    session[BEGAN] = session[SEEN] = int(clock.now().timestamp())  # anyone who posts a form has seen its page
    session.save()
    csrf = _get_new_csrf_string()
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={csrf}"
    return cookies, _mask_cipher_secret(csrf)


# ------------------------------------------------------------------------------------------ S1: write


class Writers:
    """Pairs that take turns at writing: each client has its own, a pair writes its twenty hours, then the next."""

    def __init__(self, filled: Filled, server: Server) -> None:
        from django.urls import reverse

        from celabiedrs.lib import clock
        from celabiedrs.plans.models import SupportPlan

        self.filled, self.server = filled, server
        self.next = 0
        self.reverse = lambda public_id: reverse("hours:record", args=[public_id])
        self.plans = dict(SupportPlan.objects.order_by("pk").values_list("pk", "public_id"))
        self.days = [clock.today() - timedelta(days=back) for back in range(ROWS_A_PAIR, 0, -1)]
        self.sent = 0

    def __call__(self) -> Iterator[bytes]:
        while True:
            yield from self._pair()

    def _pair(self) -> Iterator[bytes]:
        number, self.next = self.next, self.next + 1
        if number >= self.filled.pairs:
            raise Unexpected("more was written than the made-up pairs have hours for: take more --rows")
        user, plan = self.filled.pair(number)
        cookies, token = signed_in(user)
        headers, path = self.server.headers(cookies), self.reverse(self.plans[plan])
        for day in self.days:
            sent = {
                "csrfmiddlewaretoken": token, "once": uuid.uuid4(), "outcome": "held", "day": day.isoformat(),
                "hours": "1", "topic": f"Mērķi un plāns {secrets.token_hex(4)}", "start": "15:00", "end": "",
            }  # fmt: skip
            yield request("POST", path, headers, urlencode(sent))


class FloorWriters:
    """The same for the floor, which has neither people nor rules. `back`: days by which its rows lie apart."""

    def __init__(self, filled: Filled, server: Server, path: str, back: int) -> None:
        self.filled, self.server, self.path, self.back = filled, server, path, back
        self.next = 0

    def __call__(self) -> Iterator[bytes]:
        from celabiedrs.lib import clock

        headers = self.server.headers()
        while True:
            number, self.next = self.next % self.filled.pairs, self.next + 1
            begins = clock.now() - timedelta(days=self.back, minutes=45 * (self.next // self.filled.pairs))
            for day in range(ROWS_A_PAIR):
                at = begins + timedelta(days=day, seconds=secrets.randbelow(10**6) / 10**6)
                sent = {
                    "pair": number + 1,
                    "starts_at": at.isoformat(),
                    "hours": "1",
                    "topic": f"x {secrets.token_hex(4)}",
                }
                yield request("POST", self.path, headers, urlencode(sent))


def s1(bench: Bench, ours: Server, floor: Server) -> Figure:
    figure = Figure(
        "S1", "a meeting recorded: page POST, every rule, event, durable", "requests/s", 0.5, True,
        bench.filled.rows, bench.clients, stretch=0.7,
    )  # fmt: skip
    writers = Writers(bench.filled, ours)
    checked, bare = (
        FloorWriters(bench.filled, floor, "/checked", 21),
        FloorWriters(bench.filled, floor, "/bare", 45),
    )

    def run(server: Server, writers: Callable[[], Iterator[bytes]], seconds: float) -> tuple[Load, float]:
        return bench.measured(
            server, lambda: drive(server.port, [writers() for _ in range(bench.clients)], seconds, _written)
        )

    run(floor, checked, WARM_UP), run(floor, bare, WARM_UP), run(ours, writers, WARM_UP)
    bares, before, stored = [], _meetings(), 0
    for number in range(bench.rounds):
        floored, floor_cpu = run(floor, checked, bench.seconds)
        mine, my_cpu = run(ours, writers, bench.seconds)
        bares.append(run(floor, bare, 1.0)[0].rate)
        stored += len(mine.times)
        figure.rounds.append(Round(floored.rate, mine.rate, floor_cpu, my_cpu))
        bench.say(f"S1 round {number + 1}: floor {floored.rate:.0f}, ours {mine.rate:.0f} requests/s")
    if _meetings() - before != stored:
        raise Unexpected(f"{stored} meetings were answered, {_meetings() - before} are stored")
    statements = statements_of_a_post(bench, ours)
    figure.more = {"bare_insert": round(median(bares), 1), "statements": len(statements)}
    figure.notes = [
        f"a bare insert: {median(bares):.0f} requests/s; {len(statements)} SQL statements a POST of ours "
        f"(BEGIN, COMMIT and savepoints counted); all {stored} answered meetings are stored"
    ]
    return figure


def _written(status: int, head: bytes) -> bool:
    return status == 201 or (status == 302 and b"/paraksts/" in head)


def _meetings() -> int:
    from celabiedrs.hours.models import Meeting

    return Meeting.objects.count()


def statements_of_a_post(bench: Bench, ours: Server) -> list[str]:
    """What one POST says to the database, counted by the database itself."""
    user, plan = bench.filled.pair(bench.filled.pairs - 1)
    program = [sys.executable, "-m", "bench.statements", str(user), str(plan)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Unexpected(done.stderr[-2000:])
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


# ------------------------------------------------------------------------------------------ S2: read


def s2(bench: Bench, ours: Server, floor: Server) -> Figure:
    from django.urls import reverse

    from celabiedrs.plans.models import SupportPlan

    figure = Figure(
        "S2", "a month page of 60 rows, whole HTML (p50)", "ms", 1.3, False, bench.filled.rows, 1
    )  # fmt: skip
    user, plan = bench.filled.reader
    path = reverse("hours:month", args=[SupportPlan.objects.get(pk=plan).public_id, bench.filled.last_month])
    cookies, _ = signed_in(user)
    asked = {
        ours: request("GET", path, ours.headers(cookies)),
        floor: request("GET", f"/month/{plan}", floor.headers()),
    }
    sizes = {}
    for server, asking in asked.items():
        status, _, body = Client(server.port).send(asking)
        rows = body.count(b"<tr") - 1
        if status != 200 or rows < 60:
            raise Unexpected(
                f"the month page of {server.name}: {status}, {rows} rows\n{body[:2000].decode()}"
            )
        sizes[server] = len(body)

    def run(server: Server) -> tuple[Load, float]:
        endless = iter(lambda: asked[server], b"")
        return bench.measured(
            server, lambda: drive(server.port, [endless], bench.seconds, lambda status, _: status == 200)
        )

    run(floor), run(ours)
    tails = []
    for number in range(bench.rounds):
        floored, floor_cpu = run(floor)
        mine, my_cpu = run(ours)
        one = Round(median(floored.times) * 1000, median(mine.times) * 1000, floor_cpu, my_cpu)
        tails.append(sorted(mine.times)[int(len(mine.times) * 0.95)] * 1000)
        figure.rounds.append(one)
        bench.say(f"S2 round {number + 1}: floor {one.floor:.1f}, ours {one.ours:.1f} ms")
    figure.more = {"p95": round(median(tails), 2), "bytes": sizes[ours], "floor_bytes": sizes[floor]}
    figure.notes = [
        f"ours p95 {median(tails):.1f} ms; page {sizes[ours] / 1000:.0f} kB, the floor's {sizes[floor] / 1000:.0f} kB"
    ]
    return figure


# ------------------------------------------------------------------------------------------ S4: pay

ONE_STATEMENT = """
INSERT INTO floor_pay (run_id, timesheet_id, mentor_id, plan_id, hours, rate, amount)
SELECT 1, m.timesheet_id, m.mentor_id, m.plan_id, sum(m.hours), r.amount, sum(m.hours) * r.amount
FROM hours_meeting m
JOIN hours_timesheet s ON s.id = m.timesheet_id
JOIN (SELECT amount, daterange(since, lead(since) OVER (ORDER BY since)) AS days FROM pay_unitrate) r
  ON r.days @> m.held_on
WHERE s.employer_id = %(employer)s AND s.month = %(month)s AND s.state = 'verified' AND m.outcome = 'held'
  AND m.voided_at IS NULL AND m.learner_means <> '' AND m.mentor_means <> ''
GROUP BY m.timesheet_id, m.mentor_id, m.plan_id, r.amount
"""
FLOOR_PAY = """
CREATE TABLE floor_pay (LIKE pay_payline INCLUDING ALL)
"""
"""The same columns, checks and indexes, without the foreign keys and with nobody's run."""


def s4(bench: Bench) -> Figure:
    from django.db import connection, transaction

    from celabiedrs.hours.models import Meeting
    from celabiedrs.pay.actions import prepare_run, totals_of
    from celabiedrs.people.models import User
    from celabiedrs.places.models import Institution

    filled = bench.filled
    payable = Meeting.objects.filter(
        timesheet__employer=filled.employer, timesheet__month=filled.last_month
    ).count()
    figure = Figure(
        "S4",
        f"a pay run of {filled.payees:,} mentors ({payable:,} meetings)",
        "s",
        2.5,
        False,
        filled.rows,
        1,
    )
    clerk, employer = User.objects.get(pk=filled.clerk), Institution.objects.get(pk=filled.employer)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS floor_pay")
        cursor.execute(FLOOR_PAY)

    def by_statement() -> Decimal:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM floor_pay")
            cursor.execute(ONE_STATEMENT, {"employer": filled.employer, "month": filled.last_month})
            cursor.execute("SELECT sum(amount) FROM floor_pay")
            return Decimal(cursor.fetchone()[0])

    def by_act() -> Decimal:
        run = prepare_run(by=clerk, employer=employer, month=f"{filled.last_month:%Y-%m}").thing
        assert run is not None
        return totals_of(run.lines.all()).amount

    def timed(work: Callable[[], Decimal]) -> tuple[Decimal, float, float]:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE pay_payline")
            cursor.execute("VACUUM ANALYZE floor_pay")
        cpu = time.process_time() + cpu_seconds(bench.database)
        began = time.perf_counter()
        amount = work()
        taken = time.perf_counter() - began
        return amount, taken, time.process_time() + cpu_seconds(bench.database) - cpu

    by_statement(), by_act()
    for number in range(bench.rounds):
        expected, floored, floor_cpu = timed(by_statement)
        amount, mine, my_cpu = timed(by_act)
        if amount != expected or not amount:
            raise Unexpected(f"the cents differ: {amount} of the run, {expected} of the statement")
        figure.rounds.append(Round(floored, mine, floor_cpu, my_cpu))
        bench.say(f"S4 round {number + 1}: floor {floored:.2f}, ours {mine:.2f} s")
    figure.more = {"mentors": filled.payees, "meetings": payable, "amount": str(amount)}
    figure.notes = [
        f"the cents are equal: {amount} €; each run replaces the lines of the one before, as the act does"
    ]
    if filled.payees < 10_000:
        figure.notes.append(
            "promised for 10,000 mentors: measured in proportion, --rows 1000000 has them all"
        )
    return figure


# ------------------------------------------------------------------------------------------ S10: start, memory, size


def s10(bench: Bench, ours: Server, floor: Server) -> Figure:
    figure = Figure(
        "S10", "first page after the start of the web processes", "s", 2.0, False, bench.filled.rows, 1,
        of_the_ratio=False,
    )  # fmt: skip
    after = {server: memory_mib(server.pid) for server in (floor, ours)}
    for number in range(bench.rounds):
        times = []
        for make in (servers.floor, servers.ours):
            server = make()
            try:
                times.append(server.start().came_up_in)
            finally:
                server.stop()
        figure.rounds.append(Round(times[0], times[1]))
        bench.say(f"S10 round {number + 1}: floor {times[0]:.2f}, ours {times[1]:.2f} s")
    installed = installed_mb()
    start = median(one.ours for one in figure.rounds)
    kept = {"start": start <= 2.0, "memory": after[ours] <= 200, "installed": installed <= 250}
    figure.more = {
        "memory_mib": round(after[ours], 1), "floor_memory_mib": round(after[floor], 1),
        "installed_mb": round(installed, 1), "kept": all(kept.values()),
    }  # fmt: skip
    figure.notes = [
        f"first page {start:.2f} s after the start, promise ≤ 2: {_word(kept['start'])}",
        f"memory of the web tree ({WORKERS} workers and their parent, PSS, after the load): {after[ours]:.0f} MiB, "
        f"the floor's {after[floor]:.0f}; promise ≤ 200: {_word(kept['memory'])}",
        f"installed to run, without the database's binaries: {installed:.0f} MB; "
        f"promise ≤ 250: {_word(kept['installed'])}",
    ]
    return figure


def _word(kept: bool) -> str:
    return "kept" if kept else "NOT KEPT"
