"""What a supervisor does: plan a session, compose and confirm its group, mark it as held, cancel it (SUP-1 … SUP-7)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.lib.acts import require
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import ActForm, attempt, page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.rules import supervision as rules
from celabiedrs.rules.breach import Breach, Caution
from celabiedrs.rules.parameters import whole
from celabiedrs.supervision.access import may_plan, own_sessions
from celabiedrs.supervision.actions import (
    cancel_session,
    compose_group,
    confirm_group,
    correct_attendance,
    hold_session,
    plan_session,
)
from celabiedrs.supervision.facts import group_codes
from celabiedrs.supervision.forms import ComposeForm, CorrectionForm, MentorsForm, PlanForm
from celabiedrs.supervision.models import GroupKind, SessionState, SupervisionSession
from celabiedrs.supervision.pages.scope import led_session, posted
from celabiedrs.supervision.reading.agenda import ends_at, led
from celabiedrs.supervision.reading.candidates import Candidate, candidates, waiting_for_school
from celabiedrs.supervision.reading.states import group_name


@form_page
def plan(request: SignedIn) -> HttpResponse:
    """Plan a session; ?like= takes group, municipality, start and place over from an own one."""
    user = request.user
    if not may_plan(user):
        raise Http404
    form = PlanForm(posted(request), groups=_groups(), initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, plan_session, by=user, **form.cleaned_data)
        if done is not None:
            warn(request, done.cautions)
            messages.success(
                request, _("The session is planned. Mentors and responsible persons see its day and place.")
            )
            return redirect("supervision:session", done.thing.public_id)
    return page(request, "supervision/plan.html", form=form)


def _groups() -> list[tuple[str, str]]:
    kinds = {kind.code: kind for kind in GroupKind.objects.order_by("code")}
    return [(code, group_name(kinds.get(code) or GroupKind(code=code))) for code in group_codes()]


def _initial(request: SignedIn) -> dict[str, object]:
    start: dict[str, object] = {
        "group": rules.DESCRIBED,
        "minutes": whole("supervision_minutes", clock.today()),
        "mode": "in_person",
    }
    own = SupervisionSession.objects.filter(own_sessions(request.user)).select_related("group")
    try:
        like = own.filter(public_id=uuid.UUID(request.GET.get("like", ""))).first()
    except ValueError:
        like = None
    like = like or own.order_by("-planned_at", "pk").first()
    if like is not None:
        start |= {
            "group": like.group.code,
            "municipality": like.municipality_id,
            "start": like.starts_at.astimezone(clock.RIGA).time(),
            "place": like.place,
        }
    return start


@form_page
def compose(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Put the group together from the nominated; a confirmed one has to be confirmed again."""
    found, user = led_session(request, public_id), request.user
    rows, waiting = candidates(found), waiting_for_school(found)
    form = ComposeForm(
        posted(request),
        among=[*(row.mentor for row in rows), *waiting],
        initial={"mentors": _proposed(found, rows), "exception_reason": found.exception_reason},
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            compose_group,
            by=user,
            session=found,
            members=form.chosen(),
            exception_reason=form.cleaned_data["exception_reason"],
        )
        if done is not None:
            warn(request, done.cautions)
            messages.success(request, _("The group is composed. Now it has to be confirmed."))
            return redirect("supervision:session", public_id)
    return page(request, "supervision/compose.html", form=form, **_composing(found, rows, form, waiting))


def _proposed(session: SupervisionSession, rows: list[Candidate]) -> list[str]:
    """Who is in the group; before there is one, all of their own municipality who fit, if there is room for them."""
    chosen = [row for row in rows if row.in_group]
    if session.composed_at is None:
        chosen = [row for row in rows if not row.kept_out and not row.is_exception]
        limit = session.group.size_limit
        chosen = chosen if limit is None or len(chosen) <= limit else []
    return [row.key for row in chosen]


