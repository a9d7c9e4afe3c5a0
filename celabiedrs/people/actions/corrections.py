"""Correcting what is known of a person who signs in, with a reason and a trace (CNF-1, decision 0057)."""

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, permit, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.models import Corrected, Correction, User
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
    permit(may_keep_programme(by))
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
