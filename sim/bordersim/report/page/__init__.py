"""One page that holds everything: the answer first, then how sure, who is harmed, days, places, assumptions.

A file of HTML with SVG in it that asks nobody for anything and runs no script.
"""
