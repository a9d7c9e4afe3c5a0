"""Taking plans out of every stage, what belongs to a thing before the thing; called by `dispose`, and for plans that
were never approved by the nightly job (ARC-1)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.models import ForeignObjectRel, Q

from celabiedrs.closing.models import (
    Evaluation,
    HandOver,
    PlanEnd,
    PlannedEnding,
    PreparerFeedback,
    ReviewExcuse,
)
from celabiedrs.contracts.facts import span_of
from celabiedrs.contracts.models import Contract, Prolongation, ReplacedCopy
from celabiedrs.evidence.models import DrawnPlan, SampleDraw
from celabiedrs.hours.models import (
    CooperationReview,
    Meeting,
    MeetingSignature,
    NextMeeting,
    NoMeetings,
    Timesheet,
)
from celabiedrs.lib.audit.models import Event, Look
from celabiedrs.lib.documents.models import IssuedDocument, Original
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.storage import files_root
from celabiedrs.lib.outbox.models import Message
from celabiedrs.notes.actions import erase_notes_of
from celabiedrs.pay.models import Correction, CorrectionPart, PayLine, PayRun
from celabiedrs.places.facts import programme
from celabiedrs.plans import models as plans
from celabiedrs.safeguarding.models import ReportStep, SafeguardingReport

BATCH = 200

OF_A_PLAN: tuple[tuple[type[models.Model], str], ...] = (
    (PayLine, "plan"),
    (CorrectionPart, "timesheet__plan"),
    (Correction, "timesheet__plan"),
    (MeetingSignature, "meeting__plan"),
    (Meeting, "plan"),
    (Timesheet, "plan"),
    (NoMeetings, "plan"),
    (NextMeeting, "plan"),
    (CooperationReview, "plan"),
    (Evaluation, "plan"),
    (PreparerFeedback, "plan"),
    (PlannedEnding, "plan"),
    (PlanEnd, "plan"),
    (ReviewExcuse, "plan"),
    (HandOver, "plan"),
    (ReportStep, "report__plan"),
    (SafeguardingReport.left_out.through, "safeguardingreport__plan"),
    (SafeguardingReport, "plan"),
    (plans.AgreementText, "agreement__plan"),
    (plans.AgreementSignature, "agreement__plan"),
    (plans.AgreementDraft, "plan"),
    (plans.Agreement, "plan"),
    (plans.SupportRequest, "plan"),
    (plans.Risk, "plan"),
    (plans.MentorAssignment, "plan"),
    (plans.Suspension, "plan"),
    (plans.Amendment, "plan"),
    (plans.PlanSubmission, "plan"),
    (plans.PlanQuestion, "plan"),
    (plans.PlanDecision, "plan"),
    (plans.MonthlyTalk, "plan"),
    (DrawnPlan, "plan"),
    (plans.AuditSample, "plan"),
)
"""Every table that belongs to a plan, in the order in which they go, with the way to the plan."""

OF_A_LEARNER: tuple[type[models.Model], ...] = (
    plans.PersonalCode,
    plans.LearnerTransfer,
    plans.LearnerCorrection,
    plans.PlanSketch,
)
"""Every table that belongs to a learner and on no plan; it goes when the learner goes."""

DOCUMENTED: tuple[tuple[type[models.Model], str], ...] = (
    (Timesheet, "plan"),
    (plans.Agreement, "plan"),
    (HandOver, "plan"),
    (plans.SupportRequest, "plan"),
)
"""What documents are issued for and originals placed of, beside the plan; `subject_kind` is the name of the class."""


@contextmanager
def disposing() -> Iterator[None]:
    """Inside, and in this transaction only, events and reports of danger may be deleted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('celabiedrs.disposing', 'on', true)")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("SELECT set_config('celabiedrs.disposing', 'off', true)")


def erase_plans(keys: Iterable[int], *, before: date | None) -> Counter[str]:
    """Delete these plans with all that belongs to them, in batches of one transaction; how many rows of which kind.

    Learners and contracts that nothing needs any more go along, contracts that ended before `before`; with None only
    the plans go, for what they belong to has a class of its own.
    """
    remaining, counts = list(keys), Counter[str]()
    with disposing():
        while remaining:
            batch, remaining = remaining[:BATCH], remaining[BATCH:]
            counts += _erase_batch(batch, before)
    return counts


def _erase_batch(keys: list[int], before: date | None) -> Counter[str]:
    counts: Counter[str] = Counter()
    rows = plans.SupportPlan.objects.filter(pk__in=keys)
    learners = set(rows.order_by().values_list("learner", flat=True))
    stands = plans.MentorAssignment.objects.filter(plan__in=keys).order_by()
    contracts = set(stands.values_list("contract", flat=True)) | set(
        rows.order_by().values_list("contract", flat=True)
    )
    runs = set(PayLine.objects.filter(plan__in=keys).order_by().values_list("run", flat=True))
    threads, files = _threads(keys), _files(keys)
    documents, originals = _about(IssuedDocument, keys), _about(Original, keys)
    files |= set(documents.order_by().values_list("stored_file", flat=True))
    files |= _packs(keys)
    erase_notes_of(keys)
    _forget(threads, keys, counts)
    HandOver.objects.filter(plan__in=keys).update(document=None)
    _delete(documents, counts)
    _delete(originals, counts, with_events=True)
    for model, way in OF_A_PLAN:
        _delete(model._base_manager.filter(**{f"{way}__in": keys}), counts)
    plans.SupportPlan.objects.filter(previous__in=keys).update(previous=None)
    _delete(rows, counts)
    if before is not None:
        erase_learners(learners, counts)
        _erase_contracts(contracts - {None}, before, counts, files)
    _delete(PayRun.objects.filter(pk__in=runs, lines=None), counts, with_events=True)
    counts["StoredFile"] += erase_files(files - {None})
    return counts


