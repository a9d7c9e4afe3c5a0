"""What every page does alike: load, bind, act, answer.

A view loads through a scope (404), binds a form, calls the act with `attempt`, and redirects or shows the form again
with what the rules said. The other refusals of an act are answered here, once for all pages: NotAllowed 403,
WrongState 409, Stale 409 with both texts, a Refused that no form caught 422, a sealed text without its
key 409, and a stored file that is missing or altered 409.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from celabiedrs.lib.acts import Done, NotAllowed, Refused, Stale, WrongState
from celabiedrs.lib.files.damage import MISSING, Damaged, note_damage
from celabiedrs.lib.look.fields import RawField
from celabiedrs.lib.sealing.keys import CannotOpen
from celabiedrs.rules.breach import Breach, Caution, Finding

log = logging.getLogger(__name__)

Thing = TypeVar("Thing")


class Refusals(tuple[Breach, ...]):
    """What the rules said of a form, with the form, so that each line of the box can lead to its field."""

    form: "ActForm"


class ActForm(forms.Form):
    """A form whose act may refuse: `refused` holds what the rules said, for the box above it.

    `arguments`: the arguments of the act that the form asks for under another name, each with its field here.
    """

    arguments: ClassVar[Mapping[str, str]] = {}
    refused: tuple[Breach, ...] = ()

    def refuse(self, findings: Iterable[Breach]) -> None:
        """Keep what the rules said, and mark the fields that it is about. Nothing typed is lost."""
        self.refused = Refusals(findings)
        self.refused.form = self
        kept = dict(getattr(self, "cleaned_data", {}))
        self.mark_unread()
        self.mark()
        self.cleaned_data = kept

    def field_of(self, finding: Finding) -> str:
        """The field of this form that a finding is about; empty where it is about none of them."""
        names = (vars(kind).get("arguments", {}).get(finding.field) for kind in type(self).__mro__)
        name = next((name for name in names if name), finding.field)
        return name if name in self.fields else ""

    def mark_unread(self) -> None:
        """Say at each raw field why what was typed there could not be read."""
        for name, field in self.fields.items():
            if not isinstance(field, RawField) or self.has_error(name):
                continue
            if said := field.why_unread(self[name].value()):
                self.add_error(name, _(said[0]) % {"typed": said[1]})

    def mark(self) -> None:
        """Mark each field that a refusal is about; a field that says already what is wrong says no more."""
        for finding in self.refused:
            name = self.field_of(finding)
            if name and not self.has_error(name):
                self.add_error(name, finding.said(_))


def attempt(form: ActForm, act: Callable[..., Done[Thing]], **values: Any) -> Done[Thing] | None:
    """Call the act; where a rule refuses, put its findings on the form and at its fields, and give None."""
    try:
        return act(**values)
    except Refused as refusal:
        form.refuse(refusal.findings)
        return None


def page(
    request: HttpRequest, template: str, *, fragment: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page; for htmx only the fragment that the page includes. A form that was refused answers 422."""
    if status == 200 and any(_wrong(value) for value in context.values()):
        status = 422
    if fragment and getattr(request, "htmx", False) and not request.htmx.boosted:  # type: ignore[attr-defined]
        template = fragment
    return render(request, template, context, status=status)


def _wrong(value: Any) -> bool:
    return isinstance(value, ActForm) and value.is_bound and bool(value.refused or value.errors)


def warn(request: HttpRequest, cautions: Iterable[Caution]) -> None:
    """Say what an act warned of, on the next page."""
    for caution in cautions:
        messages.warning(request, caution.said(_), extra_tags=caution.clause)


def way_back(request: HttpRequest) -> str:
    """The page of this service to which the address leads back once one thing is done; empty where it names none."""
    asked = request.GET.get("back", "")
    return (
        asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
    )


def wrong_state(request: HttpRequest, error: WrongState) -> HttpResponse:
    """The page of a 409: which step was asked for, which state stands in its way, from where it is possible."""
    workflow = error.step.of if error.step else None
    url = ""
    if workflow is not None and workflow.page and error.thing is not None:
        url = reverse(workflow.page, args=[workflow.shown(error.thing).public_id])
    context = {
        "step": error.step.label if error.step else "",
        "state": error.said,
        "sources": error.sources,
        "url": "" if request.method == "GET" and url == request.path else url,
    }
    return render(request, "wrong_state.html", context, status=409)


class Answers:
    """Middleware: what an act said no to, as a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case NotAllowed():
                return render(request, "403.html", {"roles": error.roles}, status=403)
            case WrongState():
                return wrong_state(request, error)
            case Stale():
                return render(request, "conflict.html", {"text": "", "changes": (), "url": ""}, status=409)
            case CannotOpen():
                log.error(
                    "A sealed text did not open: a key is missing from CELABIEDRS_NOTES_KEYS, or a row was altered."
                )
                return render(request, "sealed.html", status=409)
            case Damaged():
                note_damage(error.stored, error.found)
                return render(request, "damaged.html", {"missing": error.found == MISSING}, status=409)
            case Refused():
                return render(request, "refused.html", {"findings": error.findings}, status=422)
        return None
