"""The row of a file that lies in private storage: what came in, from whom, and what it hashes to."""

import uuid

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """A file kept outside the web root and the database. Its bytes are written once and never changed.

    It has no address of its own: its owner serves it through the owner's scope (`files.serving.as_download`).
    `path` is random, within FILES_ROOT; `size` is in bytes; `kind` is the owner's word for what it is. `checked_at`:
    when its bytes were last compared with `sha256`; `damaged_at`: since when they are missing or differ.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    path = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    original_name = models.CharField(max_length=200)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True, db_index=True)
    damaged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_not_empty"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_file_hashed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class StoreMark(models.Model):
    """One row: the word that stands in the folder of files as well, so that neither is taken for another's (R13)."""

    single = models.BooleanField(default=True, unique=True, editable=False)
    token = models.CharField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(single=True), name="one_mark_a_database"),
        ]

    def __str__(self) -> str:
        return "mark of the store"
