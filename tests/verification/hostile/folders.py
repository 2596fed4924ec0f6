"""Folders of runs that somebody changed: words of the manifest, tables, blocks, links, pipes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from hostile import texts
from hostile.tokens import word

EVIL: tuple[Any, ...] = (
    *(
        None,
        -1,
        0,
        1,
        2,
        10**6,
        10**12,
        10**400,
        1.5,
        float("nan"),
        float("inf"),
        True,
        False,
        "",
        "x",
        "..",
        "/",
    ),
    *(
        "../../x",
        "/etc/passwd",
        "\ud800",
        "\x1b[31m",
        "a" * 5_000,
        "9" * 5_000,
        [],
        [1],
        [None],
        {},
        {"a": 1},
    ),
    *(
        [[[]]],
        [0] * 5_000,
        ["plots", "../x"],
        {"kind": "sweep"},
        {"kind": "x", "metrics": []},
        "complete",
        "running",
    ),
)
GONE = object()
IN_BLOCKS = ("bytes", "end", "table", "table", "about", "copy")
DRAWS = (
    *(
        "",
        "draw\n",
        "draw,x\n0,1\n1,2\n",
        "draw,guards.LT.officers\n0,nan\n1,1\n",
        "\x00",
        '"',
        "\n\n\n",
        "draw,draw\n0,1\n",
    ),
    *(
        "draw,guards.LT.officers\n0,1,2\n",
        "draw,guards.LT.officers\n0,1e999\n1,2\n",
        "draw,guards.LT.officers\n0,[1]\n1,{}\n",
    ),
    *(
        'draw,guards.LT.officers\n0,"' + "a" * 200_000 + '"\n',
        "draw,guards.LT.officers\n" + "0,500\n" * 5_000,
    ),
    *(
        "draw,guards.LT.officers\n0,-5\n1,900\n",
        "draw,guards.LT.officers\n0,500.5\n1,900\n",
        "draw,guards.LT.officers\n0,,\n",
    ),
)
FILES = (
    "manifest.json",
    "scenarios.json",
    "draws.csv",
    "log.txt",
    "metrics.csv",
    "daily.parquet",
    "overrides.yaml",
    "blocks",
)


def tamper(folder: Path, outside: Path, chance: Random) -> str:
    """Change a folder in one place and say how."""
    blocks = sorted((folder / "blocks").glob("*.parquet")) if (folder / "blocks").is_dir() else []
    if blocks and chance.random() < 0.4:
        return _block(chance.choice(blocks), outside, chance)
    how = chance.choice((_words, _words, _words, _bytes, _swap, _listed_draws, _more, _kind))
    return how(folder, outside, chance)


def tamper_blocks(folder: Path, outside: Path, chance: Random) -> str:
    """Change what is in a block: a run that goes on has to make it again."""
    path = chance.choice(sorted((folder / "blocks").glob("*.parquet")))
    return _block(path, outside, chance, IN_BLOCKS)


def _words(folder: Path, _outside: Path, chance: Random) -> str:
    path = folder / chance.choice(("manifest.json", "manifest.json", "scenarios.json"))
    if not path.is_file():
        return "nothing"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return "nothing"
    every = [place for place in _places(data) if len(place) <= 1] * 3 + list(_places(data))
    place, value = chance.choice(every), chance.choice((GONE, *EVIL))
    made = json.dumps(_with(data, place, value))
    path.write_text(made, encoding="utf-8")
    return f"{path.name} {place}: {'gone' if value is GONE else repr(value)[:40]}"


def _places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    for key, value in (
        data.items() if isinstance(data, dict) else enumerate(data[:6]) if isinstance(data, list) else ()
    ):
        yield from _places(value, (*place, key))


def _with(data: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return None if value is GONE else value
    here = data
    for key in place[:-1]:
        here = here[key]
    if value is GONE:
        del here[place[-1]]
    else:
        here[place[-1]] = value
    return data


def _bytes(folder: Path, _outside: Path, chance: Random) -> str:
    path = folder / chance.choice(FILES)
    if path.is_file():
        path.write_bytes(texts.change(path.read_bytes(), chance))
    return f"{path.name} changed"


def _swap(folder: Path, _outside: Path, chance: Random) -> str:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    first, second = chance.choice(files), chance.choice(files)
    data = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(data)
    return f"{first.name} and {second.name} swapped"


def _listed_draws(folder: Path, _outside: Path, chance: Random) -> str:
    text = chance.choice(DRAWS)
    (folder / "draws.csv").write_text(text, encoding="utf-8")
    return f"draws.csv: {text[:40]!r}"


def _more(folder: Path, _outside: Path, chance: Random) -> str:
    name = chance.choice(
        ("notes.txt", "blocks/notes.txt", "blocks/x.parquet", "blocks/y.parquet.99.part", "x.part")
    )
    if (folder / name).parent.is_dir():
        (folder / name).write_text(word(chance), encoding="utf-8", errors="replace")
    return f"{name} added"


def _kind(folder: Path, outside: Path, chance: Random) -> str:
    """Put something else where a file or a folder is."""
    path = folder / chance.choice(FILES)
    kind = chance.choice(("gone", "pipe", "folder", "file", "link", "link", "loop"))
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "file":
        path.write_bytes(b"x")
    elif kind == "link":
        path.symlink_to(chance.choice((outside, outside / "kept.txt", "/dev/zero", "/dev/null", "/nowhere")))
    elif kind == "loop":
        path.symlink_to(path.name)
    return f"{path.name}: {kind}"


def _block(path: Path, outside: Path, chance: Random, ways: Sequence[str] = (*IN_BLOCKS, "kind")) -> str:
    how = chance.choice(ways)
    if not path.is_file() or path.is_symlink():
        return "nothing"
    if how == "bytes":
        path.write_bytes(texts.change(path.read_bytes(), chance))
    elif how == "end":
        data = bytearray(path.read_bytes())
        data[len(data) - 1 - chance.randrange(min(len(data), 6_000))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    elif how == "copy":
        path.write_bytes(chance.choice(sorted(path.parent.iterdir())).read_bytes())
    elif how == "kind":
        path.unlink()
        target = chance.choice((outside / "kept.txt", outside, "/dev/zero", "/dev/null", "/nowhere", None))
        os.mkfifo(path) if target is None else path.symlink_to(target)
    else:
        return f"block: {_table(path, chance, how)}"
    return f"block: {how}"


def _table(path: Path, chance: Random, how: str) -> str:
    """Change what a block holds, or what it says of itself, and write it as whole as before."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
        about = json.loads((table.schema.metadata or {})[b"bordersim"])
    except (pa.ArrowException, KeyError, ValueError, OSError):
        return "nothing"
    if how == "about":
        key, value = chance.choice(list(about)), chance.choice((GONE, *EVIL))
        about = _with(about, (key,), value)
    else:
        table = chance.choice(_changed(table, chance))()
    pq.write_table(table.replace_schema_metadata({b"bordersim": json.dumps(about)}), path)
    return f"{how} changed"


