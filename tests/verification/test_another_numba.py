"""With a numba that the rules were not tried with the engine is compiled the usual way, to the same bits."""

from __future__ import annotations

import json
from pathlib import Path

from apart import run_apart
from frozen_digests import SHORT, digests_of

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
    made = run_apart(SCRIPT, NUMBA_CACHE_DIR=str(tmp_path), NUMBA_OPT="0")
    assert json.loads(made) == digests_of(SHORT)
