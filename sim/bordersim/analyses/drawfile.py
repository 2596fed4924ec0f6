"""Draws listed by the user in a file: CSV or Parquet with one key per column, or a YAML list of mappings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bordersim.analyses.ranges import MOST_POINTS, MOST_VALUES, check_values
from bordersim.errors import BadInput
from bordersim.inputs.csv_files import NUMBER, check_names, number_of, rows_of
from bordersim.inputs.days import as_day
from bordersim.inputs.layers import plain
from bordersim.inputs.metadata import is_number
from bordersim.inputs.paths import user_path
from bordersim.inputs.user_files import checked_size, content, decoded
from bordersim.inputs.yaml_source import parse
from bordersim.words.text import normal, shortened

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.results.draws import Draw

YAML_ENDINGS = (".yaml", ".yml")
PARQUET = ".parquet"  # such as the posterior of a calibration
MOST_BYTES = 10_000_000
NUMBER_OF_DRAW = "draw"  # the first column of draws.csv of a run


class Listed(NamedTuple):
    """A draw read from a file, with the place of its keys and values for error messages."""

    head: str
    place: str
    values: Mapping[str, object]


def read_draws(path: Path, scenarios: Sequence[Scenario]) -> list[Draw]:
    """Read the draws of a file and let every scenario check them.

    Raises
    ------
    BadInput
        With file and line of a draw that cannot be simulated.
    """
    path = user_path(path)
    return draws_in(content(path, str(path), MOST_BYTES), str(path), scenarios)


def draws_in(data: bytes, label: str, scenarios: Sequence[Scenario]) -> list[Draw]:
    """Read draws from the bytes of a file as `read_draws` does; `label` is its name."""
    checked_size(data, label, MOST_BYTES)
    readers = {PARQUET: _from_parquet, **dict.fromkeys(YAML_ENDINGS, _from_yaml)}
    found = list(readers.get(Path(label).suffix.lower(), _from_csv)(data, label))
    found = [each._replace(values=_without_number(each.values)) for each in found]
    if not any(each.values for each in found):
        raise BadInput(f"{label}: no draws in it; expects a row of keys and one row of values a draw")
    keys = list(found[0].values)
    for each in found:
        _check_keys(each, keys)
    for key in keys:
        _check_known(key, found[0].head, scenarios)
    draws = [{key: as_day(each.values[key]) for key in keys} for each in found]
    for number in _telling_first(draws):
        for scenario in scenarios:
            check_values(scenario, dict(draws[number]), f"{found[number].place}:")
    return list(draws)


def _without_number(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a draw without its number, which tables of a finished sweep have."""
    return {key: value for key, value in values.items() if key != NUMBER_OF_DRAW}


def draws_of_parquet(data: bytes, label: str) -> list[Draw]:
    """Read draws from the bytes of a Parquet file that holds more than values; nothing of them is checked."""
    checked_size(data, label, MOST_BYTES)
    return [each.values for each in _from_parquet(data, label)]


def _check_keys(draw: Listed, keys: Sequence[str]) -> None:
    """Refuse a draw that does not set what the first one sets."""
    lacking = [key for key in keys if key not in draw.values]
    if lacking or len(draw.values) > len(keys):
        more = f"'{shortened(list(draw.values)[-1])}' is not in the first draw"
        wrong = f"lacks '{shortened(lacking[0])}'" if lacking else more
        raise BadInput(f"{draw.place}: {wrong}; every draw sets the same keys")


def _check_known(key: str, head: str, scenarios: Sequence[Scenario]) -> None:
    """Refuse an unknown key and say where it is."""
    for scenario in scenarios:
        if key not in scenario.parameters:
            check_values(scenario, {key: 0}, f"{head}:")


def _telling_first(draws: Sequence[Draw]) -> Iterable[int]:
    """Order draws so that a value out of range is found among the first, however many there are."""
    telling = {number for key in draws[0] for number in _telling([draw[key] for draw in draws])}
    # A posterior repeats itself.
    once = {repr(draw): number for number, draw in reversed([*enumerate(draws)])}
    return dict.fromkeys([*sorted(telling), *reversed(once.values())])


def _telling(values: Sequence[object]) -> set[int]:
    """Return the places of the least and greatest number of each type, and the first of each other value."""
    ends: dict[object, tuple[int, int]] = {}
    for number, value in enumerate(values):
        if not is_number(value) or value != value:
            ends.setdefault(repr(value), (number, number))
            continue
        low, high = ends.setdefault(type(value), (number, number))
        ends[type(value)] = min(low, number, key=_value_at(values)), max(high, number, key=_value_at(values))
    return {number for pair in ends.values() for number in pair}


def _value_at(values: Sequence[Any]) -> Callable[[int], Any]:
    return values.__getitem__


def _from_parquet(data: bytes, label: str) -> Iterator[Listed]:
    """Yield the draws of a Parquet file with the row of each."""
    from bordersim.analyses.draw_parquet import columns_of

    columns = columns_of(data, label)
    head, rows = f"{label}: column", zip(*columns.values(), strict=True)
    for number, row in enumerate(rows, 1):
        yield Listed(head, f"{label}: row {number}", dict(zip(columns, row, strict=True)))


def _from_csv(data: bytes, label: str) -> Iterator[Listed]:
    """Yield the draws of a CSV file with the line of each; a cell is read as `--set` reads it."""
    rows = rows_of(decoded(data, label), label, MOST_POINTS, MOST_VALUES)
    head = next(rows, None)
    if head is None:
        return
    for line, cells in rows:
        place = f"{label}:{line}"
        values = {key: _cell(cell.strip(), place, key) for key, cell in zip(head.cells, cells, strict=True)}
        yield Listed(f"{label}:{head.line}", place, values)


def _cell(text: str, place: str, key: str) -> object:
    """Read a number as a number, so that the table of the sweep shows numbers; leave the rest as text."""
    value = number_of(text)
    if value is None and "_" in text and NUMBER.fullmatch(text.replace("_", "")):
        raise BadInput(f"{place}: {key}: expects a number in digits alone, is '{shortened(text)}'")
    return text if value is None else value


def _from_yaml(data: bytes, label: str) -> Iterator[Listed]:
    """Yield the draws of a YAML file with the line of each."""
    root = parse(decoded(data, label), label)
    if root is None:
        return
    if not isinstance(root.value, list):
        raise BadInput(f"{root.origin}: expects a list of draws, like '- {{guards.LT.officers: 900}}'")
    for item in root.items():
        if not item.mapping():
            raise BadInput(f"{item.origin}: expects keys with values, like guards.LT.officers: 900")
        names = [normal(key) for key in item.mapping()]
        check_names(names, item.origin)
        values = map(plain, item.mapping().values())
        yield Listed(item.origin, item.origin, dict(zip(names, values, strict=True)))
