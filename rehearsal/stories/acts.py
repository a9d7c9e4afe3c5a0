"""From the act names and arguments of the stories to the acts that the pages call, each thing loaded by its scope.

A thing that the person may not know of ends in NotFound before the act is asked. An argument that is missing reaches
the act as nothing: the act refuses it by the clause that asks for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from celabiedrs.lib.acts import Done
from celabiedrs.pay.access import lines_visible_to
from celabiedrs.pay.actions import totals_of
from celabiedrs.people.models import User
from celabiedrs.plans.words.fields import BY_NAME, TEXTS
from rehearsal.stories import scopes
from rehearsal.stories.papers import scan
from rehearsal.stories.scopes import Cast

Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """`where` is the module of the act; `takes` gives its keyword arguments from the story's.

    `makes` is the kind of thing that a `key:` names afterwards; `shows` the values of its result.
    """

    where: str
    takes: Callable[[Cast, User, Arguments], dict[str, Any]]
    makes: str = ""
    shows: Callable[[User, Done[Any]], dict[str, Any]] = lambda by, done: {}
    name: str = ""


def perform(
    cast: Cast, by: User, do: str, arguments: Arguments, key: str | None
) -> tuple[Done[Any], dict[str, Any]]:
    """Do the act; the thing it makes is known by its key afterwards. Raises what the act raises."""
    act = ACTS[do]
    values = act.takes(cast, by, arguments)
    done: Done[Any] = getattr(import_module(act.where), act.name or do)(by=by, **values)
    if key is not None and act.makes and done.thing is not None:
        cast.put(act.makes, key, done.thing)
    return done, act.shows(by, done)


# ---------------------------------------------------------------------- how arguments are taken


def paper(by: User, arguments: Arguments, name: str) -> Any:
    return scan(name, by=by) if arguments.get(name) is True else None


def given(arguments: Arguments, *names: str) -> dict[str, Any]:
    """Those arguments, None where one is missing."""
    return {name: arguments.get(name) for name in names}


def present(arguments: Arguments, *names: str) -> dict[str, Any]:
    """Those of the arguments that stand in the step."""
    return {name: arguments[name] for name in names if name in arguments}


def listed(raw: object) -> list[Any]:
    """A list as it stands; one thing by itself is a list of one."""
    return list(raw) if isinstance(raw, (list, tuple)) else [] if raw in (None, "") else [raw]


def on_plan(*names: str) -> Callable[[Cast, User, Arguments], dict[str, Any]]:
    return lambda cast, by, a: {"plan": scopes.plan(cast, by, a.get("plan")), **given(a, *names)}


def on(kind: str, *names: str) -> Callable[[Cast, User, Arguments], dict[str, Any]]:
    return lambda cast, by, a: {kind: scopes.find(cast, by, kind, a.get(kind)), **given(a, *names)}


def of_month(*names: str) -> Callable[[Cast, User, Arguments], dict[str, Any]]:
    def takes(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
        values = {"plan": scopes.plan(cast, by, a.get("plan")), **given(a, "month", *names)}
        if a.get("mentor") is not None:
            values["mentor"] = scopes.mentor(cast, by, a["mentor"])
        return values

    return takes


def _enrol_mentor(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        **given(a, "name", "born", "education", "coach_c_valid"),
        "municipalities": [cast.thing("municipality", name) for name in listed(a.get("municipalities"))],
        "works_at": [
            place for name in listed(a.get("works_at")) if (place := cast.thing("institution", name))
        ],
    }


def _record_certificate(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    mentor = scopes.mentor(cast, by, a.get("mentor"))
    return {"mentor": mentor, **given(a, "number", "issued_on", "hours"), "training_round": a.get("round")}


def _check_suitability(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        "mentor": scopes.mentor(cast, by, a.get("mentor")),
        "employer": cast.thing("institution", a.get("employer")),
        **given(a, "ground", "checked_on", "outcome", "permission"),
    }


def _sign_contract(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        "mentor": scopes.mentor(cast, by, a.get("mentor")),
        "employer": cast.thing("institution", a.get("employer")),
        **given(a, "semesters", "signed_on"),
        "scan": paper(by, a, "scan"),
    }


def _prolong_contract(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {**on("contract", "until")(cast, by, a), "scan": paper(by, a, "scan")}


def _enrol_learner(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        "institution": cast.thing("institution", a.get("institution")),
        **given(a, "name", "born", "course", "guardian"),
        "school_class": a.get("class"),
        "results_only": a.get("results_only") is True,
        "repeats_class": a.get("repeats_class") is True,
        "another_person": a.get("another_person") is True,
    }


def _corrected(kind: str) -> Callable[[Cast, User, Arguments], dict[str, Any]]:
    """An argument that stands in the step and is empty is missing; one that does not stand there stays as it is."""

    def takes(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
        values = {name: "" if value is None else value for name, value in present(a, "name", "born").items()}
        return {kind: scopes.find(cast, by, kind, a.get(kind)), "reason": a.get("reason"), **values}

    return takes


def _draft_plan(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    learner = scopes.find(cast, by, "learner", a.get("learner"))
    return {"learner": learner, **present(a, *BY_NAME)}


def _amend_plan(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    plan = scopes.plan(cast, by, a.get("plan"))
    changes = present(a, *BY_NAME)
    if a.get("learner") is not None:
        changes["learner"] = scopes.find(cast, by, "learner", a["learner"])
    return {"plan": plan, "reason": a.get("reason"), **changes}


def _file_request(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {**on_plan("applicant", "signed_on")(cast, by, a), "scan": paper(by, a, "scan")}


def _sign_agreement(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    plan = scopes.plan(cast, by, a.get("plan"))
    mentor = scopes.mentor(cast, by, a.get("mentor"))
    return {
        "plan": plan,
        "mentor": mentor,
        **given(a, "learner_signed_on", "mentor_signed_on", *(text.name for text in TEXTS)),
    }


def _attach_mentor(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    values = {
        "plan": scopes.plan(cast, by, a.get("plan")),
        "mentor": scopes.mentor(cast, by, a.get("mentor")),
    }
    if a.get("contract") is not None:
        values["contract"] = scopes.find(cast, by, "contract", a["contract"])
    return values


def _extend_plan(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {**on_plan("order_until")(cast, by, a), "order_scan": paper(by, a, "order_scan")}


def _override_semester(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        "institution": cast.thing("institution", a.get("institution")),
        **given(a, "semester", "starts_on", "ends_on"),
        "order_scan": paper(by, a, "order_scan"),
    }


def _record_meeting(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        **on_plan("day", "start", "topic", "hours", "end")(cast, by, a),
        **present(a, "outcome"),
    }


def _change_meeting(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    meeting = scopes.find(cast, by, "meeting", a.get("meeting"))
    changes = present(a, "day", "start", "end", "hours", "topic", "outcome")
    return {"meeting": meeting, "reason": a.get("reason"), **changes}


def _sign_meeting(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    meeting = scopes.find(cast, by, "meeting", a.get("meeting"))
    return {"meeting": meeting, "party": a.get("as"), "means": a.get("means")}


def _prepare_run(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {"employer": cast.thing("institution", a.get("employer")), "month": a.get("month")}


def _totals(by: User, done: Done[Any]) -> dict[str, Any]:
    if done.thing is None:
        return {"lines": 0, "hours": 0, "amount": "0.00"}
    totals = totals_of(done.thing.lines.filter(lines_visible_to(by)))
    return {"lines": totals.lines, "hours": totals.hours, "amount": f"{totals.amount:.2f}"}


def _evaluate(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        **on_plan("closed")(cast, by, a),
        "open_answers": a.get("open"),
        "go_on": a.get("continue"),
    }


def _nominate(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        "mentor": scopes.mentor(cast, by, a.get("mentor")),
        "session": scopes.find(cast, by, "session", a.get("session")),
    }


def _plan_session(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        "municipality": cast.thing("municipality", a.get("municipality")),
        **given(a, "group", "day", "start", "minutes", "place", "mode"),
    }


def _compose_group(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    session = scopes.find(cast, by, "session", a.get("session"))
    members = [scopes.member(cast, by, session, name) for name in listed(a.get("members"))]
    return {"session": session, "members": members, "exception_reason": a.get("exception_reason")}


def _hold_session(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    session = scopes.find(cast, by, "session", a.get("session"))
    return {
        "session": session,
        "attended": [scopes.member(cast, by, session, name) for name in listed(a.get("attended"))],
    }


def _raise_report(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    people = [cast.need("person", name) for name in listed(a.get("leave_out"))]
    return {**on_plan("grounds", "text", "services")(cast, by, a), "leave_out": people}


def _on_thing(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {"thing": scopes.anything(cast, by, a.get("thing")), "reason": a.get("reason")}


def _dispose(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {"before": a.get("before"), "agreed_by": cast.thing("person", a.get("agreed_by"))}


def _give_post(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        "person": cast.thing("person", a.get("person")),
        "place": _place(cast, a),
        "role": str(a.get("role") or ""),
        "since": a.get("since"),
        "agreed_by": cast.thing("person", a.get("agreed_by")),
        **present(a, "until"),
    }


def _place(cast: Cast, a: Arguments) -> Any:
    """The place that a post is given at; what names none as it stands, so that the act refuses it."""
    for kind in ("institution", "municipality", "region"):
        if a.get(kind) is not None:
            return cast.thing(kind, a[kind]) or a[kind]
    return None


def _end_post(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        "person": cast.thing("person", a.get("person")),
        "institution": cast.thing("institution", a.get("institution")),
        **given(a, "day", "role"),
    }


def _draw_sample(cast: Cast, by: User, a: Arguments) -> dict[str, Any]:
    return {
        "auditor": cast.thing("person", a.get("auditor")),
        **given(a, "month", "semester", "share", "least", "start"),
    }


def _drawn(by: User, done: Done[Any]) -> dict[str, Any]:
    return {"plans": done.thing.plans.count() if done.thing is not None else 0}


PLANS, HOURS, PAY = "celabiedrs.plans.actions", "celabiedrs.hours.actions", "celabiedrs.pay.actions"
REGISTRY, CONTRACTS = "celabiedrs.registry.actions", "celabiedrs.contracts.actions"
CLOSING, SUPERVISION = "celabiedrs.closing.actions", "celabiedrs.supervision.actions"
NOTES, SAFEGUARDING = "celabiedrs.notes.actions", "celabiedrs.safeguarding.actions"
RETENTION, PEOPLE = "celabiedrs.retention.actions", "celabiedrs.people.actions.posts"

ACTS: dict[str, Act] = {
    "enrol_mentor": Act(REGISTRY, _enrol_mentor, "mentor"),
    "record_certificate": Act(REGISTRY, _record_certificate),
    "check_suitability": Act(CONTRACTS, _check_suitability),
    "sign_contract": Act(CONTRACTS, _sign_contract, "contract"),
    "end_contract": Act(CONTRACTS, on("contract", "day", "reason")),
    "prolong_contract": Act(CONTRACTS, _prolong_contract),
    "enrol_learner": Act(PLANS, _enrol_learner, "learner"),
    "correct_learner": Act(PLANS, _corrected("learner")),
    "correct_mentor": Act(CONTRACTS, _corrected("mentor")),
    "draft_plan": Act(PLANS, _draft_plan, "plan"),
    "file_request": Act(PLANS, _file_request),
    "sign_agreement": Act(PLANS, _sign_agreement),
    "attach_mentor": Act(PLANS, _attach_mentor),
    "submit_plan": Act(PLANS, on_plan()),
    "withdraw_plan": Act(PLANS, on_plan()),
    "approve_plan": Act(PLANS, on_plan("reason")),
    "return_plan": Act(PLANS, on_plan("reason")),
    "suspend_plan": Act(PLANS, on_plan("reason")),
    "resume_plan": Act(PLANS, on_plan("reason")),
    "amend_plan": Act(PLANS, _amend_plan),
    "extend_plan": Act(PLANS, _extend_plan),
    "log_talk": Act(PLANS, on_plan("day")),
    "override_semester": Act(PLANS, _override_semester),
    "record_meeting": Act(HOURS, _record_meeting, "meeting"),
    "change_meeting": Act(HOURS, _change_meeting),
    "void_meeting": Act(HOURS, on("meeting", "reason")),
    "sign_meeting": Act(HOURS, _sign_meeting),
    "submit_month": Act(HOURS, on_plan("month", "no_double_funding")),
    "verify_month": Act(HOURS, of_month("paper_hours")),
    "return_month": Act(HOURS, of_month("reason")),
    "reopen_month": Act(HOURS, of_month("reason")),
    "correct_month": Act(PAY, of_month("hours", "reason")),
    "publish_rate": Act(PAY, lambda cast, by, a: {"amount": a.get("amount"), "since": a.get("from")}),
    "set_value": Act(
        "celabiedrs.programme.actions.settings",
        lambda cast, by, a: {"name": a.get("name"), "value": a.get("value"), "since": a.get("from")},
    ),
    "prepare_run": Act(PAY, _prepare_run, "run", _totals),
    "approve_run": Act(PAY, on("run")),
    "send_run": Act(PAY, on("run")),
    "review_cooperation": Act(CLOSING, on_plan("text", "recommendation")),
    "evaluate": Act(CLOSING, _evaluate),
    "close_plan": Act(CLOSING, on_plan("outcome", "reason")),
    "renew_plan": Act(CLOSING, on_plan("semester"), "plan"),
    "hand_over": Act(CLOSING, on_plan()),
    "show_interest": Act(SUPERVISION, on("session")),
    "nominate": Act(SUPERVISION, _nominate),
    "plan_session": Act(SUPERVISION, _plan_session, "session"),
    "compose_group": Act(SUPERVISION, _compose_group),
    "confirm_group": Act(SUPERVISION, on("session")),
    "hold_session": Act(SUPERVISION, _hold_session),
    "write_note": Act(NOTES, on_plan("text")),
    "raise_report": Act(SAFEGUARDING, _raise_report, "report"),
    "acknowledge_report": Act(SAFEGUARDING, on("report")),
    "hold": Act(RETENTION, _on_thing),
    "release": Act(RETENTION, _on_thing),
    "dispose": Act(RETENTION, _dispose, shows=lambda by, done: {"disposed": done.thing.counts["plans"]}),
    "end_post": Act(PEOPLE, _end_post),
    "give_post": Act(PEOPLE, _give_post),
    "draw_sample": Act("celabiedrs.evidence.actions", _draw_sample, "draw", _drawn),
}
