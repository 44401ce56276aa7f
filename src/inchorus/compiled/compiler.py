"""How Numba is made to compile kernels: with their parts, and without the steps and searches that they do not need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from numba.core import compiler, types

from inchorus.compiled.parts import Machine, parts_of

_Compiler: Any = compiler.Compiler
_Flags: Any = compiler.Flags

# Steps for what no kernel has: closures, errors that are raised, arithmetic of whole arrays, branches by type.
NEEDLESS = frozenset(
    {
        "WithLifting",
        "InlineClosureLikes",
        "RewriteSemanticConstants",
        "DeadBranchPrune",
        "GenericRewrites",
        "RewriteDynamicRaises",
        "MakeFunctionToJitFunction",
        "InlineInlinables",
        "FindLiterallyCalls",
        "LiteralUnroll",
        "LiteralPropagationSubPipelinePass",
        "InlineOverloads",
        "NopythonRewrites",
        "NoPythonSupportedFeatureValidation",
        "AnnotateTypes",
        "DumpParforDiagnostics",
    }
)
_HASH = hash(_Flags())
_known: dict[tuple[Any, tuple[Any, ...]], Any] = {}  # what a function of Numba's gives for arguments of these types


class _Options(_Flags):  # type: ignore[misc]
    """Options of Numba that are told to be the same without computing each; they are asked at every operator."""

    def __hash__(self) -> int:
        return _HASH

    def __eq__(self, other: object) -> bool:
        return (isinstance(other, _Options) and self._values == other._values) or bool(super().__eq__(other))


class OfPart(_Compiler):  # type: ignore[misc]
    """Compiles what a kernel calls."""

    def __init__(self, *given: Any) -> None:
        *others, flags, given_types = given
        super().__init__(*others, _Options(flags), given_types)

    def define_pipelines(self) -> Any:
        """The steps of Numba that kernels need."""
        made = super().define_pipelines()
        for steps in made:
            steps.passes = [step for step in steps.passes if step[0].__name__ not in NEEDLESS]
        return made


class OfKernel(OfPart):
    """Compiles a kernel with all that it calls."""

    def compile_extra(self, func: Callable[..., Any]) -> Any:
        """The result of Numba for `func`."""
        whole = self.state.targetctx.codegen()
        library = Machine(whole, func.__qualname__)
        library.enable_object_caching()
        self.state.library = library
        with parts_of(whole), _remembered(self.state.typingctx):
            made = super().compile_extra(func)
        for environment in made._find_referenced_environments():  # of parts, which have their places now
            whole.set_env(environment.env_name, environment)
        return made


@contextmanager
def _remembered(typing: Any) -> Iterator[None]:
    """What operators and functions of Numba's give is remembered: it looks through dozens of forms at each use."""
    look = typing.resolve_function_type

    def resolve(function: Any, args: Any, named: Any) -> Any:
        if named or type(function) is not types.Function:
            return look(function, args, named)
        key = function, tuple(args)
        if key not in _known:
            found = look(function, args, named)
            if found is None:
                return None
            _known[key] = found
        return _known[key]

    typing.resolve_function_type = resolve
    try:
        yield
    finally:
        del typing.resolve_function_type
