"""The pages of the door: the mentor reports in two taps, the officer reads, everybody else finds nothing (CNF-2).

It is Tuesday, 06.10.2026., at six in the evening.
"""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from celabiedrs.contracts.models import Contract
from celabiedrs.lib.audit.models import Look
from celabiedrs.people.models import Post, Role, User
from celabiedrs.plans.models import AuditSample, SupportPlan
from celabiedrs.safeguarding.actions import acknowledge_report, escalate_due
from celabiedrs.safeguarding.models import ReportState, SafeguardingReport
from celabiedrs.safeguarding.tests.test_reports import EVENING, SEEN, raised
from tests.cast import at, fresh, signed_in
from tests.cast.programme import Cast

pytestmark = pytest.mark.get_may_write("audit_look")
ILZE = "Ilze Kalniņa"


def get(user: User, name: str, *args: object) -> str:
    answer = signed_in(user).get(reverse(f"safeguarding:{name}", args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(cast: Cast, **changed: Any) -> Any:
    values: dict[str, Any] = {
        "grounds": "danger",
        "text": SEEN,
        "told": [],
        "told_other": "",
        "leave_out": [],
    }
    address = reverse("safeguarding:report_now", args=[cast.plan.public_id])
    return signed_in(cast.ilze.user).post(address, values | changed)


def report() -> SafeguardingReport:
    return SafeguardingReport.objects.get()


@pytest.fixture
def evening(cast: Cast) -> Iterator[None]:
    with at(EVENING):
        yield


@pytest.mark.usefixtures("evening")
class TestTheMentor:
    def test_every_page_of_a_mentor_has_the_door_at_its_head_and_foot(self, cast: Cast) -> None:
        Contract.objects.update(state="ended", ended_on="2026-09-10")
        cast.end(cast.plan, "2026-10-01 09:00")
        door = reverse("safeguarding:door")
        client = signed_in(cast.ilze.user)
        for name in (
            "desk:home",
            "hours:today",
            "pay:mine",
            "contracts:mine",
            "notes:notes",
            "programme:contacts",
        ):
            assert client.get(reverse(name)).content.decode().count(f'href="{door}"') == 2, name
        assert client.get("/nekas/").content.decode().count(f'href="{door}"') == 2
        assert door not in signed_in(cast.head).get("/").content.decode()

    def test_the_second_tap_is_on_the_form_and_the_emergency_number_comes_first(self, cast: Cast) -> None:
        page = get(cast.ilze.user, "door")
        assert reverse("safeguarding:report_now", args=[cast.plan.public_id]) in page
        calls = re.findall(r'href="tel:([^"]+)"', page)
        assert calls[:2] == ["112", "110"]
        assert page.index("tel:112") < page.index("Ziņot tagad")

    def test_the_school_is_asked_for_specialists(self, cast: Cast) -> None:
        assert reverse("plans:questions", args=[cast.plan.public_id]) in get(cast.ilze.user, "door")

    def test_a_report_goes_through_and_its_receipt_says_who_reads_it(self, cast: Cast) -> None:
        answer = send(cast, told=["Valsts policija"], told_other="Bāriņtiesa")
        assert answer["Location"] == reverse("safeguarding:report", args=[report().public_id])
        page = get(cast.ilze.user, "report", report().public_id)
        for words in (report().number, "18:00", cast.officer.name, SEEN, "Valsts policija", "Bāriņtiesa"):
            assert words in page
        assert f'data-keep-arrived="report-{cast.plan.public_id}"' in page

    @pytest.mark.parametrize("state", ["ended", "suspended", "withdrawn", "former"])
    def test_no_state_of_plan_or_contract_closes_the_door(self, cast: Cast, state: str) -> None:
        Contract.objects.update(state="ended", ended_on="2026-09-10")
        if state == "suspended":
            cast.suspend(cast.plan, "2026-10-01 09:00")
        elif state == "former":
            cast.change_mentor(cast.plan, cast.andris, "2026-10-01 09:00")
        else:
            cast.end(cast.plan, "2026-10-01 09:00", state)
        assert reverse("safeguarding:report_now", args=[cast.plan.public_id]) in get(cast.ilze.user, "door")
        assert send(cast).status_code == 302

    def test_nothing_typed_is_lost_when_something_is_missing(self, cast: Cast) -> None:
        answer = send(cast, grounds="", told=["Valsts policija"], leave_out=[str(cast.head.public_id)])
        page = answer.content.decode()
        assert answer.status_code == 422
        assert SEEN in page and page.count("checked") == 2
        assert not SafeguardingReport.objects.exists()

    def test_a_report_sent_twice_is_one_report(self, cast: Cast) -> None:
        key = str(uuid.uuid4())
        assert [send(cast, once=key).status_code for _ in range(2)] == [302, 302]
        assert SafeguardingReport.objects.count() == 1

    def test_the_person_whom_it_concerns_is_left_out_and_the_page_shows_who_reads_it_then(
        self, cast: Cast
    ) -> None:
        other = cast.person(Role.SAFEGUARDING_OFFICER, institution=cast.school)
        form = get(cast.ilze.user, "report_now", cast.plan.public_id)
        assert cast.head.name in form and cast.officer.name in form
        assert send(cast, leave_out=[str(cast.officer.public_id)]).status_code == 302
        page = get(cast.ilze.user, "report", report().public_id)
        readers = page[page.index("Kas to lasa") : page.index("Izslēgti")]
        assert other.name in readers and cast.officer.name not in readers
        missing = signed_in(cast.officer).get(reverse("safeguarding:report", args=[report().public_id]))
        assert missing.status_code == 404
        assert report().number not in get(cast.officer, "received")
        assert report().number in get(other, "received")

    def test_where_nobody_is_left_who_reads_it_the_mentor_is_told(self, cast: Cast) -> None:
        send(cast, leave_out=[str(cast.officer.public_id)])
        assert "Skolā to nelasa neviens" in get(cast.ilze.user, "report", report().public_id)

    def test_somebody_of_another_school_cannot_be_named(self, cast: Cast) -> None:
        assert send(cast, leave_out=[str(cast.far_preparer.public_id)]).status_code == 422

    def test_who_wrote_it_sees_when_it_was_read_and_not_what_officers_write(self, cast: Cast) -> None:
        send(cast)
        done = "Runāju ar bāriņtiesu"
        acknowledge_report(by=cast.officer, report=report())
        step = reverse("safeguarding:step", args=[report().public_id, "note"])
        assert signed_in(cast.officer).post(step, {"what": done}).status_code == 302
        page = get(cast.ilze.user, "report", report().public_id)
        assert f"{cast.officer.name} to izlasīja" in page
        assert done not in page
        assert signed_in(cast.ilze.user).post(step, {"what": done}).status_code == 403

    def test_for_who_is_no_mentor_there_is_no_door(self, cast: Cast) -> None:
        for person in (cast.officer, cast.head, cast.admin, cast.auditor):
            assert signed_in(person).get(reverse("safeguarding:door")).status_code == 404

    def test_home_says_nothing_of_it_to_the_mentor(self, cast: Cast) -> None:
        send(cast)
        for name in ("desk:home", "hours:today"):
            page = signed_in(cast.ilze.user).get(reverse(name)).content.decode()
            assert report().number not in page and str(report().public_id) not in page


class TestTheOfficer:
    def test_what_waits_stands_first_on_the_home_page_with_its_minutes_and_no_name(self, cast: Cast) -> None:
        raised(cast)
        with at("2026-10-06 18:12"):
            page = signed_in(cast.officer).get("/").content.decode()
        assert "Jau 12 minūtes." in page
        assert cast.janis.name not in page and ILZE not in page

    def test_the_page_shows_the_report_class_and_contact_and_nothing_else_of_the_plan(
        self, cast: Cast
    ) -> None:
        raised(cast)
        with at("2026-10-06 18:12"):
            page = get(cast.officer, "report", report().public_id)
        for words in (
            SEEN,
            cast.janis.name,
            "8. klase",
            ILZE,
            cast.ilze.user.email,
            "12 minūtes",
        ):
            assert words in page
        assert cast.plan.number not in page and str(cast.plan.public_id) not in page
        look = Look.objects.get(viewer=cast.officer)
        assert (look.what, look.thread) == ("report", report().public_id)

    def test_it_is_read_passed_on_noted_and_closed_and_never_deleted(self, cast: Cast) -> None:
        raised(cast)
        with at("2026-10-06 18:30"):
            client = signed_in(cast.officer)
            address = reverse("safeguarding:report", args=[report().public_id])
            assert "Slēgt ziņojumu" not in client.get(address).content.decode()
            assert client.post(f"{address}izlasits/").status_code == 302
            for act, words in (("refer", "Bāriņtiesai"), ("note", "Tikāmies"), ("close", "Bērns drošībā")):
                assert client.post(f"{address}{act}/", {"what": ""}).status_code == 422
                assert client.post(f"{address}{act}/", {"what": words}).status_code == 302
            page = client.get(address).content.decode()
            assert client.delete(address).status_code == 405
        assert report().state == ReportState.CLOSED
        for words in ("Bāriņtiesai", "Tikāmies", "Bērns drošībā", "slēgts"):
            assert words in page

    def test_what_is_typed_at_too_great_a_length_stays(self, cast: Cast) -> None:
        raised(cast)
        with at("2026-10-06 18:30"):
            acknowledge_report(by=cast.officer, report=report())
            step = reverse("safeguarding:step", args=[report().public_id, "note"])
            answer = signed_in(cast.officer).post(step, {"what": "ļoti " * 100})
        assert answer.status_code == 422
        assert "ļoti ļoti" in answer.content.decode()

    def test_the_list_has_the_longest_waiting_first(self, cast: Cast) -> None:
        first, second = raised(cast), raised(cast, text="Cits")
        SafeguardingReport.objects.filter(pk=first.pk).update(raised_at="2026-10-06T10:00:00Z")
        with at("2026-10-06 18:30"):
            page = get(cast.officer, "received")
        assert page.index(first.number) < page.index(second.number)

    @pytest.mark.parametrize(
        "who", ["head", "preparer", "responsible", "auditor", "coordinator", "supervisor"]
    )
    def test_to_everybody_else_there_is_no_such_report(self, cast: Cast, who: str) -> None:
        raised(cast)
        with at("2026-10-06 18:30"):
            client = signed_in(getattr(cast, who))
            address = reverse("safeguarding:report", args=[report().public_id])
            assert client.get(address).status_code == 404
            assert client.post(f"{address}izlasits/").status_code == 404
            assert client.post(f"{address}close/", {"what": "x"}).status_code == 404
            assert client.get(reverse("safeguarding:received")).status_code == 404

    @pytest.mark.parametrize("who", ["expert", "admin"])
    def test_who_knows_the_fact_only_is_led_to_the_facts(self, cast: Cast, who: str) -> None:
        raised(cast)
        with at("2026-10-06 18:30"):
            client = signed_in(getattr(cast, who))
            address = reverse("safeguarding:report", args=[report().public_id])
            assert client.get(address)["Location"] == reverse("safeguarding:facts")
            assert client.post(f"{address}izlasits/").status_code == 404

    def test_an_administrator_who_was_left_out_is_led_nowhere(self, cast: Cast) -> None:
        raised(cast, leave_out=[cast.admin])
        with at("2026-10-06 18:30"):
            for public_id in (report().public_id, uuid.uuid4()):
                answer = signed_in(cast.admin).get(reverse("safeguarding:report", args=[public_id]))
                assert answer.status_code == 404


class TestTheFacts:
    def test_the_expert_the_programme_and_the_auditor_see_school_state_and_moment(self, cast: Cast) -> None:
        raised(cast)
        AuditSample.objects.create(post=Post.objects.get(person=cast.auditor), plan=cast.plan)
        with at("2026-10-06 19:05"):
            escalate_due()
            for person in (cast.expert, cast.admin, cast.auditor):
                page = get(person, "facts")
                assert cast.school.name in page and report().number in page
                for hidden in (SEEN, cast.janis.name, ILZE, cast.plan.number):
                    assert hidden not in page
            assert cast.officer.email in get(cast.admin, "facts")
            assert cast.officer.email not in get(cast.auditor, "facts")
            assert report().number not in get(cast.far_expert, "facts")

    def test_who_waits_longest_unread_is_a_red_row_at_home(self, cast: Cast) -> None:
        raised(cast)
        with at("2026-10-06 18:59"):
            assert "neviens nav izlasījis" not in signed_in(cast.admin).get("/").content.decode()
        with at("2026-10-06 19:05"):
            escalate_due()
            assert "neviens nav izlasījis" in signed_in(cast.admin).get("/").content.decode()

    def test_who_was_left_out_is_not_named_as_somebody_to_call(self, cast: Cast) -> None:
        raised(cast, leave_out=[cast.officer])
        with at("2026-10-06 18:30"):
            page = get(cast.admin, "facts")
        assert cast.officer.name not in page and cast.officer.email not in page
        assert "jānosauc cita kontaktpersona" in page

    def test_escalated_ones_come_first(self, cast: Cast) -> None:
        old = raised(cast)
        with at("2026-10-06 19:05"):
            escalate_due()
        with at("2026-10-06 19:06"):
            new = raised(cast)
            page = get(cast.admin, "facts")
        assert page.index(old.number) < page.index(new.number)


def test_a_later_plan_at_another_school_does_not_open_the_report_there(cast: Cast) -> None:
    raised(cast)
    SupportPlan.objects.filter(pk=cast.plan.pk).update(institution=cast.near_school)
    elsewhere = cast.person(Role.SAFEGUARDING_OFFICER, institution=cast.near_school)
    with at("2026-10-06 18:30"):
        assert (
            signed_in(fresh(elsewhere))
            .get(reverse("safeguarding:report", args=[report().public_id]))
            .status_code
            == 404
        )
