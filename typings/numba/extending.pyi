import typing
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

@typing.overload
def register_jitable(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]: ...
@typing.overload
def register_jitable(
    **options: Any,
) -> Callable[[Callable[_Arguments, _Result]], Callable[_Arguments, _Result]]: ...

NativeValue: Any
intrinsic: Any
models: Any
overload: Any
register_model: Any
typeof_impl: Any
unbox: Any
