"""A draw is a pure function of what it decides: replicate, entity, decision, attempt."""

from __future__ import annotations

import numpy as np
import pytest
from chance import assert_independent, assert_law, assert_share
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.randomness import DECISIONS, family_key, mixed, replicate_key, uniform

SAMPLE = 40_000
keys = st.integers(0, 2**64 - 1)
decisions = st.integers(0, len(DECISIONS) - 1)
attempts = st.integers(0, 2**16)


def draw(key: int = 7, entity: int = 11, decision: int = 3, attempt: int = 5) -> float:
    """Draw with everything fixed but what a test changes."""
    return uniform(np.uint64(key), np.uint64(entity), decision, attempt)


@given(keys, keys, decisions, attempts)
def test_a_draw_lies_strictly_between_zero_and_one_and_is_always_the_same(
    key: int, entity: int, decision: int, attempt: int
) -> None:
    first = draw(key, entity, decision, attempt)
    assert 0 < first < 1
    assert draw(key, entity, decision, attempt) == first


def unmixed(value: int) -> int:
    """Return the number that `mixed` turns into this one."""
    for shift, factor in ((31, 0x94D049BB133111EB), (27, 0xBF58476D1CE4E5B9), (30, 1)):
        whole = value
        for _ in range(64 // shift):
            whole = value ^ whole >> shift
        value = whole * pow(factor, -1, 2**64) % 2**64
    return value


@pytest.mark.parametrize(("bits", "expected"), [(2**64 - 1, 1 - 2**-53), (0, 2**-53)])
def test_the_largest_and_the_smallest_draw_lie_inside(bits: int, expected: float) -> None:
    """Once, of 53 bits that are all ones, the sum with a half was rounded to 1."""
    decision = (3 + 1) * 0xA0761D6478BD642F
    entity = unmixed((unmixed(bits) - decision) % 2**64) * pow(0xD6E8FEB86659FD93, -1, 2**64) % 2**64
    assert draw(key=0, entity=entity, decision=3, attempt=0) == expected


@given(keys, keys)
def test_changing_the_replicate_changes_the_draw(one: int, other: int) -> None:
    assert (draw(key=one) == draw(key=other)) == (one == other)


@given(keys, keys)
def test_changing_the_entity_changes_the_draw(one: int, other: int) -> None:
    assert (draw(entity=one) == draw(entity=other)) == (one == other)


@given(decisions, decisions)
def test_changing_the_decision_changes_the_draw(one: int, other: int) -> None:
    assert (draw(decision=one) == draw(decision=other)) == (one == other)


@given(attempts, attempts)
def test_changing_the_attempt_changes_the_draw(one: int, other: int) -> None:
    assert (draw(attempt=one) == draw(attempt=other)) == (one == other)


@given(decisions, decisions, attempts, attempts)
def test_a_later_decision_is_not_an_earlier_one_of_another_attempt(
    decision: int, other: int, attempt: int, later: int
) -> None:
    same = decision == other and attempt == later
    assert (draw(decision=decision, attempt=attempt) == draw(decision=other, attempt=later)) == same


@given(keys, keys, decisions, attempts)
def test_compiled_and_plain_give_the_same_bits(key: int, entity: int, decision: int, attempt: int) -> None:
    with np.errstate(over="ignore"):
        plain = getattr(uniform, "py_func", uniform)(np.uint64(key), np.uint64(entity), decision, attempt)
    assert plain == draw(key, entity, decision, attempt)


# What these gave when they were written: a run can be made again only as long as they stay.
KNOWN = {
    (7, 11, 3, 5): "0x1.58b19eda9b054p-3",
    (0, 0, 0, 0): "0x1.f794f79dcba9ap-2",
    (2**64 - 1, 2**63, 40, 65535): "0x1.9e72286e90ed7p-1",
}


@pytest.mark.parametrize("arguments", KNOWN, ids=str)
def test_draws_are_those_of_earlier_versions(arguments: tuple[int, int, int, int]) -> None:
    assert draw(*arguments).hex() == KNOWN[arguments]


def _replicates(count: int) -> list[float]:
    return [draw(key=int(replicate_key(1, i))) for i in range(count)]


def _seeds(count: int) -> list[float]:
    return [draw(key=int(replicate_key(i, 0))) for i in range(count)]


def _families(count: int) -> list[float]:
    return [draw(entity=int(family_key(2, 500 + i // 50, i % 50))) for i in range(count)]


def _attempts(count: int) -> list[float]:
    return [draw(attempt=i) for i in range(count)]


def _decisions(count: int) -> list[float]:
    return [draw(entity=i // len(DECISIONS), decision=i % len(DECISIONS)) for i in range(count)]


WAYS = {each.__name__.strip("_"): each for each in (_replicates, _seeds, _families, _attempts, _decisions)}


@pytest.mark.parametrize("way", WAYS)
def test_neighbouring_draws_are_uniform_and_independent(way: str) -> None:
    draws = WAYS[way](SAMPLE)
    assert_law(draws, lambda x: np.clip(x, 0, 1), finds=0.015)
    assert_independent(draws[:-1:2], draws[1::2], finds=0.01)
    assert_independent(draws[: SAMPLE // 2], draws[SAMPLE // 2 :], finds=0.01)


@pytest.mark.parametrize("way", WAYS)
def test_the_last_bits_are_as_good_as_the_first(way: str) -> None:
    """Fine structure: the same numbers after the first twenty bits are cut off."""
    assert_law([each * 2**20 % 1 for each in WAYS[way](SAMPLE)], lambda x: np.clip(x, 0, 1), finds=0.015)


def test_each_bit_of_the_key_reaches_each_bit_of_the_draw() -> None:
    """Flip one bit in, count flips of every bit out: each a fair coin, over 64 x 300 trials."""
    trials = 300
    flips = np.zeros(64, np.int64)
    for base, bit in ((base, bit) for base in range(trials) for bit in range(64)):
        key = np.uint64(base * 2654435761)
        changed = int(mixed(key)) ^ int(mixed(key ^ np.uint64(1 << bit)))
        flips += np.array([changed >> place & 1 for place in range(64)])
    for hits in flips:
        assert_share(int(hits), 64 * trials, 0.5, finds=0.025, alarm=1e-6 / 64)


def test_seeds_share_no_replicate() -> None:
    made = {int(replicate_key(seed, replicate)) for seed in range(200) for replicate in range(200)}
    assert len(made) == 200 * 200


def test_no_two_families_have_the_same_key() -> None:
    made = {
        int(family_key(origin, day, number))
        for origin in range(12)
        for day in range(0, 2192, 73)
        for number in range(100)
    }
    assert len(made) == 12 * 31 * 100


@given(st.integers(0, 2**16 - 1), st.integers(0, 2191), st.integers(0, 2**32 - 1))
def test_a_family_key_tells_origin_day_and_number(origin: int, day: int, number: int) -> None:
    key = int(family_key(origin, day, number))
    assert (key >> 48, key >> 32 & 0xFFFF, key & 0xFFFFFFFF) == (origin, day, number)
