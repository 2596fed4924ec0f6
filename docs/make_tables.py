"""Write the generated tables of the documentation: ``python -m docs.make_tables``, from the checkout's root.

The text around a table is written by hand; what is between its two markers is written here, from
``sim/bordersim/words/metrics.py``, ``sim/bordersim/results/ledgers.py`` and ``scenarios/``. A test fails when
a page is stale.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bordersim.inputs import load_scenario
from bordersim.inputs.finding import chain, parameters
from bordersim.inputs.layers import leaves, plain
from bordersim.inputs.lookup import HISTORY
from bordersim.inputs.metadata import CONFIDENCES, is_dated_list
from bordersim.inputs.nodes import Node
from bordersim.inputs.scenario import ASSUMED, Entry
from bordersim.inputs.schema.kinds import COUNTING, DATA, PARAMETER, VALUATION, WHAT_IF, kind_of
from bordersim.report.looking_up import EVERY_METRIC, definition_of
from bordersim.results.ledgers import COST
from bordersim.validation.figures import comparable
from bordersim.validation.published import load_observations, resolve_reports
from bordersim.validation.published.basis import BASES
from bordersim.words.metrics import LEDGERS, Metric
from bordersim.words.valued import VALUED

DOCS = Path(__file__).resolve().parent
METRIC_HEADER = ("ledger", "metric", "unit", "definition")
VALUE_HEADER = ("key", "value", "unit", "low to high", "confidence", "source")
ENTRY_HEADER = ("key", "from", "value", "confidence", "source")
RULES = "rules_kept.csv"
RULE_COLUMNS = ("rule", "kept_because_of", "which", "windows_of", "log_evidence_gained", "noise")
RULE_HEADER = ("rule", "kept because of", "which", "windows of", "log evidence with it less without it")
LAYER_HEADER = ("what they do", "kind", "values", "of them assumed")
LAYERS = {
    PARAMETER: "decide what happens",
    DATA: "decide what happens",
    WHAT_IF: "decide nothing until a scenario switches them on §",
    COUNTING: "decide what is written down of it ¶",
    VALUATION: "value it after the run †",
}
MARKS = {VALUATION: " †", DATA: " ‡", WHAT_IF: " §", COUNTING: " ¶"}
BASIS_HEADER = ("border", "series", "figures", *(name.replace("_", " ") for name in BASES))
COUNT_HEADER = ("confidence", "values", "dated entries", "in reports on history_2021")


def table(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table."""
    every = (header, ["---"] * len(header), *rows)
    lines = (" | ".join(str(cell).replace("|", "\\|") for cell in row) for row in every)
    return "\n".join(f"| {line} |" for line in lines)


def metrics_table() -> str:
    """Return every figure that is counted, valued, derived or compared, ledger by ledger."""
    rows = [metric_row(metric) for ledger in LEDGERS for metric in EVERY_METRIC if metric.ledger == ledger]
    return table(METRIC_HEADER, rows)


def metric_row(metric: Metric) -> tuple[str, ...]:
    """Return a figure with its definition; for a sum, with its parts."""
    mark = MARKS[VALUATION] if metric in VALUED or metric is COST else ""
    return metric.ledger, f"`{metric.name}`{mark}", metric.unit, definition_of(metric)


def parameter_tables() -> str:
    """Return every value with its facts, one table a section, then every dated entry of the record."""
    sections = groupby(values(), key=lambda known: known[0].partition(".")[0])
    pieces = [f"## {name}\n\n{table(VALUE_HEADER, map(value_row, known))}" for name, known in sections]
    rows = [entry_row(key, entry) for key, entry in dated_entries()]
    return "\n\n".join([*pieces, f"## The record, by date\n\n{table(ENTRY_HEADER, rows)}"])


def values() -> list[tuple[str, Node]]:
    """Return every value of parameters.yaml by its key."""
    return list(leaves(parameters().values))


