"""The live page: a form of levers in two groups, and the answer in the shapes that the report has.

It is served on loopback and asks nobody but its own server for anything.
"""
