"""Tables made to fit a terminal: no word is broken, and rows without a difference become one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from bordersim.report.pictures.differences import SAME
from bordersim.report.sheets import NOTHING, Sheet
from bordersim.words.escaping import one_line

GAP = 2  # between two columns
FIGURE, PLAIN = ("metric", "border", "unit"), ("reference", "scenario")
DIFFERENCE, OF = "difference", " of "


def fitted(sheet: Sheet, room: int) -> tuple[Sheet, list[int]] | None:
    """Return a table with the widths of its columns, in the form with the fewest lines; None if none fits."""
    forms = [(form, widths) for form in _forms(sheet) if (widths := widths_of(form, room))]
    return min(forms, key=lambda found: _height(*found), default=None)


def widths_of(sheet: Sheet, room: int) -> list[int]:
    """Return how wide each column is so that no word is broken; nothing if there is no room."""
    room -= GAP * len(sheet.header)  # one half at each end
    columns = [[one_line(cell) for cell in cells] for cells in zip(sheet.header, *sheet.rows, strict=True)]
    least = [max(len(word) for cell in cells for word in (*cell.split(), "")) for cells in columns]
    most = [max(map(len, cells)) for cells in columns]
    if sum(least) > room:
        return []
    widths = list(least)
    while (spare := room - sum(widths)) > 0 and (wanting := [i for i, w in enumerate(widths) if w < most[i]]):
        for i in sorted(wanting, key=lambda i: widths[i] - most[i])[:spare]:
            widths[i] += 1
    return widths


def _height(sheet: Sheet, widths: Sequence[int]) -> int:
    """Return how many lines a table has."""
    cells = (zip(row, widths, strict=True) for row in (sheet.header, *sheet.rows))
    return sum(max(len(wrap(cell, width)) for cell, width in row) for row in cells)


def collapsed(sheet: Sheet) -> Sheet:
    """Return a table in which the rows without a difference are one line below the others."""
    quiet = [row for row in sheet.rows if is_quiet(row)]
    if not quiet:
        return sheet
    rows = [row for row in sheet.rows if not is_quiet(row)]
    notes = [*sheet.notes, *_lines(quiet)]
    return _without_empty(Sheet(sheet.title, sheet.header, rows, tuple(notes)))


def is_quiet(row: Sequence[str]) -> bool:
    """Return whether a row says that there is no difference."""
    return any(NOTHING in cell or cell == SAME for cell in row)


def listed(sheet: Sheet) -> Iterator[str]:
    """Yield a table as text, a block for each row: for terminals too narrow for its columns."""
    yield one_line(sheet.title)
    for row in sheet.rows:
        yield ""
        yield from (f"  {name}: {cell}" for name, cell in zip(sheet.header, row, strict=True) if cell)


def _lines(quiet: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield which figures are the same in both, and for which no difference was found."""
    same = [row for row in quiet if SAME in row]
    for said, rows in ((SAME, same), (NOTHING, [row for row in quiet if row not in same])):
        if rows:
            yield f"{said}: {'; '.join(map(_named, rows))}"


def _named(row: Sequence[str]) -> str:
    """Return a figure and its border; with its value where it is the same, so that rows add up."""
    metric, border, unit, value, *_ = row
    return f"{metric} {border} {value} {unit}" if SAME in row else f"{metric} {border}"


def _forms(sheet: Sheet) -> Iterator[Sheet]:
    """Yield a table in ever narrower forms."""
    yield sheet
    of_figures = sheet.header[:3] == FIGURE
    if of_figures:
        header = (" ".join(FIGURE), *sheet.header[3:])
        sheet = sheet._replace(header=header, rows=[(_figure(row), *row[3:]) for row in sheet.rows])
        yield sheet
    if len(ends := {row[-1].rpartition(OF)[2] for row in sheet.rows if OF in row[-1]}) == 1:
        sheet = _counted(sheet, f"{OF}{ends.pop()}")
        yield sheet
    if of_figures and DIFFERENCE in sheet.header[:-1]:
        sheet = _joined(sheet, sheet.header.index(DIFFERENCE))
        yield sheet
        yield sheet._replace(header=(sheet.header[0], *PLAIN, *sheet.header[3:]))


def _figure(row: Sequence[str]) -> str:
    """Return what a figure is, where and in which unit."""
    return f"{row[0]} {row[1]} [{row[2]}]"


def _counted(sheet: Sheet, ending: str) -> Sheet:
    """Return a table with what all cells of the last column end with in its header."""
    rows = [(*row[:-1], row[-1].removesuffix(ending)) for row in sheet.rows]
    return sheet._replace(header=(*sheet.header[:-1], f"{sheet.header[-1]}{ending}"), rows=rows)


def _joined(sheet: Sheet, i: int) -> Sheet:
    """Return a table whose differences have their range beside them."""
    name = f"{sheet.header[i]} ({sheet.header[i + 1]})"
    rows = [(*row[:i], f"{row[i]} ({row[i + 1]})", *row[i + 2 :]) for row in sheet.rows]
    return sheet._replace(header=(*sheet.header[:i], name, *sheet.header[i + 2 :]), rows=rows)


def _without_empty(sheet: Sheet) -> Sheet:
    """Return a table without the columns in which no row has anything."""
    kept = [i for i in range(len(sheet.header)) if not sheet.rows or any(row[i] for row in sheet.rows)]
    rows = [tuple(row[i] for i in kept) for row in sheet.rows]
    return sheet._replace(header=tuple(sheet.header[i] for i in kept), rows=rows)
