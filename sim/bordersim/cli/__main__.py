"""`python -m bordersim.cli` is `bordersim`."""

from __future__ import annotations

from bordersim.cli import main

if __name__ == "__main__":
    main()
