"""What stands at the top of every page: who is looking, under which posts, and where they can go."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from celabiedrs.lib.outbox.posting import unread_by
from celabiedrs.notes.reading import has_a_way_in
from celabiedrs.people.models import SCHOOL_STAFF, Post, Role, User
from celabiedrs.places.models import InstitutionKind
from celabiedrs.registry.access import READERS

# A menu of up to six stands in one line; of a longer one the first four do, and the rest is a tap further.
ALL_STAND, STAND = 6, 4
PROOF = {
    *SCHOOL_STAFF, Role.PAY_CLERK, Role.MUNICIPALITY_COORDINATOR, Role.PROJECT_EXPERT, Role.PROGRAMME_ADMINISTRATOR,
    Role.AUDITOR,
}  # fmt: skip
Place = tuple[str, str]  # label and URL name

SUPERVISION = {
    Role.SUPERVISOR,
    Role.RESPONSIBLE_PERSON,
    Role.MUNICIPALITY_COORDINATOR,
    Role.PROJECT_EXPERT,
    Role.PROGRAMME_ADMINISTRATOR,
}


def _places(user: User) -> Iterator[Place]:
    """Every page that a person's posts lead to, the most used first; who is a mentor and staff has both in turn."""
    roles = {post.role for post in user.posts_on()}
    yield _("Home"), "desk:home"
    own = _in_turn(
        _of_mentor(user) if hasattr(user, "mentor") else (),
        chain(_of_plans(roles), _of_papers_and_pay(roles)),
    )
    yield from islice(own, 1)
    yield _messages(user), "desk:notices"
    yield from own
    if any(_sets_semesters(post) for post in user.posts_on()):
        yield _("Semesters"), "programme:own_semesters"
    yield _("Contacts"), "programme:contacts"


def _in_turn(*ways: Iterable[Place]) -> Iterator[Place]:
    for row in zip_longest(*ways):
        yield from (place for place in row if place is not None)


def _of_mentor(user: User) -> Iterator[Place]:
    yield _("Today"), "hours:today"
    yield _("My pay"), "pay:mine"
    yield _("My supervision"), "supervision:mine"
    if has_a_way_in(user):
        yield _("Notes"), "notes:notes"
    yield _("My contracts"), "contracts:mine"
    yield _("Handing over"), "closing:handing"
    yield _("My entry"), "registry:mine"


def _of_plans(roles: set[str]) -> Iterator[Place]:
    if Role.RESPONSIBLE_PERSON in roles or Role.HEAD in roles:
        yield _("Closing the month"), "hours:close"
    if Role.RESPONSIBLE_PERSON in roles:
        yield _("Monthly talks"), "plans:talks"
    if Role.PREPARER in roles:
        yield _("My plans"), "plans:mine"
    if roles & {Role.PREPARER, Role.RESPONSIBLE_PERSON}:
        yield _("End of the semester"), "closing:semester"
    if Role.PROJECT_EXPERT in roles:
        yield _("To decide"), "plans:queue"
    if (roles - {Role.PREPARER}) & {
        *SCHOOL_STAFF,
        Role.PROJECT_EXPERT,
        Role.MUNICIPALITY_COORDINATOR,
        Role.AUDITOR,
    }:
        yield _("Plans"), "desk:plans"
    if roles & SUPERVISION:
        yield _("Supervision"), "supervision:list"
    if roles & {Role.PROJECT_EXPERT, Role.PROGRAMME_ADMINISTRATOR}:
        yield _("Evaluations"), "closing:evaluations"


def _of_papers_and_pay(roles: set[str]) -> Iterator[Place]:
    if roles & {*READERS}:
        yield _("Mentors"), "registry:list"
    if roles & {*SCHOOL_STAFF, Role.PAY_CLERK, Role.MUNICIPALITY_COORDINATOR, Role.AUDITOR}:
        yield _("Contracts"), "contracts:list"
    if roles & {*SCHOOL_STAFF, Role.PROJECT_EXPERT, Role.AUDITOR}:
        yield _("Originals"), "closing:register"
    if roles & PROOF:
        yield _("What is missing"), "evidence:months"
    if roles & {Role.PAY_CLERK, Role.HEAD}:
        yield _("Pay runs"), "pay:runs"
    if Role.SAFEGUARDING_OFFICER in roles:
        yield _("Reports of danger"), "safeguarding:received"
    if roles & {Role.PROJECT_EXPERT, Role.PROGRAMME_ADMINISTRATOR, Role.AUDITOR}:
        yield _("Facts of reports"), "safeguarding:facts"
    if Role.AUDITOR in roles:
        yield _("Audit"), "evidence:draws"
    if Role.PROGRAMME_ADMINISTRATOR in roles:
        yield _("Rates"), "pay:rates"
        yield _("Programme"), "programme:programme"
        yield _("Event log"), "desk:events"
    if Role.DATA_PROTECTION_OFFICER in roles:
        yield _("Who touched whom"), "desk:looks"


def _messages(user: User) -> str:
    """The word with the number of unread ones."""
    count = unread_by(user)
    return _("Messages (%(count)s)") % {"count": count} if count else _("Messages")


def _sets_semesters(post: Post) -> bool:
    """The head of a vocational school (CAL-2)."""
    place = post.institution
    return post.role == Role.HEAD and place is not None and place.kind == InstitutionKind.VOCATIONAL


Entry = tuple[str, str, bool]  # label, address, whether this is the page


def _menu(user: User, path: str) -> tuple[list[Entry], list[Entry]]:
    """What stands in the bar, and what lies under "More"."""
    menu = [(label, reverse(name)) for label, name in _places(user)]
    here = max((url for _label, url in menu if path.startswith(url)), key=len, default="")
    entries = [(label, url, url == here and (url != "/" or path == "/")) for label, url in menu]
    stand = STAND if len(entries) > ALL_STAND else ALL_STAND
    return entries[:stand], entries[stand:]


def _posts_in_words(user: User) -> tuple[str, ...]:
    words = [str(_("Mentor"))] if hasattr(user, "mentor") else []
    for post in user.posts_on():
        label = str(Role(post.role).label)
        label = label[:1].upper() + label[1:]
        words.append(f"{label}, {post.place}" if post.place else label)
    return tuple(dict.fromkeys(words))


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of the base page; asks the database only when a page draws it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": (), "nav_more": (), "viewer": None, "door": ""}
    menu = SimpleLazyObject(lambda: _menu(user, request.path))
    return {
        "nav": SimpleLazyObject(lambda: menu[0]),
        "nav_more": SimpleLazyObject(lambda: menu[1]),
        "viewer": {"name": user.name, "posts": SimpleLazyObject(lambda: _posts_in_words(user))},
        # two taps from every page that a mentor sees, whatever has become of plan and contract (CNF-2)
        "door": SimpleLazyObject(lambda: reverse("safeguarding:door") if hasattr(user, "mentor") else ""),
    }
