"""The world of a story, put there and not checked: a story may begin where no act leads.

What an entry leaves out is filled with something valid. Moments that a plan's state has not reached are ignored.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from celabiedrs.contracts.models import Contract, ContractState
from celabiedrs.lib import clock
from celabiedrs.lib.acts import expect
from celabiedrs.pay.models import UnitRate
from celabiedrs.people.models import AT_INSTITUTION, Post, Role, User
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import Institution, Municipality, ProgrammeSetting, Region, SemesterOverride
from celabiedrs.plans.models import AuditSample, Learner
from celabiedrs.registry.models import (
    CheckGround,
    EducationGround,
    Mentor,
    SuitabilityCheck,
    TrainingCertificate,
    TrainingRound,
)
from celabiedrs.rules.calendar import parse_label
from celabiedrs.rules.naming import written_number
from celabiedrs.rules.reading import read_day, read_money
from rehearsal.stories.files import Unreadable
from rehearsal.stories.papers import scan
from rehearsal.stories.plans import put_plan
from rehearsal.stories.things import World

POSTS_SINCE = date(2025, 8, 1)
CHECKED_ON = date(2026, 8, 20)
CERTIFIED_ON = date(2025, 12, 12)


def build(described: Mapping[str, Any], begins: datetime) -> World:
    """Put a world into an empty programme whose calendar is loaded. The clock stands at the first step's moment."""
    world = World(begins)
    _places(world, described)
    _settings(world, described)
    for key, entry in described["people"].items():
        _person(world, key, entry)
    for key, entry in described["mentors"].items():
        _mentor(world, key, entry, described["contracts"])
    for kind in ("people", "mentors"):
        for key, entry in described[kind].items():
            _posts(world, key, entry.get("posts") or ())
    for key, entry in described["contracts"].items():
        _contract(world, key, entry)
    for key, entry in described["learners"].items():
        _learner(world, key, entry)
    for key, entry in described["plans"].items():
        put_plan(world, key, entry, described)
    _samples(world, described)
    return world


def _samples(world: World, described: Mapping[str, Any]) -> None:
    """The plans that were drawn for an auditor's post."""
    for kind in ("people", "mentors"):
        for key, entry in described[kind].items():
            drawn = [post.get("sample") or () for post in entry.get("posts") or ()]
            posts = Post.objects.filter(person=world.need("person", key, key)).order_by("pk")
            for post, sample in zip(posts, drawn, strict=True):
                for plan in sample:
                    AuditSample.objects.create(post=post, plan_id=world.need("plan", plan, key))


def _places(world: World, described: Mapping[str, Any]) -> None:
    for key, entry in described["regions"].items():
        world.put("region", key, Region.objects.create(name=entry.get("name") or key.title()).pk)
    for number, (key, entry) in enumerate(described["municipalities"].items()):
        made = Municipality.objects.create(
            atvk=entry.get("atvk") or f"99{number:05}",
            name=entry.get("name") or f"{key.title()} novads",
            region_id=world.need("region", entry.get("region") or next(iter(described["regions"])), key),
        )
        world.put("municipality", key, made.pk)
    for key, entry in described["municipalities"].items():
        near = [world.need("municipality", other, key) for other in entry.get("neighbours") or ()]
        Municipality.objects.get(pk=world.need("municipality", key, key)).neighbours.add(*near)
    for key, entry in described["institutions"].items():
        where = entry.get("municipality") or next(iter(described["municipalities"]))
        made_ = Institution.objects.create(
            name=entry.get("name") or key.title(),
            kind=entry.get("kind") or "general",
            municipality_id=world.need("municipality", where, key),
            municipal=entry.get("municipal") is True,
        )
        world.put("institution", key, made_.pk)


def _settings(world: World, described: Mapping[str, Any]) -> None:
    for name, value in described["settings"].items():
        if value is not None:
            ProgrammeSetting.objects.create(
                name=name, value=value, since=date(2000, 1, 1), set_at=clock.now()
            )
    for entry in described["overrides"]:
        label = parse_label(entry.get("semester"))
        if label is None:
            raise Unreadable(f"world, overrides: “{entry.get('semester')}” is no semester")
        SemesterOverride.objects.create(
            institution_id=world.need("institution", entry.get("institution"), "overrides"),
            year=label.year,
            number=label.number,
            since=entry["starts_on"],
            until=entry["ends_on"],
            order=scan("order") if entry.get("order_scan", True) else None,
            set_at=clock.now(),
        )
    new_edition()
    for entry in described["rates"]:
        UnitRate.objects.create(
            amount=expect(read_money(entry["amount"])),
            since=expect(read_day(entry["from"])),
            published_at=clock.now(),
        )


def _person(world: World, key: str, entry: Mapping[str, Any]) -> User:
    name = entry.get("name") or f"Persona {key.replace('_', ' ').title()}"
    user = User.objects.create_user(email=f"{key}@example.invalid", name=name)
    world.put("person", key, user.pk)
    return user


def _posts(world: World, key: str, posts: Iterable[Mapping[str, Any]]) -> None:
    for entry in posts:
        role = entry.get("role")
        if role not in Role.values:
            raise Unreadable(f"world, {key}: there is no role “{role}”")
        place: dict[str, Any] = {}
        if role in AT_INSTITUTION or (role == Role.DATA_PROTECTION_OFFICER and entry.get("institution")):
            place["institution_id"] = world.need("institution", entry.get("institution"), key)
        elif role == Role.MUNICIPALITY_COORDINATOR:
            place["municipality_id"] = world.need("municipality", entry.get("municipality"), key)
        elif role == Role.PROJECT_EXPERT:
            place["region_id"] = world.need("region", entry.get("region"), key)
        Post.objects.create(
            person_id=world.need("person", key, key),
            role=role,
            since=entry.get("since") or POSTS_SINCE,
            until=entry.get("until"),
            **place,
        )


