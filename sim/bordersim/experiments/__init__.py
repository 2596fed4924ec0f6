"""Doing: what is to be run, by whom and where; going on with it, making it again."""
