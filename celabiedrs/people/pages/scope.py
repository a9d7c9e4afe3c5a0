"""What every page of the programme begins with: who keeps it, and where its other pages are."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from celabiedrs.people.access import SignedIn, may_keep_programme
from celabiedrs.people.models import User


def keeper(request: SignedIn) -> User:
    """The programme administrator; to anybody else the page is not there."""
    user = request.user
    if not may_keep_programme(user):
        raise Http404
    return user


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of the programme, for the line above it; the last step has no address."""
    return [(_("Programme"), reverse("programme:programme")), *steps]


def described(form: Any, **extra: Any) -> dict[str, Any]:
    """Context of a page that is one form: its words, and where it leads back to."""
    return {
        "form": form,
        "lead": "",
        "clauses": (),
        "keep": "",
        "danger": None,
        "like": (),
        "former": (),
        **extra,
    }
