"""The same bits whatever the workers, the order, the number of replicates and the horizon; real engine."""

from __future__ import annotations

import numpy as np
from executors import LastFirst

from bordersim import run
from bordersim.api import run_experiment
from bordersim.experiments.settings import Settings
from bordersim.inputs import load_scenario
from bordersim.model.engine import simulate_block
from bordersim.model.world import build_world


def test_workers_order_and_length_change_no_bit() -> None:
    one = run("history_2021", replicates=200, workers=1)
    two = run("history_2021", replicates=200, workers=2)
    short = run("history_2021", replicates=100, workers=2)
    settings = Settings(replicates=200, executor=LastFirst())
    reverse = run_experiment([load_scenario(["history_2021"])], settings).results[0]
    assert one.digest() == two.digest() == reverse.digest()
    assert one.digest(first=100) == short.digest()


def test_a_longer_horizon_leaves_earlier_days_untouched() -> None:
    long = build_world(load_scenario(["history_2021"]))
    short = build_world(load_scenario(["history_2021"], {"period.end": "2021-10-10"}))
    a, b = simulate_block(long, 1, 0, 3), simulate_block(short, 1, 0, 3)
    days = short.days - 1  # what happens on the last night may be counted for the day before it
    assert np.array_equal(a.daily[:, :days], b.daily[:, :days])
    assert np.array_equal(a.stock[:, : short.days], b.stock)
