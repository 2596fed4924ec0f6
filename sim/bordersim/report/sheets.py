"""Tables of text, for the terminal and for Markdown; their content is shown unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bordersim.report.pictures.differences import SAME
from bordersim.words.escaping import markdown, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

PADDING = (0, 1, 0, 0)  # right of a cell; the line between two columns is blank as well
MINUS = "-\N{MINUS SIGN}"
NOTHING = "no difference detectable"


class Sheet(NamedTuple):
    """One ledger of one comparison or one result, ready to be shown."""

    title: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    notes: tuple[str, ...] = ()


def rich_table(sheet: Sheet, widths: Sequence[int] = ()) -> Table:
    """Return a table for the terminal, with columns of these widths or as wide as they need."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    def plain(text: str) -> Text:
        return Text(one_line(text))  # a plain text would be read for markup

    table = Table(
        title=plain(sheet.title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=PADDING
    )
    for i, name in enumerate(sheet.header):
        table.add_column(
            plain(name),
            justify="left" if _is_text(sheet, i) else "right",
            overflow="fold",
            width=widths[i] if widths else None,
        )
    for row in sheet.rows:
        dim = any(NOTHING in cell or cell == SAME for cell in row)
        table.add_row(*map(plain, row), style="dim" if dim else "")
    return table


def markdown_table(sheet: Sheet) -> str:
    """Return a table for summary.md; without a row its title says all."""
    rule = ["---" if _is_text(sheet, i) else "---:" for i in range(len(sheet.header))]
    head, *rows = ([markdown(cell) for cell in cells] for cells in (sheet.header, *sheet.rows))
    lines = [" | ".join(cells) for cells in (head, rule, *rows)]
    table = "\n".join(f"| {line} |" for line in lines) if sheet.rows else ""
    title = markdown(sheet.title[:1].upper() + sheet.title[1:])
    notes = "".join(f"\n{markdown(note)}\n" for note in sheet.notes)
    return f"## {title}\n\n{table}\n{notes}"


def _is_text(sheet: Sheet, i: int) -> bool:
    """Return whether a column holds words: the first, and any without a cell that begins as a number does."""
    return i == 0 or not any(row[i][:1].isdigit() or row[i][:1] in MINUS for row in sheet.rows if row[i])
