"""`bordersim schema`: the JSON schema of scenario files."""

from __future__ import annotations

from bordersim.cli.options import FINE, with_exit_codes
from bordersim.cli.screen import hand_out


@with_exit_codes
def schema() -> int:
    """Print the JSON schema of scenario files. With it an editor completes keys and marks mistakes."""
    hand_out(schema_text())
    return FINE


def schema_text() -> str:
    """Return the schema as it is kept in a file."""
    import json

    from bordersim.cli.json_schema import json_schema

    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
