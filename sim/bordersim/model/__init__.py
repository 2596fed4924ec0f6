"""What decides what happens, with words, geo and inputs: hashed as one, see `compiling.sources`."""
