"""`bordersim sweep`: scenarios with other values."""

from __future__ import annotations

from bordersim.cli import arguments
from bordersim.cli.launch import loaded_scenarios, run_draws
from bordersim.cli.options import Options, with_draws


@with_draws
def sweep(
    scenarios: arguments.Several,
    options: Options,
    vary: arguments.Vary = None,
    draws: arguments.Listed = None,
    design: arguments.Design = None,
    samples: arguments.Samples = None,
    replicates: arguments.Repetitions = 20,
    metric: arguments.Metric = None,
) -> int:
    """Run scenarios with many sets of values. From a grid, a list, a Latin hypercube or a Sobol sequence."""
    from bordersim.cli.asked import asked_sweep

    loaded, sets = loaded_scenarios(scenarios, options)
    asked = asked_sweep(loaded, vary or [], draws, design, samples, metric or [])
    return run_draws(loaded, sets, asked, options, replicates)
