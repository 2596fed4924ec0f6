# %% [markdown]
# # From a first comparison to a policy of your own
#
# About a minute in all. Run this file as it is (`python docs/tutorial.py`), or cell by cell in an editor
# that knows `# %%` (VS Code, PyCharm, Spyder, Jupyter with jupytext). It writes into the folder it is
# started in: `results/`, a scenario, a test and some pictures.
#
# What the model is, and is not: synthetic people, aggregated results, no advice on where to cross. A lower
# count of recorded crossings is not by itself a better outcome.

# %%
import os
import subprocess
import sys
from pathlib import Path

from bordersim import BadInput, compare, load_scenario, run
from bordersim.testing import assert_effect

REPLICATES = int(os.environ.get("TUTORIAL_REPLICATES", "30"))  # more are slower, and their intervals narrower
SUMMER = {"period.end": "2021-08-31"}  # a short period, so that everything here is quick

# %% [markdown]
# ## 1. Compare two scenarios that come with the package
#
# In August 2021 Lithuania began to turn people back. What is different from a summer without that order?
# The same people with the same luck live in both, so that what differs is the order. `bordersim scenarios`
# lists all scenarios.

# %%
order = compare("no_turn_back_2021", "history_2021", replicates=REPLICATES, set=SUMMER, out="results")
print(order)
print(load_scenario("history_2021").title)

# %% [markdown]
# Every figure has a row with the interval of its mean. Look at protection beside enforcement: not only who
# got in, but how often people were sent back without anybody asking whether they sought protection.
# Attempts and returns are events; one person can have many.

# %%
for metric, border in (("attempts", "LT"), ("unscreened_returns", "LT"), ("attempts", "PL")):
    row = order.row(metric, border)
    low, high = row["low"], row["high"]
    interval = f"95 % interval of the mean {low:,.0f} to {high:,.0f}"
    print(f"{metric} {border}: {row['difference']:+,.0f} ({interval})")

# %% [markdown]
# These intervals show random variation alone: they say nothing about values that may be wrong. To answer a
# question about 2021, let each replicate be a *history* that roughly agrees with the published record, with
# values and luck of its own: `values="given"` in place of `replicates`. That takes half a minute, so it is
# not done here; the command `bordersim compare no_turn_back_2021 history_2021` does it by default and
# writes `report.html`.

# %% [markdown]
# ## 2. Look at it
#
# Plot methods take axes, or make some, and return them. Lines are medians, bands hold 50 and 90 % of the
# replicates, dots are published figures.

# %%
axes = order.plot_days("record_apprehended", "LT")
axes.figure.savefig("apprehended.png")
order.plot_differences().figure.savefig("differences.png")
order.plot_map().figure.savefig("where.png")  # whoever shows a map owes: © OpenStreetMap contributors (ODbL)

# %% [markdown]
# The same numbers as tables: `daily`, `stretches`, `totals` and more are DataFrames, `docs/metrics.md`
# defines every column.

# %%
august = order.reference.daily.query("date >= '2021-08-01'")
print(august.groupby("country")["attempts"].sum() / order.reference.replicates)

# %% [markdown]
# ## 3. A policy of your own
#
# A scenario is a file that says what differs from another one. `bordersim explain guards.LT.officers` says
# what a key means, where its value comes from and what range is plausible; `docs/parameters.md` lists all
# keys.

# %%
MINE = """\
# Why: what if half as many officers again had been there from July on?
schema_version: 1
name: more_officers_2021
title: 2021 with half as many officers again from July
question: What if Lithuania had had half as many officers again from July 2021?
extends: history_2021

guards:
  LT:
    officers:
      - {from: 2020-01-01, value: 900}
      - {from: 2021-07-01, value: 1350}
"""
mine = Path("more_officers_2021.yaml")
mine.write_text(MINE, encoding="utf-8")

# %% [markdown]
# A mistake in it is refused in one line that says where it is and what would be allowed. So is a name
# nobody knows:

# %%
try:
    run("history_2021", set={"guards.LT.officer": 1350})
except BadInput as error:
    print(error)

# %% [markdown]
# ## 4. Compare it, and take the results with you

# %%
officers = compare("history_2021", str(mine), replicates=REPLICATES, set=SUMMER, out="results")
row = officers.row("response_time_h", "LT")
interval = f"95 % interval of the mean {row['low']:.2f} to {row['high']:.2f}"
print(f"response time: {row['difference']:+.2f} h ({interval})")
officers.plot_differences().figure.savefig("officers.png")

# %% [markdown]
# The run folder has tables, pictures, and beside each picture a CSV file of what it shows. Two commands add
# to it: GeoJSON for a map of your own, and the weeks as a moving picture.

# %%
for command in ("export", "animate"):
    subprocess.run([sys.executable, "-m", "bordersim.cli", command, str(officers.folder)], check=True)
print(sorted(path.name for path in (Path(str(officers.folder)) / "maps").iterdir()))

# %% [markdown]
# ## 5. Write down what you expect, as a test
#
# A claim about a policy is worth more when it can fail. `assert_effect` pairs the replicates and runs a
# one-sided t-test; pytest finds the function below in a file whose name begins with `test_`. More:
# `docs/testing-your-scenario.md`.


# %%
def test_more_officers_are_sooner_there() -> None:
    """Half as many officers again shorten the time until a patrol arrives."""
    usual = run("history_2021", replicates=REPLICATES, set=SUMMER)
    more = run(str(mine), replicates=REPLICATES, set=SUMMER)
    assert_effect(usual, more, "response_time_h", "lower", country="LT")


test_more_officers_are_sooner_there()

# %% [markdown]
# And one that fails, to see that it can: officers do not change who comes to the border at all.

# %%
try:
    assert_effect(officers.reference, officers.scenarios[0], "people_arrived", "higher")
except AssertionError as error:
    print(error)

# %% [markdown]
# ## Where to go on
#
# `docs/limits.md` says what the model cannot answer, `docs/validation.md` how close it comes to the record,
# `docs/given-what-happened.md` how histories are found. `bordersim sweep` and `bordersim sensitivity` show
# how much an answer depends on values that are assumed.
