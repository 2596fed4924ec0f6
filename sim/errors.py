"""The one error a user can cause: wrong input, said in one line."""

from __future__ import annotations


class BadInput(Exception):  # noqa: N818 - it is the input that is bad, the program is fine
    """Wrong input, told in one line: where (file and line), which key, what is allowed."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))
