"""What becomes known: discounted counts of what happened, the public belief, the host state's steering."""

from __future__ import annotations

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import exp


@compiled
def forgetting_factor(memory_days: float) -> float:
    """Return the weight that yesterday's evidence keeps today: exp(-1 / memory) with memory in days."""
    return exp(-1.0 / memory_days)


@compiled
def remembered(old_count: float, forgetting: float, news_count: float) -> float:
    """Return discounted evidence [people]: what is still remembered plus what is heard today."""
    return old_count * forgetting + news_count


@compiled
def belief(prior_chance: float, prior_people: float, succeeded: float, tried: float) -> float:
    """Return the believed chance [0-1]: successes over tries, with a prior worth `prior_people` tries.

    The mean of a beta distribution updated with discounted counts.
    """
    return (prior_chance * prior_people + succeeded) / (prior_people + tried)


@compiled
def belief_near(
    prior_chance: float, prior_people: float, succeeded: float, tried: float, contact_weight: float
) -> float:
    """Return the chance [0-1] believed by those who wait where it happened, from the same counts.

    They meet who came back: what they see weighs `contact_weight` times what is told elsewhere.
    """
    return belief(prior_chance, prior_people, contact_weight * succeeded, contact_weight * tried)


@compiled
def pull_after_failures(pull: float, failures: int, failure_weight: float) -> float:
    """Return what is left of the `pull` of a border after own failed tries there.

    Each takes `failure_weight` off the utility: the small part that own experience has in a choice.
    """
    if failures == 0:
        return pull
    return pull * exp(-failure_weight * failures)


@compiled
def steering_weight(succeeded: float, floor_people: float) -> float:
    """Return how much the host state steers to a country: by how many lately got in there [people].

    A lagged response to what succeeds; `floor_people` keeps a border from being forgotten for good.
    """
    return succeeded + floor_people
