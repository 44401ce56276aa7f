"""What pages read: the tables of a study, held so that a page has its rows within milliseconds, and the search."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from inchorus.evidence.loaded import LEFT, Loaded
from inchorus.study import Study

if TYPE_CHECKING:
    from inchorus.check.in_meaning import InMeaning
    from inchorus.match.meaning.model import Model
    from inchorus.search.search import Search


class Reader(Loaded):
    """A loaded study with the search over it; `kept` is the collection that keeps the pages of its documents.

    `model` is a model of meaning, for texts that are checked and searched for.
    """

    def __init__(
        self, study: Study, left: Collection[str] = LEFT, kept: Path | None = None, model: Model | None = None
    ) -> None:
        self.kept, self._model = kept, model
        self._meaning: InMeaning | None = None
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

    @property
    def has_model(self) -> bool:
        """Whether texts can be looked up by meaning."""
        return self._model is not None

    def meaning(self) -> InMeaning | None:
        """What looks texts up by meaning; None without a model, and as long as the documents are being indexed."""
        documents = self.search().documents
        if self._model is None or documents is None:
            return None
        with self._lock:
            if self._meaning is None:
                from inchorus.check.in_meaning import InMeaning  # kernels, which most readers do without

                self._meaning = InMeaning(self._model, *documents, max(1, (os.cpu_count() or 2) - 1))
            return self._meaning

    def close(self) -> None:
        """Stop building the index, and let go of the tables."""
        with self._lock:
            if self._search is not None:
                self._search.close()
        super().close()
