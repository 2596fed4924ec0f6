"""Which values a question is answered with, as a user names them."""

from __future__ import annotations

FIXED = "fixed"  # one value for each parameter
GIVEN = "given"  # histories that come with the package and agree with the published record
