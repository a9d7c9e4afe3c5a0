"""How one row of each kind of table is entered: by the acts of the pages, so that the same rules are asked."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from celabiedrs.lib import clock
from celabiedrs.lib.acts import refuse
from celabiedrs.lib.tables.columns import Column
from celabiedrs.lib.tables.reading import Row
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.actions.accounts import open_account
from celabiedrs.people.actions.posts import give_post, propose_post
from celabiedrs.people.models import BY_TWO, Role, User
from celabiedrs.places.models import (
    Institution,
    InstitutionKind,
    Municipality,
    Region,
    RegionalContact,
    RegionalDuty,
)
from celabiedrs.plans.actions import enrol_learner, enter_personal_code
from celabiedrs.programme.actions.places import change_municipality, keep_contact, keep_institution
from celabiedrs.programme.reading import tables
from celabiedrs.registry.access import may_keep_registry
from celabiedrs.registry.actions.rounds import ASKED, enter_row
from celabiedrs.registry.reading import round_table
from celabiedrs.registry.reading.round_table import known_municipalities, municipalities_of
from celabiedrs.rules import tables as table_rules
from celabiedrs.rules.breach import Breach, Caution, Finding
from celabiedrs.rules.naming import name_key, same_name

Given = Mapping[str, Any]
Cautions = tuple[Caution, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of table: who may take it in, its columns, a made-up row, how a row is entered, and what is one thing.

    `said`: what the table itself says against each row, where that is more than "twice"; `asks`: texts of cautions with
    which a row goes in only if somebody ticks it.
    """

    title: str | Promise
    clause: str
    columns: tuple[Column, ...]
    example: tuple[str, ...]
    may: Callable[[User], bool]
    enter: Callable[[User, Row, Given], Cautions]
    one: Callable[[Row], Hashable]
    back: str
    file: str
    said: Callable[[Sequence[Row]], list[list[Finding]]] | None = None
    asks: tuple[str, ...] = ()


def _labels(choices: Any, more: Mapping[str, str]) -> dict[str, str]:
    """Words of a cell to values: our own labels, and those that people write."""
    with override("lv"):
        own = {str(label).casefold(): str(value) for value, label in choices.choices}
    return {**more, **own, **{str(value): str(value) for value in choices.values}}


def _place(cell: str, clause: str) -> Municipality | None:
    """The municipality that a cell names."""
    found = municipalities_of(cell, known_municipalities())
    places = [place for place in found if isinstance(place, Municipality)]
    refuse(table_rules.place_of_table(clause=clause, cell=cell, known=len(places) if len(found) == 1 else 0))
    return places[0] if places else None


def _institution(cell: str, clause: str) -> Institution | None:
    places = [each for each in Institution.objects.still_open().order_by("pk") if same_name(each.name, cell)]
    refuse(table_rules.place_of_table(clause=clause, cell=cell, known=len(places)))
    return places[0] if cell and places else None


def enter_learner(by: User, row: Row, given: Given) -> Cautions:
    """[GEN-2] A learner of the school; where the list has the personal code, that too."""
    school = Institution.objects.filter(public_id=str(given["school"])).first()
    entry = tables.learner_of(row, str(given.get("stage", "")))
    done = enrol_learner(by=by, institution=school, **entry)
    coded: Cautions = ()
    if row[tables.CODE]:
        coded = enter_personal_code(by=by, learner=done.thing, code=row[tables.CODE]).cautions
    return (*done.cautions, *coded)


def enter_institution(by: User, row: Row, given: Given) -> Cautions:
    return keep_institution(
        by=by,
        institution=None,
        name=row["nosaukums"],
        kind=tables.word_of(row[tables.KIND], _labels(InstitutionKind, tables.KINDS)),
        municipality=_place(row[tables.MUNICIPALITY], "CON-3"),
        municipal=tables.is_yes(row[tables.MUNICIPAL]),
        email=row[tables.EMAIL],
        phone=row[tables.PHONE],
        address=row[tables.ADDRESS],
        contact_name=row[tables.ASK],
        controller=row[tables.CONTROLLER],
        data_protection_contact=row[tables.DPO],
    ).cautions


def enter_account(by: User, row: Row, given: Given) -> Cautions:
    """[CNF-1] The account, if the address has none yet of this name, and the post; one that nobody gives alone is
    proposed."""
    standing = User.objects.filter(email=row[tables.EMAIL]).first() if row[tables.EMAIL] else None
    person: User | None = standing
    cautions: Cautions = ()
    if standing is None or not same_name(standing.name, row[tables.NAME]):
        opened = open_account(by=by, name=row[tables.NAME], email=row[tables.EMAIL])
        person, cautions = opened.thing, opened.cautions
    if not row[tables.ROLE]:
        return cautions
    assert person is not None
    role = tables.word_of(row[tables.ROLE], _labels(Role, tables.ROLES))
    region = Region.objects.filter(name__iexact=row[tables.REGION]).first()
    refuse(
        table_rules.place_of_table(clause="CNF-1", cell=row[tables.REGION], known=1 if region else 0),
    )
    places = [
        _institution(row[tables.PLACE], "CNF-1"),
        _place(row[tables.MUNICIPALITY], "CNF-1") if role == Role.MUNICIPALITY_COORDINATOR else None,
        region,
    ]
    act: Any = propose_post if role in BY_TWO else give_post
    done = act(
        by=by,
        person=person,
        role=role,
        place=next((place for place in places if place is not None), None),
        since=row[tables.SINCE] or clock.today(),
    )
    return (*cautions, *done.cautions)


