"""Issuing: the bytes as they went out are kept, with their hash and the version of their template."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.documents.models import IssuedDocument
from celabiedrs.lib.documents.typesetting import PDF, template_version
from celabiedrs.lib.files.storage import store_bytes


def issue(
    content: bytes,
    *,
    kind: str,
    subject_kind: str,
    subject_id: int,
    number: str,
    name: str,
    by: Any,
    template: Path | None = None,
    media_type: str = PDF,
    at: datetime | None = None,
) -> IssuedDocument:
    """Keep a document as issued; the earlier one of that kind for that subject is superseded, not lost.

    `number` comes from `lib.codes.new_code` (it is printed in the content); `name` is the file name of a download;
    `template` the typst file it was set from, none for tables. Inside the caller's transaction.
    """
    with transaction.atomic():
        stored = store_bytes(content, kind=kind, media_type=media_type, name=name, by=by)
        of_subject = IssuedDocument.objects.filter(
            kind=kind, subject_kind=subject_kind, subject_id=subject_id
        )
        of_subject.filter(superseded=False).update(superseded=True)
        return IssuedDocument.objects.create(
            kind=kind,
            subject_kind=subject_kind,
            subject_id=subject_id,
            number=number,
            issued_at=at or clock.now(),
            issued_by=by,
            template=template.stem if template else "",
            template_version=template_version(template) if template else "",
            sha256=stored.sha256,
            stored_file=stored,
        )


def withdraw(*, kind: str, subject_kind: str, subject_id: int) -> None:
    """What was issued for the subject holds no more; it is kept as it went out."""
    issued = IssuedDocument.objects.filter(kind=kind, subject_kind=subject_kind, subject_id=subject_id)
    issued.filter(superseded=False).update(superseded=True)


def in_force(*, kind: str, subject_kind: str, subject_id: int) -> IssuedDocument | None:
    """The issued document that holds for the subject now, if there is one."""
    return (
        IssuedDocument.objects.select_related("stored_file")
        .filter(kind=kind, subject_kind=subject_kind, subject_id=subject_id, superseded=False)
        .first()
    )
