"""Compile the engine and keep the code, for processes that will want it at the same time."""

from __future__ import annotations

from bordersim.inputs import load_scenario
from bordersim.model.engine import simulate_block
from bordersim.model.world import build_world

if __name__ == "__main__":
    simulate_block(build_world(load_scenario(["history_2021"])), 1, 0, 1)
