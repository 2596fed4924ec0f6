"""Where the scenarios and the data of the land are: beside the package in a checkout, inside a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]  # of an installed package, just a folder


def shipped(name: str) -> Path:
    """Return the folder that a checkout calls "scenarios" or "geo/data"."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else CHECKOUT / name
