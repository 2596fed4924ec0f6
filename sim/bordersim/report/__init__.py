"""What a person reads: tables, summary, scorecard, pictures."""
