"""Who has not come in yet: not invited, invited until a day, or with a link that ran out."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from celabiedrs.lib import clock
from celabiedrs.people.models import AccountLetter, LetterKind, User
from celabiedrs.rules.parameters import whole

NOBODY = "@example.invalid"
"""How an address ends that reaches nobody: of a person whose own is not known yet."""


class Standing(models.TextChoices):
    NEW = "new", _("not invited yet")
    WRITTEN = "written", _("the letter is on its way")
    INVITED = "invited", _("invited, not yet in")
    RAN_OUT = "ran_out", _("the link ran out")
    NO_ADDRESS = "no_address", _("no e-mail address")


@dataclass(frozen=True)
class Outside:
    """Somebody who has not come in yet."""

    person: User
    standing: Standing
    until: object = None


def valid_for() -> timedelta:
    """How long the link of an invitation works."""
    return timedelta(days=whole("invitation_valid_days", clock.today()))


def not_yet_in() -> QuerySet[User]:
    """Accounts that are on and that nobody has ever come in by, whether an invitation to each waits to be sent."""
    waiting = AccountLetter.objects.filter(person=OuterRef("pk"), kind=LetterKind.INVITATION, sent_at=None)
    unused = Q(password="") | Q(password__startswith="!")
    return User.objects.filter(unused, is_active=True, last_login=None).annotate(written=Exists(waiting))


def standing(show: str) -> QuerySet[User]:
    """Those of one standing; all of them for none."""
    rows, fresh = not_yet_in(), clock.now() - valid_for()
    nowhere = Q(email__endswith=NOBODY)
    return {
        Standing.NEW: rows.filter(~nowhere, invited_at=None, written=False),
        Standing.WRITTEN: rows.filter(written=True),
        Standing.INVITED: rows.filter(written=False, invited_at__gt=fresh),
        Standing.RAN_OUT: rows.filter(~nowhere, written=False, invited_at__lte=fresh),
        Standing.NO_ADDRESS: rows.filter(nowhere),
    }.get(Standing(show) if show in Standing.values else None, rows)  # type: ignore[call-overload,no-any-return]


def outside(person: User) -> Outside:
    """How somebody who is not in yet stands. Takes rows of `not_yet_in`."""
    until = person.invited_at + valid_for() if person.invited_at else None
    if person.email.endswith(NOBODY):
        return Outside(person, Standing.NO_ADDRESS)
    if getattr(person, "written", False):
        return Outside(person, Standing.WRITTEN)
    if until is None:
        return Outside(person, Standing.NEW)
    return Outside(person, Standing.INVITED if until > clock.now() else Standing.RAN_OUT, until)
