"""What `make test` shows in small: both models agree in full size, and uncompiled in every case."""

from __future__ import annotations

import pytest
from small_cases import CASES
from test_agreement import agrees_in_full_size
from test_uncompiled import digest_of, uncompiled


@pytest.mark.parametrize("name", ["history_2021", "open_asylum_2021"])
def test_scenarios_of_most_people_agree(name: str) -> None:
    agrees_in_full_size(name)


def test_every_case_gives_the_same_bits_uncompiled() -> None:
    assert uncompiled(CASES) == {case: digest_of(case) for case in CASES}