def _mentor(world: World, key: str, entry: Mapping[str, Any], contracts: Mapping[str, Any]) -> None:
    user = _person(world, key, entry)
    mentor = Mentor.objects.create(
        user=user,
        born_on=entry.get("born") or date(1990, 1, 1),
        phone=str(entry.get("phone") or ""),
        enrolled_at=clock.now(),
    )
    world.put("mentor", key, mentor.pk)
    served = entry.get("municipalities")
    if served is None:
        served = [name for kind, name in world.things if kind == "municipality"][:1]
    mentor.municipalities.set([world.need("municipality", name, key) for name in served])
    mentor.works_at.set([world.need("institution", name, key) for name in entry.get("works_at") or ()])
    span = entry.get("coach_c_valid") or (date(2020, 1, 1), date(2034, 12, 31))
    for ground in entry.get("education", ["secondary"]) or ():
        days = span if ground == "coach_c" else (None, None)
        EducationGround.objects.create(mentor=mentor, kind=ground, valid_since=days[0], valid_until=days[1])
    _certificate(mentor, entry.get("certificate", {}))
    _checks(world, key, mentor, entry, contracts)


def _certificate(mentor: Mentor, entry: Mapping[str, Any] | None) -> None:
    """Enter a certificate; one that was copied with `like` gets a number of its own."""
    if entry is None:
        return
    number = written_number(entry.get("number") or f"SK-{9000 + mentor.pk}")
    if TrainingCertificate.objects.filter(number=number).exists():
        number = f"{number}-{mentor.pk}"
    round_, _ = TrainingRound.objects.get_or_create(number=entry.get("round") or 1)
    TrainingCertificate.objects.create(
        mentor=mentor,
        number=number,
        issued_on=entry.get("issued_on") or CERTIFIED_ON,
        hours=entry.get("hours") or 36,
        round=round_,
    )


def _checks(
    world: World, key: str, mentor: Mentor, entry: Mapping[str, Any], contracts: Mapping[str, Any]
) -> None:
    """The checks that the entry names; where it says nothing of checks, clear ones by the employers."""
    checks = entry.get("checks") or ()
    if "checks" not in entry:
        employers = [
            contract.get("employer") for contract in contracts.values() if contract.get("mentor") == key
        ] or [name for kind, name in world.things if kind == "institution"]
        checks = [
            {"employer": employer, "ground": ground, "checked_on": CHECKED_ON, "outcome": "clear"}
            for employer in dict.fromkeys(employers)
            for ground in CheckGround.values
        ]
    for check in checks:
        SuitabilityCheck.objects.create(
            mentor=mentor,
            employer_id=world.need("institution", check.get("employer"), key),
            ground=check.get("ground"),
            checked_on=check.get("checked_on") or CHECKED_ON,
            outcome=check.get("outcome") or "clear",
            permission=check.get("permission") or ("1" if check.get("outcome") == "permitted" else ""),
            recorded_at=clock.moment_of(check.get("checked_on") or CHECKED_ON, time(12)),
        )


def _contract(world: World, key: str, entry: Mapping[str, Any]) -> None:
    given = entry.get("semesters") or ["2026/27-1", "2026/27-2"]
    labels = sorted(label for label in map(parse_label, given) if label is not None)
    if not labels:
        raise Unreadable(f"world, contracts: “{key}” has no semester")
    ended_on = entry.get("ended_on") or entry.get("day")
    made = Contract.objects.create(
        mentor_id=world.need("mentor", entry.get("mentor"), key),
        employer_id=world.need("institution", entry.get("employer"), key),
        year=labels[0].year,
        first_semester=labels[0].number,
        last_semester=labels[-1].number,
        signed_on=entry.get("signed_on") or date(int(labels[0].year[:4]), 8, 25),
        scan=scan("contract") if entry.get("scan", True) else None,
        state=ContractState.ENDED if ended_on else ContractState.SIGNED,
        ended_on=ended_on,
        end_reason="–" if ended_on else "",
    )
    world.put("contract", key, made.pk)


def _learner(world: World, key: str, entry: Mapping[str, Any]) -> None:
    school = entry.get("institution") or next(name for kind, name in world.things if kind == "institution")
    institution = Institution.objects.get(pk=world.need("institution", school, key))
    course, class_year = entry.get("course"), entry.get("class")
    if course is not None and class_year is not None:
        class_year, course = (None, course) if institution.kind == "vocational" else (class_year, None)
    if course is None and class_year is None:
        class_year, course = (None, 1) if institution.kind == "vocational" else (8, None)
    made = Learner.objects.create(
        name=entry.get("name") or f"Izglītojamais {key}",
        born_on=entry.get("born") or date(2012, 5, 14),
        institution=institution,
        class_year=class_year,
        course_year=course,
        guardian=entry.get("guardian") or "",
        results_only=entry.get("results_only") is True,
        repeats_class=entry.get("repeats_class") is True,
        enrolled_at=clock.now(),
    )
    world.put("learner", key, made.pk)
