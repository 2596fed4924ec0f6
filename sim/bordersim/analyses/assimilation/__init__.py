"""Conditioning on the record: histories that agree with what was published, found by particle filters."""

KIND = "assimilation"  # of the analysis that a manifest names
INDEPENDENCE = "independence.csv"
