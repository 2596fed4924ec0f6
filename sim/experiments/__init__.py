"""Experiments: cut into jobs, made by workers, resumed, extended; designs of draws, sensitivity."""
