"""Output for people: tables, summary, scorecard, plots and maps."""
