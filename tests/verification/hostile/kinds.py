"""The kinds of input, how each is changed, and the functions of the commands that it is given to."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from hostile import rows, seeds, texts, trees
from hostile.tokens import ODD, near_miss, word, yaml_word

CHANGES = (1, 1, 1, 2, 2, 3, 5)  # of one input
AS_TEXT, AS_ANOTHER_FILE, AS_IT_IS = 0.25, 0.015, 0.01  # shares of inputs
MOMENTS = itertools.count(1, 1_000)  # of the last change: files are read once for each
SPAN = date(2021, 5, 1), date(2021, 12, 31)


class Kind(NamedTuple):
    """A kind of input: its share of all, and what tries one and says how it was changed."""

    share: float
    attempt: Callable[[Random], tuple[str, Callable[[], object]]]


@cache
def tree(text: str) -> Any:
    """Read a seed once."""
    return trees.tree_of(text)


def yaml_bytes(text: str, chance: Random) -> tuple[str, bytes]:
    """Change a YAML text in structure, some as text too."""
    if chance.random() < AS_IT_IS:
        return "as it is", text.encode()
    made = trees.copied(tree(text))
    said = [trees.change(made, chance) for _ in range(chance.choice(CHANGES))]
    data = trees.written(made, chance).encode("utf-8", "surrogatepass")
    return _as_text(", ".join(said), data, chance)


def csv_bytes(table: rows.Rows, chance: Random) -> tuple[str, bytes]:
    """Change a CSV table in its cells, some as text too."""
    made = [list(row) for row in table]
    count = 0 if chance.random() < AS_IT_IS else chance.choice(CHANGES)
    for _ in range(count):
        rows.change_rows(made, chance)
    return _as_text(f"{count} changes of cells", rows.csv_bytes(made, chance), chance)


def _as_text(said: str, data: bytes, chance: Random) -> tuple[str, bytes]:
    if said == "as it is" or chance.random() > AS_TEXT:
        return said, data
    return f"{said}, then as text", texts.change(data, chance)


def put(name: str, made: tuple[str, bytes], chance: Random) -> tuple[str, Path]:
    """Write a file, or put something there that is none."""
    path = Path(name)
    if chance.random() > AS_ANOTHER_FILE:
        path.write_bytes(made[1])
        moment = next(MOMENTS)
        os.utime(path, ns=(moment, moment))
        return made[0], path
    kind = chance.choice(("nothing", "folder", "pipe", "device", "link to itself", "huge"))
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind in ("device", "link to itself"):
        path.symlink_to("/dev/zero" if kind == "device" else path.name)
    elif kind == "huge":
        with path.open("wb") as file:
            file.truncate(10**11)
    return kind, path


def planned(scenarios: Any, draws: Any = ({},)) -> None:
    """Plan a run and build its worlds, as a dry run does before it simulates."""
    from bordersim.experiments.plan import Plan
    from bordersim.experiments.run import empty_results
    from bordersim.experiments.settings import Settings

    settings = Settings(2, workers=1)
    plan = Plan.of(scenarios, settings, {}, draws)
    empty_results(plan, settings)
    plan.texts()


def _read_scenario(names: list[str], is_whole: bool) -> None:
    """Load, show and plan a scenario; what is shown can be read again."""
    from bordersim.cli.described import described
    from bordersim.inputs.loading import load

    scenario = load("+".join(names) if len(names) > 1 else names[0], {})
    described(scenario)
    planned([scenario])
    if is_whole:
        Path("again.yaml").write_text(scenario.resolved_yaml(origins=True), encoding="utf-8")
        assert load("again.yaml", {}).digest == scenario.digest, "what was shown is read as something else"


def scenario(chance: Random) -> tuple[str, Callable[[], object]]:
    """A scenario, or one between it and what it extends."""
    said, path = put("x.yaml", yaml_bytes(chance.choice(seeds.SCENARIOS), chance), chance)
    if chance.random() < 0.2:
        child = b"extends: x.yaml\ntitle: t\n" + chance.choice((b"", b"guards: {LT: {officers: 5}}\n"))
        path = put("y.yaml", ("", child), chance)[1]
    is_whole = chance.random() < 0.1
    return said, lambda: _read_scenario([str(path)], is_whole)


def combined(chance: Random) -> tuple[str, Callable[[], object]]:
    """Two or three scenarios in one, with files they extend in common or each other."""
    count, said = chance.choice((2, 2, 3)), []
    names = [f"{letter}.yaml" for letter in "abc"[:count]]
    for name in names:
        text = chance.choice((*seeds.SCENARIOS, seeds.PARENT))
        if chance.random() < 0.3:
            text = text.replace("extends: history_2021", f"extends: {chance.choice(names)}")
        made = yaml_bytes(text, chance) if chance.random() < 0.6 else ("as it is", text.encode())
        said.append(put(name, made, chance)[0])
    return " + ".join(said), lambda: _read_scenario(names, False)


def exercise(chance: Random) -> tuple[str, Callable[[], object]]:
    """An exercise of a calibration."""

    def call(path: Path) -> None:
        from bordersim.analyses.exercise import KEYS, read_exercise
        from bordersim.cli.calibrate import _described
        from bordersim.cli.exercises import located

        _described(read_exercise(located(path, KEYS)))

    said, path = put("x.yaml", yaml_bytes(seeds.EXERCISE, chance), chance)
    return said, lambda: call(path)


def assimilation(chance: Random) -> tuple[str, Callable[[], object]]:
    """An exercise of an assimilation."""

    def call(path: Path) -> None:
        from bordersim.analyses.assimilation.exercise import KEYS, read_exercise
        from bordersim.cli.assimilate import described
        from bordersim.cli.exercises import located

        described(read_exercise(located(path, KEYS)))

    said, path = put("x.yaml", yaml_bytes(seeds.ASSIMILATION, chance), chance)
    return said, lambda: call(path)


def _read_draws(path: Path) -> None:
    from bordersim.analyses.drawfile import read_draws

    scenarios = [history()]
    planned(scenarios, read_draws(path, scenarios))


@cache
def history() -> Any:
    """Load the scenario that draws are put on."""
    from bordersim.inputs.loading import load

    return load("history_2021", {"period.end": "2021-05-07"})


def draws_csv(chance: Random) -> tuple[str, Callable[[], object]]:
    """A list of draws in CSV."""
    said, path = put(chance.choice(("x.csv", "x.txt", "X.CSV")), csv_bytes(seeds.DRAWS_ROWS, chance), chance)
    return said, lambda: _read_draws(path)


def draws_yaml(chance: Random) -> tuple[str, Callable[[], object]]:
    """A list of draws in YAML."""
    said, path = put(
        chance.choice(("x.yaml", "x.yml", "X.YML")), yaml_bytes(seeds.DRAWS_YAML, chance), chance
    )
    return said, lambda: _read_draws(path)


def draws_parquet(chance: Random) -> tuple[str, Callable[[], object]]:
    """A list of draws in Parquet."""
    made = _as_text("columns changed", rows.parquet_bytes(seeds.DRAWN, chance), chance)
    said, path = put(chance.choice(("x.parquet", "X.PARQUET")), made, chance)
    return said, lambda: _read_draws(path)


def observations(chance: Random) -> tuple[str, Callable[[], object]]:
    """Published figures to score on."""

    def call(path: Path) -> None:
        from bordersim.cli.validate import Basis

        Basis(path).targets("mine", SPAN)

    said, path = put("x.csv", csv_bytes(seeds.OBSERVATIONS, chance), chance)
    return said, lambda: call(path)


def fitted(chance: Random) -> tuple[str, Callable[[], object]]:
    """Windows that went into values."""

    def call(path: Path) -> None:
        from bordersim.validation.fitted import load_fitted, marks

        marks(_window(), load_fitted(path))

    said, path = put("x.yaml", yaml_bytes(seeds.FITTED, chance), chance)
    return said, lambda: call(path)


@cache
def _window() -> Any:
    import pandas as pd

    days = {"period_start": [pd.Timestamp(SPAN[0])], "period_end": [pd.Timestamp(SPAN[1])]}
    return pd.DataFrame({"country": ["LT"], "series": ["turned_back"], **days})


def _argument(text: str, chance: Random) -> str:
    """Change an argument KEY=VALUE; no shell hands over a null character."""
    key, equals, value = text.partition("=")
    for _ in range(chance.choice((1, 1, 2))):
        how = chance.randrange(6)
        if how == 0:
            key = near_miss(key, chance)
        elif how == 1:
            value = yaml_word(chance)
        elif how == 2:
            value = trees.flow(_changed(value, chance))
        elif how == 3:
            value = near_miss(value, chance)
        elif how == 4:
            equals = chance.choice(("", " = ", "==", ":", "=:", equals, equals))
        else:
            key += chance.choice((".x", "[0]", " ", ".LT", chance.choice(ODD)))
    return f"{key}{equals}{value}".replace("\x00", "")


def _changed(value: str, chance: Random) -> Any:
    try:
        made = trees.Listed([trees.copied(tree(value))])
    except Exception:  # it is changed already
        return value
    trees.change(made, chance)
    return made[0] if made else ""


def sets(chance: Random) -> tuple[str, Callable[[], object]]:
    """Values set on the command line."""

    def call(given: list[str]) -> None:
        from bordersim.inputs import parse_sets
        from bordersim.inputs.loading import load

        planned([load("history_2021", parse_sets(given))])

    given = [_argument(text, chance) for text in chance.sample(seeds.SETS, chance.choice((1, 1, 2, 3)))]
    return repr(given)[:200], lambda: call(given)


def vary(chance: Random) -> tuple[str, Callable[[], object]]:
    """Values varied on the command line."""

    def call(given: list[str], design: str, samples: int | None) -> None:
        from bordersim.analyses.designs import draws_of
        from bordersim.analyses.groups import parse_vary

        draws_of(design, parse_vary(given, [history()]), samples, 1)

    given = [_argument(text, chance) for text in chance.sample(seeds.VARIED, chance.choice((1, 1, 2)))]
    if chance.random() < 0.5:
        parts = [word(chance).replace("\x00", "") for _ in range(chance.choice((1, 2, 2, 3, 4)))]
        given[0] = f"{given[0].partition('=')[0]}={chance.choice(':,').join(parts)}"
    design, samples = chance.choice(("grid", "lhs", "sobol", "x")), chance.choice((None, 1, 2, 7, 10**5 + 1))
    return repr(given)[:200], lambda: call(given, design, samples)


def names(chance: Random) -> tuple[str, Callable[[], object]]:
    """What is typed where a scenario, a file or a folder is meant."""
    text = chance.choice(seeds.NAMES)
    for _ in range(chance.choice(CHANGES)):
        text = (
            near_miss(text, chance) if chance.random() < 0.5 else text + chance.choice("/+. ") + word(chance)
        )
    text = text.encode("utf-8", "replace").decode()
    return repr(text)[:200], lambda: _look_up(text, chance.randrange(7))


def _look_up(text: str, where: int) -> None:
    from bordersim.analyses.drawfile import read_draws
    from bordersim.analyses.exercise import KEYS, read_exercise
    from bordersim.cli.exercises import located
    from bordersim.experiments.reproduce import _read
    from bordersim.inputs.loading import load
    from bordersim.results.store.folder import RunFolder
    from bordersim.validation.recorded import is_run_folder, of_folder
    from bordersim.validation.targets import targets

    ways: tuple[Callable[[], object], ...] = (
        lambda: load(text, {}),
        lambda: load([text, "history_2021"], {}),
        lambda: read_draws(Path(text), [history()]),
        lambda: read_exercise(located(Path(text), KEYS)),
        lambda: _read(text) if len(text) % 2 else RunFolder.open(text),
        lambda: of_folder(Path(text)) if is_run_folder(text) else load(text, {}),
        lambda: targets("mine", SPAN, Path(text)),
    )
    ways[where]()
