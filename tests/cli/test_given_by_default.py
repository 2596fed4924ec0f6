"""Answers come from the histories that are shipped, wherever there are any; `make histories` makes them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from commands import ran

import bordersim
from bordersim.analyses import given
from bordersim.experiments.settings import Settings
from bordersim.report.pictures.differences import is_same, shown_of_histories
from docs import make_histories

EXERCISE = """\
schema_version: 1
name: given_tiny
scenario: history_2021
legs: [2021-06-25]
seed: 3
rounds: [{filters: 2, particles: 6}]
chains: {histories: 4, sweeps: 2, steps: 3}
parameters:
  host.mind_sd: {low: 0.5, high: 1.8}
  choice.rest_days: prior
"""
DAYS = ("--set", "period.end=2021-06-20")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make histories of a tiny exercise and ship them there."""
    place = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make_histories, "SHIPPED", place / "given")
        patch.setattr(make_histories, "RESULTS", place / "histories")
        patch.setattr(given, "shipped", lambda _: place)
        (place / "given_tiny.yaml").write_text(EXERCISE)
        make(place)
        yield place


def make(place: Path) -> None:
    """Make the histories, unless they are there."""
    settings = Settings(workers=1, out=place / "histories", command="make histories")
    make_histories.make([place / "given_tiny.yaml"], settings)


def shipped_digest(place: Path) -> str:
    """Return the digest of the histories that are shipped."""
    about = json.loads((place / "given/history_2021/manifest.json").read_text())
    digest: str = about["digests"]["posterior"]
    return digest


def changed(path: Path, **changes: object) -> None:
    """Change a manifest."""
    about = json.loads(path.read_text())
    path.write_text(json.dumps({**about, **changes}))


def test_histories_that_live_as_they_did_are_confirmed_for_a_newer_model(place: Path) -> None:
    shipped = place / "given/history_2021"
    about = json.loads((shipped / "manifest.json").read_text())
    changed(shipped / "manifest.json", hashes=about["hashes"] | {"model": "0" * 64})
    make(place)
    assert json.loads((shipped / "manifest.json").read_text()) == about
    assert len(list((place / "histories/given_tiny/assimilation").iterdir())) == 1


def test_histories_that_live_otherwise_are_made_again_from_what_is_left(place: Path) -> None:
    digest, (run,) = shipped_digest(place), (place / "histories/given_tiny/assimilation").iterdir()
    digests = place / "given/history_2021/digests.txt"
    before = digests.read_text()
    digests.write_text(before.replace("a", "b"))
    changed(run / "manifest.json", status="running")
    next((run / "blocks").iterdir()).unlink()
    make(place)
    assert (shipped_digest(place), digests.read_text()) == (digest, before)
    assert [run] == list((place / "histories/given_tiny/assimilation").iterdir())
    assert not list((place / "given").rglob("blocks"))


def test_an_answer_comes_from_histories_without_being_asked(place: Path, tmp_path: Path) -> None:
    code, said = ran("compare", "history_2021", "full_surveillance_2021", *DAYS, "--out", str(tmp_path))
    assert code == 0, said
    assert "note: the histories roughly match the figures published for days up to 2021-06-25" in said
    assert "the model is newer" not in said
    folder = Path(said.splitlines()[-1])
    assert len(pd.read_parquet(folder / "daily.parquet")["replicate"].unique()) == 4
    assert len(list((folder / "plots").glob("*.png"))) == 4
    assert len(list((folder / "maps").glob("*.png"))) == 3  # with that of the difference
    assert "note: 4 histories, many alike: worth about" in (folder / "summary.md").read_text()
    table, manifest = (folder / name for name in ("comparison.csv", "manifest.json"))
    worth, ranges = json.loads(manifest.read_text())["worth"], table.read_bytes()
    assert 1 <= worth <= 4
    moved = pd.read_csv(table).query("q05 < q95 and metric not in ['attempts', 'unstopped_entries']")
    assert (moved["range_low"] <= moved["q05"]).all()
    assert (moved["range_low"] < moved["q05"]).any()  # as far as the lowest of the four
    _is_short_unless_in_full(folder, said)
    code, said = ran("resume", str(folder))
    assert "note: 4 histories, many alike: worth about" in (folder / "summary.md").read_text()
    assert (json.loads(manifest.read_text())["worth"], table.read_bytes()) == (worth, ranges)
    assert (code, "4 histories" in said) == (0, True), said
    code, said = ran("expand", str(folder), "--replicates", "9")
    assert (code, said) == (2, f"{folder}: holds histories; there are no more of them\n")


