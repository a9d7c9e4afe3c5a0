"""Letters about accounts, to their person alone: the first way in, a new password, what was done to an account.

The link in a letter is made as the letter is sent and kept nowhere, so that nobody who reads the database, the outbox
or a job can sign in by it.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string

from celabiedrs.lib import clock
from celabiedrs.lib.outbox.sending import FIRST_WAIT, LONGEST_WAIT
from celabiedrs.people.actions.sign_in import make_one_time_link
from celabiedrs.people.models import AccountLetter, LetterKind, LinkPurpose, OneTimeLink, User
from celabiedrs.people.reading.invitations import valid_for
from celabiedrs.people.reading.links import address_of

log = logging.getLogger(__name__)
PASSWORD_LASTS = timedelta(hours=1)
LINKS = {
    LetterKind.INVITATION: (LinkPurpose.FIRST, valid_for),
    LetterKind.NEW_PASSWORD: (LinkPurpose.NEW_PASSWORD, lambda: PASSWORD_LASTS),
}


def write_letter(*, kind: LetterKind, address: str, person: User | None = None) -> AccountLetter:
    """Put a letter into the outbox, as part of the act that goes on."""
    return AccountLetter.objects.create(kind=kind, address=address, person=person, asked_at=clock.now())


def send_letters() -> int:
    """Send the letters that are due; says how many. A mail server that fails keeps them, and they wait longer."""
    now = clock.now()
    due = AccountLetter.objects.filter(Q(retry_at=None) | Q(retry_at__lte=now), sent_at=None)
    return sum(_send(key) for key in list(due.order_by("asked_at", "pk").values_list("pk", flat=True)[:200]))


@transaction.atomic
def _send(key: int) -> bool:
    letter = AccountLetter.objects.select_for_update(skip_locked=True).filter(pk=key, sent_at=None).first()
    if letter is None:
        return False
    person = User.objects.filter(email=letter.address, is_active=True).first()
    if person is None and (letter.person_id is None or letter.kind in LINKS):
        letter.delete()  # nobody has this address, or not any more: nothing is sent and nothing is kept
        return False
    if letter.kind == LetterKind.INVITATION and person is not None and person.was_used:
        letter.delete()  # the person came in meanwhile
        return False
    try:
        with transaction.atomic():
            _mail(letter, person or letter.person).send()
    except Exception as error:  # whatever a mail server does, the letter stays and its link is not made
        log.warning("people: a letter did not go out (%s)", type(error).__name__)
        wait = min(FIRST_WAIT * 2 ** min(letter.attempts, 10), LONGEST_WAIT)
        AccountLetter.objects.filter(pk=key).update(attempts=F("attempts") + 1, retry_at=clock.now() + wait)
        return False
    letter.person, letter.sent_at = letter.person or person, clock.now()
    letter.save(update_fields=["person", "sent_at"])
    if letter.kind == LetterKind.INVITATION:
        User.objects.filter(letters=letter).update(invited_at=letter.sent_at)
    return True


def _mail(letter: AccountLetter, person: User | None) -> EmailMessage:
    address = f"{settings.ADDRESS}/ienakt/"
    if (made := LINKS.get(LetterKind(letter.kind))) is not None and person is not None:
        purpose, lasts = made
        OneTimeLink.objects.filter(person=person, used_at=None, purpose=purpose).delete()
        address = address_of(make_one_time_link(person=person, lasts=lasts(), purpose=purpose))
    given = {"address": address, "days": valid_for().days}
    subject, _, text = render_to_string(f"people/letters/{letter.kind}.txt", given).partition("\n")
    return EmailMessage(subject.strip(), text.strip() + "\n", to=[letter.address])
