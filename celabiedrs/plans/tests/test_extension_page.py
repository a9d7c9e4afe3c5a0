"""A plan goes on into the summer by the head's order, uploaded with its last day (CAL-5). It is Monday 12.04.2027.; the
second semester ends on 21.05.2027."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from celabiedrs.contracts.models import Contract
from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event, Look
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.places.facts import new_edition
from celabiedrs.places.models import Semester
from celabiedrs.plans.actions import approve_plan, sign_agreement, submit_plan
from celabiedrs.plans.models import SupportPlan
from rehearsal.stories.papers import pdf
from tests.cast import signed_in
from tests.cast.preparing import TEXTS, Cast

pytestmark = pytest.mark.get_may_write("audit_look")
SPRING = datetime(2027, 4, 12, 10, 0, tzinfo=clock.RIGA)
ENDS = date(2027, 5, 21)


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The cast in spring: semester 1 lies behind it, semester 2 runs to 21.05.2027."""
    with clock.at(SPRING):
        made = Cast(SPRING.date())
        Semester.objects.filter(number=1).update(since=date(2026, 9, 1), until=date(2026, 12, 18))
        Semester.objects.filter(number=2).update(since=date(2027, 1, 4), until=ENDS)
        new_edition()
        yield made


@pytest.fixture
def plan(cast: Cast) -> SupportPlan:
    """Jānis's plan of semester 2, approved."""
    return approved(cast, "2026/27-2")


def approved(cast: Cast, semester: str) -> SupportPlan:
    ready = cast.attached(cast.draft(semester=semester))
    today = clock.today()
    sign_agreement(
        by=cast.anna, plan=ready, mentor=cast.ilze, learner_signed_on=today, mentor_signed_on=today, **TEXTS
    )
    sent = submit_plan(by=cast.anna, plan=fresh(ready)).thing
    return approve_plan(by=cast.expert, plan=sent).thing


