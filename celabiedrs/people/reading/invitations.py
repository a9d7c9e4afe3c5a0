"""Who has not come in yet: not invited, invited until a day, or with a link that ran out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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
    until: datetime | None = None


def valid_for() -> timedelta:
    """How long the link of an invitation works."""
    return timedelta(days=whole("invitation_valid_days", clock.today()))


def not_yet_in() -> QuerySet[User]:
    """Accounts that are on and that nobody has ever come in by."""
    unused = Q(password="") | Q(password__startswith="!")
    return User.objects.filter(unused, is_active=True, last_login=None)


def written_to() -> Exists:
    """Whether an invitation to the person waits to be sent."""
    return Exists(
        AccountLetter.objects.filter(person=OuterRef("pk"), kind=LetterKind.INVITATION, sent_at=None)
    )


def standing(show: str) -> QuerySet[User]:
    """Those of one standing; all of them for none."""
    rows, fresh = not_yet_in(), clock.now() - valid_for()
    nowhere, written = Q(email__endswith=NOBODY), written_to()
    by_standing = {
        Standing.NEW.value: rows.filter(~nowhere, ~written, invited_at=None),
        Standing.WRITTEN.value: rows.filter(written),
        Standing.INVITED.value: rows.filter(~written, invited_at__gt=fresh),
        Standing.RAN_OUT.value: rows.filter(~nowhere, ~written, invited_at__lte=fresh),
        Standing.NO_ADDRESS.value: rows.filter(nowhere),
    }
    return by_standing.get(show, rows)


def outside(person: User) -> Outside:
    """How somebody who is not in yet stands."""
    until = person.invited_at + valid_for() if person.invited_at else None
    if person.email.endswith(NOBODY):
        return Outside(person, Standing.NO_ADDRESS)
    if person.letters.filter(kind=LetterKind.INVITATION, sent_at=None).exists():
        return Outside(person, Standing.WRITTEN)
    if until is None:
        return Outside(person, Standing.NEW)
    return Outside(person, Standing.INVITED if until > clock.now() else Standing.RAN_OUT, until)
