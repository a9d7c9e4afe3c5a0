"""Training rounds: how far they are, and the table of a round taken in (MEN-6, MEN-10, MEN-11)."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Refused
from celabiedrs.lib.once.guard import form_page
from celabiedrs.lib.tables.reading import Table, TableRefused, read_table
from celabiedrs.lib.tables.writing import csv_response
from celabiedrs.lib.web import attempt, page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.places.models import Municipality
from celabiedrs.registry.actions import set_round_target
from celabiedrs.registry.actions.rounds import Tried, take_in_round, try_round
from celabiedrs.registry.forms import TableForm, TargetForm
from celabiedrs.registry.models import TrainingCertificate, TrainingRound
from celabiedrs.registry.pages.scope import keeper
from celabiedrs.registry.reading import round_table
from celabiedrs.rules.parameters import whole

LARGEST_TABLE = 5 * 1024 * 1024
MOST_ROWS = 1000
AT_ONCE = 60
"""Rows up to which a table is looked at while the person waits; `long` takes the others."""
SALT = "registry.round"
STANDS_FOR = 3600
"""Seconds for which a table that was looked at can be confirmed; it stands in the page and nowhere else."""


@form_page
def rounds(request: SignedIn) -> HttpResponse:
    """Each round with its target, all of them with theirs, and the municipalities that nobody serves yet."""
    user = keeper(request)
    form = TargetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, set_round_target, by=user, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("Entered."))
            return redirect("registry:rounds")
    today = clock.today()
    counted = TrainingRound.objects.annotate(trained=Count("trainingcertificate")).order_by("number")
    trained, target = TrainingCertificate.objects.count(), whole("trained_mentors", today)
    places = Municipality.objects.filter(until=None).order_by("name")
    served = places.filter(mentors__certificate__isnull=False).annotate(count=Count("mentors", distinct=True))
    return page(
        request,
        "registry/rounds.html",
        form=form,
        rounds=[_far(each) for each in counted],
        trained=trained,
        target=target,
        share=min(100, 100 * trained // target),
        served=served,
        unserved=places.exclude(pk__in=served.order_by().values("pk")),
    )


def _far(each: Any) -> dict[str, Any]:
    missing = max(each.target - each.trained, 0)
    return {
        "number": each.number, "target": each.target, "trained": each.trained, "missing": missing,
        "share": min(100, 100 * each.trained // each.target) if each.target else 100,
    }  # fmt: skip


@require_safe
def example(request: SignedIn) -> HttpResponse:
    """A table with the headings and one made-up row."""
    keeper(request)
    return csv_response(
        "macibu-karta.csv", (*round_table.COLUMNS, *round_table.OPTIONAL), [round_table.EXAMPLE]
    )


@form_page
def take_in(request: SignedIn, long: Callable[[User, Table], str]) -> HttpResponseBase:
    """Upload, errors by row, confirm; the rows that cannot go in are there to download. Between the steps the table
    stands in the page itself, signed: a table that nobody confirms leaves nothing behind."""
    user = keeper(request)
    if request.method == "POST" and "rows" in request.POST:
        return _confirm(request, user)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        table = _read(form)
        if table is not None and len(table.rows) > AT_ONCE:
            return redirect(long(user, table))
        if table is not None:
            return _shown(request, try_round(by=user, rows=table.rows), left_out=table.left_out)
    return page(request, "registry/import.html", form=form, columns=_columns())


def _read(form: TableForm) -> Table | None:
    upload = form.cleaned_data["table"]
    try:
        if upload.size > LARGEST_TABLE:
            raise TableRefused(
                _("The file is too large."), _("A round fits into 5 MB; leave only its sheet.")
            )
        table = read_table(upload.read(), columns=round_table.SHAPE)
        if not table.rows or len(table.rows) > MOST_ROWS:
            raise TableRefused(
                _("The table holds no row, or more than a thousand."), _("Leave one row for each mentor.")
            )
    except TableRefused as refusal:
        form.add_error("table", f"{refusal.text} {refusal.remedy}")
        return None
    return table


def _columns() -> list[tuple[str, bool]]:
    return [(name, True) for name in round_table.COLUMNS] + [(name, False) for name in round_table.OPTIONAL]


def _confirm(request: SignedIn, user: User) -> HttpResponseBase:
    try:
        lists = signing.loads(request.POST["rows"], salt=f"{SALT}.{user.pk}", max_age=STANDS_FOR)
    except signing.BadSignature:
        messages.error(
            request, _("The table has stood open for too long. Upload it again; nothing was entered.")
        )
        return redirect("registry:import")
    tried = try_round(by=user, rows=round_table.from_lists(lists))
    if request.POST.get("do") == "failed":
        return _failed(tried)
    ticked = {line for line in request.POST.getlist("another") if line.isdecimal()}
    plain = [each.row for each in tried if not each.findings and not each.asks]
    right = [
        each.row for each in tried if not each.findings and (not each.asks or str(each.row.line_no) in ticked)
    ]
    if not right or str(len(plain)) != request.POST.get("count"):
        return _shown(request, tried, changed=True)
    try:
        entered = take_in_round(by=user, rows=right).thing
    except Refused:
        return _shown(request, try_round(by=user, rows=[each.row for each in tried]), changed=True)
    messages.success(
        request,
        ngettext("%(count)s mentor entered.", "%(count)s mentors entered.", len(entered))
        % {"count": len(entered)},
    )
    return redirect("registry:rounds")


def _shown(
    request: SignedIn, tried: list[Tried], *, changed: bool = False, left_out: Sequence[str] = ()
) -> HttpResponse:
    right = [each for each in tried if not each.findings and not each.asks]
    asked = [each for each in tried if not each.findings and each.asks]
    wrong = [each for each in tried if each.findings]
    user = keeper(request)
    lists = round_table.as_lists(each.row for each in tried)
    return page(
        request,
        "registry/import_check.html",
        status=422 if wrong or changed else 200,
        right=right,
        asked=asked,
        warned=[each for each in right if each.cautions],
        left_out=left_out,
        wrong=wrong,
        changed=changed,
        rows=signing.dumps(lists, salt=f"{SALT}.{user.pk}", compress=True),
    )


def _failed(tried: list[Tried]) -> HttpResponse:
    """The rows that cannot go in, as they came, each with what is wrong; put right, the file can be uploaded again."""
    header = (*round_table.COLUMNS, *round_table.OPTIONAL)
    rows = [
        [*(each.row.typed[name] for name in header), " ".join(finding.said(_) for finding in each.findings)]
        for each in tried
        if each.findings
    ]
    return csv_response("nederigas-rindas.csv", [*header, round_table.WRONG], rows)