def fresh(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.get(pk=plan.pk)


def url(plan: SupportPlan) -> str:
    return reverse("plans:extend", args=[plan.public_id])


def order(content: bytes | None = None, name: str = "rikojums.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content, "application/pdf")


def post(cast: Cast, plan: SupportPlan, until: str, scan: Any = None) -> Any:
    given: dict[str, Any] = {"order_until": until} | ({"order_scan": scan} if scan else {})
    return signed_in(cast.anna).post(url(plan), given)


def test_the_order_carries_the_plan_to_its_last_day_and_needs_no_new_approval(
    cast: Cast, plan: SupportPlan
) -> None:
    assert signed_in(cast.anna).get(url(plan)).status_code == 200
    answer = post(cast, plan, "18.06.2027.", order())
    assert answer.status_code == 302
    now = fresh(plan)
    assert (now.extended_until, now.state, now.ends_on) == (date(2027, 6, 18), "active", ENDS)
    assert now.extension_order is not None and now.extension_order.kind == "order"
    assert now.version == plan.version + 1
    assert Event.objects.filter(verb="extended", thread=plan.public_id).count() == 1


def test_another_school_does_not_find_the_page(cast: Cast, plan: SupportPlan) -> None:
    assert signed_in(cast.gints).get(url(plan)).status_code == 404
    assert signed_in(cast.gints).post(url(plan), {}).status_code == 404


@pytest.mark.parametrize(
    ("until", "refused"),
    [("21.05.2027.", True), ("22.05.2027.", False), ("31.08.2027.", False), ("01.09.2027.", True)],
    ids=["last day of the semester", "the day after", "last of the summer", "after the summer"],
)
def test_an_order_ends_after_the_semester_and_within_the_summer(
    cast: Cast, plan: SupportPlan, until: str, refused: bool
) -> None:
    answer = post(cast, plan, until, order())
    if refused:
        assert answer.status_code == 422 and until in answer.content.decode()
        assert {finding.clause for finding in answer.context["form"].refused} == {"CAL-5"}
        assert fresh(plan).extended_until is None
    else:
        assert answer.status_code == 302
        assert f"{fresh(plan).extended_until:%d.%m.%Y.}" == until


def test_without_the_order_or_without_its_day_nothing_is_extended(cast: Cast, plan: SupportPlan) -> None:
    for until, scan in (("18.06.2027.", None), ("", order()), ("vasarā", order())):
        assert post(cast, plan, until, scan).status_code == 422
        assert fresh(plan).extended_until is None


@pytest.mark.parametrize(
    "content",
    [b"MZ program", b"<html>order</html>", b"%PDF-1.7\nbroken", b"\xff\xd8\xff broken picture"],
    ids=["program", "html", "broken pdf", "broken jpeg"],
)
def test_a_scan_that_is_none_is_said_at_its_field_and_does_not_stay(
    cast: Cast, plan: SupportPlan, content: bytes
) -> None:
    stored = StoredFile.objects.count()
    answer = post(cast, plan, "18.06.2027.", order(content))
    assert answer.status_code == 422
    assert "order_scan" in answer.context["form"].errors
    assert "18.06.2027." in answer.content.decode()
    assert fresh(plan).extended_until is None and StoredFile.objects.count() == stored


def test_an_order_of_a_refused_day_does_not_stay(cast: Cast, plan: SupportPlan) -> None:
    stored = StoredFile.objects.count()
    assert post(cast, plan, "21.05.2027.", order()).status_code == 422
    assert StoredFile.objects.count() == stored


def test_an_order_beyond_the_contract_is_taken_with_a_word_of_warning(cast: Cast, plan: SupportPlan) -> None:
    answer = signed_in(cast.anna).post(
        url(plan), {"order_until": "18.06.2027.", "order_scan": order()}, follow=True
    )
    assert [message.extra_tags for message in answer.context["messages"] if message.extra_tags] == ["CON-1"]
    assert Contract.objects.get(pk=plan.contract_id).ended_on is None


def test_a_plan_of_the_first_semester_is_not_extended(db: None) -> None:
    with clock.at(datetime(2026, 9, 7, 10, 0, tzinfo=clock.RIGA)):
        cast = Cast()
        plan = approved(cast, "2026/27-1")
        for answer in (signed_in(cast.anna).get(url(plan)), post(cast, plan, "18.06.2027.", order())):
            assert answer.status_code == 302
        assert fresh(plan).extended_until is None


def test_a_plan_that_is_not_approved_is_not_extended(cast: Cast) -> None:
    plan = cast.draft(semester="2026/27-2")
    assert post(cast, plan, "18.06.2027.", order()).status_code == 302
    assert fresh(plan).extended_until is None


def test_the_responsible_person_reads_the_plan_and_does_not_extend_it(cast: Cast, plan: SupportPlan) -> None:
    answer = signed_in(cast.responsible).post(
        url(plan), {"order_until": "18.06.2027.", "order_scan": order()}
    )
    assert answer.status_code == 403
    assert fresh(plan).extended_until is None


def test_the_order_comes_down_to_who_reads_the_plan_and_to_nobody_else(cast: Cast, plan: SupportPlan) -> None:
    address = reverse("plans:extension-order", args=[plan.public_id])
    assert signed_in(cast.anna).get(address).status_code == 404  # there is none yet
    assert post(cast, plan, "18.06.2027.", order()).status_code == 302
    for user in (cast.anna, cast.responsible, cast.expert, cast.ilze.user):
        answer = signed_in(user).get(address)
        assert answer.getvalue().startswith(b"%PDF")
        assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    assert signed_in(cast.gints).get(address).status_code == 404
    assert signed_in(cast.andris.user).get(address).status_code == 404
    assert Look.objects.filter(what="extension_order", thread=plan.public_id).count() == 4
    assert address in signed_in(cast.anna).get(reverse("desk:plan", args=[plan.public_id])).content.decode()
