"""Old names and the new ones that replaced them."""

from __future__ import annotations

RENAMED = {
    # metrics
    "entered": "unstopped_entries",
    "people_entered": "people_entered_unstopped",  # and people_admitted_to_procedure
    "displaced": "attempts_at_other_borders",
    "claims_refused": "claims_not_examined",
    "stranded_person_days": "captive_person_days",
    "stranded_freezing_person_days": "captive_freezing_person_days",
    "entry_chance_per_person": "unstopped_entry_chance_per_person",
    "injuries_expected": "injuries",
    "hypothermia_expected": "hypothermia",
    "frostbite_expected": "frostbite",
    # columns
    "knowledge_share": "parameter_uncertainty_share",
    "chance_share": "random_variation_share",
    "day": "date",  # also in what a scenario expects
    # keys of a scenario
    "death_probability_per_stranded_freezing_day": "death_probability_per_captive_freezing_day",
    "frostbite_probability_per_stranded_freezing_day": "frostbite_probability_per_captive_freezing_day",
    "aid_eur_per_stranded_day": "aid_eur_per_captive_day",
    "stranded_days_mean": "captives_let_back_per_day",
    "push_forward_days_mean": "captives_driven_per_day",
    "push_forward_probability": "captives_driven_per_day",
    "rescue_probability": "captives_admitted_per_day",
    "prior_admission": "admits_at_first",
    "suffer": "harm",
    "give_up": "return_home",
}

# Keys that lie elsewhere now; a * stands for any name.
MOVED = {
    "inflow.origins.*.load_share": "inflow.load_share",
    "inflow.origins.*.protection_share": "inflow.protection_share",
    "host.steering_lag_days": "learn.lag_days",
}


def renamed(key: str) -> str:
    """Return a dotted key with current names."""
    return ".".join(RENAMED.get(word, word) for word in key.split("."))
