"""Output for people: tables, summary, scorecard, plots and maps."""

from bordersim.results.store.plotted import hand_over

hand_over("bordersim.report.pictures.of_results")
