# Compiling changes no signature: numba's own types hide those of the functions under its decorators.
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, overload

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

config: Any
__version__: str

@overload
def njit(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]: ...
@overload
def njit(
    *,
    cache: bool = ...,
    nogil: bool = ...,
    forceinline: bool = ...,
    no_cfunc_wrapper: bool = ...,
    _nrt: bool = ...,
) -> Callable[[Callable[_Arguments, _Result]], Callable[_Arguments, _Result]]: ...
