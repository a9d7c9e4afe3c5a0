"""The programme's acts on accounts: opened by a letter to the person, switched off at once (A3, A6)."""

from collections.abc import Iterable

from django.db import transaction

from celabiedrs.lib.acts import Done, WrongState, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.mail_address import one_form
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.actions.letters import write_letter
from celabiedrs.people.actions.sign_in import make_one_time_link
from celabiedrs.people.models import AccountLetter, LetterKind, OneTimeLink, Post, User
from celabiedrs.people.reading.audience import not_over
from celabiedrs.people.reading.invitations import NOBODY, not_yet_in, written_to
from celabiedrs.people.workflow import AccountObstacle
from celabiedrs.rules import programme as rules
from celabiedrs.rules.naming import fits
from celabiedrs.rules.reading import read_text


@transaction.atomic
def open_account(*, by: User, name: object, email: object) -> Done[User]:
    """[CNF-1] Open an account without a password; its first way in goes by letter to the person."""
    require(may_keep_programme(by))
    address = one_form(email)
    refuse(
        rules.account(name=name, email=address, taken=User.objects.filter(email=address).exists()),
        fits(text=name, field="name", clause="REG-1"),
        fits(text=address, field="email", clause="REG-1", characters=254),
    )
    person = User.objects.create_user(email=address, name=read_text(name))
    record(person, "account_opened", by=by, thread=person.public_id)
    write_letter(kind=LetterKind.INVITATION, address=person.email, person=person)
    return Done(person)


@transaction.atomic
def invite(*, by: User, person: User) -> Done[AccountLetter]:
    """[CNF-1] Send the first link by letter to the person alone: nobody else ever sees it. Older ones stop working."""
    require(may_keep_programme(by) and person.is_active)
    if person.was_used:
        raise WrongState(None, AccountObstacle.IN_USE, person)
    OneTimeLink.objects.filter(person=person, used_at=None).delete()
    letter = write_letter(kind=LetterKind.INVITATION, address=person.email, person=person)
    record(person, "invited", by=by, thread=person.public_id)
    return Done(letter)


@transaction.atomic
def invite_all(*, by: User, people: Iterable[User]) -> Done[int]:
    """[CNF-1] Invite those of these people who have an address and have not come in yet; how many letters were
    written. Sent again, the older link stops working."""
    require(may_keep_programme(by))
    keys = [person.pk for person in people]
    rows = not_yet_in().filter(pk__in=keys).exclude(email__endswith=NOBODY).exclude(written_to())
    written = [invite(by=by, person=person) for person in rows.order_by("pk")]
    return Done(len(written))


@transaction.atomic
def print_code(*, by: User, person: User) -> Done[str]:
    """[CNF-1] The second way in, on paper: for an account that nobody has used and that holds no post. The person is
    told by letter that it was printed."""
    require(may_keep_programme(by) and person.is_active)
    if person.was_used:
        raise WrongState(None, AccountObstacle.IN_USE, person)
    if Post.objects.filter(not_over(), person=person).exists():
        raise WrongState(None, AccountObstacle.HOLDS_POST, person)
    OneTimeLink.objects.filter(person=person, used_at=None).delete()
    token = make_one_time_link(person=person, by=by)
    record(person, "code_printed", by=by, thread=person.public_id)
    write_letter(kind=LetterKind.CODE_PRINTED, address=person.email, person=person)
    return Done(token)


@transaction.atomic
def switch_off(*, by: User, person: User) -> Done[User]:
    """[CNF-1] Switch an account off: every session ends with the next request, links and password are void."""
    require(may_keep_programme(by))
    refuse(rules.switched_off(own=person.pk == by.pk))
    row = User.objects.select_for_update().get(pk=person.pk)
    row.is_active = False
    row.set_unusable_password()
    row.save(update_fields=["is_active", "password"])
    OneTimeLink.objects.filter(person=row, used_at=None).delete()
    record(row, "account_switched_off", by=by, thread=row.public_id)
    return Done(row)


@transaction.atomic
def switch_on(*, by: User, person: User) -> Done[User]:
    """Switch an account on again; the person asks for a new password, nothing of old opens."""
    require(may_keep_programme(by))
    row = User.objects.select_for_update().get(pk=person.pk)
    row.is_active = True
    row.save(update_fields=["is_active"])
    record(row, "account_switched_on", by=by, thread=row.public_id)
    return Done(row)
