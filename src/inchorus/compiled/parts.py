"""What kernels call is a part of them: linked into each as it is, and neither optimised nor made machine code alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from llvmlite import binding
from numba.core import codegen

_Library: Any = codegen.JITCodeLibrary


class Machine(_Library):  # type: ignore[misc]
    """A kernel with its parts, optimised once and together."""

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout


class Part(_Library):  # type: ignore[misc]
    """What is linked into a kernel: its code as it was lowered, and that of what it calls itself."""

    _shared_module: Any

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout

    def finalize(self) -> None:
        """Link what it calls."""
        for library in dict.fromkeys(self._linking_libraries):
            for begun in getattr(library, "_reload_init", ()):  # which Numba before 0.63 does not know
                self._reload_init.add(begun)
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)
        # The functions that it names are objects in the memory of this process, which nothing uses.
        unused = binding.create_new_module_pass_manager()
        unused.add_dead_code_elimination_pass()
        unused.add_global_dead_code_eliminate_pass()
        unused.run(self._final_module, self._codegen._pass_builder())
        self._finalize_dynamic_globals()
        self._finalized = True

    def _get_module_for_linking(self) -> Any:
        """Its code, of which a kernel may be given several copies and keeps one."""
        self._ensure_finalized()
        if self._shared_module is None:
            for function in self._final_module.functions:
                if not function.is_declaration and function.linkage == binding.Linkage.external:
                    function.linkage = "linkonce_odr"
            self._shared_module = self._final_module
        return self._shared_module

    def get_pointer_to_function(self, name: str) -> int:
        """No address: nobody calls it but by having it as a part."""
        self._ensure_finalized()
        return 0

    def serialize_using_object_code(self) -> tuple[str, str, bytes]:
        """What is kept of it, for kernels that other processes compile."""
        return self.name, "part", self._get_module_for_linking().as_bitcode()

    @classmethod
    def _unserialize(cls, codegen: Any, state: tuple[str, str, bytes]) -> Any:
        name, _, bitcode = state
        self = cls(codegen, name)
        self._final_module = binding.parse_bitcode(bitcode)
        self._finalized = True
        return self


@contextmanager
def parts_of(whole: Any) -> Iterator[None]:
    """What is compiled and loaded for this code generator meanwhile is parts. One thread compiles at a time."""
    before = whole._library_class
    whole._library_class, whole.set_env = Part, partial(_set_if_there, whole)
    try:
        yield
    finally:
        whole._library_class = before
        del whole.set_env


def _set_if_there(whole: Any, name: str, environment: Any) -> None:
    """Numba keeps the address of an object in a place of the machine code, which a part does not have."""
    if whole._engine.is_symbol_defined(name):
        type(whole).set_env(whole, name, environment)
