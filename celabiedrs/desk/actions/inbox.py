"""What a person decides about letters to oneself."""

from django.db import transaction

from celabiedrs.lib.acts import Done
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import User


@transaction.atomic
def choose_digest(*, by: User, weekly: bool) -> Done[User]:
    """Have the week's letter or not; what is urgent comes whatever is chosen."""
    if by.weekly_digest != weekly:
        by.weekly_digest = weekly
        by.save(update_fields=["weekly_digest"])
        record(by, "digest_chosen", by=by, weekly=weekly)
    return Done(by)
