"""From nothing to a draft, its tasks and its papers: acts and pages."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from celabiedrs.lib.acts import NotAllowed, Stale, WrongState
from celabiedrs.lib.audit.models import Look
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.places.facts import programme
from celabiedrs.plans.actions import (
    approve_plan,
    attach_mentor,
    correct_draft,
    draft_text,
    return_plan,
    sign_agreement,
    sign_agreement_here,
    sketch_plan,
    submit_plan,
)
from celabiedrs.plans.models import Agreement, AgreementDraft, PlanSketch, SupportPlan
from celabiedrs.plans.reading.readiness import readiness, tasks
from celabiedrs.plans.words import PlanState
from celabiedrs.rules.breach import Refused
from tests.cast import signed_in
from tests.cast.preparing import RISKS, TEXTS, Cast


def fresh(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.get(pk=plan.pk)


def states(plan: SupportPlan) -> dict[str, str]:
    return {task.key: task.state_key for task in tasks(readiness(fresh(plan), programme()))}


def pdf_file(name: str = "skenets.pdf") -> SimpleUploadedFile:
    out = io.BytesIO()
    empty = pikepdf.new()
    empty.add_blank_page()
    empty.save(out)
    return SimpleUploadedFile(name, out.getvalue())


class TestTasks:
    def test_the_states_follow_what_is_there(self, cast: Cast) -> None:
        plan = cast.draft()
        assert states(plan) == {
            "grounds": "done", "risks": "done", "request": "not_started", "mentor": "later",
            "agreement": "later", "check": "later",
        }  # fmt: skip
        plan = cast.requested(plan)
        assert (states(plan)["request"], states(plan)["mentor"]) == ("done", "not_started")
        attach_mentor(by=cast.anna, plan=plan, mentor=cast.ilze, contract=cast.contract)
        assert (states(plan)["mentor"], states(plan)["agreement"]) == ("done", "not_started")
        draft_text(by=cast.anna, plan=plan, situation="Kavē stundas.")
        assert states(plan)["agreement"] == "in_progress"

    def test_what_is_ready_lacks_nothing_and_can_be_sent(self, cast: Cast) -> None:
        plan = cast.ready()
        assert readiness(plan, programme()).ready
        assert submit_plan(by=cast.anna, plan=plan).thing.state == PlanState.SUBMITTED

    def test_what_lacks_something_is_refused_with_the_same_words(self, cast: Cast) -> None:
        plan = cast.requested(cast.draft())
        missing = {entry.finding.clause for entry in readiness(plan, programme()).missing}
        with pytest.raises(Refused) as refusal:
            submit_plan(by=cast.anna, plan=plan)
        assert missing == set(refusal.value.clauses) - {"CON-8"}

    def test_after_a_return_the_experts_words_stand_on_top(self, cast: Cast) -> None:
        plan = cast.ready()
        submit_plan(by=cast.anna, plan=plan)
        return_plan(by=cast.expert, plan=fresh(plan), reason="Mērķi nav skaidri.")
        page = signed_in(cast.anna).get(f"/plani/{plan.public_id}/sagatavot/")
        assert "Mērķi nav skaidri." in page.content.decode()


class TestSketch:
    def test_nothing_typed_is_lost_before_there_is_a_plan(self, cast: Cast) -> None:
        learner = cast.learner()
        sketch_plan(by=cast.anna, learner=learner, answers={"reasons": {"failing": "Nesekm"}})
        sketch_plan(by=cast.anna, learner=learner, answers={"semester": "2026/27-1"})
        assert PlanSketch.objects.get().answers["reasons"] == {"failing": "Nesekm"}

    def test_the_second_of_two_gets_stale(self, cast: Cast) -> None:
        learner = cast.learner()
        sketch_plan(by=cast.baiba, learner=learner, answers={}, version=0)
        with pytest.raises(Stale):
            sketch_plan(by=cast.anna, learner=learner, answers={}, version=0)

    def test_another_school_sketches_nothing(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            sketch_plan(by=cast.gints, learner=cast.learner(), answers={})

    def test_only_open_grounds_can_be_chosen(self, cast: Cast) -> None:
        """MOD-4: class 10 has no module I by risk."""
        learner = cast.learner(school_class=10)
        answers = {
            "semester": f"{cast.year}-1",
            "risks": {risk["kind"]: risk["reason"] for risk in RISKS} | {"health": "Bieži nav skolā."},
        }
        sketch_plan(by=cast.anna, learner=learner, answers=answers)
        client = signed_in(cast.anna)
        address = f"/plani/izglitojamie/{learner.public_id}/plans/3/"
        assert [value for value, _ in client.get(address).context["form"].fields["ground"].choices] == [
            "social_exclusion"
        ]
        assert client.post(address, {"ground": "failing_and_leaving"}).status_code == 422
        assert client.post(address, {"ground": "social_exclusion"}).status_code == 302

    def test_the_four_steps_make_a_plan(self, cast: Cast) -> None:
        learner, client = cast.learner(), signed_in(cast.anna)
        address = f"/plani/izglitojamie/{learner.public_id}/plans/"
        assert client.post(f"{address}1/", {"semester": f"{cast.year}-1"}).status_code == 302
        risks = {"has_failing": "on", "why_failing": "Nesekmīgs.", "has_early_leaving": "on"}
        refused = client.post(f"{address}2/", risks)
        assert refused.status_code == 422
        assert "Nesekmīgs." in refused.content.decode()
        client.post(f"{address}2/", risks | {"why_early_leaving": "Kavē."})
        client.post(f"{address}3/", {"ground": "failing_and_leaving"})
        assert client.post(f"{address}4/", {"hours_per_month": "21"}).status_code == 422
        made = client.post(f"{address}4/", {"hours_per_month": "12"})
        plan = SupportPlan.objects.get()
        assert made.url == f"/plani/{plan.public_id}/sagatavot/"
        assert (plan.module, plan.hours_per_month, plan.preparer) == ("I", 12, cast.anna)
        assert not PlanSketch.objects.exists()

    def test_typing_is_kept_with_its_moment(self, cast: Cast) -> None:
        learner = cast.learner()
        address = f"/plani/izglitojamie/{learner.public_id}/plans/2/glabat/"
        kept = signed_in(cast.anna).post(
            address, {"has_failing": "on", "why_failing": "Nes", "sketch_version": "0"}
        )
        assert "07.09.2026. plkst." in kept.content.decode()
        assert PlanSketch.objects.get().answers["risks"] == {"failing": "Nes"}


class TestTwoEditors:
    """R4"""

    def test_a_plan_settled_by_another_is_stale(self, cast: Cast) -> None:
        plan = cast.draft()
        correct_draft(by=cast.baiba, plan=plan, version=plan.version, hours_per_month=10)
        with pytest.raises(Stale):
            correct_draft(by=cast.anna, plan=plan, version=plan.version, hours_per_month=8)
        assert fresh(plan).hours_per_month == 10

    def test_the_second_sees_both_texts_of_the_agreement(self, cast: Cast) -> None:
        plan = cast.draft()
        address = f"/plani/{plan.public_id}/vienosanas/"
        signed_in(cast.baiba).post(address, {"situation": "Baibas teksts", "version": "0"})
        page = signed_in(cast.anna).post(address, {"situation": "Annas teksts", "version": "0"})
        assert page.status_code == 409
        assert "Baibas teksts" in page.content.decode()
        assert "Annas teksts" in page.content.decode()
        assert AgreementDraft.objects.get().situation == "Baibas teksts"

    def test_the_second_sees_both_reasons_of_a_risk(self, cast: Cast) -> None:
        plan = cast.draft()
        address = f"/plani/{plan.public_id}/riski/"
        form = {"has_failing": "on", "has_early_leaving": "on", "why_early_leaving": "Kavē.", "version": "1"}
        assert signed_in(cast.baiba).post(address, form | {"why_failing": "Baibas vārdi"}).status_code == 302
        page = signed_in(cast.anna).post(address, form | {"why_failing": "Annas vārdi"})
        assert page.status_code == 409
        assert "Baibas vārdi" in page.content.decode()
        assert "Annas vārdi" in page.content.decode()


class TestRequest:
    def test_for_a_minor_a_guardian_signs_and_the_page_says_so(self, cast: Cast) -> None:
        plan, client = cast.draft(), signed_in(cast.anna)
        address = f"/plani/{plan.public_id}/iesniegums/"
        assert "paraksta vecāks vai aizbildnis" in client.get(address).content.decode()
        form = {"applicant": "learner", "signed_on": "07.09.2026.", "scan": pdf_file()}
        refused = client.post(address, form)
        assert refused.status_code == 422
        assert "AGR-1" in refused.content.decode()
        assert not StoredFile.objects.filter(kind="request").exists()
        done = client.post(address, form | {"applicant": "guardian", "scan": pdf_file()})
        assert done.status_code == 302
        assert fresh(plan).request.scan.original_name == "skenets.pdf"

    def test_an_adult_learner_signs_alone(self, cast: Cast) -> None:
        learner = cast.learner(born=cast.today - timedelta(days=int(18.5 * 365.25)), school_class=12)
        plan = cast.draft(
            learner,
            module="II",
            ground="social_exclusion",
            risks=[{"kind": "family_circumstances", "reason": "Dzīvo viens."}],
        )
        page = signed_in(cast.anna).get(f"/plani/{plan.public_id}/iesniegums/").content.decode()
        assert "paraksta pats" in page

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("skenets.pdf", b"MZ nothing of the kind"),
            ("skenets.docx", b"\xd0\xcf\x11\xe0 a word file"),
            ("skenets.pdf", b""),
            ("../../etc/passwd", b"root:x:0:0"),
            ("liels.pdf", b"%PDF-1.7 " + bytes(25 * 1024 * 1024)),
        ],
    )
    def test_a_scan_that_is_none_is_refused_at_its_field(self, cast: Cast, name: str, content: bytes) -> None:
        plan = cast.draft()
        form = {
            "applicant": "guardian",
            "signed_on": "07.09.2026.",
            "scan": SimpleUploadedFile(name, content),
        }
        page = signed_in(cast.anna).post(f"/plani/{plan.public_id}/iesniegums/", form)
        assert page.status_code == 422
        assert page.context["form"].errors["scan"]
        assert not hasattr(fresh(plan), "request")

    def test_a_picture_of_the_paper_will_do(self, cast: Cast) -> None:
        out = io.BytesIO()
        Image.new("RGB", (40, 40), "white").save(out, "JPEG")
        plan = cast.draft()
        form = {
            "applicant": "guardian",
            "signed_on": "07.09.2026.",
            "scan": SimpleUploadedFile("bilde.exe", out.getvalue()),
        }
        signed_in(cast.anna).post(f"/plani/{plan.public_id}/iesniegums/", form)
        assert fresh(plan).request.scan.media_type == "image/jpeg"

    @pytest.mark.parametrize("print_", ["iesniegums", "vienosanas"])
    def test_the_prints_are_kept_and_read_aloud(self, cast: Cast, print_: str) -> None:
        plan = cast.draft()
        answer = signed_in(cast.anna).get(f"/plani/{plan.public_id}/{print_}/druka/")
        with pikepdf.open(io.BytesIO(answer.content)) as made, made.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"
            assert made.Root.Lang == "lv"


class TestMentor:
    def test_the_list_shows_the_own_municipality_and_writes_the_look_down(self, cast: Cast) -> None:
        plan = cast.draft()
        page = signed_in(cast.anna).get(f"/plani/{plan.public_id}/mentors/")
        assert [row.mentor for row in page.context["rows"]] == [cast.ilze, cast.andris]
        assert Look.objects.filter(what="registry", viewer=cast.anna).exists()

    def test_before_the_request_no_mentor_is_attached(self, cast: Cast) -> None:
        """AGR-2"""
        plan = cast.draft()
        address = f"/plani/{plan.public_id}/mentors/{cast.ilze.public_id}/"
        page = signed_in(cast.anna).post(address, {"contract": str(cast.contract.public_id)})
        assert page.status_code == 422
        assert fresh(plan).mentor is None

    def test_with_request_and_contract_the_mentor_is_attached(self, cast: Cast) -> None:
        plan = cast.requested(cast.draft())
        address = f"/plani/{plan.public_id}/mentors/{cast.ilze.public_id}/"
        assert (
            signed_in(cast.anna).post(address, {"contract": str(cast.contract.public_id)}).status_code == 302
        )
        assert fresh(plan).mentor == cast.ilze

    def test_a_mentor_of_the_own_school_needs_a_reason(self, cast: Cast) -> None:
        """MEN-9"""
        cast.ilze.works_at.add(cast.school)
        plan, client = cast.requested(cast.draft()), signed_in(cast.anna)
        address = f"/plani/{plan.public_id}/mentors/{cast.ilze.public_id}/"
        form = {"contract": str(cast.contract.public_id)}
        assert client.post(address, form).status_code == 422
        assert client.post(address, form | {"reason": "Vienīgā brīvā mentore."}).status_code == 302
        assert fresh(plan).assignments.get().reason == "Vienīgā brīvā mentore."

    def test_the_seventh_is_refused_without_naming_a_school(self, cast: Cast) -> None:
        """TG-3"""
        for number in range(6):
            cast.attached(cast.draft(cast.learner(f"Jaunietis {number}")))
        plan, client = cast.requested(cast.draft(cast.learner("Septītais"))), signed_in(cast.anna)
        rows = client.get(f"/plani/{plan.public_id}/mentors/").context["rows"]
        assert [(row.mentor, row.free, bool(row.full_until)) for row in rows] == [
            (cast.andris, 6, False),
            (cast.ilze, 0, True),
        ]
        address = f"/plani/{plan.public_id}/mentors/{cast.ilze.public_id}/"
        page = client.post(address, {"contract": str(cast.contract.public_id)})
        assert page.status_code == 422
        assert "TG-3" in page.content.decode()
        assert "Kalnu" not in page.content.decode()


class TestAgreement:
    def test_both_sign_on_the_device_today(self, cast: Cast) -> None:
        plan = cast.attached(cast.draft())
        both = {"learner": ("Jānis Bērziņš", None), "mentor": ("Ilze Kalniņa", None)}
        made = sign_agreement_here(by=cast.anna, plan=plan, mentor=cast.ilze, signatures=both, **TEXTS).thing
        assert (made.learner_signed_on, made.mentor_signed_on) == (cast.today, cast.today)
        assert made.signatures.count() == 2

    def test_one_alone_signs_nothing(self, cast: Cast) -> None:
        """AGR-4"""
        plan = cast.attached(cast.draft())
        one = {"learner": ("Jānis Bērziņš", None), "mentor": ("", None)}
        with pytest.raises(Refused) as refusal:
            sign_agreement_here(by=cast.anna, plan=plan, mentor=cast.ilze, signatures=one, **TEXTS)
        assert refusal.value.clauses == ("AGR-4",)
        assert not Agreement.objects.exists()

    def test_signing_anew_on_paper_voids_the_device(self, cast: Cast) -> None:
        plan = cast.attached(cast.draft())
        both = {"learner": ("Jānis Bērziņš", None), "mentor": ("Ilze Kalniņa", None)}
        made = sign_agreement_here(by=cast.anna, plan=plan, mentor=cast.ilze, signatures=both, **TEXTS).thing
        days = {"learner_signed_on": cast.today, "mentor_signed_on": cast.today}
        sign_agreement(by=cast.anna, plan=plan, mentor=cast.ilze, **days, **TEXTS)
        assert made.signatures.count() == 0

    @pytest.mark.parametrize("day", ["08.09.2026.", "31.02.2026.", ""])
    def test_signed_tomorrow_or_on_no_day_is_refused_and_stays_typed(self, cast: Cast, day: str) -> None:
        plan = cast.attached(cast.draft())
        draft_text(by=cast.anna, plan=plan, **TEXTS)
        form = {"learner_signed_on": day, "mentor_signed_on": "07.09.2026.", "original": "Mape 3"}
        page = signed_in(cast.anna).post(f"/plani/{plan.public_id}/vienosanas/uz-papira/", form)
        assert page.status_code == 422
        assert "AGR-4" in page.content.decode()
        assert "Mape 3" in page.content.decode()

    def test_signed_on_paper_it_knows_where_the_original_lies(self, cast: Cast) -> None:
        """AGR-9"""
        plan = cast.attached(cast.draft())
        draft_text(by=cast.anna, plan=plan, **TEXTS)
        form = {"learner_signed_on": "07.09.2026.", "mentor_signed_on": "2026-09-07", "original": "Mape 3"}
        signed_in(cast.anna).post(f"/plani/{plan.public_id}/vienosanas/uz-papira/", form)
        assert Agreement.objects.get().original == "Mape 3"

    def test_an_unfinished_text_is_no_agreement(self, cast: Cast) -> None:
        plan = cast.attached(cast.draft())
        kept = signed_in(cast.anna).post(
            f"/plani/{plan.public_id}/vienosanas/glabat/", {"situation": "Pusvārds", "version": "0"}
        )
        assert kept.status_code == 200
        assert AgreementDraft.objects.get().situation == "Pusvārds"
        assert not Agreement.objects.exists()

    def test_another_school_writes_no_text(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            draft_text(by=cast.gints, plan=cast.draft(), situation="–")

    def test_what_is_with_the_expert_is_not_written_on(self, cast: Cast) -> None:
        plan = cast.ready()
        submit_plan(by=cast.anna, plan=plan)
        with pytest.raises(WrongState):
            draft_text(by=cast.anna, plan=fresh(plan), situation="–")


class TestSending:
    def test_without_the_declaration_nothing_is_sent(self, cast: Cast) -> None:
        plan, client = cast.ready(), signed_in(cast.anna)
        address = f"/plani/{plan.public_id}/parbaudit/"
        assert client.post(address, {}).status_code == 422
        sent = client.post(address, {"declared": "on"}, follow=True)
        assert plan.number in sent.content.decode()
        assert fresh(plan).state == PlanState.SUBMITTED

    def test_the_button_waits_and_says_for_what(self, cast: Cast) -> None:
        plan = cast.draft()
        page = signed_in(cast.anna).get(f"/plani/{plan.public_id}/parbaudit/")
        assert not page.context["state"].ready
        assert f"/plani/{plan.public_id}/iesniegums/" in page.content.decode()


PAGES = [
    "sagatavot", "pamats", "riski", "iesniegums", "iesniegums/druka", "mentors", "vienosanas",
    "vienosanas/druka", "vienosanas/uz-papira", "vienosanas/paraksti", "parbaudit",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_only_preparers_of_the_school_open_what_is_prepared(cast: Cast, page: str) -> None:
    plan = cast.ready()
    address = f"/plani/{plan.public_id}/{page}/"
    assert signed_in(cast.anna).get(address).status_code == 200
    assert signed_in(cast.baiba).get(address).status_code == 200
    assert signed_in(cast.responsible).get(address).status_code == 403
    assert signed_in(cast.gints).get(address).status_code == 404
    assert signed_in(cast.expert).get(address).status_code == 404


def test_an_approved_plan_is_not_prepared_any_more(cast: Cast) -> None:
    plan = cast.ready()
    submit_plan(by=cast.anna, plan=plan)
    approve_plan(by=cast.expert, plan=fresh(plan))
    for page in ("sagatavot", "pamats", "riski", "parbaudit"):
        assert signed_in(cast.anna).get(f"/plani/{plan.public_id}/{page}/").url == f"/plani/{plan.public_id}/"
