"""With a numba that the rules were not tried with they are compiled the usual way."""

from __future__ import annotations

from pathlib import Path

import numba
from apart import run_apart

from bordersim.model.compiling import compiled
from bordersim.model.compiling.compiled import TRIED_WITH
from bordersim.model.rules.hazards import exponential

# All of the engine is imported, so that every rule meets the decorator; one is compiled, in verification all.
SCRIPT = """
import sys
import numba
numba.__version__ = "0.0.0"
import bordersim.model.engine
from bordersim.model.rules.hazards import exponential
assert "bordersim.model.compiling.intermediate" not in sys.modules
def days(draw, mean):
    return exponential(draw, mean)
print(numba.njit(days)(0.3, 2.5).hex())
"""


def test_another_numba_compiles_rules_to_the_same_bits(tmp_path: Path) -> None:
    # Once, no numba but the one tried could import the rules: it was given an empty list of options.
    assert run_apart(SCRIPT, NUMBA_CACHE_DIR=str(tmp_path)).strip() == exponential(0.3, 2.5).hex()


def test_the_inside_of_numba_is_used_with_the_version_it_was_tried_with() -> None:
    assert ("pipeline_class" in compiled.OPTIONS) == numba.__version__.startswith(TRIED_WITH)
