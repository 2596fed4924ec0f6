"""Old names and the new ones that replaced them."""

from __future__ import annotations

RENAMED = {
    # metrics
    "entered": "unstopped_entries",
    "people_entered": "people_entered_unstopped",  # and people_admitted_to_procedure
    "displaced": "attempts_at_other_borders",
    "claims_refused": "claims_not_examined",
    "entry_chance_per_person": "unstopped_entry_chance_per_person",
    # columns
    "knowledge_share": "parameter_uncertainty_share",
    "chance_share": "random_variation_share",
    "day": "date",  # also in what a scenario expects
    # sections of a scenario
    "suffer": "harm",
    "give_up": "return_home",
}


def renamed(key: str) -> str:
    """Return a dotted key with current names."""
    return ".".join(RENAMED.get(word, word) for word in key.split("."))
