"""A sent plan is taken back while nobody has opened it; its papers are read in the page by who answers for it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed, WrongState
from celabiedrs.lib.files.damage import open_whole
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.storage import store_bytes
from celabiedrs.people.models import Role
from celabiedrs.plans.actions import return_plan, submit_plan, take_back_plan
from celabiedrs.plans.models import Agreement, SupportPlan, SupportRequest
from rehearsal.stories.papers import pdf
from tests.cast import signed_in
from tests.cast.preparing import NOW, PNG, Cast, person

pytestmark = pytest.mark.get_may_write("audit_look")


def fresh(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.get(pk=plan.pk)


def sent(cast: Cast) -> SupportPlan:
    plan = cast.ready()
    submit_plan(by=cast.anna, plan=plan)
    return fresh(plan)


def opened(cast: Cast, plan: SupportPlan) -> None:
    assert signed_in(cast.expert).get(reverse("plans:decide", args=[plan.public_id])).status_code == 200


class TestTakingBack:
    def test_it_is_corrected_and_sent_again_as_if_for_the_first_time(self, cast: Cast) -> None:
        plan = sent(cast)
        desk = signed_in(cast.anna)
        assert desk.post(reverse("plans:take_back", args=[plan.public_id])).status_code == 302
        assert fresh(plan).state == "draft" and not plan.submissions.exists()

        submit_plan(by=cast.anna, plan=fresh(plan))
        assert plan.submissions.count() == 1

    def test_not_after_the_expert_has_opened_it(self, cast: Cast) -> None:
        plan = sent(cast)
        opened(cast, plan)
        with pytest.raises(WrongState):
            take_back_plan(by=cast.anna, plan=plan)
        page = signed_in(cast.anna).get(reverse("desk:plan", args=[plan.public_id])).content.decode()
        assert "Eksperts plānu jau ir atvēris." in page

    def test_what_the_expert_named_before_stays_to_be_corrected(self, cast: Cast) -> None:
        plan = sent(cast)
        opened(cast, plan)
        return_plan(by=cast.expert, plan=plan, fields=["risks"], reason="Precizēt")
        with clock.at(NOW + timedelta(hours=1)):
            submit_plan(by=cast.anna, plan=fresh(plan))
        assert take_back_plan(by=cast.anna, plan=fresh(plan)).thing.state == "returned"
        assert plan.submissions.count() == 1

    def test_nobody_else_takes_it_back(self, cast: Cast) -> None:
        plan = sent(cast)
        for other in (cast.gints, cast.expert, cast.ilze.user):
            with pytest.raises(NotAllowed):
                take_back_plan(by=other, plan=plan)


def stored(content: bytes, media_type: str) -> StoredFile:
    return store_bytes(content, kind="request", media_type=media_type, name="x")


class TestReadingThePapers:
    def papers(self, cast: Cast) -> SupportPlan:
        plan = sent(cast)
        SupportRequest.objects.filter(plan=plan).update(scan=stored(pdf(), "application/pdf"))
        Agreement.objects.filter(plan=plan).update(scan=stored(PNG, "image/png"))
        return plan

    def test_preparer_responsible_person_and_head_read_them_beside_the_plan(self, cast: Cast) -> None:
        plan = self.papers(cast)
        head = person("Dace Direktore", Role.HEAD, institution=cast.school)
        request = reverse("plans:request-paper", args=[plan.public_id])
        agreement = reverse("plans:agreement-of", args=[plan.public_id, cast.ilze.public_id])
        for reader in (cast.anna, cast.responsible, head, cast.expert):
            desk = signed_in(reader)
            links = desk.get(reverse("desk:plan", args=[plan.public_id])).content.decode()
            assert request in links and agreement in links
            page = desk.get(request).content.decode()
            assert "data:image/jpeg;base64," in page and "1. lapa no 1" in page
            page = desk.get(agreement).content.decode()
            assert "data:image/png;base64," in page and "Kavē stundas, trūkst motivācijas" in page
            answer: Any = desk.get(reverse("plans:request-file", args=[plan.public_id]))
            assert b"".join(answer.streaming_content) == pdf()

    def test_the_mentor_does_not_and_a_stranger_knows_nothing(self, cast: Cast) -> None:
        request = reverse("plans:request-paper", args=[self.papers(cast).public_id])
        assert signed_in(cast.ilze.user).get(request).status_code == 403
        assert signed_in(cast.gints).get(request).status_code == 404

    def test_a_page_that_is_not_there_offers_the_file(self, cast: Cast) -> None:
        request = reverse("plans:request-paper", args=[self.papers(cast).public_id])
        for number in ("7", "0", "x" * 9, "99999999999999999999"):
            assert signed_in(cast.anna).get(request, {"page": number}).status_code == 200


def photograph(colour: str) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (600, 850), colour).save(out, "JPEG")
    return SimpleUploadedFile(f"{colour}.jpg", out.getvalue(), "image/jpeg")


class TestSeveralPhotographs:
    def posted(self, cast: Cast, scans: list[SimpleUploadedFile]) -> Any:
        plan = cast.draft()
        address = reverse("plans:request", args=[plan.public_id])
        typed = {"applicant": "guardian", "signed_on": f"{cast.today:%Y-%m-%d}", "scan": scans}
        return signed_in(cast.anna).post(address, typed)

    def test_they_become_one_paper_in_their_order(self, cast: Cast) -> None:
        assert self.posted(cast, [photograph("red"), photograph("blue")]).status_code == 302
        scan = SupportRequest.objects.get().scan
        assert scan is not None and scan.media_type == "application/pdf"
        with open_whole(scan) as file:
            document = pypdfium2.PdfDocument(file.read())
        colours = [page.render().to_pil().convert("RGB").getpixel((100, 100)) for page in document]
        assert [colour.index(max(colour)) for colour in colours] == [0, 2]

    def test_a_pdf_among_them_is_refused(self, cast: Cast) -> None:
        answer = self.posted(cast, [photograph("red"), SimpleUploadedFile("x.pdf", pdf(), "application/pdf")])
        assert answer.status_code == 422 and "ja visas ir fotogrāfijas" in answer.content.decode()
        assert not SupportRequest.objects.exists()