def enter_contact(by: User, row: Row, given: Given) -> Cautions:
    """[CTC-1] A contact of the project; one of this name and duty that is there already is put right."""
    found = municipalities_of(row[tables.MUNICIPALITIES], known_municipalities())
    for word in found:
        if isinstance(word, str):
            refuse(table_rules.place_of_table(clause="CTC-1", cell=word, known=0))
    duty = tables.word_of(row[tables.DUTY], _labels(RegionalDuty, tables.DUTIES))
    there = RegionalContact.objects.filter(duty=duty, taken_away_at=None).order_by("pk")
    return keep_contact(
        by=by,
        contact=next((each for each in there if same_name(each.name, row[tables.NAME])), None),
        name=row[tables.NAME],
        duty=duty,
        email=row[tables.EMAIL],
        phone=row[tables.PHONE],
        municipalities=[place for place in found if isinstance(place, Municipality)],
    ).cautions


def enter_neighbours(by: User, row: Row, given: Given) -> Cautions:
    """[SUP-5] The neighbours of a municipality, added to those that are known."""
    place = _place(row[tables.MUNICIPALITY], "SUP-5")
    found = municipalities_of(row[tables.NEIGHBOURS], known_municipalities())
    for word in found:
        if isinstance(word, str):
            refuse(table_rules.place_of_table(clause="SUP-5", cell=word, known=0))
    if place is None:
        refuse(table_rules.place_of_table(clause="SUP-5", cell="–", known=0))
        return ()
    beside = [each for each in found if isinstance(each, Municipality)]
    return change_municipality(
        by=by,
        municipality=place,
        region=place.region,
        since=place.since or "",
        until=place.until or "",
        neighbours=[*place.neighbours.all(), *beside],
    ).cautions


def enter_mentor(by: User, row: Row, given: Given) -> Cautions:
    """[REG-1] [MEN-6] A mentor of a training round, with the certificate."""
    found = enter_row(by, row, known_municipalities())
    refuse(each for each in found if isinstance(each, Breach))
    return tuple(each for each in found if isinstance(each, Caution))


KINDS: Mapping[str, Kind] = {
    "mentors": Kind(
        _("Mentors of a training round"),
        "REG-1",
        round_table.SHAPE,
        (*round_table.EXAMPLE, ""),
        may_keep_registry,
        enter_mentor,
        lambda row: row.line_no,
        "registry:rounds",
        "macibu-karta",
        round_table.findings_of_table,
        ASKED,
    ),
    "learners": Kind(
        _("Learners of your school"),
        "GEN-2",
        tables.LEARNERS,
        ("Paraudziņš Pauls", "", "", "14.05.2012.", "8.a", "Paula Paraudziņa", ""),
        lambda user: user.holds(Role.PREPARER),
        enter_learner,
        lambda row: (name_key(tables.name_of(row)), row[tables.BORN], row[tables.CODE]),
        "plans:learners",
        "izglitojamie",
    ),
    "institutions": Kind(
        _("Institutions"),
        "CON-3",
        tables.INSTITUTIONS,
        ("Parauga pamatskola", "pamatskola", "Cēsu novads", "jā", "skola@example.lv", "60000000", "Skolas iela 1", "",
         "", ""),
        may_keep_programme,
        enter_institution,
        lambda row: (name_key(row["nosaukums"]), row[tables.MUNICIPALITY].casefold()),
        "programme:institutions",
        "iestades",
    ),
    "accounts": Kind(
        _("Accounts with posts"),
        "CNF-1",
        tables.ACCOUNTS,
        ("Paula Paraudziņa", "paula@example.lv", "IAP sagatavotājs", "Parauga pamatskola", "", "", ""),
        may_keep_programme,
        enter_account,
        lambda row: (row[tables.EMAIL], row[tables.ROLE].casefold(), row[tables.PLACE].casefold()),
        "people:accounts",
        "konti",
    ),
    "contacts": Kind(
        _("Regional contacts"),
        "CTC-1",
        tables.CONTACTS,
        ("Paula Paraudziņa", "reģionālais koordinators", "paula@example.lv", "", "Cēsu novads, Smiltenes novads"),
        may_keep_programme,
        enter_contact,
        lambda row: (name_key(row[tables.NAME]), row[tables.DUTY].casefold()),
        "programme:contacts",
        "kontakti",
    ),
    "neighbours": Kind(
        _("Neighbours of municipalities"),
        "SUP-5",
        tables.NEIGHBOUR_PAIRS,
        ("Cēsu novads", "Smiltenes novads, Valmieras novads"),
        may_keep_programme,
        enter_neighbours,
        lambda row: row[tables.MUNICIPALITY].casefold(),
        "programme:municipalities",
        "kaimini",
    ),
}  # fmt: skip