def _is_short_unless_in_full(folder: Path, said: str) -> None:
    """One table, and the words of that table alone; with `--full` four, and the words of all."""
    assert (said.count("differences within each history"), "ledger, medians" in said) == (1, False)
    assert ("- Attempt: one try by one person" in said, "- Got away: " in said) == (True, False)
    code, full = ran("summary", str(folder), "--full")
    assert (code, full.count("ledger, medians"), "- Got away: " in full) == (0, 4, True)
    assert (folder / "summary.md").read_text().count("ledger, medians") == 4


def test_a_day_on_which_no_history_begins_is_answered_with_fixed_values(place: Path, tmp_path: Path) -> None:
    later = ("--set", "period.start=2021-05-02", *DAYS, "--replicates", "2", "--no-plots")
    code, said = ran("run", "history_2021", *later, "--out", str(tmp_path))
    assert code == 0, said
    assert "note: no histories begin on 2021-05-02: values are fixed" in said
    assert "2 replicates" in said


def test_replicates_are_refused_where_there_are_histories(place: Path) -> None:
    code, said = ran("run", "history_2021", *DAYS, "--replicates", "2")
    assert code == 2
    assert said == "--replicates: a history is one run; leave it out, or add --values fixed\n"


def test_histories_of_an_older_model_say_so_first_and_still_answer(place: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(place / "given/history_2021", tmp_path / "old"))
    about = json.loads((old / "manifest.json").read_text())
    about["hashes"]["model"] = "0" * 64
    (old / "manifest.json").write_text(json.dumps(about))
    (old / "scenarios.json").write_text("[]")  # as if values had come since that it lacks
    code, said = ran(
        "run", "history_2021", *DAYS, "--values", str(old), "--no-plots", "--out", str(tmp_path / "made")
    )
    assert code == 0, said
    assert said.startswith("note: the model is newer than its histories")


def test_a_figure_that_one_history_has_otherwise_is_not_called_the_same() -> None:
    """Nine tenths of the differences are 0 and so are both ends of the range."""
    columns = {
        "reference_median": 5.0,
        "scenario_median": 5.0,
        "median": 0.0,
        "range_low": 0.0,
        "range_high": 0.0,
    }
    rows = shown_of_histories(
        pd.DataFrame([columns | {"more": 1, "fewer": 0}, columns | {"more": 0, "fewer": 0}])
    )
    assert rows["high"].tolist() == [0, 0]
    assert is_same(rows).tolist() == [False, True]


@pytest.mark.filterwarnings("ignore:4 histories")
def test_python_answers_from_histories_where_they_are_asked_for(place: Path) -> None:
    week = {"period.end": "2021-06-20"}
    with pytest.warns(UserWarning, match="the histories roughly match the figures published"):
        answered = bordersim.compare("history_2021", "full_surveillance_2021", set=week, values="given")
    assert "minus history_2021: 4 histories, 51 days from 2021-05-01" in repr(answered)
    assert "random variation" not in repr(answered)
    assert answered.table["more"].max() <= 4
    with pytest.raises(bordersim.BadInput, match="replicates and a seed of their own"):
        bordersim.run("history_2021", set=week, values="given", replicates=7)
    with pytest.raises(bordersim.BadInput, match="no histories begin on 2021-05-02"):
        bordersim.run("history_2021", set={"period.start": "2021-05-02"}, values="given")


