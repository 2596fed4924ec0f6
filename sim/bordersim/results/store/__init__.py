"""The run folder: blocks named by content, tables, digests, provenance, results read back."""
