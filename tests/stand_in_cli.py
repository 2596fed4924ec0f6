"""The command line with the stand-in for the engine, in a process of its own."""

from __future__ import annotations

import pytest
from fake_model import install

if __name__ == "__main__":
    install(pytest.MonkeyPatch())
    from bordersim.cli import main

    main()
