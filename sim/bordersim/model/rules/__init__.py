"""What happens at the border, one short function per rule: scalars in, one scalar out, no draw, no array.

Every function is a plain Python function that numba inlines where the engine calls it. Draws come in as
arguments. Values come in as arguments; they live in ``scenarios/parameters.yaml``.
"""
