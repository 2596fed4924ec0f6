"""What is missing is made, no more; damage is told; other sources are refused; digests say the same."""

from __future__ import annotations

import json
import pickle
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from fake_model import install, make_block
from run_folders import WEEK, blocks_of, experiment, quietly
from typer.testing import CliRunner

import bordersim
from bordersim.api import expand_run, resume_run, run_experiment
from bordersim.cli import app
from bordersim.errors import BadInput, RunError
from bordersim.experiments import workers
from bordersim.experiments.plan import Plan
from bordersim.experiments.reproduce import reproduce
from bordersim.experiments.settings import Settings
from bordersim.inputs import load_scenario
from bordersim.results.experiment import Experiment
from bordersim.results.store import provenance
from bordersim.results.store.digests import combined
from bordersim.results.store.draw_files import read_draws
from bordersim.results.store.folder import RunFolder
from bordersim.results.store.place import Place

DRAWS = ({"guards.LT.officers": 400}, {"guards.LT.officers": 900, "cross.approach_h": 0.7})


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)


@pytest.fixture
def made(tmp_path: Path) -> Experiment:
    """A finished run."""
    return experiment(tmp_path)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count which replicates are simulated from now on."""
    seen: list[int] = []

    def counting(world: Any, seed: int, first: int, count: int) -> Any:
        seen.extend(range(first, first + count))
        return make_block(world, seed, first, count)

    monkeypatch.setitem(sys.modules["bordersim.model.engine"].__dict__, "simulate_block", counting)
    return seen


def cut(path: Path) -> None:
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    """Change one byte in the middle, where the numbers are."""
    data = bytearray(path.read_bytes())
    data[len(data) // 4] ^= 0xFF
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("damage", [Path.unlink, cut, flip])
def test_exactly_the_block_that_is_gone_or_damaged_is_made_again(
    made: Experiment, monkeypatch: pytest.MonkeyPatch, damage: Any
) -> None:
    files = {path.name: path.read_bytes() for path in blocks_of(made)}
    damage(blocks_of(made)[1])  # replicates 50 to 99 of the first scenario
    seen, said = counted(monkeypatch), list[str]()
    again = resume_run(str(made.folder), quietly(tell=said.append))
    assert sorted(seen) == list(range(50, 100))
    assert again.digest == made.digest
    assert {path.name for path in blocks_of(again)} == set(files)
    assert bool(said) == (damage is not Path.unlink)
    assert all("week0-000050" in line for line in said)


def test_a_block_under_the_name_of_another_is_noticed(made: Experiment) -> None:
    first, second, *_ = blocks_of(made)
    second.write_bytes(first.read_bytes())
    assert resume_run(str(made.folder), quietly()).digest == made.digest


def test_a_finished_run_is_left_as_it_is(made: Experiment, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = counted(monkeypatch)
    assert resume_run(str(made.folder), quietly()).digest == made.digest
    assert seen == []


def test_replicates_that_failed_are_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(world: Any, seed: int, first: int, count: int) -> Any:
        if first == 55:
            raise MemoryError("no room")
        return make_block(world, seed, first, count)

    install(monkeypatch, failing)
    partial = experiment(tmp_path)
    folder = Path(str(partial.folder))
    rows = (folder / "failed.csv").read_text().splitlines()
    assert rows[0] == "scenario,draw,replicate,seed,error,traceback"
    assert rows[1].startswith("week0,0,55,")
    assert json.loads((folder / "manifest.json").read_text())["status"] == "partial"
    assert "(1 replicate missing)" in (folder / "summary.md").read_text()
    assert "2 replicates are missing, see failed.csv" in (folder / "summary.md").read_text()
    install(monkeypatch)
    seen = counted(monkeypatch)
    again = resume_run(folder, quietly())
    assert sorted(set(seen)) == list(range(50, 100))
    assert (again.missing, again.digest) == (0, experiment(None).digest)
    assert not (folder / "failed.csv").exists()


def test_expanded_is_as_if_asked_for_at_once(made: Experiment, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in blocks_of(made)}
    seen = counted(monkeypatch)
    longer = expand_run(str(made.folder), 220, quietly())
    assert sorted(set(seen)) == list(range(100, 220))  # the short block becomes a whole one
    assert longer.digest == experiment(None, 220).digest
    after = {path.name: path.read_bytes() for path in blocks_of(longer)}
    assert len(after) == 2 * 5
    assert sum(after.get(name) == data for name, data in before.items()) == 2 * 2
    assert longer.results[0].digest(first=120) == made.results[0].digest()
    with pytest.raises(BadInput, match="100 would be fewer"):
        expand_run(str(made.folder), 100, quietly())


@pytest.mark.parametrize("which", ["model", "data"])
def test_other_sources_are_refused_in_one_line(
    made: Experiment, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    monkeypatch.setattr(provenance, f"{which}_hash", lambda: "f" * 64)
    blocks_of(made)[0].unlink()
    with pytest.raises(BadInput, match=r"changed \(\w{8} then, ffffffff now\).*nothing was changed"):
        resume_run(str(made.folder), quietly())
    assert len(blocks_of(made)) == 5


def test_a_worker_with_other_sources_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on another machine: what the main thread finds is not what the worker finds."""
    scenario = load_scenario(["history_2021"], WEEK)

    def sources() -> tuple[str, str]:
        return ("here" if threading.current_thread() is threading.main_thread() else "there"), ""

    monkeypatch.setattr(workers, "_sources", sources)
    with pytest.raises(RunError, match=r"a worker has other sources.*resume with: bordersim resume"):
        run_experiment([scenario], Settings(200, out=tmp_path, pictures=(), workers=1))


