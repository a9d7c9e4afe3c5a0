"""The matrix's world: three of each thing – here, at the neighbour school, in another region – and a missing one."""

import base64
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.test import Client

from celabiedrs.closing.actions import (
    close_plan,
    evaluate,
    give_feedback,
    hand_over,
    receive,
    review_cooperation,
)
from celabiedrs.closing.documents import issue_act
from celabiedrs.contracts.models import Contract
from celabiedrs.evidence.models import DrawnPlan, SampleDraw
from celabiedrs.hours.actions import record_meeting, sign_meeting, submit_month, verify_month
from celabiedrs.hours.models import Meeting, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.outbox.posting import post
from celabiedrs.notes.actions import write_note
from celabiedrs.pay.actions import approve_run, prepare_run
from celabiedrs.pay.models import PayRun
from celabiedrs.people.models import AccountReset, Post, PostProposal, Role, User
from celabiedrs.places.actions import load_calendar
from celabiedrs.places.models import Institution, RegionalContact
from celabiedrs.plans.actions import ask_transfer, draft_plan, override_semester
from celabiedrs.plans.models import Agreement, Learner, SupportPlan
from celabiedrs.programme.models import ImportState, TableImport
from celabiedrs.registry.models import Mentor
from celabiedrs.retention.actions import answer_request, enter_request, hold
from celabiedrs.retention.documents import issue_answer, issue_certificates
from celabiedrs.retention.models import Disposal, Proposal
from celabiedrs.retention.reading.due import due
from celabiedrs.safeguarding.actions import raise_report
from celabiedrs.safeguarding.models import ServiceNumber
from rehearsal.stories.cast import world_of
from rehearsal.stories.papers import scan
from rehearsal.stories.world import build
from tests.access.sessions import sessions_of

NOW = datetime(2026, 11, 4, 12, 0, tzinfo=clock.RIGA)
RELATIONS = ("own", "neighbour", "far", "missing")
PREPARERS = {"own": "preparer", "neighbour": "neighbour_staff", "far": "far_staff"}
ASKS_FOR = {"own": "neighbour", "neighbour": "own", "far": "own"}
STAFF = {"own": ("responsible", "clerk", "head"), "far": ("far_staff", "far_clerk", "far_head")}


@dataclass
class World:
    """People by their name in the cast, and for each kind of thing its address under each relation."""

    people: dict[str, User]
    things: dict[str, dict[str, str]]
    words: dict[str, set[str]] = field(default_factory=dict)
    """Words that stand in one note or one report of danger only, and who may come upon them (A2)."""
    clients: dict[str, Client] = field(default_factory=dict)


DRAWING = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def make_world() -> World:
    """Build it by the acts, up to a verified month that lies in an approved run (at the neighbour's: submitted)."""
    cast = yaml.safe_load((Path(__file__).parent / "cast.yaml").read_text("utf-8"))
    load_calendar()
    with clock.at(datetime(2026, 9, 1, 12, 0)):
        known = build(world_of(cast, {}), clock.now()).things
    people = {key: User.objects.get(pk=pk) for (kind, key), pk in known.items() if kind == "person"}
    things: dict[str, dict[str, str]] = {}
    for relation in ("own", "neighbour", "far"):
        for kind, thing in _of(known, relation, people).items():
            things.setdefault(kind, {})[relation] = thing
        for kind, thing in _preparing(known, relation, people).items():
            things.setdefault(kind, {})[relation] = thing
        for kind, thing in sessions_of(known, relation, people).items():
            things.setdefault(kind, {})[relation] = thing
    things |= _college(people["college_head"])
    things |= _kept(known, people)
    things["post_proposal"] = _proposed(known, people["supervisor"])
    things["reset"] = _resets(people)
    things["draw"] = _drawn(known, people)
    for addresses in things.values():
        addresses["missing"] = str(uuid.uuid5(uuid.NAMESPACE_URL, "missing"))
    things["code"]["missing"] = "SK-2222-2222"
    return World(people, things, confided(people))


def confided(people: dict[str, User]) -> dict[str, set[str]]:
    """The words of notes and reports, and who may read them: the author, of a report the school's officers, too."""
    authors = {"own": "mentor", "neighbour": "neighbour_mentor", "far": "far_mentor"}
    officers = {"own": "officer", "neighbour": "neighbour_staff"}
    words = {f"Piezīme-{relation}-zilzobe": {author} for relation, author in authors.items()}
    for relation, author in authors.items():
        words[f"Ziņojums-{relation}-sarkanspārne"] = {author, officers.get(relation, author)}
    assert set().union(*words.values()) <= set(people)
    return words


