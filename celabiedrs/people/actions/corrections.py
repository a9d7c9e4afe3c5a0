"""Correcting what is known of a person who signs in, with a reason and a trace (CNF-1, decision 0057)."""

from allauth.account.models import EmailAddress
from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, WrongState, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.mail_address import one_form
from celabiedrs.people import notices
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.models import BY_TWO, AddressChange, Corrected, Correction, OneTimeLink, Post, User
from celabiedrs.people.reading.audience import not_over
from celabiedrs.people.workflow import AccountObstacle
from celabiedrs.rules import corrections
from celabiedrs.rules import programme as programme_rules
from celabiedrs.rules.naming import fits
from celabiedrs.rules.reading import read_text


def write_correction(
    *, by: User, person: User, what: Corrected, before: object, after: object, reason: object
) -> None:
    """Write down what stood there before. The event beside it says no more than that something was corrected."""
    Correction.objects.create(
        person=person,
        what=what,
        before=str(before),
        after=str(after),
        reason=read_text(reason),
        corrected_by=by,
        corrected_at=clock.now(),
    )
    record(person, "corrected", by=by, thread=person.public_id, what=what.value)


def rename(*, by: User, person: User, name: str, reason: object) -> None:
    """Give the account another name, with its trace."""
    write_correction(by=by, person=person, what=Corrected.NAME, before=person.name, after=name, reason=reason)
    person.name = name
    person.save(update_fields=["name"])


@transaction.atomic
def correct_name(*, by: User, person: User, name: object, reason: object) -> Done[User]:
    """[CNF-1] Correct the name of a person who signs in. What was issued and signed keeps the name that it was made
    with."""
    require(may_keep_programme(by))
    row = User.objects.select_for_update().get(pk=person.pk)
    refuse(
        programme_rules.account_name(name=name),
        fits(text=name, field="name", clause="CNF-1"),
        corrections.correction(
            clause="CNF-1", given=["name"] if read_text(name) != row.name else [], reason=reason
        ),
        fits(text=reason, field="reason", clause="CNF-1", characters=300),
    )
    rename(by=by, person=row, name=read_text(name), reason=reason)
    return Done(row)


def is_in_use(person: User) -> bool:
    """Whether its address is a key: somebody has come in by this account, or it holds a post that is given by two."""
    return person.was_used or Post.objects.filter(not_over(), person=person, role__in=BY_TWO).exists()


@transaction.atomic
def correct_address(*, by: User, person: User, email: object, reason: object) -> Done[User]:
    """[CNF-1] Correct the address of an account that nobody has used yet; that of an account in use is only asked for:
    another administrator agrees, and the person is told at the old address."""
    require(may_keep_programme(by))
    row = User.objects.select_for_update().get(pk=person.pk)
    address = one_form(email)
    others = User.objects.filter(email=address).exclude(pk=row.pk)
    refuse(
        programme_rules.account(name=row.name, email=address, taken=others.exists()),
        fits(text=address, field="email", clause="CNF-1", characters=254),
        corrections.correction(
            clause="CNF-1", given=["email"] if address != row.email else [], reason=reason
        ),
        fits(text=reason, field="reason", clause="CNF-1", characters=300),
    )
    if not is_in_use(row):
        _readdress(row, address, by=by, reason=reason)
        return Done(row)
    row.address_changes.filter(answered_at=None).update(answered_at=clock.now())
    AddressChange.objects.create(
        person=row, email=address, reason=read_text(reason), asked_by=by, asked_at=clock.now()
    )
    record(row, "address_change_asked", by=by, thread=row.public_id)
    notices.address_change_asked(row)
    return Done(row)


@transaction.atomic
def answer_address_change(*, by: User, person: User, agree: bool) -> Done[User]:
    """[CNF-1] Another administrator than the one who asked, and not the person, agrees or declines."""
    require(may_keep_programme(by))
    row = User.objects.select_for_update().get(pk=person.pk)
    change = row.address_changes.select_for_update().filter(answered_at=None).first()
    if change is None:
        raise WrongState(None, AccountObstacle.NO_CHANGE, row)
    require(not agree or by.pk not in (change.asked_by_id, row.pk))
    others = User.objects.filter(email=change.email).exclude(pk=row.pk)
    if agree:
        refuse(programme_rules.account(name=row.name, email=change.email, taken=others.exists()))
    change.answered_by, change.answered_at, change.agreed = by, clock.now(), agree
    change.save(update_fields=["answered_by", "answered_at", "agreed"])
    if agree:
        _readdress(row, change.email, by=by, reason=change.reason)
        notices.address_changed(row)
    else:
        record(row, "address_change_declined", by=by, thread=row.public_id)
    return Done(row)


def _readdress(row: User, address: str, *, by: User, reason: object) -> None:
    """Links that were sent to the old address stop working, and it resets no password any more."""
    write_correction(by=by, person=row, what=Corrected.EMAIL, before=row.email, after=address, reason=reason)
    row.email = address
    row.save(update_fields=["email"])
    EmailAddress.objects.filter(user=row).delete()
    OneTimeLink.objects.filter(person=row, used_at=None).delete()
