"""A document as it was issued: which bytes, from which template, to which thing it belongs."""

import uuid

from django.conf import settings
from django.db import models


class IssuedDocument(models.Model):
    """Issued bytes never change; a newer one of the same kind for the same thing supersedes the older.

    `subject_kind` and `subject_id` name the thing in its stage's own words (this layer knows no stage).
    `number` is printed on the document and is about nobody. `template_version` is a hash of the template.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    number = models.CharField(max_length=40, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    template = models.CharField(max_length=100)
    template_version = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    stored_file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    superseded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind"],
                condition=models.Q(superseded=False),
                name="issued_document_one_in_force",
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="issued_document_subject")]

    def __str__(self) -> str:
        return self.number


class Original(models.Model):
    """Where the original of a paper lies, and in whose hands (a post or a person, where that was said).

    `subject_kind` and `subject_id` name the thing as with issued documents. `electronic`: the original is a signed
    file, no paper.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    place = models.CharField(max_length=200, blank=True)
    holder = models.CharField(max_length=120, blank=True)
    electronic = models.BooleanField(default=False)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="one_place_an_original"),
            models.CheckConstraint(
                condition=~models.Q(place="") | models.Q(electronic=True), name="paper_has_its_place"
            ),
        ]

    def __str__(self) -> str:
        return self.place


class FailedDocument(models.Model):
    """A document that could not be made and is tried again at `retry_at`; the row goes when it succeeds.

    `error` is the class of the error, never its text: that may hold what somebody wrote.
    """

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    failed_at = models.DateTimeField()
    retry_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)
    error = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="one_failure_a_document")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
