"""A rule kept as an intermediate form: no machine code of its own, only that of the caller it is part of.

This relies on numba's internals, so it is imported for the version it was tried with and no other.
"""

from __future__ import annotations

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager
from numba.core.typed_passes import InlineOverloads, NopythonRewrites
from numba.core.untyped_passes import InlineClosureLikes, InlineInlinables, LiteralUnroll, WithLifting

# Steps for closures, `with`, arithmetic of whole arrays and the like, of which rules have none.
NOT_FOR_RULES = (
    *(InlineClosureLikes, InlineInlinables, InlineOverloads, LiteralUnroll, NopythonRewrites, WithLifting),
)


class IntermediateForm(JITCodeLibrary):
    """The code of one function, to be linked into that of its callers and never run by itself."""

    def _optimize_functions(self, module: Any) -> None:
        """Optimise the one function defined here; others are only declared."""
        module.data_layout = self._codegen._data_layout
        passes, builder = self._codegen._function_pass_manager()
        for function in module.functions:
            if not function.is_declaration:
                passes.run(function, builder)

    def _optimize_final_module(self) -> None:
        """Do nothing: the caller's code does it."""

    def _finalize_final_module(self) -> None:
        """Make no machine code."""
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Return no address: there is nothing to jump to."""
        return 0

    @property
    def codegen(self) -> IntermediateForm:
        """Stand in for the compiler where it would note an environment for Python."""
        return self

    def set_env(self, name: str, env: Any) -> None:
        """Note nothing: code that Python never calls needs no environment."""


class Intermediate(CompilerBase):
    """numba's own steps, ending in the intermediate form."""

    def define_pipelines(self) -> list[Any]:
        """Return the usual steps but those for what no rule has, and set where their outcome is kept."""
        state, steps = self.state, PassManager("rule")
        state.library = IntermediateForm(state.targetctx.codegen(), state.func_id.func_qualname)
        usual = DefaultPassBuilder.define_nopython_pipeline(state)
        steps.passes = [step for step in usual.passes if step[0] not in NOT_FOR_RULES]
        steps.finalize()
        return [steps]
