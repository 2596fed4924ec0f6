"""The vocabulary of the model: codes of states, outcomes and regimes; metrics."""
