"""The pages of contracts and checks: who reads the whole contract, who its state, who nothing; and what they enter
(CON-2, CON-6 … CON-8)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from celabiedrs.contracts.access import contract_states_visible_to
from celabiedrs.contracts.models import Contract, ContractState, ReplacedCopy
from celabiedrs.lib.audit.models import Event, Look
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.people.models import Role, User
from celabiedrs.places.models import Institution, Municipality, Region
from celabiedrs.registry.models import SuitabilityCheck
from rehearsal.stories.papers import pdf
from tests.cast import signed_in
from tests.cast.preparing import Cast, person

pytestmark = pytest.mark.get_may_write("audit_look")

READING = ("contract", "pdf", "file")


def url(name: str, thing: Any) -> str:
    return reverse(f"contracts:{name}", args=[thing.public_id])


def upload(content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("ligums.pdf", content or pdf(), "application/pdf")


def answers(client: Client, contract: Contract) -> list[int]:
    codes = []
    for name in READING:
        answer: Any = client.get(url(name, contract))
        if answer.streaming:
            b"".join(answer.streaming_content)
        codes.append(answer.status_code)
    return codes


def knows_the_state(user: User, contract: Contract) -> bool:
    return Contract.objects.filter(contract_states_visible_to(user), pk=contract.pk).exists()


# Who reads what


def test_the_mentor_and_the_employer_read_the_whole_contract(cast: Cast) -> None:
    clerk = person("Aivars Algotājs", Role.PAY_CLERK, institution=cast.school)
    head = person("Dace Direktore", Role.HEAD, institution=cast.school)
    for reader in (cast.ilze.user, cast.anna, cast.responsible, head, clerk):
        assert answers(signed_in(reader), cast.contract) == [200, 200, 200], reader.name
        assert knows_the_state(reader, cast.contract), reader.name


def test_another_school_the_expert_and_the_programme_know_the_state_and_no_more(cast: Cast) -> None:
    programme = person("Pēteris Programma", Role.PROGRAMME_ADMINISTRATOR)
    for reader in (cast.gints, cast.expert, programme):
        assert answers(signed_in(reader), cast.contract) == [404, 404, 404], reader.name
        assert knows_the_state(reader, cast.contract), reader.name


def test_who_has_nothing_to_do_with_it_knows_nothing(cast: Cast) -> None:
    region = Region.objects.create(name="Kurzeme tests")
    municipality = Municipality.objects.create(atvk="T2", name="Tālais novads", region=region)
    far = Institution.objects.create(name="Tālā skola", kind="general", municipality=municipality)
    strangers = (
        cast.andris.user,
        person("Nora Neviena"),
        person("Fricis Tālais", Role.PREPARER, institution=far),
        person("Elza Cita", Role.PROJECT_EXPERT, region=region),
        person("Kārlis Koordinators", Role.MUNICIPALITY_COORDINATOR, municipality=cast.municipality),
    )
    for stranger in strangers:
        assert answers(signed_in(stranger), cast.contract) == [404, 404, 404], stranger.name
        assert not knows_the_state(stranger, cast.contract), stranger.name
    assert Client().get(url("contract", cast.contract)).status_code == 302


def test_the_coordinator_reads_the_contracts_of_the_education_board_of_the_municipality(cast: Cast) -> None:
    board = Institution.objects.create(
        name="Cēsu izglītības pārvalde", kind="education_board", municipality=cast.municipality
    )
    contract = cast.contracted(cast.andris, board)
    coordinator = person("Kārlis Koordinators", Role.MUNICIPALITY_COORDINATOR, municipality=cast.municipality)
    assert answers(signed_in(coordinator), contract) == [200, 200, 200]
    listed = signed_in(coordinator).get(reverse("contracts:list")).content.decode()
    assert "Andris Ozols" in listed and "Ilze Kalniņa" not in listed


def test_another_school_reads_in_the_registry_that_checks_stand_and_not_when_or_how(cast: Cast) -> None:
    SuitabilityCheck.objects.filter(mentor=cast.ilze).update(
        outcome="permitted", permission="Atļauja-4711", source="Slepens avots", permission_limits=["rītos"]
    )
    told = signed_in(cast.gints).get(reverse("registry:mentor", args=[cast.ilze.public_id])).content.decode()
    assert "pārbaudīts" in told.lower()
    shown = signed_in(cast.gints).get(url("check", cast.ilze)).content.decode()
    for secret in ("Atļauja-4711", "Slepens avots", "rītos", "18.08.2026.", "18.08.2027.", "Priežu"):
        assert secret not in told, secret
        assert secret not in shown, secret
    own = signed_in(cast.anna).get(url("check", cast.ilze)).content.decode()
    assert "Atļauja-4711" in own and "rītos" in own
    mentors = signed_in(cast.ilze.user).get(reverse("contracts:mine")).content.decode()
    assert "Atļauja-4711" in mentors


def test_each_look_into_a_contract_is_written_down_but_the_mentors_own(cast: Cast) -> None:
    signed_in(cast.ilze.user).get(url("contract", cast.contract))
    assert not Look.objects.filter(thread=cast.contract.public_id).exists()
    signed_in(cast.anna).get(url("contract", cast.contract))
    assert Look.objects.get(thread=cast.contract.public_id).what == "contract"


# The file


def test_the_file_comes_as_a_download_with_its_bytes(cast: Cast) -> None:
    answer: Any = signed_in(cast.ilze.user).get(url("file", cast.contract))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 test"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"] and "no-store" in answer["Cache-Control"]


def test_where_no_file_is_there_is_nothing_to_load(cast: Cast) -> None:
    Contract.objects.update(scan=None)
    assert answers(signed_in(cast.anna), cast.contract) == [200, 200, 404]


def test_a_new_file_takes_the_place_of_the_old_and_the_old_is_kept(cast: Cast) -> None:
    before = cast.contract.scan
    done = signed_in(cast.anna).post(url("copy", cast.contract), {"scan": upload(), "originals": "Seifā"})
    assert done.status_code == 302
    cast.contract.refresh_from_db()
    assert cast.contract.scan != before and cast.contract.originals == "Seifā"
    assert ReplacedCopy.objects.get().scan == before


def test_a_file_that_is_none_is_said_at_its_field_and_does_not_stay(cast: Cast) -> None:
    stored = StoredFile.objects.count()
    answer = signed_in(cast.anna).post(url("copy", cast.contract), {"scan": upload(b"MZ program")})
    assert answer.status_code == 422 and "scan" in answer.context["form"].errors
    assert StoredFile.objects.count() == stored


def test_who_only_reads_the_contract_puts_no_file_to_it_and_does_not_end_it(cast: Cast) -> None:
    for reader in (cast.ilze.user, cast.responsible):
        assert signed_in(reader).post(url("copy", cast.contract), {"scan": upload()}).status_code == 403
        assert signed_in(reader).get(url("end", cast.contract)).status_code == 404
    assert signed_in(cast.gints).post(url("copy", cast.contract), {"scan": upload()}).status_code == 404
    assert signed_in(cast.gints).post(url("end", cast.contract), {}).status_code == 404


# Entering


def test_a_check_is_entered_on_the_page_and_a_permission_with_its_limits(cast: Cast) -> None:
    anna, page = signed_in(cast.anna), url("check", cast.andris)
    typed = {
        "employer": str(cast.school.public_id), "ground": "education_law_50", "checked_on": "01.09.2026.",
        "source": "Sodu reģistrs", "outcome": "permitted", "permission": "", "limits": "",
    }  # fmt: skip
    refused = anna.post(page, typed)
    assert refused.status_code == 422 and "01.09.2026." in refused.content.decode()
    assert {finding.clause for finding in refused.context["form"].refused} == {"MEN-4"}
    limits = "tikai no 10. klases\r\n\r\nne internātā"
    assert anna.post(page, typed | {"permission": "Nr. 12", "limits": limits}).status_code == 302
    check = SuitabilityCheck.objects.get(mentor=cast.andris)
    assert check.permission_limits == ["tikai no 10. klases", "ne internātā"]
    assert (check.recorded_by, check.source) == (cast.anna, "Sodu reģistrs")
    assert "ne internātā" in anna.get(page).content.decode()


def test_a_contract_is_entered_with_its_file_or_not_at_all(cast: Cast) -> None:
    anna, page = signed_in(cast.anna), url("new", cast.andris)
    typed = {
        "employer": str(cast.school.public_id), "term": "2026/27-1+2026/27-2", "signed_on": "07.09.2026.",
        "originals": "Mape 4",
    }  # fmt: skip
    stored = StoredFile.objects.count()
    refused = anna.post(page, typed | {"scan": upload()})
    assert refused.status_code == 422
    assert {finding.clause for finding in refused.context["form"].refused} == {"MEN-4", "MEN-5", "CON-6"}
    assert StoredFile.objects.count() == stored
    for ground in ("education_law_50", "child_protection_72_5"):
        anna.post(
            url("check", cast.andris),
            {"employer": typed["employer"], "ground": ground, "checked_on": "2026-09-01", "source": "SR",
             "outcome": "clear"},
        )  # fmt: skip
    assert anna.post(page, typed | {"scan": upload()}).status_code == 302
    made = Contract.objects.get(mentor=cast.andris)
    assert (made.semesters, made.originals) == (("2026/27-1", "2026/27-2"), "Mape 4")
    assert made.scan is not None and made.scan.kind == "contract"


def test_a_contract_without_its_file_says_so_in_the_list(cast: Cast) -> None:
    Contract.objects.filter(pk=cast.contract.pk).update(scan=None)
    assert "trūkst kopijas" in signed_in(cast.anna).get(reverse("contracts:list")).content.decode().lower()


def test_the_early_end_asks_for_day_and_reason_and_is_done_once(cast: Cast) -> None:
    anna, page = signed_in(cast.anna), url("end", cast.contract)
    late = anna.post(page, {"day": "16.05.2027.", "reason": "Pārcelšanās"})
    assert late.status_code == 422 and "Pārcelšanās" in late.content.decode()
    assert anna.post(page, {"day": "15.05.2027.", "reason": "Pārcelšanās"}).status_code == 302
    cast.contract.refresh_from_db()
    assert cast.contract.state == ContractState.ENDED
    assert anna.get(page).status_code == 302
    assert anna.post(page, {"day": "14.05.2027.", "reason": "Vēlreiz"}).status_code == 409
    assert Event.objects.filter(verb="ended", thing_id=cast.contract.pk).count() == 1


def test_the_page_of_checks_puts_what_presses_first(cast: Cast) -> None:
    SuitabilityCheck.objects.filter(mentor=cast.ilze, ground="education_law_50").update(
        checked_on="2025-09-06"
    )
    told = signed_in(cast.anna).get(reverse("contracts:checks"))
    assert [row.mentor for row in told.context["pressing"]] == [cast.ilze]
    SuitabilityCheck.objects.filter(mentor=cast.ilze).update(checked_on="2026-09-06")
    told = signed_in(cast.anna).get(reverse("contracts:checks"))
    assert [row.mentor for row in told.context["calm"]] == [cast.ilze]
    assert signed_in(cast.ilze.user).get(reverse("contracts:checks")).status_code == 404
