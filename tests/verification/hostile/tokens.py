"""Words that have made a reader of YAML, CSV, JSON or dates stumble, as they stand in a file."""

from __future__ import annotations

from random import Random

NUMBERS = (
    *("0", "-0", "1", "-1", "0.0", "1.5", "-1.5", "1e3", "1e-320", "5e-324", "1e308", "1e309", "-1e999"),
    *(
        ".nan",
        ".inf",
        "-.inf",
        ".NaN",
        "nan",
        "inf",
        "Infinity",
        "0900",
        "007",
        "1_000",
        "4_73",
        "1,000",
        "0,5",
    ),
    *("15:00", "190:20:30", "0x1F", "0o17", "0b101", "+12", "1.", ".5", "1e", "e1", "20%", "1/2", "12 km"),
    *("9" * 20, "9" * 309, "9" * 400, "9" * 5_000, "-" + "9" * 5_000, "0x" + "f" * 5_000, "0." + "1" * 5_000),
    *("1e" + "9" * 50, "\u0664\u0667\u0663", "\uff11\uff12", "\u2212" + "5", "1\u00a0000", "\u00bd"),
    *("9223372036854775807", "9223372036854775808", "2147483648", "18446744073709551616", "100000"),
)
DATES = (
    *("2021-08-03", "2021-02-29", "2021-13-01", "2021-00-00", "0000-01-01", "0001-01-01", "9999-12-31"),
    *("10000-01-01", "1969-12-31", "2019-12-31", "2026-01-01", "2021-8-3", "20210803", "2021-W22-1"),
    *("2021-08-03 00:00:00", "2021-08-03T12:30:00", "2021-08-03T01:02:03+25:00", "2021-08-03T00:00:00Z"),
    *("2021-08-03 00:00:00 +99:99", "03.08.2021", "08/03/2021", "2021-08", "24:00:00", "2021-08-03T24:00:00"),
)
WORDS = (
    *("", "null", "~", "true", "True", "no", "off", "Null", "none", "NA", "#N/A", "x", "LT", "lt", "LTU"),
    *("turn_back", "turn_bakc", "admit_and_screen", "prior", "sum", "all", "history_2021", "parameters"),
    *("../../../etc/passwd", "/dev/zero", "/dev/stdin", "~", "~/x", "$HOME", "${HOME}", "file:///etc/passwd"),
    *(
        "=1+1",
        "@x",
        "`x`",
        "%x",
        "[/x] [red]a",
        "a$b_{c$",
        "{0}",
        "%s%n",
        "a; rm -rf x",
        "<b>",
        "\\",
        "'",
        '"',
    ),
    *("a" * 300, "a" * 5_000, "a" * 140_000, "a b" * 1_000, "\u017d" * 300, "x" * 65_536),
)
ODD = (
    *("\x1b[31m", "\x00", "\x07", "\x08", "\x7f", "\x85", "\x0b", "\x0c", "\x1c", "\t", "\r", "\n", "\r\n"),
    *("\u2028", "\u2029", "\ufeff", "\u200b", "\u00ad", "\u202e", "\u2066", "\ufffe", "\uffff", "\U0010ffff"),
    *("e\u0301", "\u00e9", "\u0130", "\u0131", "\u1e9e", "\ufb01", "\u0345", "\U0001f469\u200d\U0001f692"),
    *("\u0301" * 200, "\u0628\u0647", "\u4e2d\u6587", "\u00a0", "\u3000", "\u1100\u1161"),
)
YAML_WORDS = (
    *(
        "!!bool maybe",
        "!!int x",
        "!!int 1.5",
        "!!float x",
        "!!null x",
        "!!timestamp x",
        "!!timestamp 2021-08-03",
    ),
    *("!!str 5", "!!binary '//8='", "!!binary x", "!!set {a}", "!!omap [a]", "!!omap [a: 1]", "!!pairs [a]"),
    *(
        "!!merge x",
        "!!value x",
        "!!map [a]",
        "!!seq {a: 1}",
        "!!map x",
        "!!seq x",
        "!!str {a: 1}",
        "!!str [a]",
    ),
    *(
        "!!python/object/apply:os.system [ls]",
        "!!python/name:os.system",
        "!<!> x",
        "! x",
        "!x x",
        "!!x x",
        "!e!x y",
    ),
    *("&a 1", "*a", "*zz", "&a *a", "&a [*a]", "&a {k: *a}", "{<<: *a}", "<<", "&a", "!", "!!", "*", "&"),
    *(
        "'unclosed",
        '"unclosed',
        '"\\ud800"',
        '"\\x1b[31m"',
        '"\\0"',
        '"a\\nb"',
        '"\\q"',
        "'a''b'",
        '"\\uZZZZ"',
    ),
    *(
        "|",
        ">",
        "|-",
        ">+9",
        "- x",
        "? x",
        "? [a]",
        ": x",
        "a: b: c",
        "[",
        "]",
        "{",
        "}",
        "[,]",
        "{,}",
        "[a,,b]",
    ),
    *(
        "{a}",
        "{a: }",
        "{? a: b}",
        "{a: 1, a: 2}",
        "[]",
        "{}",
        "[[]]",
        "[{}]",
        "[null]",
        "{null: null}",
        "# x",
    ),
    *(
        "[" * 50 + "]" * 50,
        "[" * 400,
        "[" * 2_000,
        "{a: " * 700,
        "[" * 2_000 + "]" * 2_000,
        "? " * 500,
        "- " * 900,
    ),
    *("{value: 5}", "{value: 5, unit: km}", "{value: [1, 2], low: 0}", "{low: 9, value: 5, high: 1}"),
    *("[{from: 2021-05-01, value: 1}]", "[{from: 2021-05-02, value: 1}, {from: 2021-05-01, value: 2}]"),
    *("[{value: 1}]", "[{from: x, value: 1}]", "[{from: 2021-05-01}]", "[1, {from: 2021-05-01, value: 2}]"),
)
KEYS = (
    *(
        "''",
        "<<",
        "?",
        "1",
        "1.5",
        "true",
        "null",
        "~",
        "2021-01-01",
        "[a]",
        "{a: b}",
        "? a",
        "a.b",
        ".",
        "..",
    ),
    *(
        "__class__",
        "__init__",
        "model_config",
        "from",
        "value",
        "a" * 300,
        "a" * 5_000,
        '"\\x1b[31m"',
        "'a b'",
    ),
    *("extends", "name", "title", "schema_version", "expect", "period", "resolved", "*a", "&a b", "!!int 5"),
)


