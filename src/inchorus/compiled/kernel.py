"""One way to compile a function: to machine code that runs without the interpreter lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from inchorus.compiled.compiler import OfKernel, OfPart
from inchorus.compiled.store import Store, uncollected

P = ParamSpec("P")
R = TypeVar("R")

U8 = NDArray[np.uint8]
U16 = NDArray[np.uint16]
U32 = NDArray[np.uint32]
U64 = NDArray[np.uint64]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
BOOL = NDArray[np.bool_]


# Nobody calls kernels by their address, and the code for it takes as long to make as a small one; nor does Python call
# what only kernels call.
_OPTIONS: Any = {"nogil": True, "no_cfunc_wrapper": True, "pipeline_class": OfKernel}
_OF_PART: Any = {**_OPTIONS, "no_cpython_wrapper": True, "pipeline_class": OfPart}


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile with Numba when it is first called, kept on disk where that can be, the interpreter lock released.

    Kernels are sequential: the same input gives the same bits. Threads come from `engine.executor`,
    over parts that do not depend on how many threads there are.
    """
    made: Any = numba.njit(**_OPTIONS)(function)
    made._cache = Store(function)
    made._compiler.compile = uncollected()(made._compiler.compile)
    # Where another kernel calls it, and Python does not.
    part: Any = numba.njit(**_OF_PART)(function)
    part._cache = Store(function, part=True)
    made.get_call_template, made.get_overload = part.get_call_template, part.get_overload
    made._compiling_counter = part._compiling_counter  # by which Numba tells what calls itself
    return cast("Callable[P, R]", made)


def inline(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a small function that kernels call in their inner loop."""
    return kernel(function)
