"""Where numba keeps what it compiles: under the name of the function, in the folder of the sources.

numba's own way is to compile anew when a byte of the function's file or the number of its first line has
changed, which a comment does. The name of the cache folder says already what the sources say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numba.core import config
from numba.core.caching import CompileResultCacheImpl, UserProvidedCacheLocator

from bordersim.model.compiling.cache_folder import PREFIX, choose_cache_folder
from bordersim.shipped import PACKAGE


class BySources(UserProvidedCacheLocator):
    """Finds the kept code of a function of ours."""

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> Any:
        """Make a locator; None for anybody else's function, or where no folder of ours could be made."""
        is_ours = Path(py_file).is_relative_to(PACKAGE) and Path(config.CACHE_DIR).name.startswith(PREFIX)
        return super().from_function(py_func, py_file) if is_ours else None

    def get_source_stamp(self) -> str:
        """Say what the code was made from."""
        return Path(config.CACHE_DIR).name

    def get_disambiguator(self) -> str:
        """Tell functions of one name apart: there is one of each in a file."""
        return "only"


def keep_compiled_code() -> None:
    """Choose the folder, and let numba find in it what was compiled from the same sources."""
    choose_cache_folder()
    usual = [each for each in CompileResultCacheImpl._locator_classes if each is not BySources]
    CompileResultCacheImpl._locator_classes = [BySources, *usual]


keep_compiled_code()
