"""How news spreads: discounted counts of what happened, the public belief, the steering by Belarus."""

from __future__ import annotations

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import exp


@compiled
def forgetting_factor(memory_days: float) -> float:
    """Return the weight that yesterday's evidence keeps today: exp(-1 / memory) with memory in days."""
    return exp(-1.0 / memory_days)


@compiled
def remembered(old_count: float, forgetting: float, news_count: float) -> float:
    """Return discounted evidence [people]: what is still remembered plus today's news."""
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

    They meet those who came back: what they see has `contact_weight` times the weight of other news.
    """
    return belief(prior_chance, prior_people, contact_weight * succeeded, contact_weight * tried)


@compiled
def pull_after_failures(pull: float, failures: int, failure_weight: float) -> float:
    """Return the `pull` of a border after a group's own failed tries there.

    Each failure lowers the utility by `failure_weight`: the small part of own experience in a choice.
    """
    if failures == 0:
        return pull
    return pull * exp(-failure_weight * failures)


@compiled
def steering_weight(succeeded: float, floor_people: float) -> float:
    """Return the weight with which Belarus steers to a country: by how many recently got in there [people].

    A lagged response to what succeeds; `floor_people` keeps a border from being forgotten for good.
    """
    return succeeded + floor_people
