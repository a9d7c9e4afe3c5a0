"""Correcting a mentor's name and birthday: the programme's act, which stands here because the contracts depend on the
birthday (REG-1, MEN-1, decision 0057)."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from celabiedrs.contracts.facts import span_of
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.actions.corrections import rename, write_correction
from celabiedrs.people.models import Corrected, User
from celabiedrs.places.facts import programme
from celabiedrs.registry.access import may_keep_registry
from celabiedrs.registry.actions import is_in_registry
from celabiedrs.registry.models import Mentor
from celabiedrs.rules import corrections, naming
from celabiedrs.rules import mentor as mentor_rules
from celabiedrs.rules import registry as registry_rules
from celabiedrs.rules.breach import Finding, as_cautions
from celabiedrs.rules.reading import read_day, read_text


@transaction.atomic
def correct_mentor(
    *, by: User, mentor: Mentor | None, reason: object, name: object = None, born: object = None
) -> Done[Mentor]:
    """[REG-1] [MEN-1] Correct a mentor's name, birthday or both; what is None stays.

    That the mentor was of age is asked again of every contract, and told. What was issued and signed stays as it is.
    """
    require(may_keep_registry(by))
    refuse(naming.mentor_named(named=mentor is not None, clause="REG-1"))
    row = Mentor.objects.select_for_update(of=("self",)).select_related("user").get(pk=expect(mentor).pk)
    new_name, new_born = (row.name if name is None else name), (row.born_on if born is None else born)
    day, renamed = read_day(new_born), read_text(new_name) != row.name
    changed = ["name"] * renamed + ["born"] * (day != row.born_on)
    cautions = refuse(
        corrections.correction(clause="REG-1", given=changed, reason=reason),
        naming.fits(text=new_name, field="name", clause="REG-1"),
        naming.fits(text=reason, field="reason", clause="REG-1", characters=300),
        mentor_rules.name_and_birthday(name=new_name, born=new_born, today=clock.today()),
        registry_rules.same_person(known=is_in_registry(new_name, new_born, but=row)),
        () if day is None or day == row.born_on else as_cautions(_of_age(row, day)),
    )
    if renamed:
        rename(by=by, person=row.user, name=read_text(new_name), reason=reason)
    if day != row.born_on:
        write_correction(
            by=by, person=row.user, what=Corrected.BORN, before=row.born_on, after=day, reason=reason
        )
    row.born_on = expect(day)
    row.save(update_fields=["born_on"])
    record(row, "corrected", by=by, thread=row.public_id, what=changed)
    return Done(row, cautions)


def _of_age(mentor: Mentor, born: date) -> Iterator[Finding]:
    known = programme()
    for contract in mentor.contracts.order_by("pk"):
        span = span_of(contract, known)
        yield from mentor_rules.adult_mentor(
            born=born, contract_since=span.since if span is not None else contract.signed_on
        )
