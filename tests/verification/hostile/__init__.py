"""Inputs made worse on purpose: valid ones of every kind, changed at random in structure, text and bytes."""
