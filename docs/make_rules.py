"""Does each rule make the record of 2021 more probable? ``python -m docs.make_rules``: an hour.

A rule is switched off by the values in docs/rules_without.csv and judged by `bordersim evidence`, all against
the same model with it. What was found of each stands in docs/rules_judged.csv and in a table in
docs/validation.md. A call after one that was stopped does only what is missing.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from docs.make_tables import DOCS, fill, table

EXERCISE, EFFORT = "given_2021", {"--filters": "24", "--particles": "100"}
WITHOUT, JUDGED, PAGE = DOCS / "rules_without.csv", DOCS / "rules_judged.csv", DOCS / "validation.md"
RESULTS = Path("results/rules")
NUMBERS = ("difference", "noise", "by_pairs", "by_pairs_noise")
HEADER = ("rule", "log evidence lost without it", "mean of pairs", "so the record of 2021")
VERDICTS = {"yes": "asks for it", "no": "speaks against it", "undecided": "does not tell"}


def rules() -> dict[str, str]:
    """Return by which values each rule is switched off."""
    with WITHOUT.open(encoding="utf-8", newline="") as file:
        return {row["rule"]: row["without"] for row in csv.DictReader(file)}


def judged(asked: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Judge the model against itself without each rule, and yield what was found."""
    without = [word for values in asked.values() for word in ("--without", values)]
    effort = [word for pair in EFFORT.items() for word in pair]
    command = [sys.executable, "-m", "bordersim.cli", "evidence", "--exercise", EXERCISE, *without, *effort]
    said = subprocess.run(
        [*command, "--no-left-out", "--json", "--out", str(RESULTS)], check=True, stdout=subprocess.PIPE
    ).stdout
    found = json.loads(said)["differences"]
    for (rule, values), each in zip(asked.items(), found, strict=True):
        numbers = {name: f"{each[name]:.2f}" for name in NUMBERS}
        yield {"rule": rule, "without": values, **numbers, "verdict": VERDICTS[each["verdict"]]}


def rows() -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table, those that the record asks for first."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        found = sorted(csv.DictReader(file), key=lambda row: -float(row["difference"]))
    for row in found:
        gained, by_pairs = (f"{row[a]} ± {row[b]}" for a, b in (NUMBERS[:2], NUMBERS[2:]))
        yield row["rule"], gained, by_pairs, row["verdict"]


def main() -> None:
    """Judge the rules, keep what was found, and write the table."""
    found = list(judged(rules()))
    with JUDGED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    fill(PAGE, "rules_judged", table(HEADER, rows()), "docs/make_rules.py")


if __name__ == "__main__":
    main()
