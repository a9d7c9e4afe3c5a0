"""Kinds of groups are the operator's, save whom group II is for (SUP-2, SUP-4)."""

from typing import Any

import pytest

from celabiedrs.lib.acts import NotAllowed, Refused
from celabiedrs.supervision.actions import compose_group, keep_group_kind
from celabiedrs.supervision.models import GroupKind
from celabiedrs.supervision.tests.steps import FIRST, nominated, planned
from tests.cast import at, signed_in
from tests.cast.programme import Cast

THIRD: dict[str, Any] = {"code": "III", "name": "Sākumskola", "class_since": "1", "class_until": "3"}


def test_a_kind_is_entered_changed_and_a_session_planned_for_it(cast: Cast) -> None:
    with at(FIRST):
        client = signed_in(cast.admin, language="en")
        assert client.post("/supervizija/grupas/jauna/", THIRD).status_code == 302
        assert "classes 1–3" in client.get("/supervizija/grupas/").content.decode()
        changed = {"name": "Sākumskola", "class_since": "1", "class_until": "4", "size_limit": "8"}
        client.post("/supervizija/grupas/III/", changed)
    kind = GroupKind.objects.get(code="III")
    assert (kind.class_until, kind.size_limit) == (4, 8)
    assert planned(cast, group="III").group == kind


def test_group_two_takes_a_size_and_nothing_else(cast: Cast) -> None:
    with at(FIRST):
        client = signed_in(cast.admin, language="en")
        page = client.get("/supervizija/grupas/II/").content.decode()
        assert "class_since" not in page and "SUP-4" in page
        client.post("/supervizija/grupas/II/", {"name": "", "size_limit": "10"})
        with pytest.raises(Refused) as no:
            keep_group_kind(
                by=cast.admin, kind=GroupKind.objects.get(code="II"), class_since=1, class_until=12
            )
    assert no.value.clauses == ("SUP-4",)
    two = GroupKind.objects.get(code="II")
    assert (two.size_limit, two.class_since, two.class_until, two.courses) == (10, 4, 12, True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": ""}, "Enter a short code"),
        ({"code": "II"}, "Enter a short code"),
        ({"code": "ii"}, "Enter a short code"),
        ({"code": "sestais"}, "Enter a short code"),
        ({"name": ""}, "Say whom the group is for"),
        ({"class_since": "5"}, "Enter both, or neither"),
        ({"class_until": ""}, "Enter both, or neither"),
        ({"class_until": "13"}, "Enter both, or neither"),
        ({"size_limit": "0"}, "Leave it empty"),
        ({"size_limit": "daudz"}, "Leave it empty"),
    ],
)
def test_a_kind_that_is_none_is_refused_and_stays_typed(cast: Cast, wrong: dict[str, str], said: str) -> None:
    with at(FIRST):
        answer = signed_in(cast.admin, language="en").post("/supervizija/grupas/jauna/", THIRD | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and "Rule SUP-2" in page
    assert all(value in page for value in (THIRD | wrong).values())
    assert not GroupKind.objects.filter(name="Sākumskola").exists()


def test_only_the_programme_keeps_kinds(cast: Cast) -> None:
    with at(FIRST):
        for person in (cast.supervisor, cast.coordinator, cast.responsible):
            with pytest.raises(NotAllowed):
                keep_group_kind(by=person, kind=None, **THIRD)
            assert signed_in(person, language="en").get("/supervizija/grupas/").status_code == 404


def test_an_operators_group_keeps_to_its_learners(cast: Cast) -> None:
    """Ilze works with class 8: not for classes 1 to 3, yes for a group of all."""
    with at(FIRST):
        keep_group_kind(by=cast.admin, kind=None, **THIRD)
        keep_group_kind(by=cast.admin, kind=None, code="I", name="Visi")
    young, everybody = planned(cast, group="III"), planned(cast, group="I")
    for session in (young, everybody):
        nominated(cast, session, cast.ilze)
    with at(FIRST):
        with pytest.raises(Refused) as no:
            compose_group(by=cast.supervisor, session=young, members=[cast.ilze])
        compose_group(by=cast.supervisor, session=everybody, members=[cast.ilze])
    assert no.value.clauses == ("SUP-2",)
    assert everybody.members.count() == 1
