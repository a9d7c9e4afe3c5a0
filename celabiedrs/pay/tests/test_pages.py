"""The pay pages as each person meets them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from celabiedrs.hours.actions import reopen_month
from celabiedrs.lib.audit.models import Look
from celabiedrs.pay.actions import correct_month
from celabiedrs.pay.models import Correction, PayRun, RunState, UnitRate, VsaoiClass
from celabiedrs.people.models import Role
from celabiedrs.registry.models import Mentor
from tests.cast import fresh, signed_in
from tests.cast.pay import NOVEMBER, OCTOBER, Cast


def text_of(answer: object) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())  # type: ignore[attr-defined]


@pytest.fixture
def ilze(cast: Cast) -> Mentor:
    cast.rate()
    return cast.mentor("Ilze Mentore")


def test_the_desk_says_who_is_ready_and_who_waits_and_why(cast: Cast, ilze: Mentor) -> None:
    cast.sheet(cast.plan(ilze), [3, 2], unsigned=(1,))
    juris = cast.mentor("Juris Gaida")
    cast.sheet(cast.plan(juris), [2])
    cast.sheet(cast.plan(juris), [2], state="submitted")
    anna = cast.mentor("Anna Atdota")
    cast.sheet(cast.plan(anna), [2], state="returned")
    answer = signed_in(cast.zane).get("/atalgojums/?month=2026-10")
    figures = answer.context["figures"]
    assert [(mentor.name, mentor.hours, mentor.amount) for mentor in figures.ready] == [
        ("Ilze Mentore", 3, Decimal("34.20"))
    ]
    assert [(mentor.name, [sheet.why for sheet in mentor.sheets]) for mentor in figures.waiting] == [
        ("Anna Atdota", ["returned"]),
        ("Juris Gaida", ["others", "submitted"]),
    ]
    assert "34,20 €" in text_of(answer)


def test_without_a_rate_the_button_says_why(cast: Cast) -> None:
    cast.sheet(cast.plan(cast.mentor("Ilze Mentore")), [3])
    answer = signed_in(cast.zane).get("/atalgojums/?month=2026-10")
    assert answer.context["why_not"] and "01.10.2026." in answer.context["why_not"]
    refused = signed_in(cast.zane).post("/atalgojums/?month=2026-10", {"month": "2026-10"})
    assert refused.status_code == 422 and "PAY-1" in text_of(refused)
    assert not PayRun.objects.exists()


def test_a_run_goes_from_the_clerk_to_the_head_and_to_payroll(cast: Cast, ilze: Mentor) -> None:
    sheet = cast.sheet(cast.plan(ilze), [3, 2])
    zane, aija = signed_in(cast.zane), signed_in(cast.aija)
    prepared = zane.post("/atalgojums/?month=2026-10", {"month": "2026-10"})
    run = PayRun.objects.get()
    url = f"/atalgojums/{run.public_id}/"
    assert prepared["Location"] == url
    assert "57,00 €" in text_of(zane.get(url))
    assert zane.post(url, {"do": "approve"}).status_code == 403
    seen = aija.get(url).context["seen"]
    assert aija.post(url, {"do": "approve", "seen": seen}).status_code == 302
    sheet.refresh_from_db()
    assert sheet.settled_at is not None
    assert aija.post(url, {"do": "send"}).status_code == 403
    assert zane.post(url, {"do": "send"}).status_code == 302
    run.refresh_from_db()
    assert run.state == RunState.SENT
    assert zane.post(url, {"do": "send"}).status_code == 409


def test_a_head_who_prepared_it_is_told_who_else_can_approve(cast: Cast, ilze: Mentor) -> None:
    cast.sheet(cast.plan(ilze), [3])
    both = cast.person("Dace Abi", Role.PAY_CLERK, institution=cast.board)
    both.posts.create(role=Role.HEAD, institution=cast.board, since=date(2026, 8, 1))
    client = signed_in(both)
    client.post("/atalgojums/?month=2026-10", {"month": "2026-10"})
    url = f"/atalgojums/{PayRun.objects.get().public_id}/"
    assert "Aija Vadītāja" in client.get(url).context["approve_why_not"]
    refused = client.post(url, {"do": "approve"})
    assert refused.status_code == 422
    assert "DUT-1" in text_of(refused) and "Aija Vadītāja" in text_of(refused)


def test_a_head_with_an_own_line_does_not_approve_it(cast: Cast) -> None:
    cast.rate()
    head = cast.mentor("Berta Vada")
    head.user.posts.create(role=Role.HEAD, institution=cast.board, since=date(2026, 8, 1))
    cast.sheet(cast.plan(head), [3])
    run = cast.prepared()
    refused = signed_in(fresh(head.user)).post(f"/atalgojums/{run.public_id}/", {"do": "approve"})
    assert refused.status_code == 422
    run.refresh_from_db()
    assert run.state == RunState.PREPARED


def test_the_page_says_what_changed_since_and_the_head_waits(cast: Cast, ilze: Mentor) -> None:
    plan = cast.plan(ilze)
    cast.sheet(plan, [3])
    juris = cast.mentor("Juris Jauns")
    run = cast.prepared()
    cast.sheet(cast.plan(juris), [2])
    reopen_month(by=fresh(cast.rita), plan=plan, month=OCTOBER, reason="Nav pareizi")
    url = f"/atalgojums/{run.public_id}/"
    changes = signed_in(cast.zane).get(url).context["moved"]
    assert [(each.name, each.before, each.now) for each in changes] == [
        ("Ilze Mentore", 3, 0),
        ("Juris Jauns", 0, 2),
    ]
    aija = signed_in(cast.aija)
    assert aija.get(url).context["approve_why_not"]
    assert aija.post(url, {"do": "approve"}).status_code == 409


def test_a_run_prepared_anew_meanwhile_is_not_approved_unseen(cast: Cast, ilze: Mentor) -> None:
    cast.sheet(cast.plan(ilze), [3])
    run = cast.prepared()
    url = f"/atalgojums/{run.public_id}/"
    assert (
        signed_in(cast.aija).post(url, {"do": "approve", "seen": "2026-11-01T08:00:00+00:00"}).status_code
        == 409
    )


def test_files_hold_numbers_and_a_draft_says_so_and_no_learner_is_named(cast: Cast, ilze: Mentor) -> None:
    cast.sheet(cast.plan(ilze), [3, 2])
    run = cast.prepared()
    url = f"/atalgojums/{run.public_id}/"
    zane = signed_in(cast.zane)
    lines, people, days = openpyxl.load_workbook(BytesIO(zane.get(f"{url}aprekins.xlsx").content)).worksheets
    row = [cell.value for cell in lines[2]]
    assert row[1:3] == ["2026-10/1", "Ilze Mentore"] and (row[9], *row[11:13]) == (5, 11.4, 57)
    assert "MELNRAKSTS" in row[14] and [cell.value for cell in lines[3]][12] == 57
    person = [cell.value for cell in people[2]]
    assert person[3:5] == [5, 57] and round(sum(person[5:8]) * 100) == 5700
    assert [[cell.value for cell in line][4] for line in list(days)[1:]] == [3, 2]
    assert "melnraksts" in zane.get(f"{url}aprekins.xlsx")["Content-Disposition"]
    cast.approved()
    csv = zane.get(f"{url}aprekins.csv").content.decode("utf-8-sig")
    assert "57,00" in csv and "MELNRAKSTS" not in csv
    for address in ("", "?show=parts", "?show=days", "aprekins.csv"):
        assert "Noslēpums" not in zane.get(url + address).content.decode()


def test_the_same_run_gives_the_same_bytes(cast: Cast, ilze: Mentor) -> None:
    cast.sheet(cast.plan(ilze), [3, 2])
    run = cast.approved()
    zane = signed_in(cast.zane)
    for ending in ("csv", "xlsx"):
        url = f"/atalgojums/{run.public_id}/aprekins.{ending}"
        assert zane.get(url).content == zane.get(url).content


def test_those_above_see_the_sums_and_no_line(cast: Cast, ilze: Mentor) -> None:
    cast.sheet(cast.plan(ilze), [3, 2])
    run = cast.approved()
    url = f"/atalgojums/{run.public_id}/"
    for person in (
        cast.person("Koordinators", Role.MUNICIPALITY_COORDINATOR, municipality=cast.town),
        cast.person("Eksperte", Role.PROJECT_EXPERT, region=cast.region),
        cast.person("Administratore", Role.PROGRAMME_ADMINISTRATOR),
    ):
        client = signed_in(person)
        answer = client.get(url)
        assert answer.status_code == 200 and "57,00 €" in text_of(answer)
        assert "Ilze" not in text_of(answer)
        assert "57,00 €" in text_of(client.get("/atalgojums/"))
        assert client.get(f"{url}aprekins.csv").status_code == 403
        assert client.post(url, {"do": "approve"}).status_code == 403


def test_strangers_do_not_find_anything(cast: Cast, ilze: Mentor) -> None:
    sheet = cast.sheet(cast.plan(ilze), [3, 2])
    run = cast.approved()
    preparer = cast.person("Sagatavotāja", Role.PREPARER, institution=cast.school)
    client = signed_in(preparer)
    for url in (
        "/atalgojums/",
        f"/atalgojums/{run.public_id}/",
        f"/atalgojums/{run.public_id}/aprekins.csv",
        "/atalgojums/mans/",
        "/atalgojums/likmes/",
        "/atalgojums/klases/",
        f"/atalgojums/klases/{cast.board.public_id}/{ilze.public_id}/",
    ):
        assert client.get(url).status_code == 404, url
    assert client.get(f"/atalgojums/labot/{sheet.public_id}/").status_code == 403
    other = signed_in(cast.mentor("Cita Mentore").user)
    assert other.get(f"/atalgojums/{run.public_id}/").status_code == 404
    assert other.get(f"/atalgojums/labot/{sheet.public_id}/").status_code == 404


def test_a_mentor_sees_own_lines_only(cast: Cast, ilze: Mentor) -> None:
    cast.sheet(cast.plan(ilze), [3])
    cast.sheet(cast.plan(cast.mentor("Juris Cits")), [10])
    run = cast.approved()
    answer = text_of(signed_in(ilze.user).get(f"/atalgojums/{run.public_id}/"))
    assert "34,20 €" in answer and "Juris" not in answer and "148,20" not in answer


def test_an_auditor_sees_the_lines_of_the_sample(cast: Cast, ilze: Mentor) -> None:
    plan = cast.plan(ilze)
    cast.sheet(plan, [3])
    cast.sheet(cast.plan(cast.mentor("Juris Cits")), [10])
    run = cast.approved()
    auditor = cast.person("Revidents", Role.AUDITOR)
    auditor.posts.get().sample.create(plan=plan)
    answer = text_of(signed_in(auditor).get(f"/atalgojums/{run.public_id}/"))
    assert "Ilze Mentore" in answer and "Juris" not in answer and "148,20" not in answer


def test_my_pay_says_where_each_month_stands(cast: Cast, ilze: Mentor) -> None:
    first, second = cast.plan(ilze), cast.plan(ilze)
    cast.sheet(first, [3])
    cast.sheet(second, [2], state="submitted")
    client = signed_in(ilze.user)
    month = client.get("/atalgojums/mans/").context["months"][0]
    assert [sheet["figures"].standing for sheet in month["sheets"]] == ["others", "submitted"]
    assert month["figures"].amount == Decimal("57.00")


def test_my_pay_follows_the_run_and_the_correction(cast: Cast, ilze: Mentor) -> None:
    plan = cast.plan(ilze)
    cast.sheet(plan, [3, 2])
    cast.sent()
    correct_month(by=fresh(cast.rita), plan=plan, month=OCTOBER, hours=4, reason="Viena stunda lieka")
    month = signed_in(ilze.user).get("/atalgojums/mans/").context["months"][0]
    assert [sheet["figures"].standing for sheet in month["sheets"]] == ["sent"]
    assert [(each["figures"].hours, each["figures"].standing) for each in month["corrections"]] == [
        (-1, "due")
    ]
    assert month["figures"].amount == Decimal("45.60") and not month["all_sent"]
    run = cast.prepared(NOVEMBER)
    month = signed_in(ilze.user).get("/atalgojums/mans/").context["months"][0]
    assert [each["figures"].run_month for each in month["corrections"]] == [run.month]


def test_a_correction_is_shown_before_it_is_entered(cast: Cast, ilze: Mentor) -> None:
    sheet = cast.sheet(cast.plan(ilze), [3, 2])
    cast.approved()
    rita = signed_in(cast.rita)
    url = f"/atalgojums/labot/{sheet.public_id}/"
    assert "5 st." in text_of(rita.get(url))
    typed = {"hours": "4", "reason": "Viena stunda lieka"}
    preview = rita.post(url, {**typed, "do": "preview"})
    assert preview.context["preview_sum"] == {"hours": -1, "amount": Decimal("-11.40")}
    assert not Correction.objects.exists()
    assert rita.post(url, {**typed, "do": "correct"}).status_code == 302
    assert Correction.objects.get().hours == 4
    desk = signed_in(cast.zane).get("/atalgojums/?month=2026-11")
    assert [each.amount for each in desk.context["figures"].corrections] == [Decimal("-11.40")]


def test_a_correction_that_cannot_be_keeps_what_was_typed(cast: Cast, ilze: Mentor) -> None:
    sheet = cast.sheet(cast.plan(ilze), [3, 2])
    cast.approved()
    answer = signed_in(cast.rita).post(
        f"/atalgojums/labot/{sheet.public_id}/", {"hours": "1,5", "reason": "Tā bija", "do": "preview"}
    )
    assert answer.status_code == 422
    assert "LOG-5" in text_of(answer) and 'value="1,5"' in text_of(answer) and "Tā bija" in text_of(answer)


def test_a_month_that_is_not_paid_is_not_corrected(cast: Cast, ilze: Mentor) -> None:
    sheet = cast.sheet(cast.plan(ilze), [3, 2])
    assert signed_in(cast.rita).get(f"/atalgojums/labot/{sheet.public_id}/").status_code == 409


def test_a_rate_is_published_with_its_source_and_a_second_one_warns(cast: Cast) -> None:
    admin = signed_in(cast.person("Administratore", Role.PROGRAMME_ADMINISTRATOR))
    good = {"amount": "11,40", "since": "2026-09-01", "source": "Rīkojums Nr. 7"}
    looked_at = admin.post("/atalgojums/likmes/", good)
    assert looked_at.status_code == 200 and not UnitRate.objects.exists()
    good["do"] = "publish"
    assert admin.post("/atalgojums/likmes/", good).status_code == 302
    assert UnitRate.objects.get().amount == Decimal("11.40")
    again = admin.post("/atalgojums/likmes/", good)
    assert again.status_code == 422 and "PAY-3" in text_of(again)
    later = admin.post("/atalgojums/likmes/", {**good, "since": "01.12.2026."}, follow=True)
    assert "2026" in text_of(later) and UnitRate.objects.count() == 2
    bad = admin.post("/atalgojums/likmes/", {**good, "amount": "11,405", "since": "x"})
    assert bad.status_code == 422 and 'value="11,405"' in text_of(bad)


def test_a_rate_is_taken_back_until_something_was_paid_by_it(cast: Cast, ilze: Mentor) -> None:
    admin = signed_in(cast.person("Administratore", Role.PROGRAMME_ADMINISTRATOR))
    cast.rate("99.00", date(2027, 1, 1))
    assert admin.get("/atalgojums/likmes/2027-1-1/atsaukt/").status_code == 200
    assert admin.post("/atalgojums/likmes/2027-1-1/atsaukt/").status_code == 302
    cast.sheet(cast.plan(ilze), [3])
    cast.approved()
    paid = UnitRate.objects.get()
    url = f"/atalgojums/likmes/{paid.since.year}-{paid.since.month}-{paid.since.day}/atsaukt/"
    assert admin.post(url).status_code == 422 and UnitRate.objects.exists()


def test_numbers_and_codes_stand_in_the_clerks_file_alone_and_each_look_is_written_down(
    cast: Cast, ilze: Mentor
) -> None:
    cast.sheet(cast.plan(ilze), [3])
    run = cast.approved()
    zane, aija = signed_in(cast.zane), signed_in(cast.aija)
    url = f"/atalgojums/personas/{cast.board.public_id}/{ilze.public_id}/"
    assert zane.post(url, {"employee_number": "T-17", "personal_code": ""}).status_code == 302
    looks = Look.objects.filter(what="payroll identity")
    assert not looks.exists()
    assert "T-17" in text_of(zane.get(url)) and looks.count() == 1
    assert "T-17" in zane.get(f"/atalgojums/{run.public_id}/aprekins.csv").content.decode("utf-8-sig")
    assert looks.count() == 2
    assert "T-17" not in aija.get(f"/atalgojums/{run.public_id}/aprekins.csv").content.decode("utf-8-sig")
    assert aija.get(url).status_code == 404
    paper = zane.get(f"/atalgojums/{run.public_id}/aprekins.pdf")
    assert paper["Content-Type"] == "application/pdf" and b"T-17" not in paper.content


def test_a_run_that_was_approved_is_not_prepared_again_and_a_prepared_one_is_withdrawn(
    cast: Cast, ilze: Mentor
) -> None:
    cast.sheet(cast.plan(ilze), [3])
    url = f"/atalgojums/{cast.prepared().public_id}/"
    zane = signed_in(cast.zane)
    assert zane.post(url, {"do": "withdraw"}).status_code == 302
    assert not PayRun.objects.exclude(state=RunState.WITHDRAWN).exists()
    assert zane.post(url, {"do": "prepare"}).status_code == 409
    approved = f"/atalgojums/{cast.approved().public_id}/"
    assert zane.post(approved, {"do": "prepare"}).status_code == 409
    assert PayRun.objects.filter(state=RunState.PREPARED).count() == 0


def test_a_class_is_entered_and_the_aid_follows_it(cast: Cast, ilze: Mentor) -> None:
    cast.sheet(cast.plan(ilze), [5])
    run = cast.prepared()
    zane = signed_in(cast.zane)
    before = zane.get(f"/atalgojums/{run.public_id}/?show=parts").context["aid"]
    assert before["assumed"] == 1
    url = f"/atalgojums/klases/{cast.board.public_id}/{ilze.public_id}/"
    assert zane.get(url).status_code == 200
    assert zane.post(url, {"kind": "", "since": ""}).status_code == 422
    assert zane.post(url, {"kind": "pension_age", "since": "2026-09-01"}).status_code == 302
    assert VsaoiClass.objects.get().kind == "pension_age"
    aid = zane.get(f"/atalgojums/{run.public_id}/?show=parts").context["aid"]
    assert aid["assumed"] == 0 and aid["sums"].vsaoi < before["sums"].vsaoi
    assert aid["sums"].amount == before["sums"].amount == Decimal("57.00")
    assert "ir sasniegts" in text_of(zane.get("/atalgojums/klases/")) or "pensijas" in text_of(
        zane.get("/atalgojums/klases/")
    )
    assert signed_in(cast.aija).get("/atalgojums/klases/").status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "x", "", "٢٠٢٦-١٠"])
def test_a_month_that_is_none_shows_the_usual_one(cast: Cast, ilze: Mentor, month: str) -> None:
    answer = signed_in(cast.zane).get("/atalgojums/", {"month": month})
    assert answer.status_code == 200 and answer.context["month"] == OCTOBER


def test_an_employer_that_is_not_mine_is_not_found(cast: Cast, ilze: Mentor) -> None:
    zane = signed_in(cast.zane)
    assert zane.get("/atalgojums/", {"employer": cast.school.public_id}).status_code == 404
    assert zane.get("/atalgojums/", {"employer": "x"}).status_code == 404
