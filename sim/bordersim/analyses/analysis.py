"""The analysis requested of the draws, as plain data kept in the manifest, so that `resume` repeats it."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bordersim.analyses.attribution_report import write_attribution
from bordersim.analyses.calibration import CALIBRATION, write_calibration
from bordersim.analyses.exercise import Exercise
from bordersim.analyses.flips import flips_of
from bordersim.analyses.prediction import PREDICTION, write_prediction
from bordersim.analyses.sensitivity import Question
from bordersim.analyses.sensitivity_report import write_sensitivity
from bordersim.analyses.sweep_report import write_sweep
from bordersim.errors import BadInput
from bordersim.report.files import draw
from bordersim.report.headlines import HEADLINES
from bordersim.results.by_draw import Answers, Wanted, wanted_figures
from bordersim.results.kept import ATTRIBUTION
from bordersim.results.store.manifest import refuse
from bordersim.words.escaping import item, markdown

if TYPE_CHECKING:
    from bordersim.experiments.settings import Settings
    from bordersim.report.scorecard_files import Drawing
    from bordersim.results.experiment import Experiment
    from bordersim.results.store.folder import RunFolder

SWEEP, SENSITIVITY = "sweep", "sensitivity"


def sweep_of(design: str, metrics: Sequence[str], notes: Sequence[str]) -> dict[str, Any]:
    """Return a sweep's request as plain data."""
    return {"kind": SWEEP, "design": design, "metrics": list(metrics), "notes": list(notes)}


def sensitivity_of(question: Question, metrics: Sequence[str], notes: Sequence[str]) -> dict[str, Any]:
    """Return a sensitivity analysis's request as plain data."""
    asked = {"kind": SENSITIVITY, "question": question.plain()}
    return {**asked, "metrics": list(metrics), "notes": list(notes)}


def calibration_of(exercise: Exercise, kind: str) -> dict[str, Any]:
    """Return the request of a calibration, or of the prediction from it, as plain data."""
    return {"kind": kind, "exercise": exercise.plain(), "metrics": [], "notes": []}


class _Asked(BaseModel):
    """Fields that all analyses have."""

    model_config = ConfigDict(strict=True, extra="forbid")
    metrics: list[str]
    notes: list[str]


class _Sweep(_Asked):
    kind: Literal["sweep"]
    design: str


class _Attribution(_Asked):
    kind: Literal["attribution"]
    changes: list[str]


class _Sensitivity(_Asked):
    kind: Literal["sensitivity"]
    question: Question

    def draws(self) -> int:
        """Return how many draws it needs."""
        return self.question.draw_count


class _Calibration(_Asked):
    kind: Literal["calibration", "prediction"]
    exercise: Exercise

    def draws(self) -> int:
        """Return how many draws it needs."""
        return self.exercise.draws if self.kind == CALIBRATION else self.exercise.kept


def refuse_unanswerable(asked: Mapping[str, Any] | None, draws: int, where: str) -> None:
    """Refuse an invalid analysis in a manifest before anything runs.

    Raises
    ------
    BadInput
        With the first field that is wrong, or does not match the number of draws.
    """
    if asked is None:
        return
    kinds: TypeAdapter[Any] = TypeAdapter(
        Annotated[_Sweep | _Attribution | _Sensitivity | _Calibration, Field(discriminator="kind")]
    )
    try:
        found = kinds.validate_json(json.dumps(asked), strict=True)
        wanted_figures(found.metrics)
    except ValidationError as error:
        refuse(error, where)
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from None
    if not isinstance(found, (_Sweep, _Attribution)) and found.draws() != draws:
        raise BadInput(f"{where}: needs {found.draws()} draws, the run has {draws}")


def analyse(folder: RunFolder, experiment: Experiment, settings: Settings) -> str:
    """Write the analysis of the draws and return its summary, empty if none was requested.

    The draws are already simulated and must not be lost with a table: errors are logged.
    """
    asked = settings.analysis
    if not asked:
        return ""
    try:
        drawing = partial(draw, folder, experiment) if "plots" in settings.pictures else None
        return _answered(folder, experiment, asked, drawing)
    except Exception as error:
        experiment.failures.append(f"{asked['kind']}: {error!r}")
        folder.log("failed: " + "".join(traceback.format_exception(error)))
        return markdown(f"The {asked['kind']} could not be worked out: {error!r}")


def _answered(
    folder: RunFolder, experiment: Experiment, asked: Mapping[str, Any], drawing: Drawing | None
) -> str:
    """Write the tables and pictures of an analysis."""
    if asked["kind"] == CALIBRATION:
        return "\n".join(map(item, write_calibration(folder.path, experiment, asked["exercise"])))
    if asked["kind"] == PREDICTION:
        return write_prediction(folder.path, experiment, asked["exercise"], drawing)
    if asked["kind"] == ATTRIBUTION:
        return write_attribution(folder.path, experiment, asked, drawing)
    main = wanted_figures(asked["metrics"])
    if asked["kind"] == SWEEP:
        answers = Answers.of(experiment, list(dict.fromkeys([*main, *_headlines()])))
        parts = write_sweep(folder.path, answers, main, asked["design"], drawing)
    else:
        answers = Answers.of(experiment, main)
        parts = write_sensitivity(folder.path, answers, Question.of_plain(asked["question"]), drawing)
    notes = "\n".join(item(f"note: {note}") for note in asked["notes"])
    return "\n\n".join(filter(None, [parts[0], notes, flips_text(answers, main, item), *parts[1:]]))


def flips_text(
    answers: Answers, main: Sequence[Wanted], written: Callable[[str], str] = "- {}".format
) -> str:
    """Return for each main figure whether the ranking of the scenarios reverses in any draw, and where."""
    sentences = [written(flip.sentence) for flip in flips_of(answers, main)]
    return "\n".join(["Does the ranking reverse?", "", *sentences]) if sentences else ""


def _headlines() -> list[Wanted]:
    """Return the figures that tables show."""
    lists = (pair for ledger in HEADLINES.values() for pair in ledger)
    return [Wanted(metric, country) for metric, countries in lists for country in countries]
