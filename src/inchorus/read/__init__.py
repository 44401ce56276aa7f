"""Input files to documents: read, checked, and in one canonical order."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inchorus.read.documents import Documents, read_documents
    from inchorus.read.options import ReadOptions
    from inchorus.read.reading import InputFile

__all__ = ["Documents", "InputFile", "ReadOptions", "read_documents"]


def __getattr__(name: str) -> Any:
    # Imported when first asked for: options and paths are checked without what reads files.
    if name not in __all__:
        raise AttributeError(f"module 'inchorus.read' has no attribute {name!r}")
    return getattr(import_module(f"inchorus.read.{'options' if name == 'ReadOptions' else 'documents'}"), name)
