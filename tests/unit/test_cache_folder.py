"""Compiled rules are kept where they can be, and never used after a source has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bordersim.model.compiling import cache_folder as cachefolder
from bordersim.model.compiling import sources


def test_the_cache_folder_changes_with_any_source_that_decides_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "sim"
    shutil.copytree(sources.SIM, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(sources, "SIM", copy)
    monkeypatch.setattr(cachefolder, "SIM", copy)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))

    def folder_after_editing(name: str) -> Path | None:
        (copy / name).write_text((copy / name).read_text() + "\n")
        return cachefolder.choose_cache_folder()

    first = cachefolder.choose_cache_folder()
    assert folder_after_editing("summary.py") == first
    assert folder_after_editing("pictures/maps.py") == first
    edited = [folder_after_editing(f"{p.relative_to(copy)}") for p in list(sources.model_sources())]
    assert len({first, *edited}) == 1 + len(edited)


def test_the_cache_folder_is_where_it_is_asked_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    first = cachefolder.choose_cache_folder()
    assert first
    assert first.parent == tmp_path
    assert cachefolder.choose_cache_folder() == first  # a child process inherits the chosen folder


def test_a_cache_folder_is_found_where_home_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    folder = cachefolder.choose_cache_folder()
    assert folder
    assert folder.is_dir()
    assert tmp_path not in folder.parents


def test_nowhere_to_write_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cachefolder, "_is_writable", lambda folder: False)
    assert cachefolder.choose_cache_folder() is None
