"""Questions put to many draws of values: sweeps, sensitivity, calibration, prediction."""
