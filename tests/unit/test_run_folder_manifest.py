"""What a run folder says of itself is checked once: what cannot be meant is one line and nothing runs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from fake_model import install
from run_folders import DRAWN, WEEK, experiment, folder_of, manifest_of, quietly, whole
from typer.testing import CliRunner

from bordersim.analyses.analysis import refuse_unanswerable, sensitivity_of
from bordersim.analyses.ranges import Range
from bordersim.analyses.sensitivity import Question
from bordersim.api import expand_run, resume_run, run_experiment
from bordersim.cli import app
from bordersim.errors import BadInput
from bordersim.experiments.pool import RunError
from bordersim.experiments.reproduce import reproduce
from bordersim.experiments.settings import Settings
from bordersim.inputs import load_scenario
from bordersim.results.store import folder as store_folder
from bordersim.results.store.draw_files import read_draws
from bordersim.results.store.manifest import plain_json
from bordersim.results.store.names import MOST_AT_ALL, MOST_BLOCKS, MOST_BYTES
from bordersim.results.store.place import Place
from bordersim.validation.recorded import of_folder

GONE = object()
ODD: tuple[Any, ...] = (
    *(GONE, None, -1, 0, 10**12, 10**400, 1.5, True, "", "x", "\ud800", "\x1b[2J", "../../x", "a" * 5000),
    *([], [1], {}, {"a": 1}, [[[]]], {"kind": "sweep"}, {"kind": "x", "metrics": []}),
)
FIELDS = (
    *("manifest_version", "identity", "command", "scenarios", "sets", "draws", "seed", "replicates"),
    *("hashes", "block_replicates", "keep", "own_chance", "pictures", "analysis", "versions", "commit"),
    *("status", "results"),
)
READERS: dict[str, Callable[[Path], object]] = {
    "resume": lambda folder: resume_run(folder, quietly(workers=1)),
    "expand": lambda folder: expand_run(folder, 21, quietly(workers=1)),
    "reproduce": lambda folder: reproduce(folder, quietly(workers=1)),
    "validate": of_folder,
}


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A finished run of 20 replicates."""
    return Path(shutil.copytree(finished, tmp_path / "run"))


def rewritten(folder: Path, **fields: Any) -> None:
    """Edit the manifest."""
    kept = {key: value for key, value in (manifest_of(folder) | fields).items() if value is not GONE}
    (folder / "manifest.json").write_text(json.dumps(kept))


def is_refused_or_done(read: Callable[[Path], object], folder: Path) -> bool:
    """Return whether a folder is refused in one line; any other error is one of the program."""
    try:
        read(folder)
    except BadInput as error:
        said = str(error)
    else:
        return False
    assert said.isprintable()
    assert len(said) < 500
    return True


@pytest.mark.parametrize("field", FIELDS)
def test_any_field_of_any_type_is_one_line_or_fine(folder: Path, field: str) -> None:
    """Each reader meets each field in turn; `tests/verification` changes manifests at random for all."""
    before = (folder / "manifest.json").read_bytes()
    readers = cycle(READERS[name] for name in ("resume", "reproduce", "validate"))
    first = FIELDS.index(field) % 3
    for value, read in zip(ODD[first:] + ODD[:first], readers, strict=False):
        rewritten(folder, **{field: value})
        there = whole(folder)
        if is_refused_or_done(read, folder):
            assert whole(folder) == there
        (folder / "manifest.json").write_bytes(before)


@pytest.mark.parametrize(
    "text", ["[1]", "null", "[]", "{}", "5", '"x"', "", "{", "\xff", "[" * 100_000, "NaN"]
)
@pytest.mark.parametrize("reader", READERS)
def test_a_manifest_that_is_none_is_one_line(folder: Path, text: str, reader: str) -> None:
    (folder / "manifest.json").write_bytes(text.encode("latin-1"))
    assert is_refused_or_done(READERS[reader], folder)


