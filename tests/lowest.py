"""Print the lowest version that pyproject.toml allows of each dependency, as constraints for pip.

What those need in turn is not held: pip takes the newest they allow.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
BOUND = re.compile(r"(?P<name>[\w.-]+)>=(?P<lowest>[\w.]+)(,<[\w.]+)?")


def lowest(requirements: list[str]) -> list[str]:
    """Return name==version of each requirement; each must name its lowest version."""
    found = [BOUND.fullmatch(text) for text in requirements]
    without = [text for text, bound in zip(requirements, found, strict=True) if not bound]
    if without:
        raise SystemExit(f"pyproject.toml: no lowest version, like name>=1.2: {', '.join(without)}")
    return [f"{bound['name']}=={bound['lowest']}" for bound in found if bound]


def requirements() -> list[str]:
    """Return what the package and its tests need."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["test"]]


if __name__ == "__main__":
    print("\n".join(lowest(requirements())))
