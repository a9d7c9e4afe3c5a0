"""Findings, refusals and the dated numbers."""

from datetime import date
from decimal import Decimal

import pytest

from celabiedrs.rules.breach import RULES, Breach, Caution, Refused, in_words, refuse
from celabiedrs.rules.parameters import at, parameters, share, whole, whole_range, words


def test_a_refusal_gives_all_breaches_once_and_in_order() -> None:
    a, b, c = Breach("TG-5", "x"), Breach("CAL-4", "y"), Caution("MEN-9", "z")
    with pytest.raises(Refused) as refused:
        refuse(c, (finding for finding in (a, b, a)), [Breach("TG-5", "w")])
    assert refused.value.findings == (a, b, Breach("TG-5", "w"))
    assert refused.value.clauses == ("TG-5", "CAL-4")


def test_without_a_breach_the_cautions_come_back() -> None:
    caution = Caution("MEN-9", "z")
    assert refuse([caution, caution], iter(())) == (caution,)
    assert refuse() == ()


def test_what_is_no_finding_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        refuse(["TG-5"])  # type: ignore[list-item]


def test_values_are_shown_as_readers_write_them() -> None:
    finding = Breach(
        "TG-5",
        "%(day)s: %(sum)s",
        "%(means)s",
        {"day": date(2026, 10, 2), "sum": Decimal("1.50"), "means": ("a", "b")},
    )
    assert finding.said() == "02.10.2026.: 1,50".replace(".:", ":") and finding.advice() == "a, b"
    assert finding.said(lambda text: "Diena " + text) == "Diena 02.10.2026: 1,50"
    assert in_words(7) == "7"


def test_before_the_first_value_the_first_one_holds_so_that_a_slip_of_the_year_meets_the_rules() -> None:
    assert at("minimum_age_years", date(2006, 10, 5)) == at("minimum_age_years", date(2024, 9, 1))


def test_a_name_or_a_kind_that_does_not_fit_is_an_error_and_never_a_default() -> None:
    with pytest.raises(LookupError):
        at("maximum_age_years", date(2026, 9, 1))
    with pytest.raises(TypeError):
        whole("pay_waits_for", date(2026, 9, 1))


def test_dated_values_say_their_clause_and_since_when() -> None:
    dated = at("minimum_age_years", date(2024, 9, 1))
    assert (dated.value, dated.clause, dated.since) == (13, "TG-1", date(2024, 9, 1))
    assert share("vsaoi_employee", date(2026, 1, 1)) == Decimal("0.2359")
    assert whole_range("course_range", date(2026, 1, 1)) == (1, 4)
    assert words("signature_means", date(2026, 1, 1)) == ("device", "paper")
    assert all(isinstance(entry.source, str) and len(entry.source) > 20 for entry in parameters().values())


def test_each_rule_begins_with_the_clauses_that_it_speaks_for() -> None:
    assert len(RULES) > 60
    for rule in RULES:
        assert all(f"[{clause}]" in rule.summary or clause in rule.summary for clause in rule.clauses), rule
