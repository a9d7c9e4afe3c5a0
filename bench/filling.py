"""A made-up programme of a given size, put in by SQL and valid against every constraint.

Of `rows` meetings three fifths are the big employer's last month, 60 a mentor with four learners (for the pay run);
two fifths lie two months back with pairs of one mentor and one learner, whose present month is empty: these write.
One more pair has a month of 60 rows (for the month page).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from psycopg import sql

from celabiedrs.lib import clock
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import (
    Break,
    Edition,
    Institution,
    Municipality,
    Region,
    Semester,
    SemesterOverride,
)
from celabiedrs.rules.calendar import ClassGroup, school_year_of

ROWS_A_MENTOR = 60
ROWS_A_PAIR = 20
NO_PASSWORD = "!made-up"


@dataclass(frozen=True)
class Filled:
    """Which numbers mean whom: the primary keys are handed out by us."""

    rows: int
    payees: int  # mentors of the pay run: 1 … payees, each with four plans
    pairs: int  # pairs that write: mentors from payees + 1, plans from 4 * payees + 1
    last_month: date
    employer: int
    clerk: int

    def pair(self, number: int) -> tuple[int, int]:
        """User and plan of a pair, counted from 0."""
        return USER + self.payees + 1 + number, 4 * self.payees + 1 + number

    @property
    def reader(self) -> tuple[int, int]:
        """User and plan of the pair with the month of 60 rows; the plan's number is its timesheet's, too."""
        return self.pair(self.pairs)


USER = 1000

PEOPLE = """
INSERT INTO people_user (id, public_id, password, email, name, language, is_active, joined_at)
SELECT %(user)s + n, gen_random_uuid(), %(password)s, 'm' || n || '@example.org', 'Mentors ' || n, 'lv', true,
       now() - interval '1 year'
FROM generate_series(1, %(mentors)s) n;
INSERT INTO people_user (id, public_id, password, email, name, language, is_active, joined_at)
VALUES (1, gen_random_uuid(), %(password)s, 'clerk@example.org', 'Aina Lapiņa', 'lv', true, now() - interval '1 year');
INSERT INTO people_post (person_id, role, institution_id, since) VALUES (1, 'pay_clerk', %(employer)s, %(since)s);
INSERT INTO registry_mentor (id, public_id, user_id, born_on, phone, enrolled_at)
SELECT n, gen_random_uuid(), %(user)s + n, date '1990-05-05', '', now() - interval '1 year'
FROM generate_series(1, %(mentors)s) n;
INSERT INTO registry_trainingcertificate (mentor_id, number, issued_on, hours)
SELECT n, 'S-' || n, %(since)s::date - 30, 36 FROM generate_series(1, %(mentors)s) n;
INSERT INTO registry_educationground (mentor_id, kind, document_number)
SELECT n, 'secondary', 'D' || n FROM generate_series(1, %(mentors)s) n;
"""
PAPERS = """
CREATE TEMPORARY TABLE pair AS
SELECT n AS plan, CASE WHEN n <= 4 * %(payees)s THEN 1 + (n - 1) / 4 ELSE n - 3 * %(payees)s END AS mentor,
       n <= 4 * %(payees)s AS pays, n = %(plans)s AS reads,
       %(first_school)s + n %% %(schools)s AS school
FROM generate_series(1, %(plans)s) n;
INSERT INTO plans_learner (id, public_id, name, born_on, institution_id, class_year, guardian, results_only,
                           repeats_class, language_difficulty, enrolled_at)
SELECT plan, gen_random_uuid(), 'Izglītojamais ' || plan, %(since)s::date - 5400, school, 9, '', false, false, false,
       now() - interval '200 days' FROM pair;
INSERT INTO contracts_contract (id, public_id, mentor_id, employer_id, year, first_semester, last_semester, signed_on,
                                number, state, end_reason)
