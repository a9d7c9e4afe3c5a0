"""A document that cannot be made stops no other, is tried again, and is seen by an administrator (I6)."""

from datetime import date, datetime, timedelta

import pytest

from celabiedrs.desk.waiting import waits_for
from celabiedrs.lib import clock
from celabiedrs.lib.documents.failures import issue_each
from celabiedrs.lib.documents.models import FailedDocument
from celabiedrs.people.models import Post, Role, User

BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=clock.RIGA)
pytestmark = pytest.mark.django_db


class Papers:
    """Documents of people; those in `broken` cannot be made."""

    def __init__(self, *names: str) -> None:
        self.people = [User.objects.create_user(email=f"{name}@example.lv", name=name) for name in names]
        self.broken: set[int] = set()
        self.made: list[str] = []

    def issue(self, person: User) -> None:
        self.made.append(person.name)
        if person.pk in self.broken:
            User.objects.filter(pk=person.pk).update(name="half done")
            raise ValueError(f"a text of {person.name}")

    def run(self, minutes: int = 0) -> int:
        keys = [person.pk for person in self.people]
        with clock.at(BEGIN + timedelta(minutes=minutes)):
            return issue_each(User.objects.filter(pk__in=keys).order_by("pk"), self.issue, kind="timesheet")


@pytest.fixture
def papers() -> Papers:
    found = Papers("Anna", "Bruno", "Cilda")
    found.broken = {found.people[0].pk}
    return found


def test_the_others_are_issued_and_what_the_failed_one_wrote_is_taken_back(papers: Papers) -> None:
    assert papers.run() == 2
    assert papers.made == ["Anna", "Bruno", "Cilda"]
    assert User.objects.get(pk=papers.people[0].pk).name == "Anna"
    failed = FailedDocument.objects.get()
    assert (failed.kind, failed.subject_id, failed.tries) == ("timesheet", papers.people[0].pk, 1)
    assert failed.error == "ValueError"


def test_it_rests_longer_after_each_failure_so_that_the_others_get_their_turn(papers: Papers) -> None:
    papers.run()
    papers.run(4)
    assert papers.made.count("Anna") == 1
    papers.run(6)
    assert papers.made.count("Anna") == 2
    papers.run(15)
    assert papers.made.count("Anna") == 2
    papers.run(17)
    assert papers.made.count("Anna") == 3
    assert FailedDocument.objects.get().tries == 3


def test_once_it_succeeds_nothing_is_left_of_the_failure(papers: Papers) -> None:
    papers.run()
    papers.broken.clear()
    assert papers.run(6) == 3
    assert not FailedDocument.objects.exists()


def test_a_failure_about_something_that_is_gone_is_forgotten(papers: Papers) -> None:
    papers.run()
    papers.people = papers.people[1:]
    papers.run(5 + 49 * 60)
    assert not FailedDocument.objects.exists()


def test_an_administrator_sees_it_and_nobody_else_does(papers: Papers) -> None:
    papers.run()
    administrator, other = papers.people[1], papers.people[2]
    Post.objects.create(person=administrator, role=Role.PROGRAMME_ADMINISTRATOR, since=date(2026, 1, 1))
    with clock.at(BEGIN):
        waits = [row for row in waits_for(administrator) if row.tone == "red"]
        assert [row.title for row in waits] == ["1 dokumentu neizdevās sagatavot"]
        assert waits[0].text.startswith("Grafiki, kopš 02.11.2026.")
        assert [row for row in waits_for(other) if row.tone == "red"] == []
