"""`bordersim sensitivity`: which parameters matter."""

from __future__ import annotations

from bordersim.cli import arguments
from bordersim.cli.launch import loaded_scenarios, run_draws
from bordersim.cli.options import Options, with_draws


@with_draws
def sensitivity(
    scenarios: arguments.Several,
    options: Options,
    method: arguments.Method = "sobol",
    samples: arguments.BasePoints = None,
    parameters: arguments.Parameters = None,
    vary: arguments.Vary = None,
    replicates: arguments.Repetitions = 4,
    metric: arguments.Metric = None,
) -> int:
    """Find which parameters matter. Indices with half-widths, and whether the ranking reverses."""
    from bordersim.cli.asked import asked_sensitivity

    loaded, sets = loaded_scenarios(scenarios, options)
    asked = asked_sensitivity(loaded, method, samples, parameters or [], vary or [], metric or [])
    return run_draws(loaded, sets, asked, options, replicates)
