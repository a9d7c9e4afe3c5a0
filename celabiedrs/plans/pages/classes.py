"""A whole school's classes move up on one page (GEN-2)."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.lib.acts import Refused, Stale
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.plans.actions import move_up
from celabiedrs.plans.forms.learners import stage_choices, stage_of_choice
from celabiedrs.plans.models import Learner
from celabiedrs.plans.pages.scope import own_schools
from celabiedrs.plans.reading.classes import rising


@form_page
def classes(request: SignedIn) -> HttpResponse:
    """Each learner with the class that follows, chosen already where the class is still last year's."""
    schools = own_schools(request.user)
    rows = rising(schools)
    if request.method == "POST":
        chosen = {row.learner: request.POST.get(f"to_{row.learner.public_id}", "") for row in rows}
        moved, left = _moved(request.user, {learner: to for learner, to in chosen.items() if to})
        messages.success(
            request,
            ngettext("%(n)s learner moved up.", "%(n)s learners moved up.", moved) % {"n": moved},
        )
        if left:
            messages.warning(
                request,
                _("Left as they were, since somebody else changed them or the class is none: %(n)s.")
                % {"n": left},
            )
        return redirect("plans:classes" if left else "plans:learners")
    choices = {kind: stage_choices(kind) for kind in {school.kind for school in schools}}
    return page(
        request,
        "plans/classes.html",
        rows=[(row, choices[row.learner.institution.kind]) for row in rows],
        due=sum(row.last_years and bool(row.following) for row in rows),
        several=len(schools) > 1,
    )


def _moved(user: User, chosen: dict[Learner, str]) -> tuple[int, int]:
    """How many moved up, and how many could not."""
    moved = left = 0
    for learner, to in chosen.items():
        try:
            with transaction.atomic():
                move_up(by=user, learner=learner, version=learner.version, **stage_of_choice(to))
            moved += 1
        except (Refused, Stale):
            left += 1
    return moved, left
