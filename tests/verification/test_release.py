"""A release is one version in package, changelog, citation and wheel; each entry says if results change."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bordersim
from bordersim.results.store import provenance

ROOT = Path(__file__).parents[2]
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
HEADING = re.compile(r"^## (?:Unreleased|(?P<version>\d+\.\d+\.\d+) – (?P<date>\d{4}-\d{2}-\d{2}))$")
VERDICT = re.compile(r"Results\s+change:\s+(?:no\.|yes,\s+because\b.*\.)$", re.DOTALL)


def headings() -> list[re.Match[str]]:
    """Return the headings of the changelog, newest first; each has the usual form."""
    found = [HEADING.match(line) for line in CHANGES.splitlines() if line.startswith("## ")]
    assert all(found)
    return [each for each in found if each]


def entries() -> list[str]:
    """Return the entries of the changelog."""
    body = re.split(r"^## .*$", CHANGES, flags=re.MULTILINE)[1:]
    return [entry.strip() for part in body for entry in re.split(r"^- ", part, flags=re.MULTILINE)[1:]]


def test_the_newest_release_of_the_changelog_is_the_version_of_the_package() -> None:
    released = [each["version"] for each in headings() if each["version"]]
    assert released[0] == bordersim.__version__
    numbers = [tuple(map(int, version.split("."))) for version in released]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("manifest", sorted((ROOT / "scenarios/given").glob("*/manifest.json")), ids=str)
def test_histories_that_are_shipped_are_of_this_model(manifest: Path) -> None:
    """Where they are not, every answer begins with a note that says so: run `make histories`."""
    hashes = json.loads(manifest.read_text(encoding="utf-8"))["hashes"]
    assert (hashes["model"], hashes["data"]) == (provenance.model_hash(), provenance.data_hash())


def test_releases_are_in_order_of_date_below_what_is_unreleased() -> None:
    dates = [each["date"] for each in headings()]
    assert dates[0] is None
    assert None not in dates[1:]
    assert dates[1:] == sorted(dates[1:], reverse=True)


def test_the_citation_has_the_version_of_the_package() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, flags=re.MULTILINE) == [bordersim.__version__]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry[:40])
def test_every_entry_says_whether_results_change(entry: str) -> None:
    assert VERDICT.search(entry)


def test_the_wheel_has_the_version_of_the_package(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "wheel", "--no-deps", "--wheel-dir", str(tmp_path)]
    subprocess.run([*pip, str(ROOT)], check=True)
    (wheel,) = tmp_path.iterdir()
    assert wheel.name.startswith(f"bordersim-{bordersim.__version__}-")
