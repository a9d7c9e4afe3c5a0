"""Messages written in the act's own transaction and sent afterwards by a job."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One notice to one person. The page words it from `template` and `context`; the e-mail says "sign in".

    `context` holds numbers, days and public ids, never a name or a text (architecture, Privacy).
    `key` names what a reminder reminds of, and in which period: nobody is reminded twice of it.
    `sent_at` stays empty until the mail server has taken it; `attempts`, `retry_at` and `last_error` tell why not yet.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    template = models.CharField(max_length=100)
    context = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=120, blank=True, default="")
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["to", "key"], condition=~Q(key=""), name="reminded_once")
        ]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(sent_at=None, read_at=None), name="outbox_message_due"
            ),
            models.Index(fields=["to", "-created_at"], name="outbox_message_of_person"),
            models.Index(fields=["to"], condition=Q(read_at=None), name="outbox_message_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
