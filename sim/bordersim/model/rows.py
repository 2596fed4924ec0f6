"""Rows of records: a class for each kind of entity, whose annotations are its fields, in order.

mypy reads the class and names a misspelt field; numpy and numba get the same fields as a structured array
whose rows are read as ``row.field``, with the same bits compiled and uncompiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, TypeAlias, TypeVar, cast, get_type_hints

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import overload

    from numpy.typing import NDArray


U8: TypeAlias = Annotated[int, np.uint8]
U32: TypeAlias = Annotated[int, np.uint32]
I16: TypeAlias = Annotated[int, np.int16]
I32: TypeAlias = Annotated[int, np.int32]
I64: TypeAlias = Annotated[int, np.int64]
F64: TypeAlias = Annotated[float, np.float64]
Flag: TypeAlias = Annotated[int, np.uint8]  # 0 or 1
Truth: TypeAlias = Annotated[bool, np.bool_]
Key: TypeAlias = Annotated[np.uint64, np.uint64]  # identity in the draws

R = TypeVar("R")
A = TypeVar("A", bound="Record")


class Record:
    """One row; a subclass declares the fields."""

    dtype: ClassVar[np.dtype[Any]]

    def __init_subclass__(cls) -> None:
        """Lay out the fields one after another."""
        hints = get_type_hints(cls, include_extras=True)
        fields = [(name, hints[name].__metadata__[0]) for name in cls.__annotations__]
        cls.dtype = np.dtype((np.record, np.dtype(fields, align=True)))


if TYPE_CHECKING:

    class Rows(Generic[R]):
        """Rows of one kind of record: ``rows[i].field``, or a whole column as ``rows["field"]``."""

        shape: tuple[int, ...]
        flags: Any
        dtype: np.dtype[Any]

        def __len__(self) -> int: ...
        def __iter__(self) -> Iterator[R]: ...
        def __setitem__(self, index: Any, value: Any) -> None: ...
        @overload
        def __getitem__(self, index: str) -> Any: ...
        @overload
        def __getitem__(self, index: int | tuple[int, int]) -> R: ...
        @overload
        def __getitem__(self, index: NDArray[Any]) -> Rows[R]: ...
        def __getitem__(self, index: Any) -> Any: ...


def empty(kind: type[A], shape: int | tuple[int, ...]) -> Rows[A]:
    """Return rows of zeros."""
    return cast("Rows[A]", np.zeros(shape, kind.dtype).view(np.recarray))


def filled(kind: type[A], columns: Mapping[str, object], shape: tuple[int, ...]) -> Rows[A]:
    """Return rows from columns that have that shape or are single values; all fields must be given.

    Raises
    ------
    KeyError
        If a field is missing or there is no such field.
    """
    rows = empty(kind, shape)
    if unlike := set(rows.dtype.names or ()) ^ set(columns):
        raise KeyError(f"{kind.__name__}: {sorted(unlike)}")
    for name, column in columns.items():
        rows[name] = column
    return rows
