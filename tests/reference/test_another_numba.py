"""With a numba that the rules were not tried with they are compiled the usual way, to the same bits."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numba
from apart import run_apart
from frozen_digests import SHORT, digests_of

from bordersim.model.compiling.compiled import TRIED_WITH

# Its cache is kept apart from the usual one, so that this is compiled once for each state of the sources.
FOLDER = "another-numba"
SCRIPT = """
import json, sys
import numba
numba.__version__ = "0.0.0"
from frozen_digests import SHORT, digests_of
made = digests_of(SHORT)
assert "bordersim.model.compiling.intermediate" not in sys.modules
print(json.dumps(made))
"""


def test_another_numba_gives_the_same_bits(tmp_path: Path) -> None:
    # Once, no numba but the one tried could import the rules: it was given an empty list of options.
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    folder = (Path(chosen).parent if chosen else tmp_path) / FOLDER
    made = run_apart(SCRIPT, NUMBA_CACHE_DIR=str(folder), NUMBA_OPT="0")
    assert json.loads(made) == digests_of(SHORT)


def test_the_inside_of_numba_is_used_with_the_version_it_was_tried_with() -> None:
    from bordersim.model.compiling import compiled

    assert ("pipeline_class" in compiled.OPTIONS) == numba.__version__.startswith(TRIED_WITH)
