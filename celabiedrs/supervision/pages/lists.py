"""The lists: a mentor's own, and what a person's posts let see (SUP-3, SUP-6, SUP-7)."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF, Role
from celabiedrs.places.facts import programme
from celabiedrs.registry.models import Mentor
from celabiedrs.supervision.access import counted_to, own_sessions, sessions_visible_to
from celabiedrs.supervision.models import SessionState, SupervisionSession
from celabiedrs.supervision.reading.agenda import LedRow, led, of_mentor, of_school, with_names
from celabiedrs.supervision.reading.figures import figures
from celabiedrs.supervision.workflow import TO_COME

PAGE = 30
LOOKS_BACK = timedelta(days=400)
READERS = (
    *SCHOOL_STAFF,
    Role.SUPERVISOR,
    Role.MUNICIPALITY_COORDINATOR,
    Role.PROJECT_EXPERT,
    Role.PROGRAMME_ADMINISTRATOR,
)


@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """A mentor's sessions: those to come, near ones first, and what was attended."""
    user = request.user
    mentor = get_object_or_404(Mentor, user=user)
    seen = SupervisionSession.objects.filter(sessions_visible_to(user))
    ahead = with_names(seen.filter(starts_at__gt=clock.now(), state__in=TO_COME)).order_by("starts_at", "pk")
    own = Q(interests__mentor=mentor) | Q(members__mentor=mentor)
    behind = with_names(
        seen.filter(own).filter(Q(starts_at__lte=clock.now()) | Q(state=SessionState.CANCELLED))
    )
    rows = of_mentor(mentor, ahead)
    past = of_mentor(mentor, behind.distinct())
    past.sort(key=lambda row: row.session.starts_at, reverse=True)
    return page(
        request,
        "supervision/mine.html",
        near=[row for row in rows if row.near == 0],
        elsewhere=[row for row in rows if row.near > 0],
        past=past,
        attended=sum(row.standing.key == "attended" for row in past),
        first=next((row.session.pk for row in rows if row.can_show_interest), None),
    )


@require_safe
def sessions(request: SignedIn) -> HttpResponse:
    """The sessions that a person leads, those for their own institution's people, and those of an area with figures."""
    user = request.user
    if not user.holds(*READERS):
        raise Http404
    return page(
        request,
        "supervision/list.html",
        leading=_led(request) if user.holds(Role.SUPERVISOR) else None,
        school=_for_school(request) if user.holds(*SCHOOL_STAFF) else None,
        watched=_watched(request),
        keeps_kinds=user.holds(Role.PROGRAMME_ADMINISTRATOR),
    )


def _led(request: SignedIn) -> dict[str, list[LedRow]]:
    """Near the five-day line first: what must be confirmed, then what must be marked, then the rest by day."""
    own = with_names(SupervisionSession.objects.filter(own_sessions(request.user))).order_by(
        "starts_at", "pk"
    )
    rows = [led(session) for session in own]
    pressing = [row for row in rows if row.must_mark or row.is_lost]
    to_confirm = sorted((row for row in rows if row.must_confirm), key=lambda row: row.line.by)
    coming = [row for row in rows if row.session.state == SessionState.CONFIRMED and row not in pressing]
    past = [row for row in rows if row.session.state in (SessionState.HELD, SessionState.CANCELLED)]
    return {"to_confirm": to_confirm, "pressing": pressing, "coming": coming, "past": past[::-1]}


def _for_school(request: SignedIn) -> dict[str, object]:
    user, known = request.user, programme()
    seen = SupervisionSession.objects.filter(
        pk__in=SupervisionSession.objects.filter(sessions_visible_to(user)).order_by().values("pk"),
        starts_at__gt=clock.now() - LOOKS_BACK,
    )
    rows = [of_school(user, session, known) for session in with_names(seen).order_by("starts_at", "pk")]
    ahead = [row for row in rows if row.session.state in TO_COME and row.session.starts_at > clock.now()]
    behind = [row for row in rows if row not in ahead and (row.nominated or row.members)]
    return {
        "ahead": sorted(ahead, key=lambda row: not row.to_nominate),
        "behind": behind[::-1],
        "waiting": sum(len(row.to_nominate) for row in ahead),
        "may_nominate": user.holds(Role.RESPONSIBLE_PERSON),
    }


def _watched(request: SignedIn) -> dict[str, object] | None:
    watched = counted_to(request.user)
    if watched is None:
        return None
    found = SupervisionSession.objects.filter(watched)
    listed = with_names(found).annotate(
        in_group=Count("members"), came=Count("members", filter=Q(members__attended=True))
    )
    rows = Paginator(listed.order_by("-starts_at", "pk"), PAGE).get_page(request.GET.get("page"))
    return {"rows": rows, "figures": figures(request.user, found)}
