"""Metrics and terms are found by name, by a word, and by a slip of the pen."""

from __future__ import annotations

import pytest

from bordersim.report.looking_up import BY_NAME, explained_word, hint, metrics_with
from bordersim.report.terms import TERMS
from bordersim.words.metrics import LEDGERS


@pytest.mark.parametrize("name", [*BY_NAME, *TERMS])
def test_everything_that_has_a_name_is_explained(name: str) -> None:
    first, *facts = explained_word(name).splitlines()
    assert first == name
    assert facts
    if name in BY_NAME:
        assert {"definition", "unit", "ledger"} <= {fact.split()[0] for fact in facts}


def test_no_name_is_both_a_metric_and_a_term() -> None:
    assert not BY_NAME.keys() & TERMS.keys()


@pytest.mark.parametrize("metric", ["attempts", "unscreened_returns", "claims_not_examined"])
def test_events_are_not_people(metric: str) -> None:
    assert "events, not people" in explained_word(metric)
    assert "events" not in explained_word("people_attempted")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Pushbacks", "pushback"),
        ("histories", "history"),
        ("people", "person"),
        ("got_away", "got_away"),
        ("stranded", "between the lines"),
        ("readings", "reading"),
    ],
)
def test_a_term_is_found_in_the_plural(typed: str, meant: str) -> None:
    assert explained_word(typed).splitlines()[0] == meant


def test_a_word_finds_metrics_by_name_unit_ledger_and_definition() -> None:
    assert {"deaths", "deaths_expected", "record_deaths"} <= {m.name for m in metrics_with("death")}
    assert "barrier_eur" in {m.name for m in metrics_with("wire and fence")}
    assert {m.ledger for m in metrics_with("EUR")} == {"money"}
    every = [LEDGERS.index(m.ledger) for m in metrics_with("")]
    assert len(every) == len(BY_NAME)
    assert every == sorted(every)
    assert metrics_with("xyzzy") == []


def test_slips_and_old_names_are_met_with_the_right_one() -> None:
    assert hint("unscrened_returns") == "; did you mean 'unscreened_returns'?"
    assert "claims_not_examined" in hint("claims_refused")
    assert explained_word("guards.LT.officers") == ""