def test_what_is_no_run_folder_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no run folder"):
        resume_run(tmp_path, quietly())
    with pytest.raises(BadInput, match="no run folder"):
        resume_run(tmp_path / "nowhere", quietly())


def test_draws_are_kept_and_pair_scenarios(tmp_path: Path) -> None:
    made = experiment(tmp_path, 60, DRAWS)
    place = Place(Path(str(made.folder)))
    assert read_draws(place) == DRAWS
    assert made.result(1, 1).sets == {**WEEK, **DRAWS[1]}
    shapes = {values.shape for _, values in made.each_figure()}
    assert shapes == {(2, 2, 60)}
    assert {"random_variation_share", "parameter_uncertainty_share", "draws"} <= set(made.metrics) & set(
        made.differences
    )
    blocks_of(made)[2].unlink()
    again = resume_run(str(made.folder), quietly())
    assert again.digest == made.digest == experiment(None, 60, DRAWS).digest
    assert "parameter uncertainty" in Path(str(made.folder), "summary.md").read_text()


def test_sums_alone_can_be_kept(tmp_path: Path) -> None:
    whole, thin = experiment(tmp_path / "a", 60, DRAWS), experiment(tmp_path / "b", 60, DRAWS, keep="totals")
    assert thin.digest == whole.digest
    assert thin.metrics.equals(whole.metrics)
    assert 2 * sum(path.stat().st_size for path in blocks_of(thin)) < sum(
        path.stat().st_size for path in blocks_of(whole)
    )
    flip(blocks_of(thin)[0])
    assert resume_run(str(thin.folder), quietly()).digest == whole.digest


def test_an_unknown_key_in_a_draw_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="aproach_h"):
        experiment(tmp_path / "out", 5, ({"cross.aproach_h": 1},))
    with pytest.raises(BadInput, match="cannot differ between draws"):
        experiment(tmp_path / "out", 5, ({"run.seed": 1}, {"run.seed": 2}))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("protocol", ["memory://", "file://"])
def test_results_go_to_a_url_and_are_resumed_there(protocol: str, tmp_path: Path) -> None:
    made = experiment(f"{protocol}{tmp_path}/far")
    url = str(made.folder)
    assert url.startswith(protocol)
    blocks = Place(url) / "blocks"
    assert len(blocks.names()) == 6
    assert {"manifest.json", "summary.md", "daily.parquet", "metrics.csv"} <= Place(url).names()
    blocks.write(min(blocks.names()), b"nothing")
    again = resume_run(url, quietly())
    assert again.digest == made.digest == experiment(None).digest


def test_an_unknown_protocol_is_bad_input() -> None:
    with pytest.raises(BadInput, match="nowhere://x: cannot write there"):
        experiment("nowhere://x")


