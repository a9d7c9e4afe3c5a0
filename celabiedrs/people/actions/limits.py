"""How many wrong passwords are taken: of one person from one client, and of one client (A5).

A wrong one is counted where it was wrong and not before, so that fifty at once count as fifty, and as many right ones
at once all pass. The count is of the person from that client: nobody elsewhere can keep the right password out.
"""

import hmac
from datetime import timedelta

from django.conf import settings

from celabiedrs.lib import clock
from celabiedrs.people.models import FailedSignIn

WITHIN = timedelta(minutes=15)
OF_A_PERSON, OF_A_CLIENT = 10, 100


def _digest(*parts: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), "\0".join(parts).encode(), "sha256").hexdigest()


def may_try(*, address: str, client: str) -> bool:
    """Whether another password is looked at."""
    recent = FailedSignIn.objects.filter(at__gt=clock.now() - WITHIN)
    return (
        recent.filter(account=_digest(address, client)).count() < OF_A_PERSON
        and recent.filter(client=_digest(client)).count() < OF_A_CLIENT
    )


def count_wrong(*, address: str, client: str) -> None:
    FailedSignIn.objects.create(account=_digest(address, client), client=_digest(client), at=clock.now())


def forget_wrong(*, address: str, client: str) -> None:
    """The right password ends the count of this person from this client."""
    FailedSignIn.objects.filter(account=_digest(address, client)).delete()
