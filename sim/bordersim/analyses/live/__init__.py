"""The live page's other half: a state of levers, the two scenarios it means, and runs that answer at once."""
