"""Worlds at random that a user could write: many keys at once, from the whole of their ranges, ends first.

A world is named by its seed alone; `python tests/verification/accepted.py SEED` shows the values of one.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bordersim.inputs import Scenario, load_scenario
from bordersim.inputs.schema import Config
from bordersim.inputs.schema.dated import FIRST_DAY, LAST_DAY
from bordersim.inputs.schema.migrants import BY_PLANE
from bordersim.words.codes import COUNTRIES

BASE = "history_2021"
Schema = Mapping[str, Any]
# Days on which clocks change, a leap day, the first and the last day there is.
STARTS = ("2020-01-01", "2020-03-29", "2021-05-01", "2021-10-31", "2024-02-29", "2025-12-31", "2023-01-01")
DAYS = (1, 1, 2, 3, 10, 25)
SEGMENTS_KM = (1.0, 1.0, 1.0, 0.5, 5.0, 12.9, 13.0, 11.314868333333333)
SHARES_OF_KEYS = (0.03, 0.1, 0.3, 1.0)
ORIGINS = ("new", "Türkiye", "no", "1e3", "über Minsk (2)", "x" * 60)
# One world in so many has as many people as its ranges allow, on one day.
FLOOD = 25
MOST_PEOPLE_PER_DAY, MOST_FLIGHTS_PER_WEEK = 60, 20
LEFT_ALONE = ("period", "land", "run")
MAY_BEGIN_LATER = ("km", "seats")


@cache
def _schema() -> Schema:
    return Config.model_json_schema()


@cache
def _base() -> Scenario:
    return load_scenario([BASE])


def _resolved(schema: Schema) -> Schema:
    """Follow a reference to the part of the schema it stands for."""
    return _schema()["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def leaves(schema: Schema, value: Any, key: str = "") -> Iterator[tuple[str, Schema]]:
    """Yield every key that has a value, with what the schema says of it."""
    schema = _resolved(schema)
    inner = schema.get("properties") or dict.fromkeys(value if "additionalProperties" in schema else ())
    for name, part in inner.items():
        yield from leaves(part or schema["additionalProperties"], value[name], f"{key}.{name}".lstrip("."))
    if not inner:
        yield key, schema


@cache
def keys() -> dict[str, Schema]:
    """Return all keys that are drawn."""
    found = dict(leaves(_schema(), _base().config.model_dump(by_alias=True)))
    return {key: schema for key, schema in found.items() if key.split(".")[0] not in LEFT_ALONE}


class Draw:
    """The values of one world."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.floods = seed % FLOOD == FLOOD - 1
        self.start = date.fromisoformat(self.chance.choice(STARTS))
        days = 1 if self.floods else self.chance.choice(DAYS)
        self.end = min(self.start + timedelta(days - 1), LAST_DAY)

    def sets(self) -> dict[str, object]:
        """Draw the values to set, by dotted key."""
        share = self.chance.choice(SHARES_OF_KEYS)
        drawn = {key: self._of(schema) for key, schema in keys().items() if self.chance.random() < share}
        found = {
            "period.start": self.start,
            "period.end": self.end,
            "land.segment_length_km": self.chance.choice(SEGMENTS_KM),
            "run.seed": self.chance.choice((0, 1, 2**63 - 1)),
            **{key: self._tamed(key, value) for key, value in self._with_planes(drawn).items()},
        }
        return self._agreeing(found)

    def _with_planes(self, drawn: Mapping[str, object]) -> dict[str, object]:
        """Give a way in that has something of flights all of it: with a part alone it is refused."""
        ways = {key.rpartition(".")[0] for key in drawn if key.endswith(BY_PLANE)}
        whole = [f"{way}.{name}" for way in sorted(ways) for name in BY_PLANE]
        return {**drawn, **{key: self._of(keys()[key]) for key in whole if key not in drawn}}

    def origins(self) -> dict[str, object]:
        """Draw some ways into Belarus that nobody has heard of."""
        like = {key.rpartition(".")[2]: each for key, each in keys().items() if ".origins." in key}
        names = self.chance.sample(ORIGINS, self.chance.choice((0, 0, 1, 3)))
        return {name: {k: self._tamed(k, self._of(schema)) for k, schema in like.items()} for name in names}

    def _of(self, schema: Schema) -> object:
        """Draw a value of one key: by date, a list, or one."""
        if schema.get("type") != "array":
            return self._value(schema)
        item = _resolved(schema["items"])
        if "properties" not in item:
            return [self._value(item) for _ in range(schema["minItems"])]
        (name, inner), = ((k, v) for k, v in item["properties"].items() if k != "from")  # fmt: skip
        count = self.chance.choice((1, 1, 2, 4))
        days = {self.chance.randrange((self.end - FIRST_DAY).days + 1) for _ in range(count)}
        if name not in MAY_BEGIN_LATER:
            days.add(0)
        return [
            {"from": FIRST_DAY + timedelta(day), name: self._value(_resolved(inner))} for day in sorted(days)
        ]

    def _value(self, schema: Schema) -> Any:
        """Draw one value: an end of its range as often as not, or near the lower one on any scale."""
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        if schema.get("format") == "date":
            return FIRST_DAY + timedelta(self.chance.randrange((LAST_DAY - FIRST_DAY).days + 1))
        low, high = schema["minimum"], schema.get("maximum", schema.get("exclusiveMaximum", 1) - 1e-9)
        near = low + (high - low) * 10 ** self.chance.uniform(-12, 0)
        value = self.chance.choice((low, low, high, high, near, near, self.chance.uniform(low, high)))
        return round(value) if schema["type"] == "integer" else float(value)

    def _tamed(self, key: str, value: object) -> object:
        """Bound how many come, so that a world is done in seconds; a flood is let through."""
        most = {"people_per_day": MOST_PEOPLE_PER_DAY, "flights_per_week": MOST_FLIGHTS_PER_WEEK}
        top = most.get(key.rpartition(".")[2])
        if top is None or self.floods or not isinstance(value, list):
            return value
        return [{**entry, "value": min(entry["value"], top)} for entry in value]

    def _agreeing(self, found: dict[str, object]) -> dict[str, object]:
        """Make keys agree that may not contradict each other."""

        def value(key: str) -> Any:
            return found[key] if key in found else _base().parameters[key].value

        for country in COUNTRIES:
            found[f"claims.{country}.points"] = 100
            found[f"claims.{country}.mission_reach_probability"] = self.chance.choice((0, 0.01, 1 / 3 - 1e-9))
            admitted = value(f"procedure.{country}.admitted_share")
            returned = min(value(f"procedure.{country}.returned_share"), 1 - admitted)
            found |= {f"procedure.{country}.admitted_share": admitted,
                      f"procedure.{country}.returned_share": returned}  # fmt: skip
        if not any(value(f"host.steering_initial.{country}") for country in COUNTRIES):
            found["host.steering_initial.LV"] = 1e-9
        if not any(hours := list(value("choice.hour_factor"))):
            found["choice.hour_factor"] = [1e-6, *hours[1:]]
        if value("choice.rest_days") + value("choice.retry_days_mean") < 0.05:
            found["choice.rest_days"] = 0.05
        found["inflow.minsk_days_mean"] = max(value("inflow.minsk_days_min"), value("inflow.minsk_days_mean"))
        return found


def scenario_of(seed: int, folder: Path) -> Scenario:
    """Load a world as a user would: a file with origins of its own, and values set on top."""
    draw = Draw(seed)
    sets, origins = draw.sets(), draw.origins()
    path = folder / f"world_{seed}.yaml"
    inflow = f"inflow: {{origins: {_flow(origins)}}}\n" if origins else ""
    path.write_text(f"schema_version: 1\ntitle: world {seed}\nextends: {BASE}\n{inflow}", encoding="utf-8")
    return load_scenario([str(path)], sets)


def _flow(value: object) -> str:
    """Write a value as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value)


if __name__ == "__main__":
    shown = Draw(int(sys.argv[1]))
    for given in (shown.sets(), shown.origins()):
        print("\n".join(f"{key}: {_flow(value)}" for key, value in given.items()))