@pytest.mark.parametrize("values", ["given", "fixed"])
@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ("entriez:LT", "--metric entriez:LT: unknown metric 'entriez'"),
        ("attempts:LT", "--metric: names what --until-halfwidth watches"),
    ],
)
def test_a_metric_that_nothing_watches_is_refused_before_anything_runs(
    place: Path, tmp_path: Path, values: str, metric: str, said: str
) -> None:
    names = ("history_2021", "full_surveillance_2021", *DAYS, "--out", str(tmp_path / "out"))
    code, output = ran("compare", *names, "--values", values, "--metric", metric)
    assert code == 2
    assert output.startswith(said)
    assert len(output.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_the_page_of_a_comparison_is_written_with_it_and_again_on_demand(place: Path, tmp_path: Path) -> None:
    code, said = ran("compare", "history_2021", "full_surveillance_2021", *DAYS, "--out", str(tmp_path))
    assert code == 0, said
    page = Path(said.splitlines()[-1]) / "report.html"
    text = page.read_text(encoding="utf-8")
    page.unlink()
    code, said = ran("report", str(page.parent))
    assert (code, said.splitlines()[-1]) == (0, str(page)), said
    assert page.read_text(encoding="utf-8") == text
    unknown = "lang: 'xx' is unknown; allowed: en, lt\n"
    assert ran("report", str(page.parent), "--lang", "xx") == (2, unknown)
    code, said = ran("run", "history_2021", *DAYS, "--no-plots", "--out", str(tmp_path))
    alone = said.splitlines()[-1]
    no_page = f"{alone}: is no comparison of histories; its tables and pictures are all there is\n"
    assert ran("report", alone) == (2, no_page)


@pytest.mark.parametrize("values", [(), ("--values", "fixed", "--replicates", "2")])
def test_which_change_did_it_is_told_to_the_end(place: Path, tmp_path: Path, values: tuple[str, ...]) -> None:
    """Once the summary asked for days that are not kept, and a table was cut wrongly, after all was run."""
    changes = "history_2021:guards.LT.officers=1300,cross.clear_h=4"
    command = ("compare", "history_2021", changes, "--attribute", *DAYS, *values, "--out", str(tmp_path))
    code, said = ran(*command)
    assert code == 0, said
    assert "which change did it: attempts LT" in said
    assert "the way each change works" in said
    folder = Path(said.splitlines()[-1])
    assert json.loads((folder / "manifest.json").read_text())["status"] == "complete"
    assert "## Which change did it: attempts LT" in (folder / "summary.md").read_text()
    _is_shown_again(folder, said)
    _is_refused_in_a_line_where_days_or_places_are_needed(folder)


def _is_shown_again(folder: Path, said: str) -> None:
    """The summary of an attribution showed everything but the attribution, and told to add --attribute."""
    code, again = ran("summary", str(folder))
    table = said[said.index("which change did it") : said.index("the way each change works")]
    assert code == 0
    assert table in again
    assert "--attribute to the command" not in again
    code, brief = ran("summary", str(folder), "--brief")
    assert (code, "only guards.LT" in brief, brief.count("attempts LT")) == (0, False, 1)


def _is_refused_in_a_line_where_days_or_places_are_needed(folder: Path) -> None:
    """An intact folder was called damaged, or stopped before its end."""
    kept = f"{folder}: holds an attribution, with sums over all of its days, nothing by day or by place; "
    instead = " takes a run or a comparison, made by bordersim compare without --attribute\n"
    for command in ("report", "validate", "export", "animate", "value --set cost.LT.overtime_eur_per_h=20"):
        name, *options = command.split()
        assert ran(name, str(folder), *options) == (2, f"{kept}{name}{instead}")
    window = ran("summary", str(folder), "--from", "2021-05-02")
    assert window == (2, f"{kept}summary --from --to{instead}")


@pytest.mark.parametrize("values", ["given", "fixed"])
def test_scenarios_of_other_days_are_told_how_they_can_be_compared(values: str) -> None:
    code, said = ran("compare", "history_2021", "history_2023", "--values", values, "--replicates", "1")
    assert code == 2
    assert "2021-05-01" in said
    assert "2023-01-01" in said
    assert said.rstrip().endswith("--set period.start=DATE --set period.end=DATE")
