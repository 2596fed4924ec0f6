"""Pictures are the same whatever the user has set, and what the user has set stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

from bordersim.report.pictures.setting import own_style

import matplotlib
import matplotlib.style
import pandas as pd
import pytest
from matplotlib.figure import Figure
from test_maps import a_result
from test_plots import daily, row
from test_plots_of_draws import sweep
from test_scorecard_page import panel

import bordersim.report.pictures
from bordersim.report.pictures.maps import save_map
from bordersim.report.pictures.plots import save_plots
from bordersim.report.pictures.scorecard_page import save_scorecard
from bordersim.report.pictures.stretches import stretch_plot
from bordersim.report.pictures.style import save_figure
from bordersim.report.pictures.sweeps import sweep_figure

ROOT = Path(__file__).parents[2]
MODULES = sorted(path.stem for path in Path(bordersim.report.pictures.__file__).parent.glob("[a-z]*.py"))
STYLES = {
    "dark_background": "dark_background",
    "a settings file": {
        "font.size": 30,
        "font.sans-serif": ["DejaVu Sans Mono"],
        "figure.constrained_layout.use": True,
        "axes.grid": True,
        "lines.linewidth": 9,
    },
}
SWEPT = [{"k": 1.0}, {"k": 2.0}]


def pictures(folder: Path) -> dict[str, bytes]:
    """Draw one of each kind."""
    comparison = pd.DataFrame([row("attempts", 5.0), row("unstopped_entries", -5.0)])
    save_plots(folder, [daily("a"), daily("b", 20.0)], comparison)
    save_map(folder / "map.png", a_result())
    save_scorecard(folder / "card.png", "made_up", [panel("day", "week", "month")])
    save_figure(sweep_figure(sweep(SWEPT), ["k"], "mean"), folder / "sweep.png")
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.png"))}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Draw them in no style of the user's."""
    return pictures(tmp_path_factory.mktemp("usual"))


@pytest.mark.parametrize("name", STYLES)
def test_pictures_are_the_same_whatever_style_the_user_has(
    name: str, usual: dict[str, bytes], tmp_path: Path
) -> None:
    """On a dark style axes, titles and legends were white on white."""
    assert len(usual) == 7
    with matplotlib.rc_context():
        matplotlib.style.use(STYLES[name])
        matplotlib.rcParams["timezone"] = "Asia/Tokyo"
        before = dict(matplotlib.rcParams)
        assert pictures(tmp_path) == usual
        assert dict(matplotlib.rcParams) == before


def test_axes_of_the_user_keep_their_style() -> None:
    with matplotlib.style.context("dark_background"):
        axes = Figure().add_subplot()
        frame = pd.DataFrame({"stretch": ["Kena"], "attempts": [1.0], "unstopped_entries": [0.5]})
        assert stretch_plot(frame, axes=axes).get_facecolor()[:3] == (0.0, 0.0, 0.0)


def test_of_two_threads_none_puts_back_what_the_other_has_set() -> None:
    both_in, first_out = Event(), Event()

    def second() -> None:
        with own_style():
            both_in.set()
            first_out.wait()

    with matplotlib.rc_context({"lines.linewidth": 9}):
        other = Thread(target=second)
        with own_style():
            other.start()
            both_in.wait(timeout=0.5)  # in vain, if one waits for the other
        first_out.set()
        other.join()
        assert matplotlib.rcParams["lines.linewidth"] == 9


ODD = "_$a_{b$ \\frac{ [x]"


def test_names_are_no_formulas_and_all_stand_in_the_key(tmp_path: Path) -> None:
    """A dollar sign left a run without pictures; what begins with an underscore was left out of the key."""
    comparison = pd.DataFrame([row("attempts", 5.0) | {"reference": "a", "scenario": ODD}])
    save_plots(tmp_path, [daily("a"), daily(ODD, 20.0)], comparison)
    plain = save_plots(tmp_path / "plain", [daily("a"), daily(f"x{ODD[1:]}", 20.0)])
    assert (tmp_path / "daily_outcomes.png").read_bytes() != plain[1].read_bytes()
    figure = sweep_figure(sweep(SWEPT, names=("a", ODD)), ["k"], "mean")
    (legend,) = figure.legends
    assert [text.get_text().lstrip("\N{ZERO WIDTH SPACE}") for text in legend.get_texts()] == ["a", ODD]
    assert not any(text.get_parse_math() for text in legend.get_texts())


def python(code: str, **environment: str) -> str:
    """Run some Python in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "sim"), **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_every_picture_can_be_drawn_where_the_backend_of_the_environment_is_not_there() -> None:
    """A notebook names its backend to whatever it starts, here or in an environment that lacks it."""
    code = f"""
import importlib, os, sys
for name in {MODULES!r}:
    importlib.import_module("bordersim.report.pictures." + name)
    for each in [each for each in sys.modules if each.split(".")[0] in ("matplotlib", "bordersim")]:
        del sys.modules[each]
print(os.environ["MPLBACKEND"])
"""
    assert python(code, MPLBACKEND="nonsense") == "nonsense"


def test_the_backend_of_the_user_stays() -> None:
    code = (
        "import bordersim.report.pictures.setting, matplotlib\n"
        "print(matplotlib.get_backend(), 'matplotlib.pyplot' in {})"
    )
    assert python(f"import sys\n{code.format('sys.modules')}", MPLBACKEND="svg").split()[0] == "svg"
    code = (
        "import matplotlib; matplotlib.use('pdf'); from matplotlib import pyplot; "
        "import bordersim.report.pictures.maps\n"
    )
    assert python(f"{code}print(matplotlib.get_backend())", MPLBACKEND="svg") == "pdf"
