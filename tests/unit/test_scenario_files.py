"""The files that ship: complete, sourced, and true to the published record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel

from bordersim.inputs import Scenario, list_scenarios, load_scenario
from bordersim.inputs.finding import parameters
from bordersim.inputs.layers import leaves
from bordersim.inputs.metadata import CONFIDENCES
from bordersim.inputs.schema import Config
from bordersim.inputs.schema.dated import FIRST_DAY, by_day, by_day_linear
from bordersim.inputs.yaml_source import read_yaml
from bordersim.words.codes import REGIMES

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    "history_2021",
    "no_turn_back_2021",
    "double_staffing_2021",
    "early_fence_2021",
    "no_baghdad_flights_2021",
    "open_asylum_2021",
    "open_missions_2021",
    "history_2023",
    "no_loan_2023",
    "history_2020_2025",
    "history_2020",
    "history_2022",
    "history_2024",
    "history_2025",
    "belarus_prevents_2021",
    "asylum_suspended_2021",
    "forced_crossing_2021",
    "full_surveillance_2021",
    "iraqi_cities_2021",
    "no_barrier_2023",
    "no_escorts_2021",
    "no_exemption_2021",
}
VARIANTS_2021 = sorted(name for name in EXPECTED if name.endswith("2021") and name != "history_2021")


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def history() -> Scenario:
    return load_scenario(["history"])


def model_leaves(model: BaseModel, path: str = "") -> Iterator[str]:
    """Yield the dotted key of every leaf of a validated configuration that is not left out."""
    for name in (name for name in type(model).model_fields if name in model.model_fields_set):
        value = getattr(model, name)
        for key, inner in value.items() if isinstance(value, dict) else [("", value)]:
            here = ".".join(part for part in (path, name, key) if part)
            if isinstance(inner, BaseModel):
                yield from model_leaves(inner, here)
            else:
                yield here


def on(scenario: Scenario, key: str, day: date) -> float:
    """Return the value of a dated key on a day."""
    value: object = scenario.config
    for part in key.split("."):
        value = value[part] if isinstance(value, dict) else getattr(value, part)
    read = by_day_linear if key.endswith("_km") else by_day
    return float(read(value, FIRST_DAY, (day - FIRST_DAY).days + 1)[-1])  # type: ignore[operator]


def test_the_scenarios_of_the_book_are_all_there() -> None:
    assert EXPECTED.issubset(dict(list_scenarios()))


def test_every_leaf_but_the_period_has_its_facts_in_parameters() -> None:
    known = dict(leaves(parameters().values))
    needed = {
        key for key in model_leaves(load_scenario(["history_2021"]).config) if not key.startswith("period.")
    }
    assert set(known) == needed


def test_no_more_points_are_open_than_there_are(history: Scenario) -> None:
    for claims in (history.config.claims.LT, history.config.claims.LV, history.config.claims.PL):
        assert all(step.value <= claims.points for step in claims.open_points)


def test_every_value_has_unit_source_and_confidence(history: Scenario) -> None:
    for key, known in history.parameters.items():
        assert known.confidence in CONFIDENCES, key
        assert known.unit, key
        assert known.source, key


def test_every_entry_of_the_record_has_a_source(history: Scenario) -> None:
    for key, known in history.parameters.items():
        for entry in known.entries:
            assert not entry.source.startswith("set in"), f"{key} from {entry.from_}"


def test_names_are_those_of_the_files() -> None:
    for name in EXPECTED:
        header = read_yaml(ROOT / "scenarios" / f"{name}.yaml", name).mapping()
        assert header["name"].value == name
        assert str(header["question"].value).endswith("?")


@pytest.mark.parametrize("name", VARIANTS_2021)
def test_a_variant_holds_only_what_differs(name: str) -> None:
    """Each value of the file differs from the reference, and nothing else does."""
    ours, reference = load_scenario([name]), load_scenario(["history_2021"])
    held = {key: known.value for key, known in reference.parameters.items()}
    differing = {key for key, known in ours.parameters.items() if known.value != held.get(key)}
    header = {"schema_version", "name", "title", "question", "extends"}
    file = read_yaml(ROOT / "scenarios" / f"{name}.yaml", name)
    written = {key for key, _ in leaves(file) if key not in header}
    assert differing == written


@pytest.mark.parametrize(
    ("country", "day", "regime"),
    [
        ("LT", date(2021, 8, 2), "admit_and_screen"),
        ("LT", date(2021, 8, 3), "turn_back"),
        ("LV", date(2021, 8, 10), "admit_and_screen"),
        ("LV", date(2021, 8, 11), "turn_back"),
        ("PL", date(2021, 8, 19), "admit_and_screen"),
        ("PL", date(2021, 8, 20), "turn_back"),
        ("PL", date(2025, 3, 26), "turn_back"),
        ("PL", date(2025, 3, 27), "asylum_suspended"),
    ],
)
def test_regimes_change_on_the_published_days(
    history: Scenario, country: str, day: date, regime: str
) -> None:
    days = (day - FIRST_DAY).days + 1
    assert REGIMES[int(by_day(history.config.policy[country], FIRST_DAY, days, REGIMES)[-1])] == regime


@pytest.mark.parametrize(
    ("key", "day", "value"),
    [
        ("build.LT.wire_km", date(2021, 7, 26), 4.5),
        ("build.LT.wire_km", date(2021, 11, 9), 73),
        ("build.LT.wire_km", date(2021, 12, 31), 150.4),
        ("build.LT.fence_km", date(2021, 12, 31), 10),
        ("build.LT.fence_km", date(2023, 1, 1), 502),
        ("build.LT.surveillance_km", date(2020, 6, 1), 258),
        ("build.LT.surveillance_km", date(2022, 1, 1), 361.9),
        ("build.LT.surveillance_km", date(2023, 3, 24), 678.9),
        ("build.LV.wire_km", date(2021, 11, 30), 37),
        ("build.LV.fence_km", date(2023, 12, 31), 112),
        ("build.LV.fence_km", date(2024, 8, 1), 145),
        ("build.PL.fence_km", date(2022, 6, 30), 186.25),
        ("build.PL.surveillance_km", date(2025, 7, 20), 377),
        ("guards.LT.soldiers", date(2021, 7, 15), 260),
        ("guards.LT.soldiers", date(2021, 11, 24), 1500),
        ("guards.LT.frontex", date(2021, 7, 30), 100),
        ("guards.LT.lent_to_LV", date(2023, 9, 12), 17),
        ("guards.LT.lent_to_LV", date(2023, 9, 26), 20),
        ("guards.LT.lent_to_LV", date(2023, 10, 10), 0),
        ("guards.LT.lent_to_LV", date(2024, 8, 5), 10),
        ("claims.LT.open_points", date(2023, 8, 17), 6),
        ("claims.LT.open_points", date(2024, 3, 1), 2),
        ("claims.LV.open_points", date(2023, 9, 19), 1),
        ("claims.PL.open_points", date(2023, 2, 10), 3),
        ("procedure.LT.onward_share", date(2022, 5, 31), 0),
        ("procedure.LT.onward_share", date(2022, 6, 1), 0.42),
        ("procedure.LT.onward_share", date(2022, 6, 2), 0),
        ("procedure.LT.dwell_days_mean", date(2022, 6, 1), 60),
        ("inflow.origins.iraq_direct.flights_per_week", date(2021, 8, 6), 0),
        ("inflow.origins.damascus.flights_per_week", date(2021, 11, 13), 0),
    ],
)
def test_the_record_on_published_days(history: Scenario, key: str, day: date, value: float) -> None:
    assert on(history, key, day) == pytest.approx(value)


@pytest.mark.parametrize(
    ("end", "low", "high"),
    [
        (date(2021, 11, 18), 431, 431),
        (date(2021, 11, 22), 549, 549),
        (date(2021, 11, 26), 900, 1100),
        (date(2021, 11, 28), 1894, 1894),
        (date(2021, 12, 6), 3139, 3139),
        (date(2021, 12, 7), 3556, 3556),
        (date(2022, 1, 15), 3900, 4100),
    ],
)
def test_flights_home_add_up_to_the_published_totals(
    history: Scenario, end: date, low: int, high: int
) -> None:
    flown = sum(flight.value for flight in history.config.return_home.flights_home if flight.from_ <= end)
    assert low <= flown <= high


def test_the_early_fence_is_the_fence_of_the_record_a_year_earlier() -> None:
    _, *early = load_scenario(["early_fence_2021"]).config.build.LT.fence_km
    _, *real = load_scenario(["history_2021"]).config.build.LT.fence_km
    year = timedelta(days=365)
    assert [(point.from_ + year, point.value) for point in early] == [
        (point.from_, point.value) for point in real
    ]


def test_double_staffing_is_twice_the_record_on_every_day() -> None:
    double, real = load_scenario(["double_staffing_2021"]).config, load_scenario(["history_2021"]).config
    for kind in ("officers", "soldiers"):
        twice, once = (
            by_day(getattr(config.guards.LT, kind), config.period.start, config.period.days)
            for config in (double, real)
        )
        assert (twice == 2 * once).all()


def test_what_attracts_has_the_names_of_the_districts_of_stations() -> None:
    lines = (ROOT / "geo/data/curated/stations.csv").read_text(encoding="utf-8").splitlines()[1:]
    districts = {line.split(",")[2] for line in lines}
    assert set(load_scenario(["history_2021"]).config.choice.attraction_factor) == districts


def test_every_field_with_a_dimension_says_its_unit() -> None:
    """A key ends in its unit, so that a file cannot be read in the wrong one."""
    words = {"h": "_h", "km": "_km", "km/h": "_km_per_h", "1/h": "_per_h", "days": "_days", "degC": "_degc"}
    for key, node in leaves(parameters().values):
        ending = words.get(node.facts.unit if node.facts and node.facts.unit else "", "")
        assert ending in key, key


def test_the_schema_is_strict_everywhere() -> None:
    definitions = Config.model_json_schema()["$defs"]
    assert all(definition.get("additionalProperties") is False for definition in definitions.values())
