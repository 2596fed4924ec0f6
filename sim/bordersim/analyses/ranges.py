"""What is varied and over which values, from `--vary` or from low and high in parameters.yaml."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bordersim.errors import BadInput
from bordersim.words.text import normal, shortened

if TYPE_CHECKING:
    from bordersim.inputs import Scenario

VARY = "--vary"
LOGARITHMIC, ALL_PARAMETERS = "log", "all"
# Not knowledge about the world: the resolution, the seed, the days, claims that stand beside the costs.
NEVER = ("land.", "run.", "period.", "cost.claimed_damage_eur", "cost.counter_mobility_eur")
# How a row of a table about ranges begins, with values at three places.
ROW = ("parameter", "unit", "prior_low", "prior_high", "low", "median", "high")
JUST_BELOW_ONE = 1.0 - 1e-12
FORM = "expects KEY, KEY=LOW:HIGH, KEY=LOW:HIGH:STEP, KEY=LOW:HIGH:log or KEY=VALUE,VALUE,..."
DIGITS = 12  # of a point of a grid: enough for every value, too few to show that 0.1 has no binary end
MOST_POINTS = 100_000
MOST_VALUES = 1_000_000  # of all keys in all draws together: what memory holds


@dataclass(frozen=True)
class Range:
    """The values one key may take: all between two ends, or those listed.

    Parameters
    ----------
    low, high
        The ends, both included.
    step
        Distance of the points of a grid; without it the points are spread evenly.
    log
        Even on the scale of the logarithm.
    whole
        Whole numbers only.
    values
        The only values, where they are listed; they may be words.
    """

    key: str
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    step: float | None = None
    log: bool = False
    whole: bool = False
    values: tuple[object, ...] = ()

    def at(self, share: float) -> object:
        """Return the value that lies at a share (0 to 1) of the range; equal shares are equally likely."""
        if self.values:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if self.whole:
            return int(min(self.low + math.floor(share * (self.high - self.low + 1)), self.high))
        return self._real(share)

    def points(self, count: int) -> list[object]:
        """Return the points of a grid: those listed, every step, or `count` of them from end to end."""
        if self.values:
            return list(self.values)
        if self.step:
            steps = math.floor((self.high - self.low) / self.step * (1 + 10.0**-DIGITS))
            return [self._point(self.low + i * self.step) for i in range(steps + 1)]
        shares = [0.5] if count == 1 else [i / (count - 1) for i in range(count)]
        if self.whole:
            return [*sorted({round(self._real(share)) for share in shares})]
        return [_rounded(self._real(share)) for share in shares]

    def row(self, places: Iterable[float]) -> tuple[object, ...]:
        """Return it as the beginning of a row: key, unit, both ends, and the values at places in it."""
        ends = (self.at(0.0), self.at(JUST_BELOW_ONE))
        return (self.key, self.unit, *ends, *(self.at(float(place)) for place in places))

    def described(self) -> str:
        """Return the range as text."""
        if self.values:
            return f"{self.key}: {', '.join(map(str, self.values))}"
        scale = ", uniform on a log scale" if self.log else ""
        step = f" in steps of {self.step:g}" if self.step else ""
        unit = "" if self.unit == "1" else self.unit
        return f"{self.key}: {self.low:g} to {self.high:g} {unit}".rstrip() + step + scale

    def _real(self, share: float) -> float:
        if self.log:
            return float(self.low * (self.high / self.low) ** share)
        return float(self.low + share * (self.high - self.low))

    def _point(self, value: float) -> object:
        return int(value) if self.whole else _rounded(value)


def parse_range(text: str, scenarios: Sequence[Scenario]) -> Range:
    """Read a key with its range; each end must be a value that every scenario allows."""
    return _checked(_parsed(text, scenarios), scenarios)


def range_of_parameter(scenarios: Sequence[Scenario], key: str, option: str = VARY) -> Range:
    """Return the range from low to high that parameters.yaml gives a key."""
    scenario, key = scenarios[0], normal(key)
    if key not in scenario.parameters:
        _refuse_unknown(scenario, key, option)
    for each in scenarios:
        if changes_by_date(each, key):
            hint = f"{VARY} {key}=LOW:HIGH holds one value on all days"
            raise BadInput(f"{option} {shortened(key)}: changes by date in {each.name}; {hint}")
    parameter = scenario.parameters[key]
    if isinstance(parameter.value, tuple) and not parameter.entries:
        raise BadInput(
            f"{option} {key}: is a list of {len(parameter.value)} values and cannot be varied as one"
        )
    if parameter.low is None or parameter.high is None or not parameter.low < parameter.high:
        raise BadInput(
            f"{option} {shortened(key)}: has no range from low to high; give one: {VARY} {key}=LOW:HIGH"
        )
    return Range(key, parameter.low, parameter.high, parameter.unit, whole=_is_whole(scenario, key))


def keys_with_range(scenarios: Sequence[Scenario], confidence: str) -> Iterator[str]:
    """Yield every key with one number on all days and a range, of any confidence ("all") or of one."""
    for key, parameter in scenarios[0].parameters.items():
        has_range = (
            parameter.low is not None and parameter.high is not None and parameter.low < parameter.high
        )
        is_one = bool(parameter.entries) or not isinstance(parameter.value, tuple)
        dated = any(changes_by_date(scenario, key) for scenario in scenarios)
        meant = confidence in (ALL_PARAMETERS, parameter.confidence)
        if has_range and is_one and meant and not dated and not key.startswith(NEVER):
            yield key


def changes_by_date(scenario: Scenario, key: str) -> bool:
    """Return whether a key has more than one value over the days; drawing one would wipe out its history."""
    return len({str(entry.value) for entry in scenario.parameters[key].entries}) > 1


def overridden(scenarios: Sequence[Scenario], ranges: Sequence[Range]) -> list[str]:
    """Return the drawn keys that scenarios set to different values: every draw overrides them all."""
    return [
        f"{each.key} differs between the scenarios; every draw sets it to the same value in all of them"
        for each in ranges
        if len({str(scenario.parameters[each.key].value) for scenario in scenarios}) > 1
    ]


def _parsed(text: str, scenarios: Sequence[Scenario]) -> Range:
    scenario = scenarios[0]
    key, equals, given = (part.strip() for part in text.partition("="))
    if not equals:
        return range_of_parameter(scenarios, key)
    if not key or not given:
        raise BadInput(f"{VARY} {shortened(text)}: {FORM}")
    if key not in scenario.parameters:
        _refuse_unknown(scenario, key, VARY)
    if ":" not in given:
        return Range(key, unit=scenario.parameters[key].unit, values=_listed(text, given))
    return _between(text, key, given.split(":"), scenario)


def _between(text: str, key: str, numbers: list[str], scenario: Scenario) -> Range:
    log = numbers[-1].strip() == LOGARITHMIC
    ends = [_number(text, number) for number in (numbers[:-1] if log else numbers)]
    if not 2 <= len(ends) <= (2 if log else 3):
        raise BadInput(f"{VARY} {shortened(text)}: {FORM}")
    low, high = ends[:2]
    step = ends[2] if len(ends) > 2 else None
    if not low < high:
        raise BadInput(f"{VARY} {shortened(text)}: low {low:g} must be below high {high:g}")
    if log and low <= 0:
        raise BadInput(f"{VARY} {shortened(text)}: low must be above 0 on the scale of the logarithm")
    if step is not None and not 0 < step <= high - low:
        raise BadInput(
            f"{VARY} {shortened(text)}: the step must be above 0 and at most {high - low:g}, is {step:g}"
        )
    if step is not None and (high - low) / step > MOST_POINTS:
        raise BadInput(f"{VARY} {shortened(text)}: more than {MOST_POINTS} points")
    whole = _is_whole(scenario, key)
    if whole and not all(each.is_integer() for each in ends):
        raise BadInput(f"{VARY} {shortened(text)}: {key} takes whole numbers only")
    return Range(key, low, high, scenario.parameters[key].unit, step, log, whole)


def _listed(text: str, given: str) -> tuple[object, ...]:
    values = tuple(_value(part.strip()) for part in given.split(","))
    if "" in values:
        raise BadInput(f"{VARY} {shortened(text)}: {FORM}")
    if len(set(values)) < len(values):
        raise BadInput(f"{VARY} {shortened(text)}: a value is listed twice")
    return values


def _value(text: str) -> object:
    """Read a number as a number; anything else stays a word."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _number(text: str, part: str) -> float:
    value = _value(part.strip())
    if isinstance(value, str) or not math.isfinite(float(str(value))):
        raise BadInput(f"{VARY} {shortened(text)}: '{shortened(part.strip())}' is not a number; {FORM}")
    return float(str(value))


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _checked(given: Range, scenarios: Sequence[Scenario]) -> Range:
    """Let every scenario check the ends of the range, with the error it has for `--set`."""
    for scenario in scenarios:
        for value in given.values or (given.at(0.0), given.at(1.0)):
            check_values(scenario, {given.key: value}, VARY)
    return given


def check_values(scenario: Scenario, values: dict[str, object], origin: str, hint: str = "") -> None:
    """Refuse values that the scenario refuses; `origin` is where the user wrote them."""
    try:
        scenario.with_values(values)
    except BadInput as error:
        raise BadInput(f"{origin} {str(error).removeprefix('--set ')}{hint}") from None


def _refuse_unknown(scenario: Scenario, key: str, option: str) -> None:
    check_values(scenario, {key: 0}, option)
    raise BadInput(f"{option} {shortened(key)}: unknown key")


def _is_whole(scenario: Scenario, key: str) -> bool:
    """Return whether the schema takes whole numbers only."""
    from bordersim.inputs.layers import parts

    value: object = scenario.config.model_dump(by_alias=True)
    for part in parts(scenario.tree, key) or ():
        assert isinstance(value, dict)
        value = value[part]
    if isinstance(value, tuple) and value and isinstance(value[0], dict):  # by date
        value = next(each for name, each in value[0].items() if name != "from")
    return isinstance(value, int)
