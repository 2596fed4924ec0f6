"""How the world and the state are passed to compiled functions: each as one pointer.

Both are tuples of arrays, some thirty together. Handed over by value, as numba does it, every call of every
function would carry hundreds of arguments, and compiling them would take longer than most runs. Here a tuple
is unpacked once, where compiled code begins, and from there on only its place is passed on.
"""

from __future__ import annotations

import hashlib
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.imputils import impl_ret_borrowed, lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import NativeValue, models, register_model, typeof_impl, unbox

from bordersim.model.compiling import kept  # noqa: F401 - says where compiled code is kept

NAME_CHARACTERS = 12


class Handed(types.Type):
    """The type of a tuple of arrays passed by address."""

    def __init__(self, tuple_type: Any) -> None:
        self.tuple_type = tuple_type
        layout = hashlib.sha256(tuple_type.name.encode()).hexdigest()[:NAME_CHARACTERS]
        super().__init__(name=f"Handed({tuple_type.instance_class.__name__}, {layout})")


@register_model(Handed)
class HandedModel(models.PrimitiveModel):
    """In machine code: a pointer to the arrays' descriptions."""

    def __init__(self, dmm: Any, fe_type: Handed) -> None:
        super().__init__(dmm, fe_type, dmm.lookup(fe_type.tuple_type).get_value_type().as_pointer())


@infer_getattr
class HandedFields(AttributeTemplate):
    """A field has the type it has in the tuple."""

    key = Handed

    def generic_resolve(self, typ: Handed, attr: str) -> types.Type | None:
        """Return the type of a field."""
        fields = typ.tuple_type.fields
        return typ.tuple_type.types[fields.index(attr)] if attr in fields else None


@lower_getattr_generic(Handed)
def field_of(context: Any, builder: Any, typ: Handed, value: Any, attr: str) -> Any:
    """Load one array's description from its address."""
    index = typ.tuple_type.fields.index(attr)
    field = builder.load(cgutils.gep_inbounds(builder, value, 0, index))
    # Nothing is written to a description once it has been handed over: it need be read but once.
    field.set_metadata("invariant.load", builder.module.add_metadata([]))
    return impl_ret_borrowed(context, builder, typ.tuple_type.types[index], field)


def hidden(builder: Any, place: Any) -> Any:
    """Return the same address in a form that no optimiser reads before it has been filled."""
    same = ir.FunctionType(place.type, [place.type])
    return builder.asm(same, "", "=r,0,~{memory}", [place], side_effect=True)


@unbox(Handed)
def unpack(typ: Handed, obj: Any, c: Any) -> NativeValue:
    """Unpack the tuple once and return its address, valid until compiled code has returned."""
    unpacked = c.unbox(typ.tuple_type, obj)
    place = hidden(c.builder, cgutils.alloca_once_value(c.builder, unpacked.value))

    def let_go() -> None:
        """Release the references that unpacking took, or no array would ever be freed."""
        if unpacked.cleanup is not None:
            unpacked.cleanup()
        if c.context.enable_nrt:
            c.context.nrt.decref(c.builder, typ.tuple_type, c.builder.load(place))

    return NativeValue(place, is_error=unpacked.is_error, cleanup=let_go)


def hand_over(*kinds: type) -> None:
    """Register this type for tuples of these kinds wherever compiled code is called."""
    for kind in kinds:
        typeof_impl.register(kind)(_typeof_handed)


def _typeof_handed(value: Any, c: Any) -> Handed:
    """Return the type of a tuple passed to compiled code."""
    fields = tuple(typeof_impl(field, c) for field in value)
    return Handed(types.NamedTuple(fields, type(value)))
