"""The list of mentors, nearest and freest first (REG-1)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.searched import search, words_of
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.places.models import Municipality
from celabiedrs.registry.access import listed_to, may_keep_registry, may_read_registry
from celabiedrs.registry.models import ChangeState, ProposedChange
from celabiedrs.registry.pages.scope import role_of
from celabiedrs.registry.reading.entries import Taken, rows_for

ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def mentors(request: SignedIn, taken: Taken) -> HttpResponse:
    """Who may read it reads contact, certificate, municipalities and free places; each look is written down."""
    user = request.user
    if not may_read_registry(user):
        raise Http404
    if request.method == "POST":
        return search(request)
    looked(user, role=role_of(user), what="registry", thread=user.public_id)
    words, municipality = words_of(request), request.GET.get("municipality", "")
    free_only = request.GET.get("free") == "1"
    rows = rows_for(user, taken, words=words, municipality=municipality, free_only=free_only)
    served = Municipality.objects.filter(mentors__in=listed_to(user)).distinct().order_by("name")
    pager = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    keeps = may_keep_registry(user)
    return page(
        request,
        "registry/list.html",
        page=pager,
        rows=pager.object_list,
        total=len(rows),
        semesters=[places.semester for places in rows[0].places] if rows else [],
        words=words,
        free_only=free_only,
        municipalities=[(place.atvk, place.name, place.atvk == municipality) for place in served],
        filtered=bool(words or municipality or free_only),
        keeps=keeps,
        waiting=ProposedChange.objects.filter(state=ChangeState.PROPOSED)
        .select_related("mentor__user")
        .order_by("proposed_at")
        if keeps
        else (),
    )