@pytest.mark.parametrize("reader", ["resume", "expand", "reproduce"])
def test_a_million_million_replicates_are_refused_with_the_limit(folder: Path, reader: str) -> None:
    """Every span of them was listed first."""
    rewritten(folder, replicates=10**12)
    with pytest.raises(BadInput, match="replicates: must be less than or equal to 1000000, is 1000000000000"):
        READERS[reader](folder)


@pytest.mark.parametrize("replicates", [0, -1, MOST_AT_ALL + 1, 10**12, True, 1.5, "3", None])
def test_replicates_from_python_have_the_same_limit(folder: Path, tmp_path: Path, replicates: Any) -> None:
    with pytest.raises(
        BadInput, match=r"replicates: (must be between 1 and 1000000|expects a whole number), is "
    ):
        experiment(tmp_path / "new", replicates)
    if replicates is not None:
        with pytest.raises(BadInput, match="replicates: "):
            expand_run(folder, replicates, quietly())
    assert not (tmp_path / "new").exists()


def test_blocks_in_the_manifest_are_those_of_the_run(folder: Path) -> None:
    for changed in ({"draw": 1}, {"first": 10}, {"count": 21}, {"count": 0}, {"digest": None}, {"first": -1}):
        results = manifest_of(folder)["results"]
        results["week0"]["blocks"][0] |= changed
        kept = manifest_of(folder)
        rewritten(folder, results=results)
        with pytest.raises(BadInput, match="results"):
            reproduce(folder, quietly())
        (folder / "manifest.json").write_text(json.dumps(kept))
    rewritten(folder, results={"week0": manifest_of(folder)["results"]["week0"]})
    with pytest.raises(BadInput, match="results must hold every scenario"):
        reproduce(folder, quietly())


def test_a_huge_manifest_is_not_read(folder: Path) -> None:
    with (folder / "manifest.json").open("r+b") as file:
        file.truncate(1 << 40)
    for read in READERS.values():
        with pytest.raises(BadInput, match=r"manifest\.json has 1,099,511,627,776 bytes; at most"):
            read(folder)


def test_a_manifest_of_countless_values_is_not_read(folder: Path) -> None:
    """Sixty megabytes of empty lists took a gigabyte and a half."""
    (folder / "manifest.json").write_text("[" + ",".join(["[]"] * 2_000_000) + "]")
    for read in READERS.values():
        with pytest.raises(BadInput, match="holds more than 2,000,000 values"):
            read(folder)


def test_no_run_is_begun_that_could_not_be_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadInput, match=r"10,000,000 .* would be 200,000 blocks; at most 150,000"):
        experiment(tmp_path / "new", 10**6, [{"guards.LT.officers": i} for i in range(5)])
    rewritten(folder, block_replicates=1)
    with pytest.raises(BadInput, match="would be 200,000 blocks"):
        expand_run(folder, 100_000, quietly())
    monkeypatch.setattr(store_folder, "MOST_BYTES", 1000)
    with pytest.raises(BadInput, match=r"scenarios\.json: would have .* bytes, 1,000 can be read"):
        experiment(tmp_path / "new", 1)
    assert not (tmp_path / "new").exists()


def test_a_manifest_of_as_many_blocks_as_are_kept_can_be_read() -> None:
    block = {"file": "x" * 60, "draw": 99_999, "first": 999_950, "count": 50, "replicates": 50}
    blocks = [block | {"digest": "f" * 64}] * MOST_BLOCKS
    text = json.dumps({"results": {"x": {"blocks": blocks}}}, indent=2).encode()
    assert len(text) < MOST_BYTES
    assert len(plain_json(text, "x")["results"]["x"]["blocks"]) == MOST_BLOCKS


def test_no_more_draws_are_read_than_there_are(tmp_path: Path) -> None:
    (tmp_path / "draws.csv").write_text("draw,a\n" + "".join(f"{i},1\n" for i in range(1000)))
    assert len(read_draws(Place(tmp_path))) == 1000
    assert len(read_draws(Place(tmp_path), 2)) == 3  # one too many, so that it is noticed