SELECT DISTINCT mentor, gen_random_uuid(), mentor, CASE WHEN pays THEN %(employer)s ELSE %(other)s END, %(year)s, 1, 1,
       %(since)s::date, '', 'signed', '' FROM (SELECT DISTINCT mentor, pays FROM pair) m;
INSERT INTO plans_supportplan (id, public_id, number, learner_id, institution_id, class_year, year, semester, starts_on,
                               ends_on, module, ground, hours_per_month, mentor_id, contract_id, state, drafted_at,
                               submitted_at, first_submitted_at, approved_at, version)
SELECT plan, gen_random_uuid(), 'IAP-' || plan, plan, school, 9, %(year)s, 1, %(since)s, %(until)s, 'I',
       'failing_and_leaving', 20, mentor, mentor, 'active', %(approved)s::timestamptz, %(approved)s, %(approved)s,
       %(approved)s, 1 FROM pair;
INSERT INTO plans_mentorassignment (plan_id, mentor_id, contract_id, since)
SELECT plan, mentor, mentor, %(approved)s FROM pair;
INSERT INTO plans_agreement (plan_id, mentor_id, learner_signed_on, mentor_signed_on)
SELECT plan, mentor, %(since)s, %(since)s FROM pair;
"""
HOURS = """
INSERT INTO hours_timesheet (id, public_id, code, plan_id, mentor_id, employer_id, month, supplement, state,
                             submitted_at, declared_at, verified_at, verified_by_id, returned_reason, version)
SELECT plan, gen_random_uuid(), 'B-' || plan, plan, mentor, CASE WHEN pays THEN %(employer)s ELSE %(other)s END,
       CASE WHEN pays OR reads THEN %(last)s::date ELSE %(before)s::date END, 0,
       CASE WHEN reads THEN 'open' ELSE 'verified' END,
       CASE WHEN NOT reads THEN now() END, CASE WHEN NOT reads THEN now() END, CASE WHEN NOT reads THEN now() END,
       CASE WHEN NOT reads THEN 1 END, '', 1 FROM pair;
INSERT INTO hours_meeting (public_id, timesheet_id, plan_id, mentor_id, learner_id, contract_id, held_on, starts_at,
                           ends_at, hours, topic, outcome, recorded_at, recorded_by_id, late, changed_after_signing,
                           change_reason, void_reason, learner_means, mentor_means, version)
SELECT gen_random_uuid(), plan, plan, mentor, plan, mentor, day, at,
       CASE WHEN held THEN at + interval '40 minutes' ELSE at END,
       CASE WHEN held THEN 1 ELSE 0 END, 'Mērķi un plāns, ' || n || '. reize', outcome, at + interval '1 hour',
       %(user)s + mentor, false, false, '', '', CASE WHEN held THEN 'device' ELSE '' END,
       CASE WHEN held THEN 'device' ELSE '' END, 1
FROM (
  SELECT pair.*, n, outcome, outcome = 'held' AS held, day,
         (day + make_time((CASE WHEN pays THEN 13 + plan %% 4 WHEN outcome = 'held' THEN 15 ELSE 18 END)::int, 0, 0))
           AT TIME ZONE 'Europe/Riga' AS at
  FROM pair
  CROSS JOIN LATERAL (
    SELECT n, (CASE WHEN pays OR reads THEN %(last)s::date ELSE %(before)s::date END) + (n - 1) %% 20 AS day,
           CASE WHEN n <= 20 THEN 'held' WHEN n <= 40 THEN 'learner_absent' ELSE 'cancelled' END AS outcome
    FROM generate_series(1, CASE WHEN pays THEN 15 WHEN reads THEN 60 ELSE 20 END) n
  ) rows
) m ORDER BY day, plan;
INSERT INTO audit_event (at, actor_id, verb, kind, thing_id, thread, facts)
SELECT m.recorded_at, m.recorded_by_id, 'recorded', 'Meeting', m.id, p.public_id,
       jsonb_build_object('day', m.held_on, 'hours', m.hours)
