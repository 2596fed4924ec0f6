"""Everything that decides numbers, with words, geo and inputs; hashed as one, see `compiling.sources`."""
