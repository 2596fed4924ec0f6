"""Changes of a file as text and as bytes, whatever stands in it."""

from __future__ import annotations

from random import Random

from hostile.tokens import ODD, word

MOST_BYTES = 300_000
BYTES = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x00", b"\x1b", b"\xef\xbb\xbf", b"\x85")


def change(data: bytes, chance: Random) -> bytes:
    """Change a file in one place."""
    return chance.choice(CHANGES)(data, chance)


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _hole(data: bytes, chance: Random) -> bytes:
    first = chance.randrange(len(data) + 1)
    return data[:first] + data[first + chance.choice((1, 1, 5, 50)) :]


def _flip(data: bytes, chance: Random) -> bytes:
    if not data:
        return data
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 4, 30))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _insert(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    pieces = (
        chance.choice(BYTES),
        chance.choice(ODD).encode(),
        word(chance).encode(),
        b" " * 9,
        b"\n\n",
        b"\t",
    )
    return data[:at] + chance.choice(pieces) + data[at:]


def _piece_again(data: bytes, chance: Random) -> bytes:
    first = chance.randrange(len(data) + 1)
    piece, at = data[first : first + chance.choice((3, 30, 300))], chance.randrange(len(data) + 1)
    often = chance.choice((1, 1, 1, 3, 200))
    return (data[:at] + piece * often + data[at:])[:MOST_BYTES]


def _lines(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    first, second = (chance.randrange(len(lines)) for _ in range(2))
    if chance.random() < 0.5:
        lines[first], lines[second] = lines[second], lines[first]
    else:
        lines.insert(first, lines[second])
    return b"\n".join(lines)


def _another_system(data: bytes, chance: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    codes = ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1257")
    ends = ("\r\n", "\r", "\n\r", "\x85", "\u2028")
    if chance.random() < 0.5:
        return text.encode(chance.choice(codes), "replace")
    return text.replace("\n", chance.choice(ends)).encode()


def _frame(data: bytes, chance: Random) -> bytes:
    before = chance.choice(
        (b"", b"%YAML 1.1\n---\n", b"%TAG ! x\n---\n", b"---\n", b"# x\n", b"\n\n", b"{", b"- ")
    )
    after = chance.choice(
        (b"", b"\n---\na: 1\n", b"\n...\nx", b"}", b"\n\t", b"\x00", b"," * 100, b"#" * 9_000)
    )
    return before + data + after


def _instead(_data: bytes, chance: Random) -> bytes:
    pieces = (
        b"",
        b"\n",
        b"\x00" * 100,
        b"PAR1",
        b"{}",
        b"[]",
        b"null",
        b"a",
        b"\xff\xfe",
        b" " * 9_000,
        b"1,2\n" * 99,
    )
    return chance.choice((*pieces, chance.randbytes(200)))


CHANGES = (_cut, _hole, _flip, _insert, _insert, _piece_again, _lines, _another_system, _frame, _instead)
