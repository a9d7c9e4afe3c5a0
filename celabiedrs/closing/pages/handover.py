"""The timesheets go from the mentor to the school: all learners of a semester in one go, each by an act (ARC-1)."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from celabiedrs.closing.access import hand_overs_visible_to
from celabiedrs.closing.actions import hand_over, receive
from celabiedrs.closing.documents import act_number, act_pdf, earlier_acts, earlier_of, file_name
from celabiedrs.closing.models import HandOver
from celabiedrs.closing.reading.handover import EARLY, HANDED, RECEIVED, Leaving, leaving
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, NotAllowed, Refused, WrongState, require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.documents.typesetting import PDF
from celabiedrs.lib.files.serving import as_download
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import page, warn
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.rules.breach import Caution
from celabiedrs.rules.retention import keep_until

SHOWN = 40


@form_page
def handing(request: SignedIn) -> HttpResponse:
    """The mentor's page: what can be handed over and what stands in the way; POST hands over the ticked plans."""
    user = request.user
    if not hasattr(user, "mentor"):
        raise Http404
    rows = leaving(user)
    if request.method == "POST":
        ticked = set(request.POST.getlist("plan"))
        chosen = [row.plan for row in rows if str(row.plan.public_id) in ticked]
        done = _each(request, chosen, lambda plan: hand_over(by=user, plan=plan))
        if done:
            words = ngettext(
                "The timesheets of %(count)s plan are handed over. The school confirms when they have come.",
                "The timesheets of %(count)s plans are handed over. The school confirms when they have come.",
                done,
            )
            messages.success(request, words % {"count": done})
        return redirect("closing:handing")
    ready = [row for row in rows if row.open and row.state != EARLY]
    return page(
        request,
        "closing/handing.html",
        rows=[row for row in rows if row.state != RECEIVED],
        received=[row for row in rows if row.state == RECEIVED],
        ready=ready,
        paper=sum(row.paper for row in ready),
        why_not=_why_not(rows),
        until=keep_until(clock.today()),
    )


def _why_not(rows: list[Leaving]) -> str:
    """Why nothing can be handed over now; empty where something can."""
    if any(row.open for row in rows):
        return ""
    if all(row.state in (HANDED, RECEIVED) for row in rows):
        return _("Everything is handed over. The school confirms when the timesheets have come.")
    return _("Nothing can be handed over now. What stands in the way is said at each plan.")


@form_page
def receiving(request: SignedIn) -> HttpResponse:
    """The preparer's page: acts that wait to be received, one by one or together, and those that were."""
    user = request.user
    schools = user.institutions(Role.PREPARER)
    require(bool(schools))
    acts = (
        HandOver.objects.filter(hand_overs_visible_to(user), plan__institution__in=schools)
        .select_related("plan__learner", "plan__institution", "mentor__user", "received_by", "document")
        .order_by("handed_at", "pk")
    )
    waiting = list(acts.filter(received_at=None))
    if request.method == "POST":
        ticked = set(request.POST.getlist("act"))
        chosen = [act for act in waiting if str(act.public_id) in ticked]
        done = _each(request, chosen, lambda act: receive(by=user, hand_over=act))
        if done:
            words = ngettext("%(count)s act is received.", "%(count)s acts are received.", done)
            messages.success(request, words % {"count": done})
        return redirect("closing:receiving")
    return page(
        request,
        "closing/receiving.html",
        waiting=_shown(waiting),
        received=_shown(acts.exclude(received_at=None).order_by("-received_at", "-pk")[:SHOWN]),
        several=len(schools) > 1,
        until=keep_until(clock.today()),
    )


def _each(request: SignedIn, things: Iterable[Any], act: Callable[[Any], Done[HandOver]]) -> int:
    """Do the act to each in a transaction of its own; say what was refused and what it warned of. How many went."""
    done, cautions = 0, dict[str, Caution]()
    tried = False
    for thing in things:
        tried = True
        name = thing.learner.name if hasattr(thing, "learner") else thing.plan.learner.name
        try:
            with transaction.atomic():
                cautions |= {caution.text: caution for caution in act(thing).cautions}
            done += 1
        except Refused as refusal:
            said = " ".join(finding.said(_) for finding in refusal.findings)
            messages.warning(request, f"{name}: {said}")
        except WrongState as error:
            messages.warning(request, f"{name}: {error.said}")
        except NotAllowed:
            words = _("Your posts do not allow this.")
            messages.warning(request, f"{name}: {words}")
    if not tried:
        messages.warning(request, _("Tick at least one row."))
    warn(request, cautions.values())
    return done


def _shown(acts: Iterable[HandOver]) -> list[dict[str, Any]]:
    listed = list(acts)
    earlier = earlier_of(listed)
    return [
        {
            "act": act,
            "sheets": len(act.sheets),
            "paper": sum(bool(sheet.get("paper")) for sheet in act.sheets),
            "hours": sum(sheet["hours"] for sheet in act.sheets),
            "months": [sheet["month"][5:7] + "." + sheet["month"][:4] for sheet in act.sheets],
            "earlier": earlier[act.pk],
        }
        for act in listed
    ]


@require_safe
def act(request: SignedIn, public_id: uuid.UUID) -> HttpResponseBase:
    """The act as a PDF: as it was issued; before that, as it stands."""
    found = _act(request, public_id)
    if found.document is not None:
        return as_download(found.document.stored_file)
    answer = HttpResponse(act_pdf(found), content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(act_number(found))}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def earlier_act(request: SignedIn, public_id: uuid.UUID, document: uuid.UUID) -> HttpResponseBase:
    """An act that was issued before a later timesheet made it again."""
    for issued in earlier_acts(_act(request, public_id)):
        if issued.public_id == document:
            return as_download(issued.stored_file)
    raise Http404


def _act(request: SignedIn, public_id: uuid.UUID) -> HandOver:
    user = request.user
    acts = HandOver.objects.filter(hand_overs_visible_to(user)).select_related(
        "plan__learner", "plan__institution", "mentor__user", "received_by", "document__stored_file"
    )
    found = get_object_or_404(acts, public_id=public_id)
    mine = found.mentor.user_id == user.pk
    posts = [post.role for post in user.posts_on()]
    looked(
        user, role="mentor" if mine or not posts else posts[0], what="hand_over", thread=found.plan.public_id
    )
    return found
