"""An account that its owner has lost: a letter to the owner, or a reset that two administrators agree to (A8)."""

import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import ask, move
from celabiedrs.people import notices
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.actions.letters import write_letter
from celabiedrs.people.models import (
    AccountReset,
    Corrected,
    Correction,
    LetterKind,
    OneTimeLink,
    PostProposalState,
    User,
)
from celabiedrs.people.reading.audience import other_administrators
from celabiedrs.people.workflow import AGREE_RESET, DECLINE_RESET, AccountObstacle
from celabiedrs.rules import posts as rules
from celabiedrs.rules.naming import fits
from celabiedrs.rules.reading import read_text

OLD_ADDRESSES = timedelta(days=365)
"""How long an address of before is told of a reset."""


def ask_for_password(*, address: str) -> None:
    """Have a letter sent to this address. Whether it is anybody's is not looked at here: all get the same answer."""
    write_letter(kind=LetterKind.NEW_PASSWORD, address=address)


@transaction.atomic
def propose_reset(*, by: User, person: User, reason: object) -> Done[AccountReset]:
    """[CNF-1] Propose to reset an account whose owner has lost every way in. Another administrator agrees; the person
    is told at once and can say no."""
    require(may_keep_programme(by) and person.pk != by.pk)
    if AccountReset.objects.filter(person=person, state=PostProposalState.PROPOSED).exists():
        raise WrongState(None, AccountObstacle.RESET_WAITS, person)
    refuse(
        rules.account_reset(reason=reason),
        fits(text=reason, field="reason", clause="CNF-1", characters=300),
    )
    reset = AccountReset.objects.create(
        person=person, reason=read_text(reason), proposed_by=by, proposed_at=clock.now()
    )
    record(reset, "reset_proposed", by=by, thread=person.public_id)
    notices.reset_proposed(reset, other_administrators(by).exclude(pk=person.pk))
    return Done(reset)


@transaction.atomic
def agree_reset(*, by: User, reset: AccountReset) -> Done[AccountReset]:
    """[CNF-1] Agree to a reset: password, links and sessions end, private notes close until the owner opens them with a
    code of their own, and the owner is told at every address and at the next sign-in."""
    ask(AGREE_RESET, by, reset)
    require(may_keep_programme(reset.proposed_by))
    move(reset, AGREE_RESET, answered_by=by, answered_at=clock.now())
    person = User.objects.select_for_update().get(pk=reset.person_id)
    person.set_unusable_password()
    factors = Authenticator.objects.filter(user=person)
    if (codes := factors.filter(type=Authenticator.Type.RECOVERY_CODES).first()) is not None:
        person.notes_codes = codes.data
    person.notes_closed_at = clock.now()
    person.save(update_fields=["password", "notes_closed_at", "notes_codes"])
    factors.delete()
    OneTimeLink.objects.filter(person=person, used_at=None).delete()
    for address in _addresses(person):
        write_letter(kind=LetterKind.ACCOUNT_RESET, address=address, person=person)
    write_letter(kind=LetterKind.NEW_PASSWORD, address=person.email, person=person)
    record(reset, "reset_agreed", by=by, thread=person.public_id)
    notices.account_reset(person)
    return Done(reset)


@transaction.atomic
def open_notes(*, by: User, code: object) -> Done[User]:
    """[CNF-1] Open one's own private notes after a reset, with a recovery code from before it. Nobody else has one."""
    person = User.objects.select_for_update().get(pk=by.pk)
    require(person.notes_closed_at is not None)
    kept = Authenticator(user=person, type=Authenticator.Type.RECOVERY_CODES, data=person.notes_codes or {})
    codes = kept.wrap().get_unused_codes() if person.notes_codes else []
    typed = "".join(read_text(code).split())
    refuse(
        rules.notes_opened(right=any(secrets.compare_digest(typed.encode(), one.encode()) for one in codes))
    )
    person.notes_closed_at = person.notes_codes = None
    person.save(update_fields=["notes_closed_at", "notes_codes"])
    return Done(person)


@transaction.atomic
def decline_reset(*, by: User, reset: AccountReset) -> Done[AccountReset]:
    """[CNF-1] Decline a reset, or take it back; the person can do so, too."""
    ask(DECLINE_RESET, by, reset)
    move(reset, DECLINE_RESET, answered_by=by, answered_at=clock.now())
    record(reset, "reset_declined", by=by, thread=reset.person.public_id)
    return Done(reset)


def _addresses(person: User) -> list[str]:
    """The present address and those of the last year."""
    before = Correction.objects.filter(
        person=person, what=Corrected.EMAIL, corrected_at__gte=clock.now() - OLD_ADDRESSES
    )
    return list(dict.fromkeys([person.email, *before.order_by("pk").values_list("before", flat=True)]))
