"""The programme's acts on the numbers to call (CNF-2)."""

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.models import User
from celabiedrs.places.models import Region
from celabiedrs.rules import confidence as rules
from celabiedrs.rules.naming import fits
from celabiedrs.rules.reading import read_integer, read_text
from celabiedrs.safeguarding.models import ServiceNumber


@transaction.atomic
def keep_number(
    *,
    by: User,
    number: ServiceNumber | None,
    name: object,
    phone: object,
    purpose: object,
    region: Region | None,
    position: object,
) -> Done[ServiceNumber]:
    """[CNF-2] Enter a service that is called or told of a danger, or change it."""
    require(may_keep_programme(by))
    emergency = number is not None and number.emergency
    cautions = refuse(
        rules.service_number(name=name, phone=phone, purpose=purpose, position=position),
        rules.emergency_number(stays=True, everywhere=not emergency or region is None),
        fits(text=name, field="name", clause="CNF-2"),
        fits(text=purpose, field="purpose", clause="CNF-2", characters=200),
    )
    row = number or ServiceNumber()
    row.name, row.phone, row.purpose = read_text(name), read_text(phone), read_text(purpose)
    row.region, row.position = region, expect(read_integer(position))
    row.save()
    record(row, "number_changed" if number else "number_entered", by=by, thread=row.public_id)
    return Done(row, cautions)


@transaction.atomic
def take_number_away(*, by: User, number: ServiceNumber) -> Done[ServiceNumber]:
    """[CNF-2] Show a service no more. The last emergency number stays."""
    require(may_keep_programme(by))
    standing = list(
        ServiceNumber.objects.select_for_update().filter(emergency=True, taken_away_at=None).order_by("pk")
    )
    refuse(rules.emergency_number(stays=any(row.pk != number.pk for row in standing), everywhere=True))
    ServiceNumber.objects.filter(pk=number.pk, taken_away_at=None).update(taken_away_at=clock.now())
    record(number, "number_taken_away", by=by, thread=number.public_id)
    return Done(number)
