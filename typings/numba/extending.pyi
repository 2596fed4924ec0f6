from collections.abc import Callable
from typing import ParamSpec, TypeVar

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

def register_jitable(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]: ...
