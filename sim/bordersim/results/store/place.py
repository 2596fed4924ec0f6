"""Where files of a run are kept: a local folder, or any URL that fsspec can reach.

A file is there whole or not at all. Locally it gets a temporary name, is forced to disk and renamed.
Elsewhere it is uploaded under a temporary name and moved; an object store never shows half an upload.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from bordersim.inputs.paths import URL
from bordersim.results.store.files import names_in, read_plain, refuse_odd, write_plain
from bordersim.results.store.names import TEMPORARY

LOCAL = re.compile("(file|local)://")


class Place:
    """A folder, local or behind a URL such as ``s3://bucket/folder``."""

    def __init__(self, root: str | Path) -> None:
        self.root = str(root).rstrip("/") or "/"
        self.is_local = URL not in self.root or bool(LOCAL.match(self.root))

    def __truediv__(self, name: str) -> Place:
        return Place(f"{self.root}/{name}")

    def __str__(self) -> str:
        return self.root

    @property
    def path(self) -> Path:
        """The local folder."""
        assert self.is_local, self.root
        return Path(LOCAL.sub("", self.root, count=1))

    @property
    def shown(self) -> Path | str:
        """The folder as the user named it."""
        return self.root if URL in self.root else self.path

    @property
    def absolute(self) -> str:
        """The folder as other processes can find it."""
        return str(self.path.absolute()) if self.is_local else self.root

    def write(self, name: str, data: bytes) -> None:
        """Write a file so that it is there whole or not at all."""
        if self.is_local:
            write_plain(self.path / name, data)
            return
        part = self._inside(f"{name}.{os.getpid()}{TEMPORARY}")
        self._files.makedirs(part.rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(part, data)
        self._files.mv(part, self._inside(name))

    def read(self, name: str) -> bytes:
        """Read a file."""
        if self.is_local:
            return read_plain(self.path / name)
        return bytes(self._files.cat_file(self._inside(name)))

    def names(self) -> set[str]:
        """Return the files of this folder, except unfinished ones."""
        if self.is_local:
            found = names_in(self.path)
        else:
            there = self._files.exists(self._inside(""))
            found = [path.rpartition("/")[2] for path in self._listed()] if there else []
        return {name for name in found if not name.endswith(TEMPORARY)}

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        if self.is_local:
            refuse_odd(self.path / name)
            return (self.path / name).stat().st_size
        return int(self._files.size(self._inside(name)))

    def remove(self, name: str) -> None:
        """Remove a file."""
        if self.is_local:
            (self.path / name).unlink(missing_ok=True)
        else:
            self._files.rm_file(self._inside(name))

    def upload(self, folder: Path) -> None:
        """Copy all files of a local folder here."""
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            self.write(path.relative_to(folder).as_posix(), path.read_bytes())

    @cached_property
    def _files(self) -> Any:
        """The filesystem behind the URL."""
        import fsspec

        return fsspec.core.url_to_fs(self.root)[0]

    def _inside(self, name: str) -> str:
        """Return the path of a file as its filesystem wants it."""
        return str(self._files._strip_protocol(f"{self.root}/{name}" if name else self.root))

    def _listed(self) -> list[str]:
        """Return the paths in this folder, ignoring the filesystem's cache."""
        self._files.invalidate_cache()
        return [str(path) for path in self._files.ls(self._inside(""), detail=False)]
