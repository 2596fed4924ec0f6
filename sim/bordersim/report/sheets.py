"""Tables of text, for the terminal and for Markdown; their content is shown unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bordersim.report.pictures.differences import SAME
from bordersim.words.escaping import markdown, one_line

if TYPE_CHECKING:
    from rich.table import Table

NOTHING = "no difference detectable"


class Sheet(NamedTuple):
    """One ledger of one comparison or one result, ready to be shown."""

    title: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]


def rich_table(sheet: Sheet) -> Table:
    """Return a table for the terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    def plain(text: str) -> Text:
        return Text(one_line(text))  # a plain text would be read for markup

    table = Table(title=plain(sheet.title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for i, name in enumerate(sheet.header):
        table.add_column(plain(name), justify="left" if _is_text(i, name) else "right", overflow="fold")
    for row in sheet.rows:
        dim = any(NOTHING in cell or cell == SAME for cell in row)
        table.add_row(*map(plain, row), style="dim" if dim else "")
    return table


def markdown_table(sheet: Sheet) -> str:
    """Return a table for summary.md."""
    rule = ["---" if _is_text(i, name) else "---:" for i, name in enumerate(sheet.header)]
    head, *rows = ([markdown(cell) for cell in cells] for cells in (sheet.header, *sheet.rows))
    lines = [" | ".join(cells) for cells in (head, rule, *rows)]
    title = markdown(sheet.title[:1].upper() + sheet.title[1:])
    return f"## {title}\n\n" + "\n".join(f"| {line} |" for line in lines) + "\n"


def _is_text(i: int, name: str) -> bool:
    """Return whether a column holds words: the first two, and units."""
    return i < 2 or name == "unit"
