"""People who sign in, and their posts: opened, given, ended, switched off (A3, CNF-1)."""

import uuid
from typing import Any

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from celabiedrs.lib import clock
from celabiedrs.lib.once.guard import form_page, mark_done, once
from celabiedrs.lib.searched import search, words_of
from celabiedrs.lib.searching import found
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.actions.accounts import invite, open_account, print_code, switch_off, switch_on
from celabiedrs.people.actions.posts import end_post, give_post, note_attempt, propose_post
from celabiedrs.people.actions.sign_in import LASTS
from celabiedrs.people.forms.accounts import AccountForm, EndPostForm, FindForm, PostForm
from celabiedrs.people.models import BY_TWO, AccountReset, Post, PostProposal, PostProposalState, Role, User
from celabiedrs.people.pages.scope import described, keeper, trail
from celabiedrs.people.reading.audience import in_force
from celabiedrs.people.reading.links import address_of
from celabiedrs.people.reading.posts import post_row

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: SignedIn) -> HttpResponse:
    """Everybody with an account, looked for by name, e-mail and role. What is typed stands in no address."""
    keeper(request)
    if request.method == "POST":
        return search(request)
    asked, role = words_of(request), request.GET.get("role", "")
    form = FindForm(initial={"q": asked, "role": role})
    held = (
        Post.objects.filter(in_force()).select_related("institution", "municipality", "region").order_by("pk")
    )
    listed = User.objects.prefetch_related(Prefetch("posts", queryset=held, to_attr="held_now"))
    listed = found(listed, asked, "name", "email")
    if role in Role.values:
        listed = listed.filter(pk__in=Post.objects.filter(in_force(), role=role).values("person"))
    return page(
        request,
        "people/accounts.html",
        rows=Paginator(listed.order_by("sort_name", "pk"), PAGE).get_page(request.GET.get("page")),
        form=form,
        filtered=bool(asked or role),
        crumbs=trail((_("People and posts"), "")),
    )


@form_page
def account_new(request: SignedIn) -> HttpResponse:
    """Open an account; its first link goes by letter."""
    user = keeper(request)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, open_account, by=user, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Opened. A letter with the first link is on its way to the person."))
            return redirect("people:account", done.thing.public_id)
    url, heading = reverse("people:accounts"), _("New account")
    context = described(
        form, heading=heading, back=url, crumbs=trail((_("People and posts"), url), (heading, ""))
    )
    context |= {
        "lead": _(
            "A letter with the link of the first sign-in goes to the person alone. A post is given after that."
        ),
        "label": _("Open the account"),
        "wide": False,
    }
    return page(request, "people/keep_form.html", **context)


def _person(public_id: uuid.UUID) -> User:
    return get_object_or_404(User, public_id=public_id)


def _account_page(
    request: SignedIn, user: User, person: User, form: PostForm, end: EndPostForm
) -> HttpResponse:
    change = person.address_changes.filter(answered_at=None).select_related("asked_by").first()
    posts = person.posts.select_related("institution", "municipality", "region").order_by("-since", "-pk")
    rows: list[dict[str, Any]] = [
        {
            "row": post_row(post),
            "form": end if end.is_bound and end.data.get("post") == str(post.pk) else _fresh_end(post),
        }
        for post in posts
    ]
    proposed = PostProposal.objects.filter(person=person, state=PostProposalState.PROPOSED)
    return page(
        request,
        "people/account.html",
        person=person,
        rows=rows,
        proposed=proposed.select_related("institution").order_by("pk"),
        form=form,
        end=end,
        own=person.pk == user.pk,
        change=change,
        may_agree=change is not None and user.pk not in (change.asked_by_id, person.pk),
        letters=person.letters.order_by("-asked_at", "-pk")[:3],
        resets=AccountReset.objects.filter(person=person, state=PostProposalState.PROPOSED).order_by("pk"),
        may_print=not person.was_used and not any(row["row"].holding != "over" for row in rows),
        crumbs=trail((_("People and posts"), reverse("people:accounts")), (person.name, "")),
    )


def _fresh_end(post: Post) -> EndPostForm:
    return EndPostForm(initial={"post": post.pk, "day": clock.today()}, auto_id=f"id_{post.pk}_%s")


@form_page
def account(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """A person's posts; give another one."""
    user = keeper(request)
    person = _person(public_id)
    if request.method == "POST" and person.pk == user.pk:
        note_attempt(by=user, person=person)
        return render(request, "403.html", {"roles": ()}, status=403)
    form = PostForm(request.POST or None, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("role", "since", "until", "stands_in")}
        by_two = typed["role"] in BY_TWO
        act: Any = propose_post if by_two else give_post
        if attempt(form, act, by=user, person=person, place=form.place(), **typed) is not None:
            messages.success(
                request,
                _("Proposed. Another administrator or the head of the institution agrees.")
                if by_two
                else _("The post is given."),
            )
            return redirect("people:account", person.public_id)
    return _account_page(request, user, person, form, EndPostForm())


@once
@require_POST
def post_end(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """End one of a person's posts with a last day."""
    user = keeper(request)
    person = _person(public_id)
    end = EndPostForm(request.POST)
    post = _post_of(person, end)
    if end.is_valid():
        at_once = bool(request.POST.get("at_once"))
        day = end.cleaned_data["day"]
        done = attempt(end, end_post, by=user, person=person, day=day, post=post, at_once=at_once)
        if done is not None:
            messages.success(
                request,
                _("The post has ended. Nothing that it showed is shown any more.")
                if at_once
                else _("The post ends. What it showed ends with that day."),
            )
            return redirect("people:account", person.public_id)
    return _account_page(request, user, person, PostForm(initial={"since": clock.today()}), end)


def _post_of(person: User, end: EndPostForm) -> Any:
    if not end.is_valid():
        raise Http404
    return get_object_or_404(person.posts.all(), pk=end.cleaned_data["post"])


@once
@require_POST
def account_invite(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Send the first link once more; nobody but the person sees it."""
    user = keeper(request)
    person = _person(public_id)
    invite(by=user, person=person)
    messages.success(request, _("A letter with the first link is on its way to the person."))
    return redirect("people:account", person.public_id)


@once
@require_POST
def account_code(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Print the first way in, for somebody whom no letter reaches. It stands on this one answer and nowhere else."""
    user = keeper(request)
    person = _person(public_id)
    address = address_of(print_code(by=user, person=person).thing)
    context = {
        "person": person,
        "address": address,
        "picture": segno.make(address).svg_data_uri(scale=4),
        "until": clock.now() + LASTS,
    }
    answer = render(request, "people/code.html", context)
    answer["Cache-Control"] = "no-store"
    mark_done(answer, reverse("people:account", args=[person.public_id]))
    return answer


@once
@require_POST
def account_switch(request: SignedIn, public_id: uuid.UUID) -> HttpResponse:
    """Switch an account off, or on again."""
    user = keeper(request)
    person = _person(public_id)
    if person.is_active:
        switch_off(by=user, person=person)
        messages.success(
            request, _("Switched off. Anyone who was signed in with it is out with the next click.")
        )
    else:
        switch_on(by=user, person=person)
        messages.success(request, _("Switched on. The person asks for a new password on the sign-in page."))
    return redirect("people:account", person.public_id)
