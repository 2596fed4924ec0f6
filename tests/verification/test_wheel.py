"""The installed wheel has one name of its own: whoever has a `sim`, a `geo` or `scenarios` keeps them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
THEIRS = {
    "geo/__init__.py": "",
    "geo/area.py": "def area(side):\n    return side**2\n",
    "scenarios/docker-compose.yaml": "services: {web: {image: nginx, expect: [80]}}\n",
    "scenarios/ci.yml": "on: push\njobs: {test: {runs-on: ubuntu-latest, steps: [{run: pytest}]}}\n",
    "tests/test_own.py": """\
import geo.area, sim
def test_their_sim(): assert sim.step(1) == 2
def test_their_geo(): assert geo.area.area(3) == 9
""",
    "conftest.py": """\
import sys
def pytest_unconfigure():
    print("imported:", *sorted(m for m in sys.modules if m.split(".")[0] in ("bordersim", "numba")))
""",
    "scenarios/week.yaml": "schema_version: 1\ntitle: a week\nperiod: {start: 2021-05-01, end: 2021-05-07}\n",
}
STEP = "def step(x):\n    return x + 1\n"
PLUGIN_ALONE = "imported: bordersim bordersim.pytest_plugin\n"
COMMAND_OF_PYTEST = str(Path(sys.executable).parent / "pytest")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel; pip fetches what builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has all we have but bordersim; return its Python."""
    return environment(tmp_path_factory.mktemp("without"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The same with the wheel."""
    python = environment(tmp_path_factory.mktemp("with"))
    pip("--python", str(python), "install", "--no-deps", str(wheel))
    return python


@pytest.fixture(params=["sim.py", "sim/__init__.py"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A project of somebody who has a `sim` and a `geo` of their own."""
    for name, text in {**THEIRS, request.param: STEP}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def pip(*arguments: str) -> None:
    """Run our pip."""
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True)


def environment(folder: Path) -> Path:
    """Make an environment that finds our dependencies, but neither bordersim nor the checkout."""
    venv.create(folder, symlinks=os.name != "nt")
    others = folder / "others"
    others.mkdir()
    for each in Path(pytest.__file__).parents[1].iterdir():
        if "bordersim" not in each.name and each.suffix != ".pth":
            (others / each.name).symlink_to(each)
    (site,) = folder.glob("[Ll]ib/**/site-packages")
    (site / "others.pth").write_text(f"{others}\n")
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def said(command: list[Path | str], project: Path) -> str:
    """Run a command of an environment in a project, with nothing of ours on its path; return what it says."""
    ours = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    variables = {key: value for key, value in os.environ.items() if key not in ours}
    variables["NUMBA_CACHE_DIR"] = str(Path(command[0]).parents[1] / "cache")  # gone with the environment
    done = subprocess.run(
        list(map(str, command)), cwd=project, capture_output=True, text=True, check=False, env=variables
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def passed(output: str) -> list[str]:
    """Return how many tests passed, failed and so on."""
    return re.findall(r"\d+ (?:passed|failed|skipped|error|warning)", output)


def test_the_wheel_has_one_name_at_the_top(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"bordersim"}
    assert len(tops) == 2


def test_the_wheel_carries_scenarios_and_land(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("scenarios", "geo/data"):
        carried = {path for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert carried
        assert {f"bordersim/{path.relative_to(ROOT).as_posix()}" for path in carried} <= names


@pytest.mark.parametrize("command", [["-m", "pytest"], [COMMAND_OF_PYTEST]])
def test_their_tests_run_as_if_it_were_not_there(
    command: list[str], project: Path, installed: Path, without: Path
) -> None:
    before, after = (said([python, *command], project) for python in (without, installed))
    assert passed(before) == passed(after) == ["2 passed"]
    assert "imported:\n" in before
    assert PLUGIN_ALONE in after


def test_it_is_imported_from_the_wheel_and_runs_beside_their_sim(project: Path, installed: Path) -> None:
    program = (
        "import sim, geo.area, bordersim; from bordersim import run; print(sim.step(1), bordersim.__file__)"
    )
    stepped, file = said([installed, "-c", program], project).split()
    assert stepped == "2"
    assert Path(file).is_relative_to(installed.parents[1])


@pytest.mark.parametrize("scenario", ["week", "scenarios/week.yaml", "history_2021"])
def test_it_runs_their_scenarios_and_its_own(scenario: str, project: Path, installed: Path) -> None:
    command: list[Path | str] = [
        installed.with_name("bordersim"),
        "run",
        scenario,
        "--values=fixed",
        "--replicates",
        "2",
    ]
    folder = Path(said(command, project).splitlines()[-1])
    assert '"status": "complete"' in (project / folder / "manifest.json").read_text(encoding="utf-8")