def _college(head: User) -> dict[str, dict[str, str]]:
    """The one vocational school, far away, with a semester of its own and the order of its head."""
    college = head.posts_on(NOW.date())[0].institution
    assert college is not None
    with clock.at(datetime(2026, 9, 2, 9, 0)):
        order = scan("semester_order", by=head)
        override_semester(
            by=head,
            institution=college,
            semester="2026/27-1",
            starts_on="2026-09-01",
            ends_on="2026-12-23",
            order_scan=order,
        )
    here = {relation: str(uuid.uuid5(uuid.NAMESPACE_URL, relation)) for relation in ("own", "neighbour")}
    contact = RegionalContact.objects.create(name="Aija Kontakte", duty="expert", phone="20000000")
    number = ServiceNumber.objects.create(name="Bāriņtiesa", phone="20000001", purpose="par bērna drošību")
    return {
        "contact": {**here, "far": str(contact.public_id)},
        "number": {**here, "far": str(number.public_id)},
        "college": {**here, "far": str(college.public_id)},
        "semester_order": {**here, "far": str(order.public_id)},
    }


def _proposed(known: dict[Any, int], person: User) -> dict[str, str]:
    """A post that an administrator who is nobody's persona proposed at each of the three schools."""
    giver = User.objects.create_user(email="otra@example.invalid", name="Otra Pārzine")
    Post.objects.create(person=giver, role=Role.PROGRAMME_ADMINISTRATOR, since=NOW.date())
    found = {}
    for relation in ("own", "neighbour", "far"):
        place = Learner.objects.get(pk=known["learner", relation]).institution
        row = PostProposal.objects.create(
            person=person,
            role=Role.SAFEGUARDING_OFFICER,
            institution=place,
            since=NOW.date(),
            proposed_by=giver,
            proposed_at=clock.now(),
        )
        found[relation] = str(row.public_id)
    return found


def _drawn(known: dict[Any, int], people: dict[str, User]) -> dict[str, str]:
    """The draw that took their own plan for the auditor."""
    plan = SupportPlan.objects.get(pk=known["plan", "own"])
    row = SampleDraw.objects.create(
        post=people["auditor"].posts.get(),
        semester=plan.label,
        least=1,
        start=0,
        population=3,
        drawn_by=people["admin"],
        drawn_at=clock.now(),
    )
    DrawnPlan.objects.create(draw=row, plan=plan, amount=0)
    here = {relation: str(uuid.uuid5(uuid.NAMESPACE_URL, relation)) for relation in ("neighbour", "far")}
    return here | {"own": str(row.public_id)}


def _resets(people: dict[str, User]) -> dict[str, str]:
    """A reset of each mentor's account that waits for agreement."""
    giver = User.objects.get(email="otra@example.invalid")
    mentors = {"own": "mentor", "neighbour": "neighbour_mentor", "far": "far_mentor"}
    rows = {
        relation: AccountReset.objects.create(
            person=people[name], reason="Pazaudēts", proposed_by=giver, proposed_at=clock.now()
        )
        for relation, name in mentors.items()
    }
    return {relation: str(row.public_id) for relation, row in rows.items()}


def _kept(known: dict[Any, int], people: dict[str, User]) -> dict[str, dict[str, str]]:
    """A hold, a disposal that waits and one that is done; for each learner a request to erase, and an answered one."""
    admin = people["admin"]
    things: dict[str, dict[str, str]] = {"erasure": {}, "answered_erasure": {}}
    with clock.at(datetime(2026, 11, 3, 9, 0)):
        held = hold(
            by=admin, thing=SupportPlan.objects.get(pk=known["plan", "far"]), reason="Tiesvedība"
        ).thing
        for relation in ("own", "neighbour", "far"):
            learner = Learner.objects.get(pk=known["learner", relation])
            asked = [enter_request(by=admin, about=learner, asked_on="2026-11-02").thing for _ in range(2)]
            issue_answer(answer_request(by=admin, request=asked[1]).thing, by=admin)
            things["erasure"][relation] = str(asked[0].public_id)
            things["answered_erasure"][relation] = str(asked[1].public_id)
        day = NOW.date()
        counts = {"plans": 0, "held": 0, "open": 0}
        waiting = Proposal.objects.create(
            before=day, digest=due(day).digest, counts=counts, prepared_by=admin, prepared_at=clock.now()
        )
        done = Disposal.objects.create(
            before=day,
            counts=counts | {"rows": {}},
            done_by=admin,
            agreed_by=people["expert"],
            done_at=clock.now(),
        )
        issue_certificates()
    here = {relation: str(uuid.uuid5(uuid.NAMESPACE_URL, relation)) for relation in ("neighbour", "far")}
    for kind, thing in (("hold", held), ("proposal", waiting), ("disposal", done)):
        things[kind] = here | {"own": str(thing.public_id)}
    return things


def _preparing(known: dict[Any, int], relation: str, people: dict[str, User]) -> dict[str, str]:
    """A plan that is being drafted, and a learner for whom another school asks."""
    learner = Learner.objects.get(pk=known["learner", f"{relation}_new"])
    with clock.at(datetime(2026, 9, 2, 10, 0)):
        plan = draft_plan(
            by=people[PREPARERS[relation]],
            learner=learner,
            semester="2026/27-1",
            module="I",
            ground="failing_and_leaving",
            risks=[{"kind": "failing", "reason": "Trīs"}, {"kind": "early_leaving", "reason": "Kavējumi"}],
            hours_per_month=8,
        ).thing
        asking = ASKS_FOR[relation]
        to = Learner.objects.get(pk=known["learner", asking]).institution
        asked = ask_transfer(by=people[PREPARERS[asking]], learner=learner, institution=to).thing
    return {"draft": str(plan.public_id), "transfer": str(asked.public_id)}