def _delete(rows: models.QuerySet[Any], counts: Counter[str], *, with_events: bool = False) -> None:
    """Delete the rows and nothing beside them: what still points to one stops the disposal."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    name = rows.model.__name__
    if with_events:
        _delete(Event.objects.filter(kind=name, thing_id__in=keys), counts)
    if keys:
        counts[name] += rows.model._base_manager.filter(pk__in=keys)._raw_delete("default")


def _threads(keys: list[int]) -> set[Any]:
    """Public ids of the plans and of the reports about them: the threads on which their events stand."""
    reports = SafeguardingReport.objects.filter(plan__in=keys).order_by()
    return {
        *plans.SupportPlan.objects.filter(pk__in=keys).order_by().values_list("public_id", flat=True),
        *reports.values_list("public_id", flat=True),
    }


def _forget(threads: set[Any], keys: list[int], counts: Counter[str]) -> None:
    """Events, looks and messages of the plans."""
    sheets = Timesheet.objects.filter(plan__in=keys).order_by().values_list("public_id", flat=True)
    words = [str(thread) for thread in threads]
    _delete(Event.objects.filter(thread__in=threads), counts)
    _delete(Look.objects.filter(thread__in=threads), counts)
    about = Q(context__plan__in=words) | Q(context__report__in=words)
    _delete(Message.objects.filter(about | Q(context__sheet__in=[str(key) for key in sheets])), counts)


def _packs(keys: list[int]) -> set[Any]:
    """The packs of samples in which these plans are: the files go, the draws stay."""
    draws = SampleDraw.objects.filter(
        pk__in=DrawnPlan.objects.filter(plan__in=keys).order_by().values("draw"), packs__isnull=False
    )
    found = set(draws.order_by().values_list("packs", flat=True))
    draws.update(packs=None, packs_asked_at=None)
    return found


def _about(rows: type[models.Model], keys: list[int]) -> models.QuerySet[Any]:
    """Issued documents, or places of originals, of what belongs to these plans."""
    about = Q(subject_kind__iexact="SupportPlan", subject_id__in=keys)
    for model, way in DOCUMENTED:
        things = list(
            model._base_manager.filter(**{f"{way}__in": keys}).order_by().values_list("pk", flat=True)
        )
        about |= Q(subject_kind__iexact=model.__name__, subject_id__in=things)
    return rows._base_manager.filter(about)


def _files(keys: list[int]) -> set[Any]:
    """Files that rows of these plans point to."""
    found: set[Any] = set()
    tables: tuple[tuple[type[models.Model], str], ...] = (*OF_A_PLAN, (plans.SupportPlan, "pk"))
    for model, way in tables:
        for field in model._meta.concrete_fields:
            if field.related_model is StoredFile:
                rows = model._base_manager.filter(**{f"{way}__in": keys}).order_by()
                found |= set(rows.values_list(field.name, flat=True))
    return found


def erase_learners(keys: Iterable[int], counts: Counter[str]) -> None:
    """Those of these learners who have no plan, with what belongs to them. Inside `disposing`."""
    rows = plans.Learner.objects.filter(pk__in=list(keys), plans=None).order_by()
    gone = list(rows.values_list("pk", flat=True))
    threads = list(rows.values_list("public_id", flat=True))
    _delete(Event.objects.filter(thread__in=threads), counts)
    _delete(Look.objects.filter(thread__in=threads), counts)
    for model in OF_A_LEARNER:
        _delete(model._base_manager.filter(learner__in=gone), counts, with_events=True)
    _delete(plans.Learner.objects.filter(pk__in=gone), counts, with_events=True)


def _erase_contracts(keys: set[int], before: date, counts: Counter[str], files: set[Any]) -> None:
    """Contracts that served these plans, serve none any more and ended before the day."""
    known = programme()
    unused = Contract.objects.filter(pk__in=keys, plans=None).exclude(
        pk__in=plans.MentorAssignment.objects.order_by().values("contract")
    )
    spans = {contract.pk: span_of(contract, known) for contract in unused.order_by("pk")}
    gone = Contract.objects.filter(
        pk__in=[key for key, span in spans.items() if span is None or span.until < before]
    )
    files |= set(gone.order_by().values_list("scan", flat=True))
    keys_gone = list(gone.order_by().values_list("pk", flat=True))
    for papers in (ReplacedCopy, Prolongation):
        kept = papers.objects.filter(contract__in=keys_gone)
        files |= set(kept.order_by().values_list("scan", flat=True))
        _delete(kept, counts)
    originals = Original.objects.filter(subject_kind="Contract", subject_id__in=keys_gone)
    _delete(originals, counts, with_events=True)
    _delete(gone, counts, with_events=True)


def erase_files(keys: Iterable[int]) -> int:
    """Delete files to which no row points any more; their bytes go after the commit. Says how many."""
    pointing = (
        field
        for field in StoredFile._meta.get_fields(include_hidden=True)
        if isinstance(field, ForeignObjectRel)
    )
    free = StoredFile.objects.filter(pk__in=list(keys))
    for relation in pointing:
        rows, name = relation.field.model._base_manager, relation.field.name
        free = free.exclude(pk__in=rows.exclude(**{name: None}).order_by().values(name))
    paths = dict(free.order_by().values_list("pk", "path"))
    StoredFile.objects.filter(pk__in=paths)._raw_delete("default")
    for path in paths.values():
        transaction.on_commit(partial(Path(files_root() / path).unlink, missing_ok=True))
    return len(paths)
