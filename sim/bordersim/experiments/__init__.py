"""Running experiments: plan, workers, blocks, resuming, reproducing."""