def value_row(known: tuple[str, Node]) -> tuple[object, ...]:
    """Return one value with all that is said about it."""
    (key, node), facts = known, known[1].facts
    assert facts
    both = "" if facts.low is None else f"{written(facts.low)} to {written(facts.high)}"
    name = f"`{key}`{MARKS.get(kind_of(key), '')}"
    return name, written(plain(node)), facts.unit, both, facts.confidence, facts.source


def layers_table() -> str:
    """Return how many values of each kind decide what happens, and how many value it after the run."""
    kinds = [(kind_of(key), node.facts) for key, node in values()]
    counts = Counter(kind for kind, _ in kinds)
    assumed = Counter(kind for kind, facts in kinds if facts and facts.confidence == ASSUMED)
    return table(LAYER_HEADER, [(does, kind, counts[kind], assumed[kind]) for kind, does in LAYERS.items()])


def dated_entries() -> Iterator[tuple[str, Entry]]:
    """Yield every dated entry of history.yaml with its key."""
    history = load_scenario([HISTORY])
    for key, node in leaves(chain(HISTORY)[-1].values):
        if is_dated_list(node):
            entries = history.explain(key).entries
            yield from ((key, entry) for entry in entries[-len(node.items()) :])


def entry_row(key: str, entry: Entry) -> tuple[object, ...]:
    """Return one entry of the record."""
    return f"`{key}`", entry.from_, written(entry.value), entry.confidence, entry.source


def written(value: object) -> str:
    """Return a value as a reader expects it: no needless zeros, a list with commas."""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(written, value)) or "none"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def confidence_table() -> str:
    """Return how many values rest on what; in a report a dated value is as weak as its weakest entry."""
    given = Counter(node.facts.confidence for _, node in values() if node.facts)
    dated = Counter(entry.confidence for _, entry in dated_entries())
    reported = Counter(each.confidence for each in load_scenario(["history_2021"]).parameters.values())
    rows = [(name, given[name], dated[name], reported[name]) for name in CONFIDENCES]
    return table(COUNT_HEADER, [*rows, ("all", given.total(), dated.total(), reported.total())])


def rules_table() -> str:
    """Return what was found of each rule, as rules_kept.csv has it."""
    with (DOCS / RULES).open(encoding="utf-8", newline="") as file:
        rows = [[row[name] for name in RULE_COLUMNS] for row in csv.DictReader(file)]
    return table(RULE_HEADER, ((*said, f"{gain} ± {noise}" if gain else "") for *said, gain, noise in rows))


def basis_table() -> str:
    """Return how often the figures that scores rest on were handed on, by border and series."""
    figures = resolve_reports(comparable(load_observations())[0])
    groups = figures.groupby(["country", "series"])["basis"]
    rows = [(*key, len(found), *(int((found == name).sum()) for name in BASES)) for key, found in groups]
    return table(BASIS_HEADER, rows)


TABLES = {
    "metrics.md": {"metrics": metrics_table},
    "parameters.md": {"layers": layers_table, "parameters": parameter_tables},
    "validation.md": {"rules": rules_table, "basis": basis_table},
    "limits.md": {"confidence": confidence_table},
}


def filled(page: str, name: str, content: str, by: str = "docs/make_tables.py") -> str:
    """Return the page with `content` between the markers of table `name`."""
    start, end = f"<!-- {name}: written by {by} -->", f"<!-- end of {name} -->"
    pattern = re.compile(f"{re.escape(start)}.*{re.escape(end)}", re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"no markers for the table {name}")
    return pattern.sub(lambda _: f"{start}\n\n{content}\n\n{end}", page)


def fill(path: Path, name: str, content: str, by: str) -> None:
    """Write `content` between the markers of table `name` of a page."""
    page = filled(path.read_text(encoding="utf-8"), name, content, by)
    path.write_text(page, encoding="utf-8")


def pages() -> dict[Path, str]:
    """Return every page with generated tables as it should be."""
    fresh = {}
    for file, tables in TABLES.items():
        page = (DOCS / file).read_text(encoding="utf-8")
        for name, made in tables.items():
            page = filled(page, name, made())
        fresh[DOCS / file] = page
    return fresh


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
