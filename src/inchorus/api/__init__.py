"""The same from Python as from the command line: `find` documents, `open` a study, and what can be done with one.

Every function and method is thin: it takes the options of a command, with underscores, and hands them to what does the
work. What that imports is heavy, and is imported when it is first needed (see `docs/architecture.md`).
"""

from __future__ import annotations

from inchorus.api.collecting import collect
from inchorus.api.finding import find
from inchorus.api.reading import look, read_documents
from inchorus.api.study import Study, open

__all__ = ["Study", "collect", "find", "look", "open", "read_documents"]
