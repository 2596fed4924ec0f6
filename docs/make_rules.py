"""Does each rule make the record more probable? ``python -m docs.make_rules``: three hours.

A rule is switched off by the values in docs/rules_without.csv and judged by `bordersim evidence` on what was
published of 2021, all against the same model with it; what that leaves open is judged on 2023, then on 2022.
What was found of each stands in docs/rules_judged.csv and, beside the tests that fail without it, found by
docs/make_needed, in a table in docs/validation.md. A call after one that was stopped does what is missing.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from docs.make_tables import DOCS, fill, table

EXERCISES = ("given_2021", "given_2023", "given_2022")  # 2022 last: its filters are the noisiest
EFFORT = {"--filters": "24", "--particles": "100"}
WITHOUT, JUDGED, PAGE = DOCS / "rules_without.csv", DOCS / "rules_judged.csv", DOCS / "validation.md"
NEEDED, BETWEEN = DOCS / "rules_needed.csv", "; "
RESULTS = Path("results/rules")
NUMBERS = ("difference", "noise", "by_pairs", "by_pairs_noise")
HEADER = (
    "rule",
    "log evidence lost without it in 2021",
    "pairs",
    "2022",
    "pairs",
    "2023",
    "pairs",
    "without it fails",
)
ASKED = "asks for it"
LEVER = "a_lever_moves_its_figure"  # the test of each scenario's direction
VERDICTS = {"yes": ASKED, "no": "speaks against it", "undecided": "does not tell"}


def rules() -> dict[str, str]:
    """Return by which values each rule is switched off."""
    with WITHOUT.open(encoding="utf-8", newline="") as file:
        return {row["rule"]: row["without"] for row in csv.DictReader(file)}


def judged(exercise: str, asked: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Judge the model against itself without each rule, and yield what was found."""
    without = [word for values in asked.values() for word in ("--without", values)]
    effort = [word for pair in EFFORT.items() for word in pair]
    command = [sys.executable, "-m", "bordersim.cli", "evidence", "--exercise", exercise, *without, *effort]
    said = subprocess.run(
        [*command, "--no-left-out", "--json", "--out", str(RESULTS)], check=True, stdout=subprocess.PIPE
    ).stdout
    for rule, each in zip(asked, json.loads(said)["differences"], strict=True):
        numbers = {name: f"{each[name]:.2f}" for name in NUMBERS}
        yield {"rule": rule, "exercise": exercise, **numbers, "verdict": VERDICTS[each["verdict"]]}


def found_of_rules() -> list[dict[str, str]]:
    """Return what was found of each rule in each year that judged it."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def left_open(found: list[dict[str, str]]) -> dict[str, str]:
    """Return by which values each rule is switched off that no year in `found` asks for."""
    asked = {row["rule"] for row in found if row["verdict"] == ASKED}
    return {rule: values for rule, values in rules().items() if rule not in asked}


def needed() -> dict[str, list[str]]:
    """Return by rule which tests fail without it, those that were tried."""
    if not NEEDED.exists():
        return {}
    with NEEDED.open(encoding="utf-8", newline="") as file:
        rows = {row["rule"]: row["fails_without_it"] for row in csv.DictReader(file)}
    return {rule: list(filter(None, names.split(BETWEEN))) for rule, names in rows.items()}


def rows() -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table, those that the record of 2021 asks for first."""
    found = sorted(found_of_rules(), key=lambda row: row["rule"])
    by_rule = groupby(found, lambda row: row["rule"])
    of_years = [(rule, {row["exercise"]: row for row in each}) for rule, each in by_rule]
    fails = needed()
    for rule, years in sorted(of_years, key=lambda pair: -float(pair[1][EXERCISES[0]]["difference"])):
        numbers = [cell for exercise in sorted(EXERCISES) for cell in _cells(years.get(exercise))]
        yield rule, *numbers, _fails(fails.get(rule))


def _cells(row: Mapping[str, str] | None) -> tuple[str, str]:
    """Write both differences of a year with their noise."""
    if row is None:
        return "", ""
    return f"{row[NUMBERS[0]]} ± {row[NUMBERS[1]]}", f"{row[NUMBERS[2]]} ± {row[NUMBERS[3]]}"


def _fails(names: list[str] | None) -> str:
    """Write which tests fail; of a rule that was not tried nothing."""
    if names is None:
        return ""
    return "; ".join(map(in_words, names)) or "none"


def in_words(test: str) -> str:
    """Write the name of a test as words."""
    name, _, case = test.removeprefix("test_").rstrip("]").partition("[")
    if name == LEVER:
        reference, scenario, metric, border, *_ = case.split("-")
        return f"{scenario} against {reference}: {metric} {border}"
    return f"{name.replace('_', ' ')}{f' ({case})' if case else ''}"


def write_table() -> None:
    """Write what was found of the rules into their page."""
    fill(PAGE, "rules_judged", table(HEADER, rows()), "docs/make_rules.py")


def main() -> None:
    """Judge the rules, keep what was found, and write the table."""
    found: list[dict[str, str]] = []
    for exercise in EXERCISES:
        found += judged(exercise, left_open(found))
    with JUDGED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    write_table()


if __name__ == "__main__":
    main()
