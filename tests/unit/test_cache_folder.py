"""Compiled rules are kept where they can be, and never used after a source says something else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from numba.core.caching import CompileResultCacheImpl

from bordersim.model.compiling import cache_folder, kept, sources
from bordersim.results.store import provenance


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the package; its sources are those that are hashed."""
    copy = tmp_path / "bordersim"
    shutil.copytree(sources.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for module in (sources, provenance):
        monkeypatch.setattr(module, "PACKAGE", copy)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    return copy


def added(path: Path, text: str) -> None:
    """Write something at the end of a source."""
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_cache_folder_changes_with_any_source_that_compiled_code_is_made_from(copy: Path) -> None:
    def folder_after_editing(path: Path) -> Path | None:
        added(path, "EDITED = 1\n")
        return cache_folder.choose_cache_folder()

    first = cache_folder.choose_cache_folder()
    for name in ("report/summary.py", "inputs/loading.py", "cli/run.py"):
        assert folder_after_editing(copy / name) == first
    edited = [folder_after_editing(path) for path in sources.sources_in(sources.COMPILED)]
    assert len({first, *edited}) == 1 + len(edited)


def test_a_comment_or_a_docstring_compiles_nothing_anew(copy: Path) -> None:
    """Each cost fifteen seconds at the next run, in a file of the model that has most of them."""
    first = cache_folder.choose_cache_folder()
    for path in sources.sources_in(sources.COMPILED):
        text = path.read_text(encoding="utf-8").replace('"""Return ', '"""Give\n\n    ', 1)
        path.write_text(f"# A remark.\n{text}", encoding="utf-8")
    assert cache_folder.choose_cache_folder() == first


def test_an_assert_that_is_put_into_a_rule_is_compiled(copy: Path) -> None:
    """Kept code without it was taken for the same: what somebody tried in a rule did nothing."""
    rule, folders = copy / "model/rules/guards.py", [cache_folder.choose_cache_folder()]
    line = "    return wait_h + dispatch_delay_h"
    for limit in (78, 79):
        text = rule.read_text(encoding="utf-8")
        rule.write_text(text.replace(line, f"    assert wait_h < {limit}\n{line}", 1), encoding="utf-8")
        folders.append(cache_folder.choose_cache_folder())
    assert len(set(folders)) == 3


def test_numba_finds_kept_code_by_name_wherever_its_first_line_is() -> None:
    def found(line: int) -> tuple[str, ...]:
        here = compile("def rule():\n    return 1", str(sources.PACKAGE / "model/engine/loop.py"), "exec")
        function: dict[str, object] = {}
        exec(here, function)
        rule = function["rule"]
        rule.__code__ = rule.__code__.replace(co_firstlineno=line)  # type: ignore[attr-defined]
        kept_as = CompileResultCacheImpl(rule)
        assert isinstance(kept_as.locator, kept.BySources)
        return kept_as.locator.get_cache_path(), kept_as.filename_base, kept_as.locator.get_source_stamp()

    assert found(1) == found(99)


def test_anybody_elses_function_is_kept_as_numba_does() -> None:
    def rule() -> int:
        return 1

    assert not isinstance(CompileResultCacheImpl(rule).locator, kept.BySources)


@pytest.mark.parametrize("folder", sources.DECIDING)
def test_what_decides_numbers_is_hashed_by_folder(copy: Path, folder: str) -> None:
    """A list of files had to be kept, and a new file that only showed things changed every hash."""

    def model_hash() -> str:
        return provenance.model_hash.__wrapped__()

    before = model_hash()
    (copy / "report/another.py").write_text("EDITED = 1\n")
    assert model_hash() == before
    (copy / folder / "another.py").write_text("EDITED = 1\n")
    assert model_hash() != before


def test_the_cache_folder_is_where_it_is_asked_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    first = cache_folder.choose_cache_folder()
    assert first
    assert first.parent == tmp_path
    assert cache_folder.choose_cache_folder() == first  # a child process inherits the chosen folder


def test_a_cache_folder_is_found_where_home_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    folder = cache_folder.choose_cache_folder()
    assert folder
    assert folder.is_dir()
    assert tmp_path not in folder.parents


def test_nowhere_to_write_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_folder, "_is_writable", lambda folder: False)
    assert cache_folder.choose_cache_folder() is None
