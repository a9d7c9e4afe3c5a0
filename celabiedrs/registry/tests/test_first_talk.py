"""The first talk: a brief that names nobody, and a refusal that leaves nothing of a learner behind (REG-3)."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.urls import reverse

from celabiedrs.lib.acts import NotAllowed, Refused
from celabiedrs.lib.audit.models import Event
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.registry.actions import log_first_talk
from celabiedrs.registry.models import FirstTalk
from tests.cast import signed_in
from tests.cast.preparing import Cast

pytestmark = pytest.mark.get_may_write("audit_look")


def url(cast: Cast) -> str:
    return reverse("registry:talk", args=[cast.andris.public_id])


def typed(cast: Cast, **more: str) -> dict[str, str]:
    values = {"institution": str(cast.school.public_id), "held_on": "07.09.2026.", "outcome": "declined"}
    return values | more


def contents() -> dict[str, int]:
    """How many rows each table holds, the words of sessions aside."""
    tables = (model for model in apps.get_models() if model._meta.app_label not in ("sessions", "audit"))
    return {
        model._meta.label: model._default_manager.count()
        for model in tables
        if model._meta.managed and not model._meta.proxy and not model._meta.app_label.startswith("procras")
    }


def test_a_refusal_leaves_the_talk_and_nothing_of_the_learner(cast: Cast) -> None:
    plan = cast.draft(cast.learner("Jānis Noslēpums"))
    anna, before = signed_in(cast.anna), contents()
    brief = anna.get(url(cast), {"brief": str(plan.public_id)})
    assert brief.status_code == 200
    done = anna.post(f"{url(cast)}?brief={plan.public_id}", typed(cast), follow=True)
    assert "Jānis Noslēpums" not in done.content.decode()
    after = contents()
    changed = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    changed.pop("once.Answered", None)
    assert {name: n for name, n in changed.items() if name.split(".")[0] in ("registry", "plans")} == {
        "registry.FirstTalk": 1
    }
    talk = FirstTalk.objects.get()
    assert (talk.outcome, talk.hours_offered, talk.logged_by) == ("declined", None, cast.anna)
    event = Event.objects.get(verb="talked")
    for known in (str(plan.public_id), plan.number, "Noslēpums", str(plan.learner.public_id)):
        assert not known or known not in f"{event.facts} {event.thread}", known
    mentors = signed_in(cast.andris.user).get(reverse("registry:mine")).content.decode()
    assert "Noslēpums" not in mentors


def test_a_talk_has_no_place_for_a_learner_and_none_for_words() -> None:
    fields = FirstTalk._meta.get_fields()
    pointed = {field.related_model for field in fields if isinstance(field, ForeignKey)}
    assert not pointed & {Learner, SupportPlan}
    assert {
        field.name for field in fields if field.get_internal_type() in ("TextField", "JSONField")
    } == set()


def test_the_brief_says_class_risks_and_hours_and_names_nobody(cast: Cast) -> None:
    learner = cast.learner("Jānis Noslēpums")
    plan = cast.draft(learner)
    told = signed_in(cast.anna).get(url(cast), {"brief": str(plan.public_id)})
    assert told.context["brief"].key == str(plan.public_id)
    page = told.content.decode()
    for secret in (
        "Noslēpums",
        "Nesekmīgs matemātikā",
        f"{learner.born_on:%d.%m.%Y}",
        str(learner.public_id),
    ):
        assert secret not in page, secret
    assert "12" in [value for _what, value in told.context["brief"].rows]


def test_the_plans_of_another_school_give_no_brief(cast: Cast) -> None:
    plan = cast.draft()
    told = signed_in(cast.gints).get(url(cast), {"brief": str(plan.public_id)})
    assert told.context["briefs"] == [] and told.context["brief"] is None


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"held_on": "2026-09-08"}, True),
        ({"held_on": "2026-09-07"}, False),
        ({"held_on": ""}, True),
        ({"outcome": "perhaps"}, True),
        ({"outcome": "agreed", "hours_offered": "1"}, False),
        ({"outcome": "agreed", "hours_offered": "0"}, True),
        ({"outcome": "agreed", "hours_offered": "pāris"}, True),
        ({"outcome": "agreed", "hours_offered": "100000"}, True),
    ],
)
def test_a_talk_has_a_day_that_has_been_an_outcome_and_whole_hours(
    cast: Cast, given: dict[str, Any], refused: bool
) -> None:
    values = {"held_on": "2026-09-07", "outcome": "no_answer"} | given
    if not refused:
        log_first_talk(by=cast.anna, mentor=cast.andris, institution=cast.school, **values)
        return
    with pytest.raises(Refused) as raised:
        log_first_talk(by=cast.anna, mentor=cast.andris, institution=cast.school, **values)
    assert {finding.clause for finding in raised.value.findings} == {"REG-3"}
    assert not FirstTalk.objects.exists()


def test_hours_are_kept_of_who_agreed_and_of_nobody_else(cast: Cast) -> None:
    anna = signed_in(cast.anna)
    anna.post(url(cast), typed(cast, hours_offered="8"))
    anna.post(url(cast), typed(cast, outcome="agreed", hours_offered="8"))
    assert list(FirstTalk.objects.order_by("pk").values_list("hours_offered", flat=True)) == [None, 8]


def test_a_day_to_come_is_refused_on_the_page_and_what_was_typed_stays(cast: Cast) -> None:
    answer = signed_in(cast.anna).post(url(cast), typed(cast, held_on="08.09.2026."))
    assert answer.status_code == 422 and "08.09.2026." in answer.content.decode()
    assert not FirstTalk.objects.exists()


def test_only_who_looks_for_a_mentor_talks_and_for_the_own_school(cast: Cast) -> None:
    for reader in (cast.responsible, cast.expert, cast.andris.user):
        assert signed_in(reader).get(url(cast)).status_code == 404, reader.name
    assert signed_in(cast.gints).post(url(cast), typed(cast)).status_code == 422
    with pytest.raises(NotAllowed):
        log_first_talk(
            by=cast.gints,
            mentor=cast.andris,
            institution=cast.school,
            held_on="2026-09-07",
            outcome="declined",
        )
    assert not FirstTalk.objects.exists()


def test_the_own_school_reads_that_it_has_talked_and_no_other(cast: Cast) -> None:
    signed_in(cast.anna).post(url(cast), typed(cast))
    page = reverse("registry:mentor", args=[cast.andris.public_id])
    assert "07.09.2026." in signed_in(cast.baiba).get(page).content.decode()
    assert "07.09.2026." not in signed_in(cast.gints).get(page).content.decode()
