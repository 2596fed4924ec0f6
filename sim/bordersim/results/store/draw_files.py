"""The draws of a run as CSV and back: a row per draw, a column per key, values as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from bordersim.errors import BadInput
from bordersim.results.store.names import DRAWS, MOST_AT_ALL

if TYPE_CHECKING:
    from bordersim.results.store.place import Place

Values = Mapping[str, object]


def draws_text(draws: Sequence[Values]) -> str:
    """Return the draws as CSV, one per row: its number, then its values as JSON."""
    keys = list(dict.fromkeys(key for draw in draws for key in draw))
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("draw", *keys))
    for number, draw in enumerate(draws):
        writer.writerow((number, *(json.dumps(draw[key]) if key in draw else "" for key in keys)))
    return file.getvalue()


def read_draws(place: Place, most: int = MOST_AT_ALL) -> tuple[Values, ...]:
    """Read the draws of a run, at most `most`.

    Raises
    ------
    BadInput
        If the file is not as `draws_text` writes it.
    """
    where = f"{place}/{DRAWS}"
    try:
        rows = csv.reader(io.StringIO(place.read(DRAWS).decode()), strict=True)
        header = next(rows, [])
        return tuple(_draw(header, number, row) for number, row in enumerate(islice(rows, most + 1)))
    except (OSError, RecursionError, ValueError, csv.Error) as error:
        raise BadInput(f"{where}: what is to be run cannot be read: {error}") from None


def _draw(header: Sequence[str], number: int, row: Sequence[str]) -> Values:
    """Read one draw."""
    if header[:1] != ["draw"] or row[:1] != [str(number)]:
        raise ValueError(f"expects a column 'draw' that counts from 0, not so in draw {number}")
    return {key: json.loads(cell) for key, cell in zip(header[1:], row[1:], strict=True) if cell}
