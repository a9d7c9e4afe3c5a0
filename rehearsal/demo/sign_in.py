"""Whom a visitor of the demonstration may be: a table of people with a one-time link each."""

from collections.abc import Iterator

from celabiedrs.people.actions.sign_in import make_one_time_link
from celabiedrs.people.models import Post, Role, User
from celabiedrs.people.reading.links import address_of
from celabiedrs.registry.models import Mentor

# What to print: the role, and the place by which the person is picked
SHOWN = (
    (Role.RESPONSIBLE_PERSON, "Ābelkalna pamatskola"),
    (Role.PREPARER, "Ābelkalna pamatskola"),
    (Role.HEAD, "Ābelkalna pamatskola"),
    (Role.SAFEGUARDING_OFFICER, "Ābelkalna pamatskola"),
    (Role.RESPONSIBLE_PERSON, "Mēneslejas vidusskola"),
    (Role.PREPARER, "Zilupītes tehnikums"),
    (Role.PAY_CLERK, "Vilkupītes izglītības pārvalde"),
    (Role.PAY_CLERK, "Ābelkalna izglītības pārvalde"),
    (Role.HEAD, "Ābelkalna izglītības pārvalde"),
    (Role.PROJECT_EXPERT, "Vidzemes"),
    (Role.MUNICIPALITY_COORDINATOR, "Cēsu novads"),
    (Role.SUPERVISOR, ""),
    (Role.PROGRAMME_ADMINISTRATOR, ""),
    (Role.AUDITOR, ""),
    (Role.DATA_PROTECTION_OFFICER, ""),
)
# Mentors by the order of the registry, and why they are worth a look
MENTORS = (
    (0, "six learners"),
    (10, "a month came back"),
    (18, "a month to submit"),
    (4, "signs on paper"),
)


def table(*, everybody: bool = False) -> str:
    """The people by role, each with a fresh link; all of them on request."""
    rows = list(_everybody() if everybody else _shown())
    lines = [
        "",
        "Sign in as (each link works once, for 24 hours; fresh ones: .venv/bin/celabiedrs demo --links):",
        "",
    ]
    for role, where, person in rows:
        lines.append(f"  {role}: {person.name}{f', {where}' if where else ''}")
        lines.append(f"    {address_of(make_one_time_link(person=person))}")
    return "\n".join(lines)


def _shown() -> Iterator[tuple[str, str, User]]:
    mentors = list(Mentor.objects.select_related("user").order_by("pk"))
    for place, why in MENTORS:
        yield "Mentor", why, mentors[place].user
    for role, where in SHOWN:
        for post in _posts():
            if post.role == role and str(post.place or "") == where:
                yield _label(role), where, post.person
                break


def _everybody() -> Iterator[tuple[str, str, User]]:
    for mentor in Mentor.objects.select_related("user").order_by("pk"):
        yield "Mentor", "", mentor.user
    for post in _posts():
        yield _label(Role(post.role)), str(post.place or ""), post.person


def _posts() -> list[Post]:
    return list(Post.objects.select_related("person", "institution", "municipality", "region").order_by("pk"))


def _label(role: Role) -> str:
    """English, as everything on the console is."""
    return role.value.replace("_", " ").capitalize()
