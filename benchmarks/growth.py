"""Growth: more people, a longer time, shorter segments, more patrols; processor time of one core."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from itertools import count

from benchmarks.timing import MS, ROUNDS, US, Taken, cpu, in_turn, markdown, most_memory_mb, ratio, taken
from benchmarks.worlds import SEED, people_in, with_patrols, with_people, world_of
from bordersim.model.engine import simulate_block
from bordersim.model.world import World

ONE_YEAR = "2022-04-30"  # 365 days from the first day of history_2021
FIVE_YEARS = "2025-12-31"  # the last day a scenario can have: 4.7 years
PEOPLE = (10_000, 100_000)
MANY = 1_000_000
HEADER = ["world", "people", "attempts", "a replicate", "a person", "an attempt"]


def table(
    rounds: int = ROUNDS,
    many: int = MANY,
    people: tuple[int, ...] = PEOPLE,
    ends: tuple[str, str] = (ONE_YEAR, FIVE_YEARS),
    lengths_km: tuple[float, float] = (1.0, 0.1),
) -> str:
    """Measure and return the tables."""
    return _of_people(rounds, many, people, ends[0]) + "\n" + _of_others(rounds, ends, lengths_km)


def _of_people(rounds: int, many: int, people: tuple[int, ...], end: str) -> str:
    """Measure one year with few and many people, the many in a process of its own to see its memory."""
    year = world_of(period__end=end)
    worlds = {f"{number:,} people": with_people(year, number) for number in people}
    runs = _runs(worlds, rounds)
    found = [(name, cpu(runs[name]), *_people_and_attempts(world)) for name, world in worlds.items()]
    most = {False: _in_own_process(many, end, False), True: _in_own_process(many, end, True)}
    for guarded, made in most.items():
        name = f"{many:,} people" + ", patrols in proportion" * guarded
        found.append((name, made["seconds"], int(made["people"]), int(made["attempts"])))
    base = found[0][1] / found[0][2]
    rows = [
        [*_row(name, seconds, came, attempts), f"{seconds / came / base:.2f} x"]
        for name, seconds, came, attempts in found
    ]
    held = {guarded: f"{made['megabytes']:.0f} MB" for guarded, made in most.items()}
    before = most[False]["before"]
    note = (
        f"The last two lines are processes of their own. They hold {held[False]} and {held[True]} at most, "
        f"{before:.0f} MB of it before they simulate so many (Python, libraries, machine code). In all lines "
        "but the last guards are as many as today, so of very many people most get through at the first try. "
        "Where patrols grow with the people, an alarm still looks only at those nearest and at the busy ones."
    )
    title = "Growth with people: one year, three borders, one core"
    return markdown(title, [*HEADER, "a person, ratio"], rows, note)


def _of_others(rounds: int, ends: tuple[str, str], lengths_km: tuple[float, float]) -> str:
    """Measure a longer time, shorter segments and more patrols, each against its own base."""
    worlds = {
        "one year": world_of(period__end=ends[0]),
        "4.7 years": world_of(period__end=ends[1]),
        "segments of 1 km": world_of(land__segment_length_km=lengths_km[0]),
        "segments of 100 m": world_of(land__segment_length_km=lengths_km[1]),
        "patrols as they are": with_patrols(1),
        "ten times the patrols": with_patrols(10),
    }
    runs, names = _runs(worlds, rounds), list(worlds)
    rows = []
    for base, more in zip(names[::2], names[1::2], strict=True):
        for name in (base, more):
            row = _row(name, cpu(runs[name]), *_people_and_attempts(worlds[name]))
            rows.append([*row, "1" if name == base else f"{ratio(runs[more], runs[base]):.2f} x"])
    return markdown("Growth otherwise: history_2021", [*HEADER, "a replicate, ratio"], rows)


def _runs(worlds: Mapping[str, World], rounds: int) -> dict[str, list[Taken]]:
    """Measure one replicate of each world, in turn."""
    numbers = {name: count() for name in worlds}

    def one(name: str) -> object:
        return simulate_block(worlds[name], SEED, next(numbers[name]), 1)

    return in_turn({name: lambda name=name: one(name) for name in worlds}, rounds)


def _row(name: str, seconds: float, people: int, attempts: int) -> list[str]:
    """Return one line of a table."""
    per_person, per_attempt = f"{seconds / people * US:.2f} µs", f"{seconds / attempts * US:.2f} µs"
    return [name, f"{people:,}", f"{attempts:,}", f"{seconds * MS:.1f} ms", per_person, per_attempt]


def _people_and_attempts(world: World) -> tuple[int, int]:
    """Return how many people come and try in replicate 0."""
    made = simulate_block(world, SEED, 0, 1)
    return int(made.people[0, 0]), int(made.daily[..., 0].sum())


def _in_own_process(people: int, end: str, guarded: bool) -> dict[str, float]:
    """Simulate many people in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.growth", str(people), end, str(int(guarded))]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def measure_many(people: int, end: str, guarded: bool) -> dict[str, float]:
    """Simulate so many people up to a date, with patrols in proportion or as today; return what it took."""
    year = world_of(period__end=end)
    simulate_block(year, SEED, 0, 1)
    before = most_memory_mb()
    if guarded:
        year = with_patrols(people / people_in(year), period__end=end)
    world = with_people(year, people)
    runs = [taken(lambda i=i: simulate_block(world, SEED, i, 1)) for i in range(ROUNDS)]
    arrived, attempts = _people_and_attempts(world)
    return {
        "people": arrived,
        "attempts": attempts,
        "seconds": cpu(runs),
        "megabytes": most_memory_mb(),
        "before": before,
    }


if __name__ == "__main__":
    print(json.dumps(measure_many(int(sys.argv[1]), sys.argv[2], sys.argv[3] == "1")))
