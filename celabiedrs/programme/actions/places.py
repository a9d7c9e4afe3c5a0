"""The programme's own acts on municipalities, institutions and regional contacts (REG-1, CON-3, CTC-1)."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.models import User
from celabiedrs.places.models import (
    Institution,
    InstitutionKind,
    InstitutionName,
    Municipality,
    Region,
    RegionalContact,
    RegionalDuty,
)
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.workflow import NOT_OVER
from celabiedrs.programme.reading.institutions import like_institutions
from celabiedrs.rules import programme as rules
from celabiedrs.rules.naming import fits
from celabiedrs.rules.reading import read_day, read_text

LINES = {
    "email": 254,
    "phone": 40,
    "address": 200,
    "contact_name": 120,
    "controller": 200,
    "data_protection_contact": 200,
}


@transaction.atomic
def add_region(*, by: User, name: object) -> Done[Region]:
    """[CTC-1] Enter a region of the project; one of this name that is there already is taken."""
    require(may_keep_programme(by))
    refuse(rules.region(name=name), fits(text=name, field="name", clause="REG-1", characters=80))
    row, new = Region.objects.get_or_create(name=read_text(name))
    if new:
        record(row, "region_entered", by=by)
    return Done(row)


@transaction.atomic
def enter_municipality(
    *, by: User, code: object, name: object, region: Region | None, since: object, until: object = ""
) -> Done[Municipality]:
    """[REG-1] Enter a municipality that a reform made. None is ever renamed in place."""
    require(may_keep_programme(by))
    taken = Municipality.objects.filter(atvk=read_text(code)).exists()
    values = {"code": code, "name": name, "since": since, "until": until}
    cautions = refuse(
        rules.municipality(region=region is not None, code_taken=taken, **values),
        fits(text=name, field="name", clause="REG-1", characters=80),
    )
    region = expect(region)
    row = Municipality.objects.create(
        atvk=read_text(code),
        name=read_text(name),
        region=region,
        since=read_day(since),
        until=read_day(until),
    )
    record(row, "municipality_entered", by=by)
    return Done(row, cautions)


@transaction.atomic
def change_municipality(
    *,
    by: User,
    municipality: Municipality,
    region: Region | None,
    since: object,
    until: object,
    neighbours: Collection[Municipality],
) -> Done[Municipality]:
    """[REG-1] [SUP-5] Change a municipality's region, validity and neighbours; its code and name stay."""
    require(may_keep_programme(by))
    row = Municipality.objects.select_for_update(of=("self",)).get(pk=municipality.pk)
    values = {"code": row.atvk, "name": row.name, "since": since, "until": until}
    cautions = refuse(rules.municipality(region=region is not None, code_taken=False, **values))
    region = expect(region)
    row.region, row.since, row.until = region, read_day(since), read_day(until)
    row.save(update_fields=["region", "since", "until"])
    row.neighbours.set(other for other in neighbours if other.pk != row.pk)
    record(
        row,
        "municipality_changed",
        by=by,
        region=region.pk,
        until=str(row.until or ""),
        neighbours=len(neighbours),
    )
    return Done(row, cautions)


def yesterday() -> date:
    return clock.today() - timedelta(days=1)


@transaction.atomic
def keep_institution(
    *,
    by: User,
    institution: Institution | None,
    name: object,
    kind: object,
    municipality: Municipality | None,
    municipal: bool,
    another: bool = False,
    **lines: object,
) -> Done[Institution]:
    """[CON-3] [CON-5] Enter an institution or change what is known of it; renamed, it keeps its former name for the
    papers of before.

    `another`: that one of the same name there is another one.
    `lines`: email, phone, address, contact_name, controller, data_protection_contact, as typed.
    """
    require(may_keep_programme(by))
    twin = any(each != institution for each in like_institutions(name, municipality, exactly=True))
    cautions = refuse(
        rules.institution(
            name=name,
            kind=kind,
            kinds=InstitutionKind.values,
            place=municipality is not None,
            same_name=twin,
            another=another is True,
        ),
        fits(text=name, field="name", clause="REG-1", characters=160),
        *(
            fits(text=lines.get(line), field=line, clause="REG-1", characters=limit)
            for line, limit in LINES.items()
        ),
    )
    row = (
        Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
        if institution
        else Institution()
    )
    values: dict[str, Any] = {
        "name": read_text(name),
        "kind": kind,
        "municipality": municipality,
        "municipal": bool(municipal),
        **{line: read_text(lines.get(line, "")) for line in LINES},
    }
    changed = [
        field for field, value in values.items() if institution is None or getattr(row, field) != value
    ]
    if institution is not None and "name" in changed:
        InstitutionName.objects.create(institution=row, name=row.name, until=yesterday())
    for field, value in values.items():
        setattr(row, field, value)
    row.save()
    verb = "institution_changed" if institution else "institution_entered"
    record(row, verb, by=by, thread=row.public_id, fields=changed)
    return Done(row, cautions)


@transaction.atomic
def close_institution(*, by: User, institution: Institution, day: object) -> Done[Institution]:
    """[CON-3] Close an institution with a last day. Nothing new begins there; what is kept there stays to be read.
    Plans that are open there end first."""
    require(may_keep_programme(by))
    row = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
    open_plans = SupportPlan.objects.filter(institution=row, state__in=NOT_OVER).count()
    cautions = refuse(rules.institution_closed(day=day, open_plans=open_plans, today=clock.today()))
    row.closed_on = read_day(day)
    row.save(update_fields=["closed_on"])
    record(row, "institution_closed", by=by, last_day=str(row.closed_on))
    return Done(row, cautions)


@transaction.atomic
def reopen_institution(*, by: User, institution: Institution) -> Done[Institution]:
    """[CON-3] Take back that an institution was closed."""
    require(may_keep_programme(by))
    row = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
    row.closed_on = None
    row.save(update_fields=["closed_on"])
    record(row, "institution_reopened", by=by)
    return Done(row)


@transaction.atomic
def keep_contact(
    *,
    by: User,
    contact: RegionalContact | None,
    name: object,
    duty: str,
    email: object,
    phone: object,
    municipalities: Collection[Municipality],
) -> Done[RegionalContact]:
    """[CTC-1] Enter whom to ask in a municipality, or change it."""
    require(may_keep_programme(by))
    cautions = refuse(
        rules.regional_contact(name=name, email=email, phone=phone, municipalities=len(municipalities)),
        fits(text=name, field="name", clause="REG-1"),
        fits(text=phone, field="phone", clause="REG-1", characters=LINES["phone"]),
    )
    row = contact or RegionalContact()
    row.name, row.email, row.phone = read_text(name), read_text(email), read_text(phone)
    row.duty = RegionalDuty(duty)
    row.save()
    row.municipalities.set(municipalities)
    record(
        row, "contact_changed" if contact else "contact_entered", by=by, municipalities=len(municipalities)
    )
    return Done(row, cautions)


@transaction.atomic
def take_contact_away(*, by: User, contact: RegionalContact) -> Done[RegionalContact]:
    """[CTC-1] Show a contact no more."""
    require(may_keep_programme(by))
    RegionalContact.objects.filter(pk=contact.pk, taken_away_at=None).update(taken_away_at=clock.now())
    record(contact, "contact_taken_away", by=by)
    return Done(contact)
