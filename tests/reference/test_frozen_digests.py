"""Every scenario gives the numbers that were frozen: what moves them must be meant, and said."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache

import pytest
from apart import run_apart
from frozen_digests import FILE, REPLICATES, SEED, SHORT, SHORT_DAYS, Frozen, all_moved, digests_of, worlds

from bordersim import run

FROZEN = json.loads(FILE.read_text(encoding="utf-8"))
COLUMNS: dict[str, list[str]] = FROZEN["columns"]
NAMED = 8  # columns that a message names
REFREEZE = "freeze it anew with: make digests"
MEANT = "a rule moved them on purpose: name the scenario in CHANGELOG.md (Results change: yes, because ...)"
SCRIPT = """
import json
from numba import config
from frozen_digests import SHORT, digests_of
assert config.DISABLE_JIT
print(json.dumps(digests_of(SHORT)))
"""


def complaint(name: str, frozen: Frozen, today: Frozen) -> str:
    """Return what is not as frozen, and what to do; nothing if all is."""
    moved = all_moved(frozen, today, COLUMNS)
    if moved:
        more = f" and {len(moved) - NAMED} more" if len(moved) > NAMED else ""
        numbers = f"{name}: other numbers than frozen in {', '.join(moved[:NAMED])}{more}"
        return f"{numbers}. Either this is a fault, or {MEANT} and {REFREEZE}"
    if frozen["public"] != today["public"]:
        return (
            f"{name}: the numbers are as frozen, the digest in manifests is not, so `reproduce` of earlier"
            f" runs will differ: columns were added or renamed. Say so in CHANGELOG.md and {REFREEZE}"
        )
    return ""


@cache
def today_of(name: str) -> Frozen:
    """Return the digests of today."""
    return digests_of(name)


@pytest.mark.parametrize("name", worlds())
def test_a_scenario_gives_the_frozen_numbers(name: str) -> None:
    if name not in FROZEN["worlds"]:
        pytest.fail(f"{name}: no digests yet; {REFREEZE}", pytrace=False)
    said = complaint(name, FROZEN["worlds"][name], today_of(name))
    if said:
        pytest.fail(said, pytrace=False)


def test_nothing_is_frozen_that_is_gone() -> None:
    gone = FROZEN["worlds"].keys() - worlds().keys()
    assert not gone, REFREEZE


def test_the_public_digest_is_that_of_a_run() -> None:
    result = run("history_2021", replicates=REPLICATES, seed=SEED, set=SHORT_DAYS)
    assert result.digest() == today_of(SHORT)["public"]


def test_uncompiled_rules_give_the_frozen_numbers() -> None:
    uncompiled = json.loads(run_apart(SCRIPT, NUMBA_DISABLE_JIT="1"))
    assert not complaint(SHORT, FROZEN["worlds"][SHORT], uncompiled)


def test_a_column_renamed_moved_or_added_needs_no_new_digests() -> None:
    today = deepcopy(today_of(SHORT))
    daily = today["values"]["daily"]
    daily = {"new": "0" * 12, "tries": daily.pop("attempts"), **dict(reversed(daily.items()))}
    today["values"]["daily"] = daily
    assert not all_moved(FROZEN["worlds"][SHORT], today, COLUMNS)


@pytest.mark.parametrize("one", ["attempts", "tries"])
def test_a_number_that_moved_is_named(one: str) -> None:
    """Also in a column that was renamed at the same time."""
    today = deepcopy(today_of(SHORT))
    del today["values"]["daily"]["attempts"]
    today["values"]["daily"][one] = "0" * 12
    said = complaint(SHORT, FROZEN["worlds"][SHORT], today)
    assert said.startswith(f"{SHORT}: other numbers than frozen in daily.attempts. ")
    assert "make digests" in said


def test_columns_that_swap_their_numbers_are_noticed() -> None:
    today = deepcopy(today_of(SHORT))
    daily = today["values"]["daily"]
    daily["attempts"], daily["detected"] = daily["detected"], daily["attempts"]
    assert all_moved(FROZEN["worlds"][SHORT], today, COLUMNS) == ["daily.attempts", "daily.detected"]


def test_a_table_that_is_gone_is_noticed() -> None:
    today = deepcopy(today_of(SHORT))
    del today["values"]["people"]
    assert "people.people_arrived" in complaint(SHORT, FROZEN["worlds"][SHORT], today)


def test_other_public_digests_of_the_same_numbers_are_noticed() -> None:
    today = {**today_of(SHORT), "public": ""}
    assert "manifests" in complaint(SHORT, FROZEN["worlds"][SHORT], today)
