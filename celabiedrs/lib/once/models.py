"""Which forms have been answered already."""

from django.conf import settings
from django.db import models


class PostedKey(models.Model):
    """The key of a POST form whose act went through, stored in the act's own transaction.

    `content` is a hash of what was sent. The same key with other content is another sending: somebody went
    back, changed the form and sent it again, and must not be told that it is done.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    content = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key", "content"], name="posted_key_once")]
        indexes = [models.Index(fields=["made_at"], name="posted_key_age")]

    def __str__(self) -> str:
        return str(self.key)
