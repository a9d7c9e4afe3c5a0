"""Places, posts, rates and the registry: what is there before the first plan."""

from datetime import date, timedelta

from celabiedrs.contracts.actions import check_suitability, sign_contract
from celabiedrs.lib import clock
from celabiedrs.pay.actions import publish_rate
from celabiedrs.people.actions.posts import give_post
from celabiedrs.people.models import Post, Role, User
from celabiedrs.places.models import Institution, Municipality, Region
from celabiedrs.registry.actions import enrol_mentor, record_certificate
from rehearsal.demo.cast import (
    CHECKS_RUN_OUT,
    COACH,
    EMPLOYER_KEYS,
    MENTORS,
    PLACES,
    SCHOOL_KEYS,
    WORKS_AT_SCHOOL,
    Cast,
)
from rehearsal.demo.names import Name, Names, address_for
from rehearsal.demo.scenery import Scenery

ADMINISTRATOR = "programma@demo.invalid"
SECOND = "programma2@demo.invalid"
"""Who agrees to a disposal that the first one prepared; a link for them: `celabiedrs signin-link`."""
NEIGHBOURS = (("Cēsu novads", "Valmieras novads"), ("Cēsu novads", "Smiltenes novads"))
EDUCATION = (["four_semesters"], ["secondary"], ["secondary", "one_semester_of_higher"], ["short_cycle"])


def open_programme(cast: Cast) -> User:
    """The institutions, and the two administrators who give everybody else a post."""
    for key, (name, kind, municipality) in PLACES.items():
        cast.places[key] = Institution.objects.create(
            name=name,
            kind=kind,
            municipality=Municipality.objects.get(name=municipality),
            municipal=True,
            email=f"birojs.{key.lower()}@demo.invalid",
        )
    for one, other in NEIGHBOURS:
        Municipality.objects.get(name=one).neighbours.add(Municipality.objects.get(name=other))
    administrator = User.objects.create_user(email=ADMINISTRATOR, name="Dzidra Programmniece")
    Post.objects.create(
        person=administrator, role=Role.PROGRAMME_ADMINISTRATOR, since=clock.today() - timedelta(days=30)
    )
    cast.posts[Role.PROGRAMME_ADMINISTRATOR, ""] = administrator.pk
    second = User.objects.create_user(email=SECOND, name="Ilmārs Otrmanis")
    Post.objects.create(
        person=second, role=Role.PROGRAMME_ADMINISTRATOR, since=clock.today() - timedelta(days=30)
    )
    cast.second = second.pk
    return administrator


def fill_posts(cast: Cast, names: Names, administrator: User) -> None:
    """Everybody who is no mentor. In two small schools one person holds two posts."""
    for key in SCHOOL_KEYS:
        preparer = _hire(cast, names, administrator, Role.PREPARER, key)
        _hire(cast, names, administrator, Role.RESPONSIBLE_PERSON, key)
        _hire(cast, names, administrator, Role.HEAD, key)
        same = preparer if key in "VD" else None
        _hire(cast, names, administrator, Role.SAFEGUARDING_OFFICER, key, person=same)
    for key in EMPLOYER_KEYS:
        if key not in SCHOOL_KEYS:
            _hire(cast, names, administrator, Role.HEAD, key)
        _hire(cast, names, administrator, Role.PAY_CLERK, key)
    municipalities = dict.fromkeys(place[2] for place in PLACES.values())
    for name in municipalities:
        _hire(cast, names, administrator, Role.MUNICIPALITY_COORDINATOR, name)
    for region in dict.fromkeys(_region_of(name).name for name in municipalities):
        _hire(cast, names, administrator, Role.PROJECT_EXPERT, region)
    _hire(cast, names, administrator, Role.SUPERVISOR, "")
    _hire(cast, names, administrator, Role.AUDITOR, "")
    _hire(cast, names, administrator, Role.DATA_PROTECTION_OFFICER, "")


def _region_of(municipality: str) -> Region:
    return Municipality.objects.select_related("region").get(name=municipality).region


def _hire(cast: Cast, names: Names, by: User, role: Role, where: str, *, person: User | None = None) -> User:
    place: Institution | Municipality | Region | None = cast.places.get(where)
    if role == Role.MUNICIPALITY_COORDINATOR:
        place = Municipality.objects.get(name=where)
    elif role == Role.PROJECT_EXPERT:
        place = Region.objects.get(name=where)
    if person is None:
        name = names.next()
        person = User.objects.create_user(email=address_for(name, "demo"), name=str(name))
    second = User.objects.get(pk=cast.second)
    give_post(by=by, person=person, role=role, place=place, since=clock.today(), agreed_by=second)
    cast.posts[role, where] = person.pk
    return person


def publish_rates(administrator: User, today: date) -> None:
    """Two years' rates, each from a first of January."""
    for year, amount in ((today.year - 1, "10,85"), (today.year, "11,40")):
        publish_rate(
            by=administrator,
            amount=amount,
            since=date(year, 1, 1),
            source="Izdomāta likme demonstrācijai",
        )


def fill_registry(cast: Cast, scenery: Scenery, names: Names, administrator: User) -> None:
    """The mentors, one more who waits for a contract, and one who is still in training."""
    for number in (*MENTORS, len(MENTORS) + 1, len(MENTORS) + 2):
        name: Name = names.next()
        served = _served(cast, number)
        ends = scenery.plan_ends_on() + timedelta(days=25)
        mentor = enrol_mentor(
            by=administrator,
            name=str(name),
            born=date(scenery.today.year - 24 - number, 1 + number % 12, 2 + number),
            education=["coach_c"] if number == COACH else EDUCATION[number % 4],
            coach_c_valid=[clock.today() - timedelta(days=400), ends] if number == COACH else None,
            municipalities=served,
            works_at=[cast.places["Z"]] if number == WORKS_AT_SCHOOL else [],
            email=address_for(name, "example"),
            phone=f"+371 2000 {number:04}",
        ).thing
        cast.mentors[number] = mentor
        if number <= len(MENTORS) + 1:
            record_certificate(
                by=administrator,
                mentor=mentor,
                number=f"PARAUGS-{1 + number % 3}-{number:03}",
                issued_on=clock.today() - timedelta(days=60 + number),
                hours=36,
                training_round=1 + number % 3,
            )


def _served(cast: Cast, number: int) -> list[Municipality | None]:
    schools = MENTORS[number][1] if number in MENTORS else "AM"
    return list({cast.places[key].municipality_id: cast.places[key].municipality for key in schools}.values())


def sign_contracts(cast: Cast, scenery: Scenery, labels: list[str]) -> None:
    """[CON-1] [CON-6] Both checks by the employer, then the contract for the semesters of one school year."""
    for number, (employer, _, _) in MENTORS.items():
        place, head = cast.places[employer], scenery.holder(Role.HEAD, employer)
        mentor = cast.mentors[number]
        looked_on = clock.today() - timedelta(days=3)
        if number in CHECKS_RUN_OUT:
            looked_on = min(looked_on, scenery.today - timedelta(days=347))
        for ground in ("education_law_50", "child_protection_72_5"):
            check_suitability(
                by=head,
                mentor=mentor,
                employer=place,
                ground=ground,
                checked_on=looked_on,
                outcome="clear",
                source="Izziņa no Sodu reģistra",
            )
        sign_contract(
            by=head,
            mentor=mentor,
            employer=place,
            semesters=labels,
            signed_on=clock.today(),
            scan=scenery.paper("contract", f"Darba līgums Nr. {number}/{labels[0][:4]}", by=head),
            originals=f"Lietvedībā, mape Nr. {number}",
        )
