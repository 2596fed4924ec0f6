"""The land: three border lines, the segments they are cut into, and places beside them.

Knows nothing of migrants, guards or scenarios.
"""