def test_scenarios_that_were_changed_are_refused(folder: Path) -> None:
    """Blocks of other values would have stood under the digest of the run."""
    path = folder / "scenarios.json"
    scenarios = json.loads(path.read_text())
    for changed in (scenarios[:1], [*scenarios, scenarios[0]], [scenarios[0] | {"name": "x"}, scenarios[1]]):
        path.write_text(json.dumps(changed))
        with pytest.raises(BadInput, match=r"scenarios\.json: holds others than"):
            resume_run(folder, quietly())
    scenarios[0]["tree"][1]["cross"][1]["approach_h"][1] = 0.9
    path.write_text(json.dumps(scenarios))
    with pytest.raises(BadInput, match=r"scenarios\.json: holds others than"):
        reproduce(folder, quietly())


@pytest.mark.parametrize(
    "value", [None, -1, 10**12, True, "", "x", "\ud800", "\x1b[2J", [], [1], {}, {"a": 1}, [[[]]]]
)
def test_any_scenario_file_is_one_line(folder: Path, value: Any) -> None:
    path = folder / "scenarios.json"
    text = path.read_text()
    places: list[tuple[Any, ...]] = [(), (0,), (0, "name"), (0, "title"), (0, "tree"), (0, "tree", 0)]
    places += [
        (0, "tree", 1),
        (0, "tree", 2),
        (0, "tree", 1, "cross"),
        (0, "tree", 1, "cross", 1, "approach_h"),
    ]
    places += [(0, "tree", 1, "cross", 1, "approach_h", 3), (0, "tree", 1, "policy", 1, "LT", 1, 0)]
    for place in places:
        path.write_text(json.dumps(_replaced(json.loads(text), place, value)))
        is_refused_or_done(lambda folder: reproduce(folder, quietly(workers=1), 1), folder)
    path.write_text(json.dumps([*json.loads(text), "[" * 100_000]))
    assert is_refused_or_done(READERS["resume"], folder)


def _replaced(tree: Any, place: tuple[Any, ...], value: Any) -> Any:
    """Put a value at a place of a tree."""
    if not place:
        return value
    tree[place[0]] = _replaced(tree[place[0]], place[1:], value)
    return tree


@pytest.mark.parametrize(
    "text",
    [
        *("", "draw\n", "x\n", "\x00", '"' + "a" * 200_000 + '"', "draw,a\n0,1,2\n", "draw,a\n1,2\n"),
        *("draw,guards.LT.officers\n0,nan\n1,2\n", 'draw,guards.LT.officers\n0,"[1]"\n1,"{}"\n'),
        *("draw,guards.LT.officers\n0,400\n1,901\n", "draw,guards.LT.officers\n0,400\n"),
        "draw,guards.LT.officers\n0,400\n1," + "[" * 100_000 + "\n",
    ],
)
def test_draws_that_were_changed_are_refused(tmp_path: Path, text: str) -> None:
    folder = folder_of(experiment(tmp_path, 5, DRAWN, keep="totals"))
    assert resume_run(folder, quietly()).missing == 0
    (folder / "draws.csv").write_text(text)
    with pytest.raises(BadInput, match=r"draws\.csv: (holds others than|what is to be run cannot be read)"):
        resume_run(folder, quietly())
    (folder / "draws.csv").unlink()
    with pytest.raises(BadInput, match=r"draws\.csv: holds others than"):
        resume_run(folder, quietly())


def test_what_was_asked_goes_with_the_draws() -> None:
    question = Question("morris", 4, (Range("a.b", 0.0, 1.0), Range("a.c", 0.0, 1.0, values=(1, "x"))), 3)
    asked = json.loads(json.dumps(sensitivity_of(question, ["attempts:LT"], [])))
    refuse_unanswerable(asked, 12, "analysis")
    refuse_unanswerable(None, 1, "analysis")
    with pytest.raises(BadInput, match="analysis: needs 12 draws, the run has 13"):
        refuse_unanswerable(asked, 13, "analysis")
    for changed in (
        {"kind": "x"},
        {"metrics": ["nothing"]},
        {"metrics": 5},
        {"notes": [5]},
        {"question": True},
        {"question": asked["question"] | {"samples": 10**12}},
        {"question": asked["question"] | {"samples": "4"}},
        {"question": asked["question"] | {"ranges": [[]]}},
        {"more": 1},
    ):
        with pytest.raises(BadInput, match=r"^analysis"):
            refuse_unanswerable(asked | changed, 12, "analysis")


