"""Ground: the words of the model. Codes of states, outcomes and regimes; what is counted."""
