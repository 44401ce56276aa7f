"""What pages read: the tables of a study, held so that a page has its rows within milliseconds, and the search."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from inchorus.evidence.loaded import LEFT, Loaded
from inchorus.study import Study

if TYPE_CHECKING:
    from inchorus.search.search import Search


class Reader(Loaded):
    """A loaded study with the search over it; `kept` is the collection that keeps the pages of its documents."""

    def __init__(self, study: Study, left: Collection[str] = LEFT, kept: Path | None = None) -> None:
        self.kept = kept
        self._lock = Lock()
        self._search: Search | None = None
        super().__init__(study, left)

    def search(self) -> Search:
        """The search over this study; a thread begins to build its index when this is first asked for."""
        with self._lock:
            if self._search is None:
                from inchorus.search.search import Search  # takes a while, and not every use of a reader searches

                self._search = Search(self.study)
                self._search.start()
            return self._search

    def close(self) -> None:
        """Stop building the index, and let go of the tables."""
        with self._lock:
            if self._search is not None:
                self._search.close()
        super().close()
