"""The made-up people of the right posts who take a season in, made when they are first needed."""

from datetime import date
from typing import Any

from celabiedrs.people.models import AT_INSTITUTION, Post, Role, User
from celabiedrs.places.models import Institution

SINCE = date(2000, 1, 1)
WORDS = {
    Role.HEAD: "Vadītājs",
    Role.PREPARER: "Sagatavotājs",
    Role.RESPONSIBLE_PERSON: "Atbildīgais",
    Role.PAY_CLERK: "Grāmatvedis",
    Role.PROJECT_EXPERT: "Eksperts",
    Role.PROGRAMME_ADMINISTRATOR: "Administrators",
}


class Staff:
    """One person for each post; kept, as a person who stays signed in."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int | None], User] = {}

    def of(self, role: Role, place: int | None = None) -> User:
        """`place`: the id of the institution or of the region."""
        if (role, place) not in self._known:
            self._known[role, place] = self._make(role, place)
        return self._known[role, place]

    def at(self, role: Role, institution: Institution) -> User:
        return self.of(role, institution.pk)

    def _make(self, role: Role, place: int | None) -> User:
        name = f"{WORDS[role]} {place or ''}".strip()
        user = User.objects.create_user(email=f"{role.value}.{place or 0}@season.invalid", name=name)
        where: dict[str, Any] = {}
        if role in AT_INSTITUTION:
            where["institution_id"] = place
        elif role == Role.PROJECT_EXPERT:
            where["region_id"] = place
        Post.objects.create(person=user, role=role, since=SINCE, **where)
        return user