def _of(known: dict[Any, int], relation: str, people: dict[str, User]) -> dict[str, str]:
    plan = SupportPlan.objects.get(pk=known["plan", relation])
    mentor = plan.mentor
    assert mentor is not None
    with clock.at(datetime(2026, 10, 6, 18, 0)):
        meeting = record_meeting(
            by=mentor.user, plan=plan, day="2026-10-06", start="15:00", hours=2, topic="Mērķu karte"
        ).thing
        sign_meeting(by=mentor.user, meeting=meeting, party="both", means="device", drawing=DRAWING)
        note = write_note(by=mentor.user, plan=plan, text=f"Piezīme-{relation}-zilzobe").thing
        report = raise_report(
            by=mentor.user, plan=plan, grounds="danger", text=f"Ziņojums-{relation}-sarkanspārne"
        ).thing
    with clock.at(datetime(2026, 9, 1, 10, 0)):
        Agreement.objects.filter(plan=plan).update(scan=scan("agreement", by=people[PREPARERS[relation]]))
        SupportPlan.objects.filter(pk=plan.pk).update(
            extended_until=plan.ends_on + timedelta(days=1),
            extended_at=clock.now(),
            extension_order=scan("order", by=people[PREPARERS[relation]]),
        )
    with clock.at(datetime(2026, 11, 2, 9, 0)):
        sheet = submit_month(by=mentor.user, plan=plan, month="2026-10", no_double_funding=True).thing
        run = _paid(plan, people, relation)
        message = post(to=mentor.user, kind="plan_suspended")
    act, earlier = _handed_over(plan, people[PREPARERS[relation]], relation)
    _ending(known, relation, plan, people)
    return {
        "hand_over": act,
        "earlier_act": earlier,
        "plan": str(plan.public_id),
        "past": str(SupportPlan.objects.get(pk=known["plan", f"{relation}_past"]).public_id),
        "person": str(mentor.user.public_id),
        "learner": str(Learner.objects.get(pk=plan.learner_id).public_id),
        "mentor": str(Mentor.objects.get(pk=mentor.pk).public_id),
        "contract": str(Contract.objects.get(pk=known["contract", relation]).public_id),
        "institution": str(Institution.objects.get(pk=plan.institution_id).public_id),
        "report": str(report.public_id),
        "note": str(note.public_id),
        "meeting": str(Meeting.objects.get(pk=meeting.pk).public_id),
        "sheet": str(sheet.public_id),
        "code": Timesheet.objects.get(pk=sheet.pk).code,
        "run": str(run.public_id) if run else str(uuid.uuid5(uuid.NAMESPACE_URL, relation)),
        "message": str(message.public_id),
        "table": _table(people["admin"]),
    }


def _table(by: User) -> str:
    """A table that an administrator has uploaded and not confirmed."""
    with clock.at(datetime(2026, 11, 2, 9, 0)):
        held = TableImport.objects.create(
            kind="institutions", made_by=by, made_at=clock.now(), rows="[]", total=0, state=ImportState.READY
        )
    return str(held.public_id)


def _ending(known: dict[Any, int], relation: str, plan: SupportPlan, people: dict[str, User]) -> None:
    """The plan evaluated by its mentor and its preparer; another one that ended early, its learner not called yet."""
    mentor, preparer = plan.mentor, people[PREPARERS[relation]]
    assert mentor is not None
    with clock.at(datetime(2026, 11, 2, 10, 0)):
        evaluate(by=mentor.user, plan=plan, closed=[4, 4, 5], open_answers=["Labi", "Biežāk"], go_on="yes")
        give_feedback(by=preparer, plan=plan, text="Nāk uz skolu")
        past = SupportPlan.objects.get(pk=known["plan", f"{relation}_past"])
        close_plan(by=preparer, plan=past, outcome="ended_early", reason="Pārcēlās", wished_by="guardian")


def _paid(plan: SupportPlan, people: dict[str, User], relation: str) -> PayRun | None:
    if relation not in STAFF:
        return None
    responsible, clerk, head = (people[name] for name in STAFF[relation])
    verify_month(by=responsible, plan=plan, month="2026-10")
    run = prepare_run(by=clerk, employer=plan.institution, month="2026-10").thing
    assert run is not None
    return approve_run(by=head, run=run).thing


def _handed_over(plan: SupportPlan, preparer: User, relation: str) -> tuple[str, str]:
    """The act of handing over the verified month, received and issued twice; the neighbour's waits for its month."""
    if relation not in STAFF:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, relation)), str(uuid.uuid5(uuid.NAMESPACE_URL, relation))
    assert plan.mentor is not None
    with clock.at(datetime(2026, 11, 3, 9, 0)):
        review_cooperation(by=plan.mentor.user, plan=plan, text="Labi", recommendation="continue")
        act = receive(by=preparer, hand_over=hand_over(by=plan.mentor.user, plan=plan).thing).thing
        earlier = issue_act(act)
        issue_act(act)
    return str(act.public_id), str(earlier.public_id)
