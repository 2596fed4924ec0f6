"""What is shown of a run: all of its days or some of them, in full or as an answer that fits on a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from bordersim.cli.options import Options
from bordersim.cli.screen import tell
from bordersim.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bordersim.inputs import Scenario
    from bordersim.results.experiment import Experiment
    from bordersim.results.store.parts import Window


@dataclass(frozen=True)
class View:
    """Which days of a run are shown, and how much of them."""

    begins: str | None = None
    ends: str | None = None
    is_brief: bool = False
    is_full: bool = False

    @classmethod
    def of_options(cls, options: Options) -> Self:
        """Read what the user asks to be shown."""
        return cls(options.begins, options.ends, options.brief, options.full)

    @property
    def is_window(self) -> bool:
        """Whether some of the days are asked for."""
        return self.begins is not None or self.ends is not None

    def window(self, start: date, end: date) -> Window:
        """Return the days asked for, of a run with these."""
        from bordersim.results.store.parts import Window

        return Window.within(_day("--from", self.begins), _day("--to", self.ends), start, end)

    def check(self, scenarios: Sequence[Scenario]) -> None:
        """Refuse days outside the run before anything is simulated."""
        period = scenarios[0].config.period
        self.window(period.start, period.end)

    def of(self, experiment: Experiment) -> Experiment:
        """Return the experiment as if it had the days asked for alone."""
        if not self.is_window:
            return experiment
        land = experiment.results[0].land
        return experiment.between(self.window(land.start, land.start + timedelta(land.days - 1)))

    def show(self, experiment: Experiment) -> None:
        """Print what an analysis found and the tables, or the brief answer, of the days asked for."""
        from bordersim.cli.again import found_in
        from bordersim.cli.printed import print_answer, print_brief, print_tables

        shown = self.of(experiment)
        if not self.is_window and not self.is_brief and (found := found_in(experiment)):
            if found.is_designed:
                found.show(experiment)
                return
            found.show_found(experiment)
        if self.is_brief:
            print_brief(shown)
        elif shown.is_given and not self.is_full:
            print_answer(shown)
        else:
            print_tables(shown)
        if self.is_window and not self.is_brief:
            tell("The folder holds the whole run; for these days of it: bordersim summary DIR --from --to.")

    def json_text(self, experiment: Experiment, seconds: float) -> str:
        """Write the figures of the days asked for as JSON."""
        import json

        from bordersim.cli.again import found_in
        from bordersim.cli.printed import json_text

        shown = self.of(experiment)
        if not self.is_window:
            found = found_in(experiment)
            return found.json_text(experiment, seconds) if found else json_text(shown, seconds)
        land = shown.results[0].land
        days = {"from": str(land.start), "to": str(land.start + timedelta(land.days - 1))}
        return json.dumps(json.loads(json_text(shown, seconds)) | days, indent=1)


WHOLE = View()


def _day(option: str, text: str | None) -> date | None:
    """Read a date."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option}: expects a date like 2023-09-01, is '{text}'") from None
