"""Finds the wording that travels between sources, says who was first, and shows the evidence.

>>> import inchorus
>>> line = "we will rebuild the old bridge before the first snow falls this winter"
>>> study = inchorus.find([
...     {"source": "Herald", "time": "2024-05-01", "text": f"The mayor said: {line}."},
...     {"source": "Courier", "time": "2024-05-03", "text": f"Asked on Friday, she repeated it. {line.capitalize()}."},
...     {"source": "Gazette", "time": "2024-05-04", "text": f"A promise to keep, {line.replace('old', 'stone')}!"},
...     {"source": "Gazette", "time": "2024-05-05", "text": "The library opens on Sundays again."},
... ])
>>> study.talking_points.arrow().select(["words", "n_sources", "first_sources"]).to_pylist()
[{'words': 13, 'n_sources': 3, 'first_sources': ['Herald']}]
>>> study.passages.arrow()["source"].to_pylist()
['Herald', 'Courier', 'Gazette']
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it; what `typing` has would be among the names of the package
if TYPE_CHECKING:
    from typing import Any

    from inchorus.api import Study, collect, find, look, open, read_documents
    from inchorus.errors import InchorusError, InputError, StudyError, UsageError, Where

    __version__: str

__all__ = [
    "InchorusError",
    "InputError",
    "Study",
    "StudyError",
    "UsageError",
    "Where",
    "__version__",
    "collect",
    "find",
    "look",
    "open",
    "read_documents",
]

_OF_API = {"Study", "collect", "find", "look", "open", "read_documents"}


def __getattr__(name: str) -> Any:
    """A public name, imported when first asked for, so that `import inchorus` and the command's help are quick."""
    import importlib

    if name == "__version__":
        return importlib.import_module("importlib.metadata").version("inchorus")
    if name not in __all__:
        raise AttributeError(f"module 'inchorus' has no attribute {name!r}")
    home = "inchorus.api" if name in _OF_API else "inchorus.errors"
    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
