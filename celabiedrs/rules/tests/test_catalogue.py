"""What ties the source's clauses to code: words in both languages, a rule or a written home, numbers with a
source."""

import re
from collections import Counter
from pathlib import Path

import pytest

from celabiedrs.rules import catalogue
from celabiedrs.rules.catalogue import Clause, clauses
from celabiedrs.rules.parameters import Parameter, parameters

PACKAGE = Path(catalogue.__file__).parent.parent
STAGES = {
    "registry", "contracts", "plans", "hours", "pay", "closing", "supervision",
    "notes", "safeguarding", "retention", "places", "people", "desk",
}  # fmt: skip
BLOCKS = {
    "GEN": 4, "TG": 6, "IAP": 4, "CAL": 5, "LNG": 2, "MOD": 5, "MEN": 11, "REG": 4, "CON": 10, "AGR": 10,
    "LOG": 13, "ARC": 1, "PAY": 5, "EVA": 4, "SUP": 7, "DUT": 8, "CNF": 3, "CTC": 1,
}  # fmt: skip
ENFORCED = [clause for clause in clauses() if clause.kind == "enforced"]
CITED = re.compile(r"""\b(?:Breach|Caution)\(\s*["']([^"']+)["']""")


def ids(clause: Clause) -> str:
    return clause.id


def test_the_catalogue_holds_every_clause_of_the_source_once_and_in_its_order() -> None:
    expected = [f"{block}-{number}" for block, last in BLOCKS.items() for number in range(1, last + 1)]
    assert [clause.id for clause in clauses()] == expected
    assert len(expected) == 103


def test_the_chapters_follow_each_other_as_in_the_source() -> None:
    met = list(dict.fromkeys(clause.chapter for clause in clauses()))
    changes = sum(1 for one, two in zip(clauses(), clauses()[1:], strict=False) if one.chapter != two.chapter)
    assert met == list(catalogue.chapters())
    assert changes == len(met) - 1, "a chapter is split in two"


@pytest.mark.parametrize("clause", clauses(), ids=ids)
def test_a_clause_is_said_in_both_languages(clause: Clause) -> None:
    for said in (clause.title, clause.text):
        assert said.lv.strip()
        assert said.en.strip()
        assert said.lv != said.en
    assert bool(clause.remedy.lv) == bool(clause.remedy.en)
    assert clause.stage in STAGES


@pytest.mark.parametrize("clause", clauses(), ids=ids)
def test_a_clause_is_short_enough_to_be_read(clause: Clause) -> None:
    for said in (clause.title.lv, clause.title.en):
        assert 3 <= len(said.split()) <= 6, said
    for said in (clause.text.lv, clause.text.en):
        assert len(said) <= 420, f"{len(said)} characters"
        assert said.endswith(".")


@pytest.mark.parametrize("clause", clauses(), ids=ids)
def test_the_words_of_a_clause_are_set_as_latvian_and_english_are(clause: Clause) -> None:
    for text in (clause.title.lv, clause.text.lv, clause.remedy.lv):
        assert not set(text) & set("“'\""), "Latvian quotation marks are „ and ”"
        assert "  " not in text
    for text in (clause.title.en, clause.text.en, clause.remedy.en):
        assert not set(text) & set('„"'), "English quotation marks are “ and ”"
        assert not set(text) & set("āčēģīķļņšūž"), "Latvian left in the English"


@pytest.mark.parametrize("clause", clauses(), ids=ids)
def test_a_clause_that_another_one_points_to_exists(clause: Clause) -> None:
    known = {entry.id for entry in clauses()}
    for text in (clause.text.lv, clause.text.en, clause.home):
        assert set(catalogue.CLAUSE_ID.findall(text)) <= known


@pytest.mark.parametrize("clause", ENFORCED, ids=ids)
def test_an_enforced_clause_has_a_rule_or_says_where_it_lives(clause: Clause) -> None:
    assert catalogue.rules_of(clause.id) or len(clause.home) > 40, (
        "neither a rule function nor a reason (home)"
    )


def test_no_two_clauses_have_one_title() -> None:
    for language in ("lv", "en"):
        titles = Counter(clause.title.within(language) for clause in clauses())
        assert not [title for title, times in titles.items() if times > 1]


def test_every_rule_function_speaks_for_clauses_that_exist() -> None:
    known = {clause.id for clause in clauses()}
    assert set(catalogue.rule_places()) <= known
    assert catalogue.rule_places(), "no rule is entered at all"


def test_every_refusal_and_warning_in_the_code_names_a_clause_that_exists() -> None:
    known = {clause.id for clause in clauses()}
    unknown = {
        f"{path.relative_to(PACKAGE)}: {ident}"
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts
        for ident in CITED.findall(path.read_text(encoding="utf-8"))
        if ident not in known
    }
    assert not unknown


@pytest.mark.parametrize("parameter", parameters().values(), ids=lambda parameter: parameter.name)
def test_a_number_has_its_clause_its_source_and_a_name_that_people_read(parameter: Parameter) -> None:
    assert catalogue.clause(parameter.clause)
    assert parameter.source.strip()
    label = catalogue.label_of(parameter.name)
    assert label.lv != parameter.name, "say it in words: clauses.toml, [numbers]"
    for _since, _until, value in parameter.values:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str) and not item.isupper():
                assert catalogue.word(item).lv != item, f"say {item} in words: clauses.toml, [words]"


def test_no_name_is_kept_for_a_number_that_is_gone() -> None:
    assert set(catalogue._book()["numbers"]) <= set(parameters())


def test_a_clause_that_nobody_wrote_is_not_found() -> None:
    with pytest.raises(LookupError):
        catalogue.clause("TG-99")


def test_the_tests_of_a_clause_are_whole_ids_only() -> None:
    places = catalogue._test_places()
    assert all(ident in {clause.id for clause in clauses()} for ident in places)
    assert catalogue.CLAUSE_ID.findall("TG-5, XXTG-55 and TG-500") == ["TG-5"]
