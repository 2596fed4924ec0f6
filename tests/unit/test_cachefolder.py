"""Compiled rules are kept where they can be, and never used after a source has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import cachefolder


def test_the_cache_folder_changes_with_any_source(tmp_path: Path) -> None:
    (tmp_path / "rule.py").write_text("x = 1\n")
    before = cachefolder.source_hash(tmp_path)
    (tmp_path / "rule.py").write_text("x = 2\n")
    assert cachefolder.source_hash(tmp_path) != before


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
