"""Two entries of one person or one institution become one: everything moves, and it is written down."""

from collections import Counter
from typing import Any

from django.db import IntegrityError, transaction

from celabiedrs.hours.models import MeetingSignature
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.models import OneTimeLink, User
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import InstitutionName
from celabiedrs.plans.models import Learner
from celabiedrs.programme.models import Merge, MergedKind
from celabiedrs.programme.reading.doubles import CLAUSES, MODELS, preview, referring
from celabiedrs.rules.breach import N_, Breach
from celabiedrs.rules.naming import fits
from celabiedrs.rules.reading import read_text


@transaction.atomic
def merge(*, by: User, kind: str, keep: Any, gone: Any, reason: object) -> Done[Merge]:
    """[REG-1] [GEN-2] [CON-3] [TG-3] [TG-4] [TG-5] Make two entries one. What belongs to the one that goes belongs to
    the other; issued papers keep their bytes. A mentor's second account is closed, and its private notes stay
    with it: nobody comes by them through a merge."""
    require(may_keep_programme(by) and keep.pk != gone.pk)
    held = MODELS[kind]._base_manager.select_for_update().filter(pk__in=(keep.pk, gone.pk)).order_by("pk")
    rows = {row.pk: row for row in held}
    keep, gone = rows[keep.pk], rows[gone.pk]
    cautions = refuse(
        preview(kind, keep, gone, reason=read_text(reason)).findings,
        fits(text=reason, field="reason", clause=CLAUSES[kind], characters=300),
    )
    signatures = _valid_signatures(gone) if kind == MergedKind.MENTOR else []
    done = Merge(
        kind=kind,
        kept=keep.public_id,
        gone=gone.public_id,
        reason=read_text(reason),
        moved=_moved(kind, keep, gone),
        signatures={str(signature.pk): signature.content_hash for signature in signatures},
        merged_by=by,
        merged_at=clock.now(),
    )
    for signature in signatures:
        signature.meeting.refresh_from_db()
        signature.content_hash = signature.meeting.content_hash()
        signature.save(update_fields=["content_hash"])
    if kind == MergedKind.INSTITUTION and gone.name != keep.name:
        InstitutionName.objects.create(institution=keep, name=gone.name, until=clock.today())
    account = gone.user if kind == MergedKind.MENTOR else None
    gone_id = gone.pk
    gone.delete()
    if account is not None:
        _close(account, keep.user)
    if kind == MergedKind.INSTITUTION:
        new_edition()
    done.save()
    record(keep, "merged", by=by, thread=keep.public_id, gone=gone_id, moved=sum(done.moved.values()))
    return Done(done, cautions)


def _valid_signatures(mentor: Any) -> list[MeetingSignature]:
    """Signatures that hold for their rows as they stand: they go on holding when the row names the kept entry."""
    found = MeetingSignature.objects.filter(meeting__mentor=mentor, voided_at=None).select_related("meeting")
    return [each for each in found.order_by("pk") if each.content_hash == each.meeting.content_hash()]


def _moved(kind: str, keep: Any, gone: Any) -> dict[str, int]:
    """Move every row that points to the one that goes; how many of which table."""
    moved: Counter[str] = Counter()
    if kind == MergedKind.LEARNER:
        _end_second_code(keep, gone)
    for column in referring(MODELS[kind]):
        rows = column.model._base_manager.filter(**{column.name: gone})
        for row in list(rows.order_by("pk")):
            moved[column.model._meta.label] += _move(row, column.name, keep, gone, kind)
    return dict(moved)


SECOND = {
    "registry.TrainingCertificate", "registry.ProposedChange", "registry.Mentor_municipalities",
    "registry.Mentor_works_at", "plans.LearnerTransfer", "plans.PlanSketch", "supervision.Interest",
    "supervision.Nomination", "supervision.Member", "people.Post", "registry.EducationGround",
}  # fmt: skip
"""Of these the kept entry may have its own: a second one falls away with the entry that goes."""


def _move(row: Any, name: str, keep: Any, gone: Any, kind: str) -> int:
    setattr(row, name, keep)
    try:
        with transaction.atomic():
            row.save(update_fields=[name])
        return 1
    except IntegrityError:
        if row._meta.label not in SECOND:
            refuse(
                Breach(
                    CLAUSES[kind],
                    N_("Both entries have something of which there can be one only."),
                    N_("Have one of the two put right first."),
                )
            )
        type(row)._base_manager.filter(pk=row.pk).delete()
        return 0


def _end_second_code(keep: Learner, gone: Learner) -> None:
    """One personal code is in force: the kept entry's, where it has one."""
    if keep.personal_codes.filter(replaced_at=None).exists():
        gone.personal_codes.filter(replaced_at=None).update(replaced_at=clock.now())


def _close(account: User, kept: User) -> None:
    """The second account of a mentor: its posts go over, nobody signs in with it any more, its name stays where
    something was done."""
    if account.pk == kept.pk:
        return
    account.posts.update(person=kept)
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    OneTimeLink.objects.filter(person=account, used_at=None).delete()
