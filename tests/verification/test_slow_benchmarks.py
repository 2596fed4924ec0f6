"""The benchmarks that take long even at tiny sizes run: the plain model for two years, pictures and all."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import table


@pytest.mark.parametrize("name", ["replicates", "stages", "features", "growth", "roofline"])
def test_a_slow_benchmark_runs_and_makes_a_table(name: str) -> None:
    rows = [line for line in table(name, quick=True).splitlines() if line.startswith("|")]
    assert len(rows) >= 4
