from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, overload

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

@overload
def register_jitable(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]: ...
@overload
def register_jitable(
    **options: Any,
) -> Callable[[Callable[_Arguments, _Result]], Callable[_Arguments, _Result]]: ...

NativeValue: Any
models: Any
register_model: Any
typeof_impl: Any
unbox: Any
