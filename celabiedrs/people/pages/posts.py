"""Who holds which post, and posts that wait for a second person's agreement (decision 0061)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.lib.acts import NotAllowed
from celabiedrs.lib.once.guard import once
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn, may_decline, proposals_visible_to
from celabiedrs.people.actions.posts import agree_post, decline_post, note_attempt
from celabiedrs.people.models import PostProposal
from celabiedrs.people.reading.posts import post_row, posts_around, posts_of_the_programme
from celabiedrs.people.workflow import AGREE


@require_safe
def posts(request: SignedIn) -> HttpResponse:
    """One's own posts, who holds one at the same institutions, and who looks after the whole programme."""
    own = request.user.posts.select_related("institution", "municipality", "region").order_by("-since", "-pk")
    return page(
        request,
        "people/posts.html",
        own=[post_row(post) for post in own],
        around=posts_around(request.user),
        programme=posts_of_the_programme(),
        crumbs=[(_("Posts"), "")],
    )


def _proposal(request: SignedIn, public_id: uuid.UUID) -> PostProposal:
    rows = PostProposal.objects.filter(proposals_visible_to(request.user)).select_related(
        "person", "institution", "proposed_by", "answered_by"
    )
    return get_object_or_404(rows, public_id=public_id)


@require_safe
def proposal(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A proposed post: who, where, from when, and the two answers."""
    row = _proposal(request, public_id)
    waits = row.state in AGREE.sources
    return page(
        request,
        "people/proposal.html",
        proposal=row,
        may_agree=waits and AGREE.allowed(request.user, row),
        may_decline=waits and may_decline(request.user, row),
        own=row.proposed_by_id == request.user.pk,
        crumbs=[(_("Posts"), ""), (row.get_role_display(), "")],
    )


@once
@require_POST
def proposal_agree(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Agree: the post is given."""
    return _answer(
        request, public_id, agree_post, _("Agreed. The post is given, and everybody concerned is told.")
    )


@once
@require_POST
def proposal_decline(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Decline, or take it back."""
    return _answer(request, public_id, decline_post, _("Declined. The post is not given."))


def _answer(request: SignedIn, public_id: uuid.UUID, act: Callable[..., Any], told: str) -> HttpResponse:
    row = _proposal(request, public_id)
    try:
        act(by=request.user, proposal=row)
    except NotAllowed as no:
        note_attempt(by=request.user, person=row.person)
        return render(request, "403.html", {"roles": no.roles}, status=403)
    messages.success(request, told)
    return redirect("people:proposal", row.public_id)
