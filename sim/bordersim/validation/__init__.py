"""The model's record beside the published one: scores, naive forecasts, expectations."""