def bomb(levels: int, width: int = 10) -> str:
    """Return a list of lists by aliases, each level so many times the size of the one before."""
    rows = ["a0: &a0 [" + ", ".join(["x"] * width) + "]"]
    rows += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * width) + "]" for n in range(1, levels)]
    return "{" + ", ".join(rows) + "}"


def word(chance: Random) -> str:
    """Return a word that any kind of text may hold."""
    pool = chance.choice((NUMBERS, NUMBERS, DATES, WORDS, ODD))
    found = chance.choice(pool)
    return found if chance.random() < 0.9 else f"{chance.choice(ODD)}{found}{chance.choice(ODD)}"


def yaml_word(chance: Random) -> str:
    """Return a word, a tag, an alias or brackets, as YAML has them."""
    if chance.random() < 0.02:
        return bomb(chance.choice((3, 6, 9, 30)))
    return chance.choice(YAML_WORDS) if chance.random() < 0.4 else word(chance)


def near_miss(name: str, chance: Random) -> str:
    """Return a name with a slip in it."""
    at = chance.randrange(len(name) + 1)
    slips = (
        name[:at] + name[at + 1 :],
        name[:at] + chance.choice("aeilnrst_.-0 ") + name[at:],
        name[:at] + name[at : at + 1] * 2 + name[at + 1 :],
        name.upper() if chance.random() < 0.5 else name.title(),
        name.replace("_", "-") if chance.random() < 0.5 else name.replace(".", "_"),
        name + chance.choice(("_h", "_days", "_km", " ", ".", ".LT", "_per_h")),
        name[:at] + chance.choice(ODD) + name[at:],
        name.rpartition(".")[2] if chance.random() < 0.5 else name.rpartition(".")[0],
    )
    return chance.choice(slips)