def _changed(table: Any, chance: Random) -> tuple[Any, ...]:
    import pyarrow as pa

    rows, names = len(table), table.column_names
    at = chance.randrange(len(names))

    def put(values: Any) -> Any:
        return table.set_column(at, names[at], values)

    return (
        lambda: table.drop_columns([names[at]]),
        lambda: table.slice(0, chance.randrange(rows)),
        lambda: pa.concat_tables([table, table]),
        lambda: pa.concat_tables([table, table.slice(0, 1)]),
        lambda: table.take(list(range(rows))[::-1]),
        lambda: put(pa.array(["x"] * rows)),
        lambda: put(pa.nulls(rows, table.column(at).type)),
        lambda: put(pa.array([[1, 2]] * rows)),
        lambda: put(pa.array([1.5] * rows)),
        lambda: table.set_column(0, "replicate", pa.array(range(7, 7 + rows), pa.int32())),
        lambda: table.set_column(0, "replicate", pa.array([0] * rows, pa.int32())),
        lambda: table.set_column(1, "digest", pa.array([b"x" * 32] * rows, pa.binary(32))),
        lambda: table.select(chance.sample(names, len(names))),
        lambda: table.rename_columns([*names[:-1], names[0]]),
        lambda: table.append_column("more", pa.array(range(rows))),
    )
