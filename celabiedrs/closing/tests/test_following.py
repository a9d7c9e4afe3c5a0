"""A plan that follows another takes over what has not changed, and its papers are entered on one page (IAP-3)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from celabiedrs.closing.actions import choose_way, file_papers, renew_plan
from celabiedrs.lib.acts import Refused
from celabiedrs.plans.models import Agreement, AgreementDraft, AgreementText, SupportPlan, SupportRequest
from celabiedrs.registry.models import EducationGround, EducationKind, SuitabilityCheck, TrainingCertificate
from rehearsal.stories.papers import pdf
from tests.cast import at, signed_in
from tests.cast.programme import Cast

pytestmark = pytest.mark.django_db
NOW = "2026-12-16 10:00"
TEXTS = {
    "situation": "Kavē stundas.",
    "way_forward": "Divreiz nedēļā.",
    "mentor_undertakes": "Uzklausīt.",
    "learner_undertakes": "Nākt laikā.",
}
TYPED = {
    "applicant": "guardian",
    "signed_on": "2026-12-15",
    "learner_signed_on": "2026-12-15",
    "mentor_signed_on": "2026-12-16",
    "original": "Kanceleja, mape 3",
}


def ready(cast: Cast, plan: SupportPlan) -> None:
    """What attaching asks of the mentor, and the agreement's texts of the plan before."""
    mentor = plan.mentor
    assert mentor is not None
    EducationGround.objects.get_or_create(mentor=mentor, kind=EducationKind.SECONDARY)
    TrainingCertificate.objects.get_or_create(
        mentor=mentor, defaults={"number": f"T-{mentor.pk}", "issued_on": "2026-05-01", "hours": 36}
    )
    for ground in ("children_rights", "education_law"):
        SuitabilityCheck.objects.get_or_create(
            mentor=mentor,
            employer=cast.school,
            ground=ground,
            defaults={"checked_on": "2026-08-20", "outcome": "clear", "recorded_at": f"{NOW}+02:00"},
        )
    AgreementText.objects.create(agreement=Agreement.objects.get(plan=plan), **TEXTS)
    choose_way(by=cast.preparer, plan=plan, way="continue")


def renewed(cast: Cast, plan: SupportPlan) -> SupportPlan:
    risks = [{"kind": "failing", "reason": "Divi"}, {"kind": "early_leaving", "reason": "Kavē"}]
    return renew_plan(by=cast.preparer, plan=plan, semester="2026/27-2", risks=risks).thing


def scans() -> dict[str, Any]:
    return {
        name: SimpleUploadedFile(f"{name}.pdf", pdf(), "application/pdf")
        for name in ("request_scan", "agreement_scan")
    }


def test_the_agreements_texts_are_a_start(cast: Cast) -> None:
    with at(NOW):
        ready(cast, cast.plan)
        following = renewed(cast, cast.plan)
    draft = AgreementDraft.objects.get(plan=following)
    assert {name: getattr(draft, name) for name in TEXTS} == TEXTS
    assert not Agreement.objects.filter(plan=following).exists()


def test_another_school_does_not_get_them(cast: Cast) -> None:
    with at(NOW):
        ready(cast, cast.plan)
        cast.plan.learner.institution = cast.far_school
        cast.plan.learner.save()
        risks = [{"kind": "failing", "reason": "Divi"}, {"kind": "early_leaving", "reason": "Kavē"}]
        renew_plan(by=cast.far_preparer, plan=cast.plan, semester="2026/27-2", risks=risks)
    assert not AgreementDraft.objects.exists()


def test_the_papers_of_two_plans_are_entered_one_after_another(cast: Cast) -> None:
    desk = signed_in(cast.preparer)
    other = cast.planned(cast.learner("Aija Pirmā"), cast.ilze, cast.contract)
    with at(NOW):
        for plan in (cast.plan, other):
            ready(cast, plan)
        second, first = renewed(cast, cast.plan), renewed(cast, other)
        page = desk.get(reverse("closing:next_papers")).headers["Location"]
        assert page.startswith(reverse("closing:following", args=[first.public_id]))
        answer = desk.post(page, TYPED | scans())
        assert answer.status_code == 302, answer.content.decode()
        check = answer.headers["Location"]
        assert check.startswith(reverse("plans:check", args=[first.public_id]))
        sent = desk.post(check, {"declared": "on"})
        assert sent.status_code == 302, sent.content.decode()
        following = desk.get(sent.headers["Location"]).headers["Location"]
        assert following.startswith(reverse("closing:following", args=[second.public_id]))
        print_ = desk.get(reverse("closing:following_prints"))
        assert print_.headers["Content-Type"] == "application/pdf"
    first.refresh_from_db()
    assert (first.state, first.mentor) == ("submitted", cast.ilze)
    assert SupportRequest.objects.get(plan=first).scan is not None
    agreement = Agreement.objects.get(plan=first)
    assert agreement.text.situation == TEXTS["situation"] and agreement.original == "Kanceleja, mape 3"


def test_what_is_refused_leaves_nothing_behind(cast: Cast) -> None:
    with at(NOW):
        ready(cast, cast.plan)
        following = renewed(cast, cast.plan)
        typed = {name: value for name, value in TYPED.items() if name != "original"}
        with pytest.raises(Refused) as refusal:
            file_papers(
                by=cast.preparer,
                plan=following,
                request_scan=cast.scan(),
                agreement_scan=None,
                texts=TEXTS,
                **typed | {"learner_signed_on": "2026-12-30"},
            )
    assert [finding.clause for finding in refusal.value.findings] == ["AGR-4"]
    following.refresh_from_db()
    assert following.mentor is None and not SupportRequest.objects.filter(plan=following).exists()
