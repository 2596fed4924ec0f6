"""How good the model is: scores of its record on the published one, and expectations with their source."""
