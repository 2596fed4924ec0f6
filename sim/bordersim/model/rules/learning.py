"""How news spreads: discounted counts of what happened, the public belief, the steering by Belarus."""

from __future__ import annotations

from bordersim.model.compiling.compiled import compiled
from bordersim.model.rules.elementary import exp, log

MOST_LOG_ODDS = 50.0


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
def admits_after_news(
    admits: float,
    admitted: float,
    turned_back: float,
    where_admitted: float,
    where_turned_back: float,
    news_weight: float,
) -> float:
    """Return how probable it seems [0-1] that a border admits people, after a day's news of it.

    A border either admits or turns back. Where it admits, each person met is admitted with the chance
    `where_admitted`, elsewhere with `where_turned_back`; news of one person counts as `news_weight` of an
    independent observation, since people come in groups and news is partial. Bayes' theorem for two
    hypotheses; news of a day can move the odds by no more than exp(50).
    """
    against = admitted * log(where_turned_back / where_admitted)
    against += turned_back * log((1.0 - where_turned_back) / (1.0 - where_admitted))
    odds = exp(min(max(news_weight * against, -MOST_LOG_ODDS), MOST_LOG_ODDS))
    return admits / (admits + (1.0 - admits) * odds)


@compiled
def admits_next_day(admits: float, change_per_day: float) -> float:
    """Return how probable it seems [0-1] that a border admits people, a night later.

    A border is thought to change what it does with a chance of `change_per_day` [1/d]: what nobody hears of
    any more becomes uncertain again (filter of a two-state Markov chain, Wonham 1964).
    """
    return admits * (1.0 - change_per_day) + (1.0 - admits) * change_per_day


@compiled
def believed_admission(admits: float, where_admitted: float, where_turned_back: float) -> float:
    """Return the believed chance [0-1] to be admitted when met, whichever of the two a border does."""
    return admits * where_admitted + (1.0 - admits) * where_turned_back


@compiled
def onward_price_eur(trodden_eur: float, new_route_eur: float, passed: float, half_people: float) -> float:
    """Return the price of the way on from a border [EUR/person], by how many lately `passed` [people].

    On a trodden way it is `trodden_eur`; where nobody has passed `new_route_eur` more, half of which is gone
    once `half_people` have: drivers, flats and advice come with those who use them, and go without them.
    """
    return trodden_eur + new_route_eur * half_people / (half_people + passed)


@compiled
def steering_weight(succeeded: float, floor_people: float) -> float:
    """Return the weight with which Belarus steers to a country: by how many recently got in there [people].

    A lagged response to what succeeds; `floor_people` keeps a border from being forgotten for good.
    """
    return succeeded + floor_people