def _composing(
    session: SupervisionSession, rows: list[Candidate], form: ComposeForm, waiting: list[Any]
) -> dict[str, Any]:
    limit, ticked = session.group.size_limit, form.ticked()
    fit = [row for row in rows if not row.kept_out]
    return {
        "session": session,
        "group_name": group_name(session.group),
        "row": led(session),
        "own": [row for row in fit if not row.is_exception],
        "beside": [row for row in fit if row.is_exception],
        "kept_out": [row for row in rows if row.kept_out],
        "waiting": waiting,
        "ticked": ticked,
        "limit": limit,
        "free": None if limit is None else max(limit - len(ticked), 0),
        "was_confirmed": session.state == SessionState.CONFIRMED,
    }


@form_page
def confirm(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Confirm the group: who is in it, who will be told, and until when it is possible (SUP-6)."""
    found, form = led_session(request, public_id), ActForm(posted(request))
    if request.method == "POST":
        done = attempt(form, confirm_group, by=request.user, session=found)
        if done is not None:
            warn(request, done.cautions)
            messages.success(
                request, _("The group is confirmed. Its members and their institutions have been told.")
            )
            return redirect("supervision:session", public_id)
    findings = list(
        rules.confirmation(
            session_day=clock.riga_day(found.starts_at),
            today=clock.today(),
            members=found.members.count(),
        )
    )
    return page(
        request,
        "supervision/confirm.html",
        form=form,
        session=found,
        row=led(found),
        members=found.members.select_related("mentor__user").order_by("mentor__user__sort_name", "pk"),
        breaches=[one for one in findings if isinstance(one, Breach)],
        cautions=[one for one in findings if isinstance(one, Caution)],
        settled=found.state != SessionState.PLANNED,
    )


@form_page
def hold(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Mark a session as held, with who of the group was there."""
    found = led_session(request, public_id)
    members = list(found.members.select_related("mentor__user").order_by("mentor__user__sort_name", "pk"))
    form = MentorsForm(posted(request), among=[member.mentor for member in members])
    if request.method == "POST" and form.is_valid():
        done = attempt(form, hold_session, by=request.user, session=found, attended=form.chosen())
        if done is not None:
            warn(request, done.cautions)
            messages.success(
                request, _("Attendance is marked; those who were there can have the certificate.")
            )
            return redirect("supervision:session", public_id)
    ticked = form.ticked()
    return page(
        request,
        "supervision/hold.html",
        form=form,
        session=found,
        ends_at=ends_at(found),
        members=[(member.mentor, str(member.mentor.public_id) in ticked) for member in members],
        is_over=ends_at(found) <= clock.now(),
        is_confirmed=found.state == SessionState.CONFIRMED,
    )


@form_page
def correct(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Put right who was there, with a reason; the certificate is issued again, or holds no more."""
    found = led_session(request, public_id)
    members = list(found.members.select_related("mentor__user").order_by("mentor__user__sort_name", "pk"))
    form = CorrectionForm(
        posted(request),
        among=[member.mentor for member in members],
        initial={"mentors": [str(member.mentor.public_id) for member in members if member.attended]},
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            correct_attendance,
            by=request.user,
            session=found,
            attended=form.chosen(),
            reason=form.cleaned_data["reason"],
        )
        if done is not None:
            messages.success(request, _("Attendance is corrected; those whom it concerns have been told."))
            return redirect("supervision:session", public_id)
    ticked = form.ticked()
    return page(
        request,
        "supervision/correct.html",
        form=form,
        session=found,
        members=[(member.mentor, str(member.mentor.public_id) in ticked) for member in members],
        is_held=found.state == SessionState.HELD,
    )


@form_page
def cancel(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Cancel a session; the question says who will be told."""
    found, user = led_session(request, public_id), request.user
    if request.method == "POST":
        cancel_session(by=user, session=found)
        messages.success(request, _("The session is cancelled; everybody who had it in mind has been told."))
        return redirect("supervision:session", public_id)
    require(may_plan(user))
    return page(
        request,
        "supervision/cancel.html",
        session=found,
        interested=found.interests.count(),
        institutions=found.nominations.order_by().values("institution").distinct().count(),
        settled=found.state in (SessionState.HELD, SessionState.CANCELLED),
    )