def test_the_days_of_a_run_are_read_with_the_same_care(folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / "daily.parquet"
    table = pq.read_table(path)
    shorter, days = table.slice(0, 50), table["date"]
    others = [
        (table.drop_columns(["date"]), "lacks the column 'date'"),
        (table.rename_columns({"date": "day"}), "an earlier version, its column 'day' is now called 'date'"),
        (table.set_column(0, "scenario", pa.array([1] * len(table))), "lacks the column 'scenario'"),
        (table.set_column(2, "date", pa.nulls(len(table), days.type)), "holds no day of week0"),
        (table.slice(0, 0), "holds no day of week0"),
        (table.filter(pa.compute.not_equal(days, days[4])), "not every day"),
        (shorter, "has not every day of week0 at LT|holds no day of week1"),
    ]
    for other, words in others:
        pq.write_table(other, path)
        with pytest.raises(BadInput, match=words):
            [each.daily("attempts", "LT") for each in of_folder(folder)]
    pq.write_table(table.drop_columns(["entry_prevented"]), path)
    with pytest.raises(BadInput, match="lacks the column 'entry_prevented'"):
        of_folder(folder)[0].daily("entry_prevented", "LT")
    path.write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(BadInput, match=r"daily\.parquet: cannot be read"):
        of_folder(folder)


def test_json_is_read_strictly() -> None:
    assert plain_json(b'{"a": [1, 2.5, null, "\\ud83d\\ude00"]}', "x") == {"a": [1, 2.5, None, "\U0001f600"]}
    for text in (b'{"a": NaN}', b"[Infinity]", b'["\\ud800"]', b'{"\\udfff": 1}', b"\xff\xfe", b"[" * 10**6):
        with pytest.raises(BadInput, match=r"^x: "):
            plain_json(text, "x")


def test_the_command_refuses_in_one_line(folder: Path) -> None:
    for text in ("[1]", "null", "{}", "{"):
        (folder / "manifest.json").write_text(text)
        for command in ("resume", "reproduce", "validate"):
            done = CliRunner().invoke(app, [command, str(folder)])
            assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.stderr


def test_a_manifest_alone_is_checked_as_well(folder: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.json"
    for text in ("[1]", "null", "{}", "{", "[" * 100_000):
        alone.write_text(text)
        with pytest.raises(BadInput, match=r"alone\.json: "):
            reproduce(alone, quietly())
    rewritten(folder, draws=5, hashes=manifest_of(folder)["hashes"] | {"draws": "0"})
    alone.write_bytes((folder / "manifest.json").read_bytes())
    with pytest.raises(BadInput, match="does not hold the draws"):
        reproduce(alone, quietly())


def test_a_draw_alone_is_not_lost_from_a_manifest_alone(tmp_path: Path) -> None:
    """Of a run with one draw the manifest alone was simulated without it, and every digest differed."""
    scenario = load_scenario(["history_2021"], WEEK)
    made = run_experiment([scenario], Settings(5, out=tmp_path, pictures=()), WEEK, DRAWN[:1])
    alone = tmp_path / "alone.json"
    alone.write_bytes((folder_of(made) / "manifest.json").read_bytes())
    with pytest.raises(BadInput, match="does not hold the draws"):
        reproduce(alone, quietly())


def test_a_run_that_goes_on_keeps_its_manifest_readable(folder: Path) -> None:
    before = manifest_of(folder)
    with pytest.raises((RunError, KeyboardInterrupt)):
        expand_run(folder, 60, quietly(workers=1, progress=_stop))
    assert manifest_of(folder)["status"] == "stopped"
    assert resume_run(folder, quietly()).missing == 0
    after = manifest_of(folder)
    assert {key for key in before if before[key] != after[key]} <= {
        *("digest", "identity", "replicates", "results", "seconds"),
    }


def _stop(*_: int) -> None:
    raise KeyboardInterrupt
