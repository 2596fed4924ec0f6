"""What one draw, one exp, one log, one line of memory and one byte cost here: loops of nothing else.

Each loop does the thing over and over and sums up what it gets, so that no compiler can leave it out. Draws
are made one by one: side by side, as no event could make them, they would cost a seventh.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from numba import njit

from bordersim.model.randomness import uniform
from bordersim.model.rules.elementary import exp, log

TIMES = 1_000_000
ROUNDS = 7
LINE_WORDS = 8  # words of 8 bytes in a line of memory


@njit
def draws(times: int) -> float:
    """Draw for one entity after another and count how often something happens.

    The next entity is known only from the last, as in the engine, where no two draws are made side by side.
    """
    happened, entity = 0, np.uint64(1)
    for _ in range(times):
        happened += uniform(np.uint64(7), entity, 11, 3) < 0.3
        entity = entity * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
    return float(happened)


@njit
def exponentials(times: int) -> float:
    """Sum up exp of numbers as the rules ask for."""
    total = 0.0
    for i in range(times):
        total += exp(-(i & 1023) * 0.004)
    return total


@njit
def logarithms(times: int) -> float:
    """Sum up log of numbers between 0 and 1."""
    total = 0.0
    for i in range(times):
        total += log(((i & 1023) + 0.5) * (1.0 / 1024))
    return total


@njit
def exp_after_exp(times: int) -> float:
    """Compute exp of numbers as the rules ask for, each known only once the last exp is."""
    last = 0.0
    for i in range(times):
        last = exp(-(i & 1023) * 0.004 - last * 1e-30)
    return last


@njit
def log_after_log(times: int) -> float:
    """Compute log of numbers between 0 and 1, each known only once the last log is."""
    last = 0.0
    for i in range(times):
        last = log(((i & 1023) + 0.5) * (1.0 / 1024) + last * last * 1e-30)
    return last


@njit
def reads(words: np.ndarray, places: np.ndarray) -> float:
    """Read a word from each of many lines of memory, in an order no processor foresees."""
    total = 0
    for place in places:
        total += words[place]
    return float(total)


@njit
def chase(ring: np.ndarray, times: int) -> float:
    """Go from line to line of memory, each of which says where to go on."""
    at = 0
    for _ in range(times):
        at = ring[at]
    return float(at)


def ring_of(footprint_bytes: int) -> np.ndarray:
    """Return a ring through all lines of so many bytes, in an order no processor foresees."""
    order = np.random.default_rng(1).permutation(footprint_bytes // (8 * LINE_WORDS)) * LINE_WORDS
    ring = np.zeros(len(order) * LINE_WORDS, np.int64)
    ring[order] = np.roll(order, -1)
    return ring


@njit
def copy(source: np.ndarray, target: np.ndarray) -> None:
    """Copy words in a row."""
    for i in range(source.shape[0]):
        target[i] = source[i]


def prices(footprint_bytes: int) -> dict[str, float]:
    """Measure what each thing costs [s], records taking so many bytes in all."""
    words = np.ones(footprint_bytes // 8, np.int64)
    places = np.random.default_rng(1).integers(0, len(words), TIMES)
    ring = ring_of(footprint_bytes)
    source, target = np.ones(footprint_bytes // 8), np.zeros(footprint_bytes // 8)
    return {
        "draws": _seconds(lambda: draws(TIMES)) / TIMES,
        "exponentials": _seconds(lambda: exponentials(TIMES)) / TIMES,
        "logarithms": _seconds(lambda: logarithms(TIMES)) / TIMES,
        "lines": _seconds(lambda: reads(words, places)) / TIMES,
        "exponentials in turn": _seconds(lambda: exp_after_exp(TIMES)) / TIMES,
        "logarithms in turn": _seconds(lambda: log_after_log(TIMES)) / TIMES,
        "lines in turn": _seconds(lambda: chase(ring, TIMES)) / TIMES,
        "bytes": _seconds(lambda: copy(source, target)) / (2 * source.nbytes),
    }


def _seconds(call: Callable[[], object]) -> float:
    """Return the median processor time of a call, compiled before."""
    call()
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return median(taken)
