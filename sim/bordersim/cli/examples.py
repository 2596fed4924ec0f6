"""Examples that help shows below each command; a test types them all."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "run": (
        "bordersim run history_2021",
        "bordersim run history_2021 --set guards.LT.officers=900 --no-plots",
        "bordersim run history_2023 --from 2023-09-01 --to 2023-09-30 --brief",
    ),
    "compare": (
        "bordersim compare no_turn_back_2021 history_2021",
        "bordersim compare no_loan_2023 loan_2023 --brief \\\n      --from 2023-09-04 --to 2023-09-17",
        "bordersim compare history_2021 early_fence_2021 --values fixed",
    ),
    "sweep": (
        "bordersim sweep history_2021 --vary guards.LT.officers=600:1800:400",
        "bordersim sweep history_2021 double_staffing_2021 --vary cross.clear_h",
    ),
    "sensitivity": (
        "bordersim sensitivity history_2021 --samples 4 --metric attempts:LT",
        "bordersim sensitivity no_turn_back_2021 history_2021 --dry-run",
    ),
    "map": ("bordersim map history_2021",),
    "animate": ("bordersim animate latest", "bordersim animate latest --format gif"),
    "export": ("bordersim export latest",),
    "resume": ("bordersim resume latest",),
    "expand": ("bordersim expand latest --replicates 400",),
    "reproduce": ("bordersim reproduce latest --sample 2",),
    "value": (
        "bordersim value latest --set cost.LT.reception_eur_per_day=40",
        "bordersim value latest --set law.LT.force_probability=0.05 --no-plots",
    ),
    "summary": (
        "bordersim summary latest",
        "bordersim summary latest --from 2021-08-01 --to 2021-08-31",
        "bordersim summary latest --brief",
    ),
    "report": ("bordersim report latest", "bordersim report latest --from 2021-08-01 --to 2021-08-31"),
    "validate": ("bordersim validate history_2021", "bordersim validate latest"),
    "calibrate": ("bordersim calibrate year_2022 --dry-run",),
    "assimilate": ("bordersim assimilate given_2021 --dry-run",),
    "forecast": ("bordersim forecast given_2021 --from 2021-10-01 --months 3",),
    "check": ("bordersim check history_2021",),
    "show": ("bordersim show no_loan_2023", "bordersim show history_2021 --resolved --origin"),
    "scenarios": ("bordersim scenarios",),
    "explain": (
        "bordersim explain guards.LT.officers",
        "bordersim explain unscreened_returns",
        "bordersim explain pushback",
    ),
    "story": ("bordersim story no_turn_back_2021 history_2021",),
    "evidence": ("bordersim evidence history_2021 --exercise given_2021 --dry-run",),
    "new": ("bordersim new more_guards --about policy.LT,guards.LT",),
    "schema": ("bordersim schema",),
    "metrics": ("bordersim metrics", "bordersim metrics returns"),
    "runs": ("bordersim runs", "bordersim runs results --json"),
    "app": ("bordersim app", "bordersim app history_2023 --port 8800 --no-open"),
    "bench": ("bordersim bench",),
}


def epilog(command: str) -> str | None:
    """Return the examples as help prints them, which does not wrap them."""
    lines = EXAMPLES.get(command)
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)]) if lines else None