def test_nothing_but_names_goes_to_a_worker_elsewhere(tmp_path: Path) -> None:
    """What a scheduler has to carry there and back is a few hundred bytes for a block of 1.8 MB."""
    made = experiment(tmp_path)
    plan = Plan.read(RunFolder.open(str(made.folder)))
    order = workers.order_of(plan, next(plan.jobs()), str(made.folder), "continue", in_process=False)
    report = pickle.loads(pickle.dumps(workers.make_block))(pickle.loads(pickle.dumps(order)))
    assert report.digest == combined(made.results[0].replicate_digests[:50])
    assert len(pickle.dumps(order)) < 2000
    assert len(pickle.dumps(report)) < 1000


def test_workers_out_of_reach_leave_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("bordersim.experiments.pool.CONNECT_S", 1)
    with pytest.raises(BadInput, match="no Dask scheduler answers"):
        experiment(tmp_path / "out", cluster="tcp://127.0.0.1:9")
    assert not (tmp_path / "out").exists()


def test_reproduced_blocks_have_the_same_digests(made: Experiment, tmp_path: Path) -> None:
    again = reproduce(str(made.folder), quietly())
    assert (again.is_same, len(again.blocks), again.total, again.differs) == (True, 6, 6, ())
    some = reproduce(str(Path(str(made.folder), "manifest.json")), quietly(), sample=2)
    assert [(block.scenario, block.first) for block in some.blocks] == [("week0", 100), ("week1", 100)]


def test_a_number_that_is_another_is_found(made: Experiment, monkeypatch: pytest.MonkeyPatch) -> None:
    def other(world: Any, seed: int, first: int, count: int) -> Any:
        block = make_block(world, seed, first, count)
        block.daily[0, 0, 0, 0] += first == 60
        return block

    install(monkeypatch, other)
    monkeypatch.setattr(provenance, "model_hash", lambda: "f" * 64)
    again = reproduce(str(made.folder), quietly())
    assert [block.first for block in again.blocks if not block.is_same] == [50, 50]
    assert [name for name, _, _ in again.differs] == ["model"]
    done = CliRunner().invoke(app, ["reproduce", str(made.folder)])
    assert done.exit_code == 1
    assert done.stdout.count("DIFFERS") == 2
    assert "changed: model" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("4 of 6 blocks have the same digest")


def test_a_manifest_alone_is_enough_where_the_scenarios_are_the_same(tmp_path: Path) -> None:
    scenario = load_scenario(["history_2021"], WEEK)
    made = run_experiment([scenario], Settings(20, out=tmp_path, pictures=()), WEEK)
    alone = tmp_path / "alone.json"
    alone.write_bytes(Path(str(made.folder), "manifest.json").read_bytes())
    assert reproduce(alone, quietly()).is_same
    alone.write_text(alone.read_text().replace("2021-05-07", "2021-05-08"))
    with pytest.raises(BadInput, match="are not those of the run"):
        reproduce(alone, quietly())


def test_the_commands_and_python_do_the_same(made: Experiment) -> None:
    folder = str(made.folder)
    cut(blocks_of(made)[0])
    done = CliRunner().invoke(app, ["resume", folder, "--no-plots"])
    assert done.exit_code == 0, done.stderr
    assert "damaged, will be simulated again: week0-000000" in done.stderr
    assert done.stdout.splitlines()[-1] == folder
    done = CliRunner().invoke(app, ["expand", folder, "--replicates", "130", "--no-plots", "--json"])
    assert json.loads(done.stdout)["digest"] == bordersim.resume(folder).digest
    assert bordersim.reproduce(folder, sample=1).is_same
    assert bordersim.expand(folder, 140).results[0].replicates == 140


def test_a_run_of_the_first_version_is_refused_in_one_line(made: Experiment) -> None:
    """Its sources had other names, so that their hashes cannot be compared."""
    path = Path(str(made.folder), "manifest.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"manifest_version": 2}))
    for again in (
        lambda: resume_run(path.parent, quietly()),
        lambda: expand_run(path.parent, 200, quietly()),
        lambda: reproduce(path.parent, quietly()),
    ):
        with pytest.raises(BadInput, match=r"made by 0\.1 of bordersim; it can be read, but not resumed$"):
            again()
