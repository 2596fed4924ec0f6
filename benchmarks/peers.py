"""The engine beside hourly Mesa models of the same rules, which agree with it in distribution."""

from __future__ import annotations

from itertools import count
from statistics import median

from benchmarks.hourly_mesa import HourlyModel
from benchmarks.hourly_persons import PersonsModel
from benchmarks.timing import MS, NS, ROUNDS, Taken, cpu, in_turn, markdown, ratio
from benchmarks.worlds import SEED, world_of
from bordersim.model.engine import simulate_block
from bordersim.model.world import World

ENGINE_RUNS = 10
HEADER = ["model", "agents' steps", "a replicate", "a step", "ratio"]
NOTE = (
    "Steps are counted as they are taken. Nothing is extrapolated: each round runs the whole period with all "
    "three. With groups as agents, a group steps until nobody is with it. With persons as agents, "
    "everyone who has landed and is not gone for good steps every hour, also in a procedure or between the "
    "lines; who leads a group does for it what the group does in the line above, the others see where they "
    "are and follow. The time of a step has all else in it that the model does."
)


class Peer:
    """An hourly model, and the steps its agents took in each run."""

    def __init__(self, model: type[HourlyModel], world: World) -> None:
        self.model, self.world, self.seeds = model, world, count()
        self.steps: list[int] = []

    def run(self) -> None:
        """Run it with another seed."""
        model = self.model(self.world, next(self.seeds))
        model.run()
        self.steps.append(model.turns)


def table(rounds: int = ROUNDS, end: str = "2021-12-31") -> str:
    """Measure and return the table."""
    world, numbers = world_of(period__end=end), count()
    peers = {
        "hourly Mesa: groups and patrols": Peer(HourlyModel, world),
        "hourly Mesa: every person, and patrols": Peer(PersonsModel, world),
    }
    engine = {"engine": lambda: [simulate_block(world, SEED, next(numbers), 1) for _ in range(ENGINE_RUNS)]}
    runs = in_turn({**engine, **{name: peer.run for name, peer in peers.items()}}, rounds)
    lines = [_line(name, peer, runs[name], runs["engine"]) for name, peer in peers.items()]
    first = ["engine", "", f"{cpu(runs['engine']) / ENGINE_RUNS * MS:.1f} ms", "", "1"]
    return markdown("One replicate of history_2021 beside hourly Mesa models", HEADER, [first, *lines], NOTE)


def _line(name: str, peer: Peer, slow: list[Taken], engine: list[Taken]) -> list[str]:
    """Return the line of one hourly model; the first run was not timed."""
    seconds, steps = cpu(slow), median(peer.steps[1:])
    times = ENGINE_RUNS * ratio(slow, engine)
    return [name, f"{steps:,.0f}", f"{seconds:.1f} s", f"{seconds / steps * NS:.0f} ns", f"{times:,.0f} x"]
