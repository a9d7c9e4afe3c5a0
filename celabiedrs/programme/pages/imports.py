"""Tables taken in: uploaded, looked at row by row with progress, confirmed; what cannot go in is there to download."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.tables.reading import Table, TableRefused, read_table
from celabiedrs.lib.tables.writing import csv_response
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.plans.pages.scope import own_schools
from celabiedrs.programme import jobs
from celabiedrs.programme.actions.entering import KINDS, Kind
from celabiedrs.programme.actions.imports import (
    AT_ONCE,
    begin_import,
    breaches,
    confirm_import,
    findings_of,
    is_asked,
    rows_of,
    run_import,
)
from celabiedrs.programme.forms.imports import LearnersForm, UploadForm
from celabiedrs.programme.models import ImportState, TableImport
from celabiedrs.programme.reading.tables import needed

LARGEST_TABLE = 5 * 1024 * 1024
MOST_ROWS = 3000
WRONG = "kas labojams"


def _kind(request: SignedIn, name: str) -> Kind:
    """A kind of table that the person may take in; any other is not there."""
    kind = KINDS.get(name)
    if kind is None or not kind.may(request.user):
        raise Http404
    return kind


@form_page
def take_in(request: SignedIn, kind: str) -> HttpResponse:
    """Upload a table; a short one is looked at while one waits."""
    of = _kind(request, kind)
    schools = own_schools(request.user) if kind == "learners" else []
    form = _form(request, schools)
    if request.method == "POST" and form.is_valid():
        table = _read(form, of)
        if table is not None:
            given = form.given(schools) if isinstance(form, LearnersForm) else {}
            held = begin_import(by=request.user, kind=kind, table=table, given=given)
            _go_on(held)
            return redirect("programme:import_look", kind, held.public_id)
    return page(
        request,
        "programme/import.html",
        kind=kind,
        of=of,
        form=form,
        columns=needed(of.columns),
    )


def _form(request: SignedIn, schools: list[Institution]) -> UploadForm:
    given: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    return LearnersForm(*given, schools=schools) if schools else UploadForm(*given)


def _read(form: UploadForm, of: Kind) -> Table | None:
    upload = form.cleaned_data["table"]
    try:
        if upload.size > LARGEST_TABLE:
            raise TableRefused(
                _("The file is too large."), _("Leave only the sheet with the table, up to 5 MB.")
            )
        table = read_table(upload.read(), columns=of.columns)
        if not table.rows or len(table.rows) > MOST_ROWS:
            raise TableRefused(
                _("The table holds no row, or more than three thousand."), _("Divide it into parts.")
            )
    except TableRefused as refusal:
        form.add_error("table", f"{refusal.text} {refusal.remedy}")
        return None
    return table


def long_round(user: User, table: Table) -> str:
    """A long table of mentors, begun in the background; the address of its progress."""
    held = begin_import(by=user, kind="mentors", table=table, given={})
    _go_on(held)
    return reverse("programme:import_look", args=["mentors", held.public_id])


def _go_on(held: TableImport) -> None:
    """A short table at once, a long one in the background as soon as this request is through."""
    if held.total <= AT_ONCE:
        run_import(held.pk)
    else:
        transaction.on_commit(lambda: jobs.run_import.defer(key=held.pk) and None)


@require_safe
def template(request: SignedIn, kind: str) -> HttpResponse:
    """The headings and one made-up row."""
    of = _kind(request, kind)
    return csv_response(f"{of.file}.csv", [column.name for column in of.columns], [of.example])


@form_page
def look(request: SignedIn, kind: str, public_id: uuid.UUID) -> HttpResponseBase:
    """How far it is; then every row with what is wrong, and the button that enters the right ones."""
    of = _kind(request, kind)
    held = get_object_or_404(TableImport, public_id=public_id, kind=kind, made_by=request.user)
    if request.method == "POST" and request.POST.get("do") == "failed":
        return _failed(held)
    if request.method == "POST":
        held = confirm_import(by=request.user, held=held, another=request.POST.getlist("another")).thing
        _go_on(held)
        held.refresh_from_db()
        if held.state != ImportState.DONE:
            return redirect("programme:import_look", kind, public_id)
    if held.state == ImportState.DONE:
        count = held.entered or 0
        messages.success(request, ngettext("%(n)s row entered.", "%(n)s rows entered.", count) % {"n": count})
        return redirect(of.back)
    return page(request, "programme/import_check.html", kind=kind, of=of, held=held, **_sorted(held))


def _sorted(held: TableImport) -> dict[str, Any]:
    """The rows that can go in, those that warn, those that cannot; nothing while it is still looked at."""
    if held.state != ImportState.READY:
        return {"waits": True}
    rows: list[dict[str, Any]] = [
        {"line": row.line_no, "cells": [cell for cell in row.typed.values() if cell][:4], "findings": found}
        for row, found in zip(rows_of(held), findings_of(held), strict=True)
    ]
    wrong = [row for row in rows if breaches(row["findings"])]
    asked = [row for row in rows if row not in wrong and is_asked(held, row["findings"])]
    right = [row for row in rows if row not in wrong and row not in asked]
    return {
        "wrong": wrong,
        "asked": asked,
        "right": right,
        "warned": [row for row in right if row["findings"]],
    }


def _failed(held: TableImport) -> HttpResponse:
    """The rows that cannot go in, as they came, each with what is wrong; put right, the file can be uploaded again."""
    header = [column.name for column in KINDS[held.kind].columns]
    rows = [
        [*(row.typed[name] for name in header), " ".join(each.said(_) for each in breaches(found))]
        for row, found in zip(rows_of(held), findings_of(held), strict=True)
        if breaches(found)
    ]
    return csv_response("nederigas-rindas.csv", [*header, WRONG], rows)
