"""Valid inputs of every kind, short enough to be read thousands of times."""

from __future__ import annotations

SCENARIOS = (
    """schema_version: 1
name: mine
title: Mine
question: What if?
extends: history_2021
period: {start: 2021-05-01, end: 2021-05-07}
guards: {LT: {officers: 900}, LV: {officers: 400}}
choice:
  month_factor: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
  chance_weight: {value: 8, source: "a lever", confidence: assumed}
policy:
  LT:
    - {from: 2021-05-01, regime: admit_and_screen}
    - {from: 2021-05-04, regime: turn_back, source: "a lever", confidence: assumed}
""",
    """title: A fence and flights
extends: history_2021
build:
  LT:
    wire_km: [{from: 2021-05-01, km: 10}, {from: 2021-05-31, km: 120}]
    fence_km: 0
inflow:
  origins:
    iraq_direct: {flights_per_week: [{from: 2021-05-01, value: 3}], cross_share: 0.5}
    mine: {seats_per_flight: 100, flights_per_week: 2, cross_share: 0.4, presents_share: 0.9}
period:
  start: 2021-05-01
  end: 2021-06-30
run: {seed: 5}
""",
    """schema_version: 1
title: What is expected
extends: history_2021
period: {start: 2021-05-01, end: 2021-06-30}
expect:
  - {metric: deaths, country: LT, from: 2021-05-01, to: 2021-05-31, between: [77, 77], source: "in sample"}
  - {metric: apprehended, country: LT, date: 2021-05-03, between: [0, 90.5], source: x, known_failure: "few"}
  - metric: attempts
    country: all
    from: 2021-05-01
    to: 2021-06-30
    measure: largest_day
    between: [1, 2]
    source: y
""",
    """title: More and less than there were
extends: history_2021
period: {end: 2021-05-14}
guards:
  LT:
    officers: {add: 200, source: "a lever"}
    soldiers: [{from: 2021-05-03, times: 2}, {from: 2021-05-09, add: -5}, {from: 2022-05-09, value: 9}]
build: {LT: {wire_km: {times: 0.5}, fence_km: [{from: 2021-05-07, add: 12.5}]}}
choice: {month_factor: {times: 2}}
return_home: {flights_home: [{from: 2021-11-01, times: 2}]}
policy:
""",
)
PARENT = """title: Between
extends: history_2021
guards: {LT: {officers: 800}}
period: {start: 2021-05-01, end: 2021-05-14}
"""
EXERCISE = """schema_version: 1
name: tiny
title: Fitted in May, predicted for June
scenario: history_2021
fit: {from: 2021-05-01, to: 2021-06-30}
predict: {to: 2021-07-31}
seed: 3
draws: 64
replicates: 2
posterior: {draws: 8, replicates: 2}
rule_out_above: 3
discrepancy: 0.5
accept_share: 0.25
parameters:
  choice.chance_weight: prior
  cross.clear_h: {low: 2, high: 4}
summaries:
  - {country: LT, series: arrivals_detained, from: 2021-05-01, to: 2021-05-31, discrepancy: 0.1}
  - {country: LT, series: arrivals_detained, from: 2021-06-01, to: 2021-06-30}
"""
ASSIMILATION = """schema_version: 1
name: tiny
title: Given what was published of May and June
scenario: history_2021
legs: [2021-05-31, 2021-06-30]
seed: 3
discrepancy: 0.35
rounds: [{filters: 2, particles: 12}, {filters: 3, particles: 16}]
chains: {histories: 6, sweeps: 2, steps: 5}
left_out: {share: 0.3, seed: 2}
set: {choice.rest_days: 2}
parameters:
  host.mind_sd: {low: 0.5, high: 1.8}
  cross.clear_h: prior
"""
FITTED = """fitted:
  - countries: [LT]
    series: [arrivals_detained]
    from: 2021-01-01
    to: 2021-08-02
    into: inflow.origins and people_per_day of 2021
  - {countries: [LT, LV], series: [turned_back], from: 2022-01-01, to: 2025-12-31, into: x, only: sum}
"""
DRAWN = {
    "guards.LT.officers": [500, 700, 900],
    "choice.chance_weight": [3, 5.5, 8],
    "policy.LT": ["turn_back", "admit_and_screen", "turn_back"],
}
DRAWS_YAML = "".join(
    f"- {{{', '.join(f'{key}: {values[row]}' for key, values in DRAWN.items())}}}\n" for row in range(3)
)
DRAWS_ROWS = [list(DRAWN), *([str(values[row]) for values in DRAWN.values()] for row in range(3))]
OBSERVATIONS = [
    line.split(",")
    for line in (
        "country,series,period_start,period_end,cumulative,unit,value,low,high,reports,date_quality,source_url",
        "LT,arrivals_detained,2021-05-01,2021-05-31,False,persons,77,70,80,2,stated,https://a.lt/1",
        "LT,arrivals_detained,2021-06-01,2021-06-30,False,persons,473,473,473,1,stated,https://a.lt/2",
        "LT,turned_back,2021-08-03,2021-08-06,True,persons,700,180,750,3,inferred-high,https://a.lt/3",
        "LT,turned_back,2021-08-03,2021-09-08,True,turn-backs,2200,2200,2200,1,inferred-med,https://a.lt/4",
        "PL,attempts,2021-08-01,2021-08-31,False,attempts,3500,3000,3600,1,stated,https://a.pl/5",
    )
]
SETS = (
    *("guards.LT.officers=900", "period.end=2021-05-20", "policy.LT=turn_back", "choice.chance_weight=8.5"),
    *("policy.LT=[{from: 2021-05-01, regime: turn_back}]", "run.seed=4", "land.segment_length_km=2"),
    *(
        "inflow.load_share=0.5",
        "choice.month_factor=[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
    ),
    *(
        "build.LT.wire_km=[{from: 2021-05-01, km: 10}, {from: 2021-05-31, km: 120}]",
        "respond.speed_km_per_h=30",
    ),
    *("guards.LT.soldiers.add=+20", "build.LT.wire_km.times=1.5", "choice.hour_factor={times: 2}"),
)
VARIED = (
    *(
        "choice.chance_weight",
        "choice.chance_weight=5:15",
        "choice.chance_weight=5:15:5",
        "guards.LT.officers=400:1200:100",
    ),
    *(
        "choice.chance_weight=1:100:log",
        "policy.LT=turn_back,admit_and_screen",
        "learn.lag_days=1:5",
        "cross.clear_h=2,3,4",
    ),
)
NAMES = (
    *(
        "history_2021",
        "history_2021+double_staffing_2021",
        "scenarios/history_2021.yaml",
        "./x.yaml",
        "order_2021",
    ),
    *("results/history_2021/20210801T000000Z-abcdef01", "manifest.json", "draws.csv", "in", "/tmp", ""),
)
