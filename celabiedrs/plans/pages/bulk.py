"""Several plans at once: who joins, who does not and why; then each by its own act, none failing the others."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from celabiedrs.lib.acts import NotAllowed, Refused, WrongState
from celabiedrs.lib.look.fields import TextField
from celabiedrs.lib.once.guard import once
from celabiedrs.lib.web import ActForm, page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.people.reading.audience import holders
from celabiedrs.places.facts import programme
from celabiedrs.plans.actions import hand_over_preparing, submit_plan, suspend_plan
from celabiedrs.plans.actions.bulk import ACTS, HAND_OVER, SEND, SUSPEND_ALL, row_of
from celabiedrs.plans.forms.papers import DeclarationForm
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.pages.overview import own_plans
from celabiedrs.plans.pages.scope import own_schools


class SuspendForm(ActForm):
    reason = TextField(
        label=gettext_lazy("Reason"),
        max_length=500,
        lines=2,
        help_text=gettext_lazy("For example: the schools are closed by order of the municipality."),
        readers=gettext_lazy("the school, the mentor and the project expert"),
    )


class HandOverForm(ActForm):
    to = forms.ChoiceField(label=gettext_lazy("To whom"), widget=forms.RadioSelect)

    def __init__(self, people: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(person.public_id), person.name) for person in people]  # type: ignore[attr-defined]


@once
@require_POST
def bulk(request: SignedIn) -> HttpResponse:
    """First what will happen, then, confirmed, each plan by its act in a transaction of its own."""
    user = request.user
    schools = own_schools(user)
    act = request.POST.get("act", "")
    chosen = [raw for raw in request.POST.getlist("plan") if _is_id(raw)]
    plans = list(own_plans(user).filter(public_id__in=chosen))
    if act not in ACTS or not plans:
        messages.warning(request, _("Choose at least one plan."))
        return redirect("plans:mine")
    known = programme()
    rows = [row_of(plan, known) for plan in plans]
    joining = [row.plan for row in rows if not row.why_not[act]]
    people = [person for school in schools for person in holders(Role.PREPARER, institution=school.pk)]
    colleagues = list({person.pk: person for person in people if person.pk != user.pk}.values())
    form = _form(act, request.POST if "confirmed" in request.POST else None, colleagues)
    if form.is_bound and form.is_valid() and joining:
        to = next((p for p in colleagues if str(p.public_id) == form.cleaned_data.get("to")), None)
        refused = _each(user, act, joining, form, to)
        _tell(request, act, len(joining) - len(refused), refused)
        return redirect("plans:mine")
    return page(
        request,
        "plans/bulk.html",
        act=act,
        title=ACTS[act],
        form=form,
        joining=joining,
        staying=[(row.plan, row.why_not[act]) for row in rows if row.why_not[act]],
        nobody=act == HAND_OVER and not colleagues,
    )


def _is_id(raw: str) -> bool:
    try:
        uuid.UUID(raw)
    except ValueError:
        return False
    return True


def _form(act: str, data: Any, colleagues: list[User]) -> ActForm:
    match act:
        case "suspend":
            return SuspendForm(data)
        case "hand_over":
            return HandOverForm(colleagues, data)
    return DeclarationForm(data)


def _each(
    user: User, act: str, plans: list[SupportPlan], form: ActForm, to: User | None
) -> list[tuple[SupportPlan, str]]:
    """Do the act to each; those that were refused, with what was said."""
    refused = []
    for plan in plans:
        try:
            with transaction.atomic():
                _one(user, act, plan, form, to)
        except Refused as refusal:
            refused.append((plan, " ".join(finding.said(_) for finding in refusal.findings)))
        except WrongState as error:
            refused.append((plan, error.said))
        except NotAllowed:
            refused.append((plan, _("Your posts do not allow this.")))
    return refused


def _one(user: User, act: str, plan: SupportPlan, form: ActForm, to: User | None) -> None:
    if act == SEND:
        submit_plan(by=user, plan=plan)
    elif act == SUSPEND_ALL:
        suspend_plan(by=user, plan=plan, reason=form.cleaned_data["reason"])
    elif to is not None:
        hand_over_preparing(by=user, plan=plan, to=to)


def _tell(request: SignedIn, act: str, done: int, refused: list[tuple[SupportPlan, str]]) -> None:
    words = {
        SEND: ngettext(
            "%(count)s plan was sent to the expert.", "%(count)s plans were sent to the expert.", done
        ),
        SUSPEND_ALL: ngettext("%(count)s plan was suspended.", "%(count)s plans were suspended.", done),
        HAND_OVER: ngettext("%(count)s plan was handed over.", "%(count)s plans were handed over.", done),
    }[act]
    if done:
        messages.success(request, words % {"count": done})
    for plan, why in refused:
        messages.warning(request, f"{plan.number}, {plan.learner.name}: {why}")
