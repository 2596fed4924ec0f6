"""Let pytest collect scenario files: every expectation is a test, a scenario is run once a session.

``pytest scenarios/`` fails with a line that states what was expected and obtained. A known failure is
an expected failure, and fails on the day it holds. Anybody else's YAML is left alone. `pytest_plugin` brings
this module in where it is asked to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bordersim.errors import BadInput, BordersimError
from bordersim.inputs import load_scenario, parse_sets
from bordersim.inputs.arguments import MOST_REPLICATES, read_whole_number
from bordersim.words.escaping import one_line

if TYPE_CHECKING:
    from bordersim.inputs import Scenario
    from bordersim.inputs.expecting import Expectation
    from bordersim.validation.recorded import Recorded


class ScenarioTests:
    """The part of the plugin registered on request; the plugin passes in which files are scenarios."""

    def __init__(self, expects: Callable[[Path], bool | None]) -> None:
        self._expects = expects

    def pytest_configure(self, config: pytest.Config) -> None:
        """Refuse an invalid option before anything is collected."""
        try:
            config.option.bordersim_replicates = read_whole_number(
                "--bordersim-replicates", config.option.bordersim_replicates, 1, MOST_REPLICATES
            )
            parse_sets(config.option.bordersim_set)
        except BadInput as error:
            raise pytest.UsageError(str(error).replace("--set", "--bordersim-set", 1)) from None

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
        """Collect a scenario that expects something; one that is not valid YAML is reported."""
        return None if self._expects(file_path) is False else ScenarioFile.from_parent(parent, path=file_path)


class ScenarioFile(pytest.File):
    """A scenario file; it is run when the first expectation needs it."""

    _recorded: Recorded | None = None

    def collect(self) -> Iterator[ExpectationItem]:
        """Yield an item for each expectation; a file that cannot be read fails in one line."""
        try:
            expected = self.scenario().expect
        except BadInput as error:
            raise self.CollectError(one_line(str(error))) from None
        for expectation in expected:
            yield ExpectationItem.from_parent(self, name=expectation.title, expectation=expectation)

    def scenario(self) -> Scenario:
        """Load the scenario, with the values set for this session."""
        return load_scenario([str(self.path)], parse_sets(self.config.getoption("bordersim_set")))

    def recorded(self) -> Recorded:
        """Return the counts of the run."""
        if self._recorded is None:
            from bordersim.experiments.run import simulated
            from bordersim.experiments.settings import Settings
            from bordersim.validation.recorded import of_results

            settings = Settings(replicates=self.config.getoption("bordersim_replicates"))
            with simulated([self.scenario()], settings) as made:
                self._recorded = of_results(made.experiment.results)
        return self._recorded


class ExpectationItem(pytest.Item):
    """One expectation."""

    def __init__(self, *, expectation: Expectation, **rest: Any) -> None:
        super().__init__(**rest)
        self.expectation = expectation

    def runtest(self) -> None:
        """Compare; a known failure is an expected failure."""
        from bordersim.validation.expectations import check

        assert isinstance(self.parent, ScenarioFile)
        checked = check(self.parent.recorded(), self.expectation)
        if not checked.passes:
            raise ExpectationError(one_line(checked.line))
        if self.expectation.known_failure:
            pytest.xfail(f"{checked.line}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show a miss in one line."""
        if isinstance(excinfo.value, ExpectationError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return file, line and expectation, as pytest reports them."""
        line = int(self.expectation.origin.rpartition(":")[2])
        return self.path, line - 1, self.name


class ExpectationError(BordersimError, AssertionError):
    """An expectation that was not met, or a known failure that holds."""