FROM hours_meeting m JOIN plans_supportplan p ON p.id = m.plan_id ORDER BY m.id;
INSERT INTO pay_unitrate (amount, since, source, published_at) VALUES (9.50, date '2024-01-01', 'made up', now());
"""
NUMBERED = (
    "people_user", "registry_mentor", "plans_learner", "contracts_contract", "plans_supportplan", "hours_timesheet",
)  # fmt: skip


def fill(rows: int) -> Filled:
    """Fill the empty, migrated database of the settings."""
    payees, pairs = max(rows * 3 // 5 // ROWS_A_MENTOR, 10), max(rows * 2 // 5 // ROWS_A_PAIR, 100)
    today = clock.today()
    last = clock.month_of(clock.month_of(today) - timedelta(days=1))
    before = clock.month_of(last - timedelta(days=1))
    employer, other, schools = _places(today)
    plans = 4 * payees + pairs + 1
    values: dict[str, Any] = {
        "user": USER, "password": NO_PASSWORD, "payees": payees, "mentors": payees + pairs + 1, "plans": plans,
        "employer": employer, "other": other, "first_school": schools[0], "schools": len(schools),
        "since": today - timedelta(days=150), "until": today + timedelta(days=100), "year": school_year_of(today),
        "approved": clock.now() - timedelta(days=149), "last": last, "before": before,
    }  # fmt: skip
    with connection.cursor() as cursor, python_defaults(cursor):
        for part in (PEOPLE, PAPERS, HOURS):
            for statement in part.split(";\n"):
                if statement.strip():
                    cursor.execute(statement, values)
        for table in NUMBERED:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        cursor.execute("DROP TABLE pair")
        cursor.execute("SELECT count(*) FROM hours_meeting")
        (stored,) = cursor.fetchone()
    return Filled(stored, payees, pairs, last, employer, 1)


@contextmanager
def python_defaults(cursor: Any) -> Iterator[None]:
    """For as long as it fills, the database knows the plain defaults that otherwise Django alone knows."""
    known = []
    for model in (model for model in apps.get_models() if model.__module__.startswith("celabiedrs.")):
        for field in model._meta.concrete_fields:
            default = (
                field.default
                if field.has_default()
                else ""
                if getattr(field, "empty_strings_allowed", 0)
                else None
            )
            if (
                isinstance(default, (str, int, bool))
                and not field.null
                and not field.primary_key
                and not field.generated
            ):
                known.append(
                    (sql.Identifier(model._meta.db_table), sql.Identifier(field.column), sql.Literal(default))
                )
    for table, column, value in known:
        cursor.execute(sql.SQL("ALTER TABLE {} ALTER {} SET DEFAULT {}").format(table, column, value))
    yield
    for table, column, _ in known:
        cursor.execute(sql.SQL("ALTER TABLE {} ALTER {} DROP DEFAULT").format(table, column))


def _places(today: date) -> tuple[int, int, list[int]]:
    """The employers and the schools, and a calendar in which today lies in a semester, whenever the bench runs."""
    Semester.objects.all().delete()
    Break.objects.all().delete()
    since, until, year = today - timedelta(days=160), today + timedelta(days=110), school_year_of(today)
    for group in ClassGroup:
        Semester.objects.create(year=year, number=1, group=group, since=since, until=until, source="made up")
    town = Municipality.objects.create(
        atvk="0000000", name="Izdomas novads", region=Region.objects.create(name="Bench")
    )
    board = {"kind": "education_board", "municipality": town, "municipal": True}
    employer = Institution.objects.create(name="Izdomas izglītības pārvalde", **board)
    other = Institution.objects.create(name="Otra izglītības pārvalde", **board)
    schools = [
        Institution.objects.create(name=f"Izdomas {n}. pamatskola", kind="general", municipality=town).pk
        for n in range(1, 21)
    ]
    for school in schools:
        SemesterOverride.objects.create(
            institution_id=school, year=year, number=1, since=since, until=until, set_at=clock.now()
        )
    Edition.objects.all().delete()
    new_edition()
    return employer.pk, other.pk, schools
