"""Where numba keeps what it compiles: under the name of the function, in the folder of the sources.

numba's own way is to recompile when a byte of the function's file or the number of its first line has
changed, which a comment does. Here the name of the cache folder already identifies the sources.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numba.core import config
from numba.core.caching import CompileResultCacheImpl, UserProvidedCacheLocator

from bordersim.model.compiling.cache_folder import PREFIX, choose_cache_folder
from bordersim.shipped import PACKAGE


class BySources(UserProvidedCacheLocator):
    """Finds the cached code of a function of ours."""

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> Any:
        """Return a locator; None for other packages' functions, or where no cache folder could be made."""
        is_ours = Path(py_file).is_relative_to(PACKAGE) and Path(config.CACHE_DIR).name.startswith(PREFIX)
        return super().from_function(py_func, py_file) if is_ours else None

    def get_source_stamp(self) -> str:
        """Return a stamp of the sources of the code."""
        return Path(config.CACHE_DIR).name

    def get_disambiguator(self) -> str:
        """Return what distinguishes functions of one name: there is one of each in a file."""
        return "only"


def keep_compiled_code() -> None:
    """Choose the folder, and let numba find in it what was compiled from the same sources."""
    choose_cache_folder()
    usual = [each for each in CompileResultCacheImpl._locator_classes if each is not BySources]
    CompileResultCacheImpl._locator_classes = [BySources, *usual]


keep_compiled_code()
