"""The administrator reminds the programme: choose, see how many and what they will read, then send."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from celabiedrs.desk.actions.reminders import Audience, audience_of, send_reminder
from celabiedrs.desk.models import SentReminder
from celabiedrs.desk.reading.inbox import words
from celabiedrs.desk.reading.items import MENTOR
from celabiedrs.desk.reading.reminders import REMINDERS
from celabiedrs.desk.words import KINDS
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.web import ActForm, attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role
from celabiedrs.people.pages.scope import keeper, trail
from celabiedrs.places.models import Region

SHOWN = 50


def role_words(role: str) -> str:
    return _("mentors") if role == MENTOR else str(Role(role).label)


class ReminderForm(ActForm):
    """Of what, whom and where. Nothing is written freely."""

    what = forms.ChoiceField(label=gettext_lazy("What is reminded of"))
    region = forms.ModelChoiceField(
        Region.objects.order_by("name"),
        label=gettext_lazy("Where"),
        required=False,
        empty_label=gettext_lazy("In the whole programme"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (f"{reminder.kind}:{role}", f"{reminder.label}: {role_words(role)}")
            for reminder in REMINDERS.values()
            for role in reminder.roles
        ]

    @property
    def audience(self) -> Audience | None:
        if not self.is_valid():
            return None
        kind, _colon, role = self.cleaned_data["what"].partition(":")
        return audience_of(kind, role, self.cleaned_data["region"])


@form_page
def reminders(request: SignedIn) -> HttpResponse:
    """Choose by GET, with count and preview; send by POST."""
    user = keeper(request)
    chosen = request.POST if request.method == "POST" else request.GET
    form = ReminderForm(chosen if "what" in chosen else None)
    audience = form.audience if form.is_bound else None
    if request.method == "POST" and audience is not None:
        counted = request.POST.get("counted", "")
        done = attempt(
            form,
            send_reminder,
            by=user,
            audience=audience,
            counted=int(counted) if counted.isdecimal() else 0,
        )
        if done is not None:
            count = done.thing.people
            text = ngettext("%(count)s person was reminded.", "%(count)s people were reminded.", count)
            messages.success(request, text % {"count": count})
            return redirect("desk:reminders")
    return _page(request, form, audience)


def _page(request: SignedIn, form: ReminderForm, audience: Audience | None) -> HttpResponse:
    sent = SentReminder.objects.select_related("region", "sent_by").order_by("-sent_at", "-pk")[:SHOWN]
    waiting = audience.people() if audience else {}
    return page(
        request,
        "desk/reminders.html",
        form=form,
        audience=audience,
        count=len(waiting),
        most=max(waiting.values(), default=0),
        preview=words(audience.reminder.asked, {"count": max(waiting.values(), default=1)})
        if audience
        else "",
        advice=KINDS[audience.reminder.asked].advice if audience else "",
        sent=[
            {
                "at": row.sent_at,
                "label": REMINDERS[row.kind].label if row.kind in REMINDERS else row.kind,
                "role": role_words(row.role),
                "region": row.region.name if row.region else _("the whole programme"),
                "people": row.people,
                "by": row.sent_by.name,
            }
            for row in sent
        ],
        crumbs=trail((_("Reminders"), "")),
    )
