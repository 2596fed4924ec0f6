"""What holds for all tests: property tests draw the same inputs every time, however slow the machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("bordersim", derandomize=True, deadline=None)
settings.load_profile("bordersim")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished run of two scenarios with 20 replicates, by the stand-in; to be copied."""
    from fake_model import install
    from run_folders import experiment, folder_of

    with pytest.MonkeyPatch.context() as patch:
        install(patch)
        return folder_of(experiment(tmp_path_factory.mktemp("finished"), 20))
