"""Simulated official counts beside published ones: scores, naive forecasts, expectations."""
