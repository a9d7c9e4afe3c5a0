"""Things that have an address: a random id outside, a plain number inside."""

import uuid

from django.db import models


class Addressed(models.Model):
    """A row that pages may point at. The id in the address is random; it is never a secret."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
