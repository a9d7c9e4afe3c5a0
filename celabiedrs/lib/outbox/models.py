"""Messages written in the act's own transaction and sent afterwards by a job."""

import uuid

from django.conf import settings
from django.db import models


class Message(models.Model):
    """One notice to one person. The page words it from `template` and `context`; the e-mail says "sign in".

    `context` holds numbers, days and public ids, never a name or a text (architecture, Privacy).
    `sent_at` stays empty until the mail server has taken it; `attempts` and `last_error` tell why not yet.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    template = models.CharField(max_length=100)
    context = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(sent_at=None), name="outbox_message_due"),
            models.Index(fields=["to", "-created_at"], name="outbox_message_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
