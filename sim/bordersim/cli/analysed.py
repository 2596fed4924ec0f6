"""What every analysis prints: what it found, then of how many runs it is, the limits of use, what failed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from bordersim.cli.screen import tell, warn
from bordersim.limits import LIMITS_OF_USE
from bordersim.report.uncertainty import runs_line

if TYPE_CHECKING:
    from bordersim.results.experiment import Experiment


class Analysed(ABC):
    """An analysis that was asked for, and how what was found is shown."""

    @property
    def is_designed(self) -> bool:
        """Whether draws were placed for indices: means over all of them say nothing."""
        return False

    def show(self, experiment: Experiment) -> None:
        """Print what was found, and what it rests on."""
        self.show_found(experiment)
        tell(runs_line(experiment))
        tell(LIMITS_OF_USE)
        for failure in experiment.failures:
            warn(f"failed: {failure}")

    @abstractmethod
    def show_found(self, experiment: Experiment) -> None:
        """Print the tables alone, and how to read them."""

    @abstractmethod
    def json_text(self, experiment: Experiment, seconds: float) -> str:
        """Write what was found as JSON."""
