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

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inchorus.api import find, open, version
    from inchorus.errors import InchorusError, InputError, StudyError, UsageError, Where
    from inchorus.study import Study

    __version__ = version()

__all__ = ["InchorusError", "InputError", "Study", "StudyError", "UsageError", "Where", "__version__", "find", "open"]

# Imported when first asked for, so that `import inchorus` and the command's help are quick.
_HOME = {
    "find": "inchorus.api",
    "open": "inchorus.api",
    "Study": "inchorus.study",
    **dict.fromkeys(("InchorusError", "InputError", "StudyError", "UsageError", "Where"), "inchorus.errors"),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("inchorus.api").version()
    if name not in _HOME:
        raise AttributeError(f"module 'inchorus' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
