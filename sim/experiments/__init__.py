"""Experiments of many draws: designs of parameters, sweeps, sensitivity, when to stop, what it will cost."""
