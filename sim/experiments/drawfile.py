"""Draws that a user lists in a file: CSV or Parquet with one key a column, or a YAML list of mappings."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import BadInput
from sim.experiments.ranges import check_values
from sim.scenario.layers import plain
from sim.scenario.yaml_source import parse

if TYPE_CHECKING:
    from sim.experiments.designs import Draw
    from sim.scenario import Scenario

YAML_ENDINGS = (".yaml", ".yml")
PARQUET = ".parquet"  # such as the posterior of a calibration


def read_draws(path: Path, scenarios: Sequence[Scenario]) -> list[Draw]:
    """Read the draws of a file and let every scenario check them.

    Raises
    ------
    BadInput
        With file and line of the first draw that cannot be simulated.
    """
    read = {PARQUET: _from_parquet, **dict.fromkeys(YAML_ENDINGS, _from_yaml)}.get(path.suffix, _from_csv)
    found = list(read(path))
    if not found:
        raise BadInput(f"{path}: no draws in it; expects a row of keys and one row of values a draw")
    keys = list(found[0][1])
    for place, draw in found:
        lacking = [key for key in keys if key not in draw]
        if lacking or len(draw) > len(keys):
            wrong = f"lacks '{lacking[0]}'" if lacking else f"'{list(draw)[-1]}' is not in the first draw"
            raise BadInput(f"{place}: {wrong}; every draw sets the same keys")
        for scenario in scenarios:
            check_values(scenario, dict(draw), f"{place}:")
    return [draw for _, draw in found]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path}: is not UTF-8 text") from None
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from None


def _from_parquet(path: Path) -> Iterator[tuple[str, Draw]]:
    """Yield the draws of a Parquet file with the row of each."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.read_table(path).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise BadInput(f"{path}: cannot be read: {error}") from None
    return ((f"{path}: row {number}", row) for number, row in enumerate(rows, 1))


def _from_csv(path: Path) -> Iterator[tuple[str, Draw]]:
    """Yield the draws of a CSV file with the line of each; a cell is read as `--set` reads it."""
    reader = csv.reader(_text(path).splitlines())
    keys = [key.strip() for key in next(reader, [])]
    if len(set(keys)) < len(keys) or "" in keys:
        raise BadInput(f"{path}:1: expects a row of different keys, like guards.LT.officers")
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(keys):
            raise BadInput(f"{path}:{reader.line_num}: expects {len(keys)} values, has {len(row)}")
        yield f"{path}:{reader.line_num}", {k: _cell(c) for k, c in zip(keys, row, strict=True)}


def _cell(text: str) -> object:
    """Read a number as a number, so that the table of the sweep shows numbers; leave the rest as text."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text.strip()


def _from_yaml(path: Path) -> Iterator[tuple[str, Draw]]:
    """Yield the draws of a YAML file with the line of each."""
    root = parse(_text(path), str(path))
    if root is None:
        return
    if not isinstance(root.value, list):
        raise BadInput(f"{root.origin}: expects a list of draws, like '- {{guards.LT.officers: 900}}'")
    for item in root.items():
        if not item.mapping():
            raise BadInput(f"{item.origin}: expects keys with values, like guards.LT.officers: 900")
        yield item.origin, {key: plain(node) for key, node in item.mapping().items()}
