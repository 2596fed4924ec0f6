"""Text as stored and as shown: one Unicode form, one line, no control characters."""

from __future__ import annotations

import re
import unicodedata

# What no text may hold: control characters but tab and line feed, line breaks of Unicode, halves of
# surrogate pairs, what is no character. Marks of writing direction are text.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile("[\t\n]")
# A complaint shows so much of a value that the reader knows it again.
SHOWN_LETTERS = 80
CUT = "..."


def normal(text: str) -> str:
    """Return the composed form (NFC), in which texts that look the same are equal."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """Return a text with unprintable characters, including tabs and line breaks, as escapes."""
    return BREAKS.sub(_escape, UNPRINTABLE.sub(_escape, text))


def code_of(character: str) -> str:
    """Return the name of a character by its number, like U+001B."""
    return f"U+{ord(character):04X}"


def shortened(text: str, most: int = SHOWN_LETTERS) -> str:
    """Return a text of at most that many letters; a longer one is cut in the middle."""
    if len(text) <= most:
        return text
    end = (most - len(CUT)) // 4
    return text[: most - len(CUT) - end] + CUT + text[len(text) - end :]


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
