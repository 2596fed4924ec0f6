"""What a report needs to know of how a run was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class How(Protocol):
    """What a report needs from the settings of the run."""

    @property
    def command(self) -> str:
        """What the user typed."""

    @property
    def pictures(self) -> tuple[str, ...]:
        """Which are drawn: "plots", "maps"."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know first."""

    @property
    def happened(self) -> str:
        """The name of the scenario of what happened, where histories are compared."""

    @property
    def analysis(self) -> Mapping[str, Any] | None:
        """What is asked of the draws, as plain data; None of a plain run."""

    @property
    def keep(self) -> str:
        """Which tables of the blocks are kept."""
