"""How near the engine is to what the processor allows: its operations at their least cost.

The floor is the sum over draws, exp, log, lines of memory and bytes, each counted in the uncompiled engine
(`benchmarks.counting`) and priced by a loop of nothing else in this process (`benchmarks.prices`).
"""

from __future__ import annotations

from benchmarks.counting import counted
from benchmarks.prices import prices
from benchmarks.timing import MS, NS, ROUNDS, Taken, cpu, in_turn, markdown
from benchmarks.worlds import SEED, world_of
from bordersim.model.engine import simulate_block

WORDS = {
    "draws": "keyed draws",
    "exponentials": "exp",
    "logarithms": "log",
    "lines": "lines of memory, not in a row",
    "bytes": "bytes set, written and read in a row",
}
IN_TURN = ("exponentials", "logarithms", "lines")
REPLICATES = 10
HEADER = ["what", "times", "each", "together"]


def table(rounds: int = ROUNDS, replicates: int = REPLICATES, end: str = "2021-12-31") -> str:
    """Measure and return the table."""
    done, engine = counted({"period.end": end}), _engine(rounds, replicates, end)
    cost = prices(int(done["footprint"]))
    floor = {name: done[name] * cost[name] for name in WORDS}
    rows = [
        [words, f"{done[name]:,.0f}", f"{cost[name] * NS:.2f} ns", f"{floor[name] * MS:.2f} ms"]
        for name, words in WORDS.items()
    ]
    least, taken = sum(floor.values()), cpu(engine) / replicates
    waiting = sum(done[name] * cost.get(f"{name} in turn", cost[name]) for name in WORDS)
    rows.append(["**floor**", "", "", f"**{least * MS:.2f} ms**"])
    rows.append(["engine", "", "", f"{taken * MS:.2f} ms"])
    rows.append(["**engine over floor**", "", "", f"**{taken / least:.2f} x**"])
    exp_ns, log_ns, line_ns = (cost[f"{name} in turn"] * NS for name in IN_TURN)
    note = (
        "Counted in replicate 0, uncompiled; a line counts when it is not among the 512 used last (32 KiB) "
        "and does not follow one of them. The floor leaves out branches, counters, the calendar, divisions "
        "and all waiting: it prices exp, log and lines as if many were under way at once, which events that "
        f"follow from one another do not allow. Each known only once the last is (exp {exp_ns:.0f} ns, log "
        f"{log_ns:.0f} ns, a line {line_ns:.0f} ns), the floor would be {waiting * MS:.2f} ms and the engine "
        f"at {taken / waiting:.2f} x. Records are used {done['touches']:,.0f} times in all."
    )
    return markdown("Roofline: history_2021, one replicate, one core", HEADER, rows, note)


def _engine(rounds: int, replicates: int, end: str) -> list[Taken]:
    """Measure the engine on the first replicates."""
    world = world_of(period__end=end)
    return in_turn({"engine": lambda: simulate_block(world, SEED, 0, replicates)}, rounds)["engine"]
