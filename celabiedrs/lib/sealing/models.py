"""Which keys this database's sealed texts need."""

from django.db import models


class KeyMark(models.Model):
    """A key with which something here may be sealed, by its fingerprint. A start without that key is refused."""

    fingerprint = models.CharField(max_length=16, unique=True)
    used_since = models.DateTimeField()

    def __str__(self) -> str:
        return self.fingerprint
