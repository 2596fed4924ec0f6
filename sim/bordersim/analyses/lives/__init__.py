"""The same synthetic families under a reference and a scenario: where their lives part, and why.

Nothing of them is stored: replicates or histories are simulated again, with a log beside the engine.
"""
