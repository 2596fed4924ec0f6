"""The benchmarks run, at sizes at which no figure means anything; what they count is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import QUICK, TABLES, main, table
from benchmarks.counting import Lines, counted
from benchmarks.timing import Taken, cpu, markdown, most_memory_mb, ratio
from benchmarks.worlds import people_in, with_patrols, with_people, world_of
from bordersim.cli.bench import measured
from bordersim.errors import BadInput
from bordersim.model.engine import simulate_block
from bordersim.words.metrics import ATTEMPTS

WEEK = {"period.end": "2021-05-07"}
SLOW = {"replicates", "stages", "features", "growth", "roofline"}  # tests/verification runs these


@pytest.mark.parametrize("name", [name for name in TABLES if name not in SLOW])
def test_a_benchmark_runs_and_makes_a_table(name: str) -> None:
    text = table(name, quick=True)
    assert text.startswith("## ")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) >= 3
    assert "nan" not in text


ROOT = Path(__file__).parents[2]


def test_every_benchmark_has_a_tiny_size() -> None:
    assert set(QUICK) == set(TABLES)


def test_some_tables_alone_are_printed_and_the_page_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    page = ROOT / "docs" / "benchmarks.md"
    before = page.read_text(encoding="utf-8")
    assert main(["startup", "--quick"]) == 0
    assert "bordersim --help" in capsys.readouterr().out
    assert page.read_text(encoding="utf-8") == before


def test_the_command_runs_what_it_is_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    assert measured(["startup"], quick=True, root=ROOT) == 0
    assert "## Commands, warm" in capfd.readouterr().out


def test_an_unknown_table_is_refused_in_a_line(capfd: pytest.CaptureFixture[str]) -> None:
    assert measured(["start"], quick=True, root=ROOT) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [f"no table 'start'; there are {', '.join(TABLES)}"]


def test_the_command_says_when_there_is_no_source_tree(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="source tree"):
        measured([], quick=True, root=tmp_path)


def test_counting_changes_nothing_and_counts_all_draws() -> None:
    done = counted(WEEK)
    made = simulate_block(world_of(period__end=WEEK["period.end"]), 1, 0, 1)
    assert done["attempts"] == made.daily[..., ATTEMPTS].sum()
    # Each family is drawn at least a size, twice, whether it is vulnerable and whether it seeks protection.
    assert done["draws"] > 4 * made.people[0, 0] / 2
    assert done["logarithms"] > 0
    assert done["exponentials"] > 0


def test_lines_used_last_are_near_and_those_in_a_row_are_streamed() -> None:
    lines = Lines()
    for line in (7, 8, 9, 7, 100, 8):
        lines.touch(("persons", line))
    assert (lines.touches, lines.streamed, lines.fetches) == (6, 2, 2)
    for line in range(1000, 3000, 2):
        lines.touch(("groups", line))
    lines.touch(("persons", 7))
    assert lines.fetches == 2 + 1000 + 1


def test_worlds_grow_as_asked() -> None:
    world = world_of(period__end="2021-07-31")
    assert people_in(with_people(world, 20_000)) == pytest.approx(20_000, rel=0.1)
    patrols = [with_patrols(factor).arrays.on_shift.sum() for factor in (1, 10)]
    assert patrols[1] == pytest.approx(10 * patrols[0])


def test_ratios_are_taken_round_by_round() -> None:
    slow, fast = ([Taken(0.0, seconds) for seconds in all_] for all_ in ((2.0, 30.0, 4.0), (1.0, 10.0, 2.0)))
    assert ratio(slow, fast) == 2.0
    assert cpu(slow) == 4.0


def test_tables_are_markdown() -> None:
    text = markdown("Title", ["a", "b"], [["1", "2"]], "A note.")
    assert text == "## Title\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\nA note.\n"


def test_memory_is_that_of_this_program() -> None:
    assert 10 < most_memory_mb() < 10_000
