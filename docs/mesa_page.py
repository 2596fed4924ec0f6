"""A page in the browser with Mesa: `pip install 'bordersim[viz]'`, then `solara run docs/mesa_page.py`."""

from __future__ import annotations

import numpy as np
import solara
from matplotlib.figure import Figure
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter

from bordersim.model.mesa_model import BorderModel

LAST_DAY = "2021-09-30"


class Page2021(BorderModel):
    """The year 2021 with one value that a slider moves."""

    def __init__(self, officers: int = 1100, replicate: int = 0, seed: int | None = None) -> None:
        values = {"guards.LT.officers": officers, "period.end": LAST_DAY}
        super().__init__("history_2021", replicate=replicate, set=values, seed=seed)


@solara.component
def border_map(model: BorderModel) -> None:
    """Draw the borders with the attempts at each segment so far."""
    update_counter.get()  # drawn anew after each step
    figure = Figure(figsize=(5, 4.4), layout="constrained")
    axes = figure.subplots()
    lons, lats = np.array([segment.position for segment in model.segments]).T
    attempts = np.array([segment.attempts for segment in model.segments])
    axes.scatter(lons, lats, s=2 + attempts, c=attempts, cmap="viridis")
    axes.set_title(f"{model.last_day}: {attempts.sum():,} attempts, {len(model.groups):,} groups have come")
    axes.set_aspect(1 / np.cos(np.radians(lats.mean())))
    axes.set_xlabel("longitude")
    axes.set_ylabel("latitude")
    solara.FigureMatplotlib(figure)


page = SolaraViz(
    Page2021(),
    components=[
        border_map,
        make_plot_component(["attempts_LT", "attempts_LV", "attempts_PL"]),
        make_plot_component(["people_border_zone", "people_captive", "people_in_procedure"]),
    ],
    model_params={
        "officers": {
            "type": "SliderInt",
            "value": 1100,
            "label": "Lithuanian officers",
            "min": 600,
            "max": 1800,
            "step": 100,
        },
        "replicate": {"type": "SliderInt", "value": 0, "label": "replicate", "min": 0, "max": 99, "step": 1},
    },
    name="bordersim: 2021, synthetic people",
)
