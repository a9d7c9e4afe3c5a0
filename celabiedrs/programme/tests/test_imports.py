"""Class lists, institutions, accounts, contacts and neighbours are taken in from tables as other systems write them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from celabiedrs.lib import clock
from celabiedrs.people.models import AccountLetter, Post, PostProposal, Role, User
from celabiedrs.places.models import Institution, Municipality, RegionalContact
from celabiedrs.plans.models import Learner, PersonalCode
from celabiedrs.programme.actions import imports
from celabiedrs.programme.models import TableImport
from celabiedrs.programme.reading.tables import born_by_code, stage_of
from tests.cast import signed_in
from tests.cast.preparing import NOW, Cast, person

pytestmark = [pytest.mark.get_may_write("audit_look")]


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with clock.at(NOW):
        yield Cast()


@pytest.fixture
def dace(cast: Cast) -> User:
    return person("Dace Programma", Role.PROGRAMME_ADMINISTRATOR)


def in_(user: User) -> Client:
    return signed_in(user)


def uploaded(client: Client, kind: str, text: str, **more: str) -> str:
    """Upload a table; the address of its look."""
    table = SimpleUploadedFile("saraksts.csv", text.encode())
    answer = client.post(f"/importi/{kind}/", {"table": table, **more})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer["Location"])


CLASS_LIST = """8.a klases saraksts;;;;;
Nr.p.k.;Uzvārds;Vārds;Personas kods;Dzimšanas datums;Klase
1;Āboliņa;Anna;;14.05.2012.;8.a
2;Bērziņš;Kārlis;030212-20007;;8.a
3;Kļava;Rūta;;nezināms;8.a
4;Āboliņa;Anna;;14.05.2012.;8.a
5;Ozols;Jānis;;01.01.2012.;II kurss un vēl
"""


def test_a_class_list_is_taken_in_as_the_school_exports_it(cast: Cast) -> None:
    anna = in_(cast.anna)
    url = uploaded(anna, "learners", CLASS_LIST)
    page = anna.get(url).content.decode()
    assert "Nr.p.k." in page and "1 " in page
    assert "nezināms" in page, "what cannot be read is quoted"
    assert Learner.objects.count() == 0, "only looked at"
    assert anna.post(url, {"do": "confirm"}).status_code == 302
    learner = Learner.objects.get()
    assert (learner.name, learner.class_year, learner.institution) == ("Kārlis Bērziņš", 8, cast.school)
    assert learner.born_on.isoformat() == "2012-02-03", "from the old form of the personal code"
    assert PersonalCode.objects.get(learner=learner).code == "030212-20007"
    assert TableImport.objects.get().rows == "[]", "nothing of the table stays"


def test_what_is_not_confirmed_is_sealed_and_forgotten(cast: Cast) -> None:
    uploaded(in_(cast.anna), "learners", CLASS_LIST)
    held = TableImport.objects.get()
    assert b"030212" not in bytes(TableImport.objects.values_list("rows", flat=True)[0] or b"")
    assert "030212" in held.rows
    with clock.at(NOW + timedelta(days=30)):
        assert imports.forget_old() == 1


def test_nobody_sees_the_table_of_another(cast: Cast, dace: User) -> None:
    url = uploaded(in_(cast.anna), "learners", CLASS_LIST)
    for user in (cast.baiba, cast.gints, dace):
        assert in_(user).get(url).status_code == 404
    assert in_(cast.anna).get("/importi/institutions/").status_code == 404
    assert in_(dace).get("/importi/learners/").status_code == 404


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("8.a", ("8", None)),
        ("8. klase", ("8", None)),
        ("11B", ("11", None)),
        ("2. kurss", (None, "2")),
        ("II kurss", (None, "2")),
        ("", (None, None)),
        ("bērnudārzs", ("bērnudārzs", None)),
    ],
)
def test_a_class_is_read_as_people_write_it(words: str, stage: tuple[str | None, str | None]) -> None:
    assert stage_of(words) == stage


def test_a_new_personal_code_says_no_birthday() -> None:
    assert born_by_code("320101-12345") == ""
    assert born_by_code("310212-20007") == ""
    assert born_by_code("140590-10007") == "1990-05-14"


def test_institutions_with_a_template_that_fits(cast: Cast, dace: User) -> None:
    client = in_(dace)
    text = client.get("/importi/institutions/paraugs.csv").content.decode("utf-8-sig")
    url = uploaded(
        client,
        "institutions",
        text
        + "Priežu pamatskola;pamatskola;Cēsu nov.;jā;;;;;;\r\nLauku skola;skola;Nekurienes novads;;;;;;;\r\n",
    )
    page = client.get(url).content.decode()
    assert "Nekurienes novads" in page
    assert client.post(url, {"do": "confirm"}).status_code == 302
    assert Institution.objects.filter(name="Parauga pamatskola", municipal=True).count() == 1
    assert Institution.objects.filter(name="Priežu pamatskola").count() == 1
    failed = client.post(uploaded(client, "institutions", text), {"do": "failed"})
    assert "Parauga pamatskola" in failed.content.decode("utf-8-sig")


def test_accounts_come_with_their_posts_and_the_great_ones_wait_for_a_second(cast: Cast, dace: User) -> None:
    client = in_(dace)
    url = uploaded(
        client,
        "accounts",
        "Vārds, uzvārds,E-pasts,Amats,Iestāde\n"
        "Rasa Kļava,Rasa.Klava@Piemers.lv,sagatavotājs,Priežu pamatskola\n"
        "Rasa Kļava,rasa.klava@piemers.lv,atbildīgā persona,Priežu pamatskola\n"
        "Oto Ozols,oto@piemers.lv,direktors,Priežu pamatskola\n"
        "Zane Zīle,zane@piemers.lv,karalis,Priežu pamatskola\n".replace("Vārds, uzvārds", '"Vārds, uzvārds"'),
    )
    assert AccountLetter.objects.count() == 0, "nobody is written to before it is confirmed"
    assert client.post(url, {"do": "confirm"}).status_code == 302
    rasa = User.objects.get(email="rasa.klava@piemers.lv")
    assert set(Post.objects.filter(person=rasa).values_list("role", flat=True)) == {
        "preparer",
        "responsible_person",
    }
    assert PostProposal.objects.get().person.name == "Oto Ozols"
    assert not User.objects.filter(name="Zane Zīle").exists()
    assert AccountLetter.objects.count() == 2


def test_contacts_and_neighbours(cast: Cast, dace: User) -> None:
    other = Municipality.objects.create(atvk="0002", name="Smiltenes novads", region=cast.region)
    Municipality.objects.filter(pk=cast.municipality.pk).update(atvk="0001")
    client = in_(dace)
    for kind, text in (
        (
            "contacts",
            "vārds, uzvārds;pienākums;e-pasts;pašvaldības\n"
            "Īva Kontakte;eksperts;iva@piemers.lv;Cēsu nov. un Smiltenes novads\n",
        ),
        ("neighbours", "pašvaldība;kaimiņi\nCēsu novads;Smiltenes nov.\n"),
    ):
        assert client.post(uploaded(client, kind, text), {"do": "confirm"}).status_code == 302
    assert set(RegionalContact.objects.get().municipalities.all()) == {cast.municipality, other}
    assert list(cast.municipality.neighbours.all()) == [other]


def test_a_long_table_is_a_job_with_progress(
    cast: Cast, dace: User, django_capture_on_commit_callbacks: object
) -> None:
    rows = "".join(
        f"Bērns Numurs{chr(97 + n // 26)}{chr(97 + n % 26)};{1 + n % 28:02}.02.2012.;8\n" for n in range(80)
    )
    anna = in_(cast.anna)
    url = uploaded(anna, "learners", "vārds, uzvārds;dzimšanas diena;klase\n" + rows)
    held = TableImport.objects.get()
    assert held.state == "looking" and "0" in anna.get(url).content.decode()
    imports.run_import(held.pk)
    held.refresh_from_db()
    assert (held.state, held.done) == ("ready", 80)
    assert anna.post(url, {"do": "confirm"}).status_code == 302
    assert Learner.objects.count() == 0
    imports.run_import(held.pk)
    imports.run_import(held.pk)
    assert Learner.objects.count() == 80, "run twice, entered once"


def test_a_long_round_of_mentors_is_a_job_and_asks_about_the_same_person(cast: Cast, dace: User) -> None:
    head = (
        "vārds un uzvārds;dzimšanas diena;izglītība;pašvaldības;apliecības numurs;izsniegta;stundas;kārta\n"
    )
    rows = "".join(
        f"Mentors Numurs{chr(97 + n // 26)}{chr(97 + n % 26)};02.04.1980.;vidējā;Cēsu nov.;AM-{n};01.06.2026.;36;1\n"
        for n in range(69)
    )
    rows += "KALNINA Ilze;02.04.1990.;vidējā;Cēsu nov.;AM-900;01.06.2026.;36;1\n"
    client = in_(dace)
    table = SimpleUploadedFile("karta.csv", (head + rows).encode())
    url = client.post("/registrs/kartas/imports/", {"table": table})["Location"]
    held = TableImport.objects.get()
    imports.run_import(held.pk)
    assert "KALNINA Ilze" in client.get(url).content.decode()
    client.post(url, {"do": "confirm"})
    imports.run_import(held.pk)
    held.refresh_from_db()
    assert held.entered == 69, "the one that may be somebody known stays out, for nobody ticked it"
