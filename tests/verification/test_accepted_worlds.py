"""What is accepted can be simulated, and every figure can be: 500 worlds at random and one set of the day."""

from __future__ import annotations

import os
import signal
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
from accepted import scenario_of
from worlds import valued

from bordersim.errors import BadInput
from bordersim.inputs import load_scenario
from bordersim.model.engine import BlockOutput, simulate_block
from bordersim.model.world import build_world
from bordersim.results.ledgers import figures
from bordersim.words import metrics as m
from bordersim.words.codes import DEAD, EN_ROUTE, STATES
from bordersim.words.metrics import METRIC_NAMES, METRICS
from bordersim.words.valued import DAILY_NAMES

Say = Callable[[str], None]
WORLDS = int(os.environ.get("BORDERSIM_WORLDS", "500"))
OF_THE_DAY = max(WORLDS // 10, 1)
REPLICATES = 2
PROCESSOR_S, HANGS_S = 10.0, 60.0  # of the processor: a loaded machine takes longer
LONGEST_LINE = 600
COUNTED = (
    *(
        "attempts",
        "prevented attempts",
        "people",
        "claims",
        "returns",
        "groups",
        "incidents",
        "injuries",
        "cases",
    ),
    *("rescues", "admissions", "person-days", "damages"),
)
WHOLE = [i for i, each in enumerate(METRICS) if each.unit in COUNTED and not each.name.endswith("_expected")]
PARTS = (
    ("detected", "attempts"), ("injuries", "attempts"), ("frostbite", "captive_freezing_person_days"),
    ("force_incidents", "turned_back"), ("vulnerable_pushed_back", "non_refoulement_risk"),
    ("rescued", "humanitarian_admissions"), ("record_deaths", "deaths"), ("turned_round", "withdrawn"),
    ("saturated_responses", "responses"), ("patrol_busy_hours", "patrol_hours"),
    ("captive_freezing_person_days", "captive_person_days"), ("record_apprehended", "apprehended"),
    ("wet_attempt_person_hours", "attempt_person_hours"),
)  # fmt: skip
ENDS = ("entry_prevented", "turned_back", "apprehended", "got_away", "undetected_entry", "withdrawn")


def wrong_with(out: BlockOutput) -> list[str]:
    """Return which figures of a world cannot be."""
    return [*not_numbers(out), *not_conserved(out), *not_parts(out), *ledgers_off(out)]


def not_numbers(out: BlockOutput) -> list[str]:
    """Name arrays with figures that are no numbers, negative, or not whole where things are counted."""
    said = [f"{name} is not finite" for name, a in out._asdict().items() if not np.isfinite(a).all()]
    said += [f"{name} is negative" for name, a in out._asdict().items() if (a < 0).any()]
    counted = out.daily[..., WHOLE]
    odd = np.flatnonzero((counted != np.floor(counted)).any(axis=(0, 1, 2)))
    return said + [f"{METRIC_NAMES[WHOLE[i]]} is not whole" for i in odd]


def not_conserved(out: BlockOutput) -> list[str]:
    """Name what is lost between people, attempts, and the tables that count them."""
    totals = {name: out.daily[..., i].sum(axis=(1, 2)) for i, name in enumerate(METRIC_NAMES)}
    last, arrived = out.stock[:, -1], out.people[:, m.PEOPLE_ARRIVED]
    inside = totals["got_away"] + totals["undetected_entry"]
    equal = {
        "people at the border": (arrived, last.sum(axis=1) - last[:, EN_ROUTE]),
        "the dead": (last[:, DEAD], totals["deaths"]),
        "people inside": (last[:, STATES.index("entered")],
                          inside - totals["apprehended_inland"] - totals["moved_onward"]),
        "attempts by segment": (out.segments[..., m.SEGMENT_ATTEMPTS].sum(axis=1), totals["attempts"]),
        "attempts by stretch": (out.stretches[..., m.STRETCH_ATTEMPTS].sum(axis=1), totals["attempts"]),
        "entries by stretch": (out.stretches[..., m.STRETCH_UNSTOPPED_ENTRIES].sum(axis=1), inside),
        "detected by segment": (out.segments[..., m.SEGMENT_DETECTED].sum(axis=1), totals["detected"]),
    }  # fmt: skip
    said = [f"{name} do not add up" for name, (one, other) in equal.items() if (one != other).any()]
    if (np.diff(out.stock.sum(axis=2), axis=1) < 0).any() or (
        np.diff(out.stock[..., DEAD], axis=1) < 0
    ).any():
        said.append("people vanish, or come back from the dead")
    return said


def not_parts(out: BlockOutput) -> list[str]:
    """Name parts that are more than what they are part of, by border."""
    totals = {name: out.daily[..., i].sum(axis=1) for i, name in enumerate(DAILY_NAMES)}
    rounding = 1 + 1e-9
    said = [f"{part} above {all_}" for part, all_ in PARTS if (totals[part] > totals[all_] * rounding).any()]
    if (sum(totals[name] for name in ENDS) > totals["attempts"]).any():
        said.append("more ends than attempts")
    arrived, attempted, entered, admitted, pushed = out.people.T
    parts = ((attempted, arrived), (admitted, arrived), (entered, attempted), (pushed, attempted))
    if any((part > whole).any() for part, whole in parts):
        said.append("more people tried, entered, were admitted or pushed back than there were")
    return said


def ledgers_off(out: BlockOutput) -> list[str]:
    """Name figures of the ledgers, or differences of them, that are infinite, negative, or above a whole."""
    said = []
    for figure, values in figures(out.daily.sum(axis=1), out.people).items():
        known = values[~np.isnan(values)]
        most = 1.0 if figure.unit.startswith("share") else np.finfo(np.float64).max
        if (known < 0).any() or (known > most).any() or not np.isfinite(known - known[::-1]).all():
            said.append(f"{figure.metric} {figure.country} is {known}")
    return said


def tried(seed: int, folder: Path) -> tuple[int, str, list[str]]:
    """Load, build and run a world with every warning an error; return how it went and what is wrong."""
    signal.setitimer(signal.ITIMER_PROF, HANGS_S)  # ends the process
    began = time.process_time()
    try:
        with warnings.catch_warnings(), np.errstate(divide="raise", over="raise", invalid="raise"):
            warnings.simplefilter("error")
            scenario = scenario_of(seed, folder)
            out = simulate_block(build_world(scenario), 1, 0, REPLICATES)
            wrong = wrong_with(valued(out, scenario))
    except BadInput as error:
        return (
            seed,
            "refused",
            [f"a long complaint: {error}"] if len(str(error)) > LONGEST_LINE else [str(error)],
        )
    except Exception as error:
        return seed, "failed", [repr(error)]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - began
    return seed, "ran", wrong + ([f"takes {seconds:.0f} s"] if seconds > PROCESSOR_S else [])


def went(seeds: range, folder: Path, say: Say) -> list[str]:
    """Try worlds on two processors and return what is wrong with them."""
    simulate_block(build_world(load_scenario(["history_2021"], {"period.end": "2021-05-02"})), 1, 0, 1)
    with ProcessPoolExecutor(2) as pool:
        done = list(pool.map(partial(tried, folder=folder), seeds, chunksize=5))
    refused = sum(how == "refused" for _, how, _ in done)
    say(f"{len(done)} worlds from seed {seeds.start} on, {refused} refused")
    assert refused < len(done) / 4
    wrong = [f"world {seed}: {', '.join(said)}" for seed, how, said in done if said and how != "refused"]
    return wrong + [said[0] for _, how, said in done if how == "refused" and said[0].startswith("a long")]


def test_accepted_worlds_give_figures_that_can_be(tmp_path: Path, say: Say) -> None:
    assert went(range(WORLDS), tmp_path, say) == []


def test_accepted_worlds_of_the_day_give_figures_that_can_be(tmp_path: Path, say: Say) -> None:
    """New seeds are tried every day; they are printed."""
    first = date.today().toordinal() * 1000
    assert went(range(first, first + OF_THE_DAY), tmp_path, say) == []
