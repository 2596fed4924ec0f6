"""Which patterns and levers fail without a rule? ``python -m docs.make_needed``: an hour and a half.

A rule that the record of 2021 leaves open (docs/make_rules.py) is switched off, and the tests of patterns and
of levers are run without it. Those that fail are kept in docs/rules_needed.csv, and written into the table
beside what the record says of the rule. A call after one that was stopped does only what is missing.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from docs.make_rules import (
    BETWEEN,
    EXERCISES,
    NEEDED,
    found_of_rules,
    left_open,
    needed,
    write_table,
)

TESTS = Path("tests/verification")
PAGES = ("test_patterns.py", "test_scenarios.py")
# Not of a rule: the book of scenarios, what values were searched for, a closed form, sums of prices, and what
# lies at its threshold with all rules.
OF_A_RULE = "not book and not winter and not wilson and not money and not september"
HEADER = ("rule", "fails_without_it")


def failing(values: str) -> Iterator[str]:
    """Yield the tests that fail with these values, written as on the command line."""
    with TemporaryDirectory() as folder:
        found = Path(folder) / "tests.xml"
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-k", OF_A_RULE, f"--junitxml={found}"]
        command += map(str, (TESTS / page for page in PAGES))
        subprocess.run(command, check=False, env=os.environ | {"BORDERSIM_WITHOUT": values})
        cases = ElementTree.parse(found).iter("testcase")
        yield from (str(case.get("name")) for case in cases if _is_failure(case))


def _is_failure(case: ElementTree.Element) -> bool:
    """Return whether a figure is on the wrong side; that a missed pattern holds is none."""
    failure = case.find("failure")
    return failure is not None and "XPASS" not in f"{failure.get('message')}{failure.text}"


def main() -> None:
    """Try the rules that are missing, keep what was found of each, and write the table."""
    found = needed()
    tried = left_open([row for row in found_of_rules() if row["exercise"] == EXERCISES[0]])
    for rule in (each for each in tried if each not in found):
        found[rule] = list(failing(tried[rule]))
        keep({each: found[each] for each in tried if each in found})
    write_table()


def keep(found: Mapping[str, Sequence[str]]) -> None:
    """Write what was found of each rule."""
    with NEEDED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([HEADER, *((rule, BETWEEN.join(names)) for rule, names in found.items())])


if __name__ == "__main__":
    main()
