"""The land: three border lines, the segments they are cut into, and what stands beside them.

Knows nothing of migrants, guards or scenarios.
"""
