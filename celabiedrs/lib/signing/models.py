from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Means(models.TextChoices):
    DEVICE = "device", _("on this device")
    PAPER = "paper", _("in ink on paper")


class Signature(models.Model):
    """Whose hand, over which content hash, when, by which means. A subclass says what is signed and by which party."""

    means = models.CharField(max_length=10, choices=Means.choices)
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    typed_name = models.CharField(max_length=120, blank=True)
    drawing = models.BinaryField(null=True)  # PNG, as drawn on the device

    class Meta:
        abstract = True
