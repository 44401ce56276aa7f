"""A text of one's own against a study: whose its sentences are, to the letter or nearly, and who had each first."""

from __future__ import annotations

from collections import Counter
from typing import Any

from inchorus.check.draft import drafted
from inchorus.check.in_meaning import InMeaning
from inchorus.check.meant import MEANING, mark, notes_on
from inchorus.check.runs import places_of, runs_of
from inchorus.check.told import CLASSES, LIMIT, Teller
from inchorus.check.verdict import Published, plain_weights, verdicts
from inchorus.check.windows import aligned
from inchorus.errors import InputError, UsageError
from inchorus.evidence.asking import Query, asking, check_sources
from inchorus.match.meaning.model import Model
from inchorus.options import FindOptions
from inchorus.progress import Progress
from inchorus.search.answer import Shelf
from inchorus.search.facts import Facts
from inchorus.search.search import index_documents
from inchorus.study import Study
from inchorus.words.corpus import spans

LONGEST = 2_000_000  # code points of a text: a long bill has a million


def opened(study: Study, threads: int, progress: Progress, model: Model | None = None) -> Checker:
    """A checker for a study, whose documents are indexed first; with a model it looks for what is near in meaning."""
    rows = int(study.manifest["tables"]["documents"]["rows"])
    with progress.stage("index documents", rows, "documents") as advance:
        facts, shelf = index_documents(study, threads, advance)
    meaning = None
    if model is not None:
        with progress.stage("meanings", None, "sentences"):
            meaning = InMeaning(model, facts, shelf, threads)
            meaning.by_chance()
    return Checker(study, facts, shelf, asking(study), meaning)


class Checker:
    """Checks texts against one study, whose index it holds; threads may use it at the same time."""

    def __init__(self, study: Study, facts: Facts, shelf: Shelf, ask: Query, meaning: InMeaning | None = None) -> None:
        options = study.manifest.get("options", {})
        self._min_words = int(options.get("min_words") or FindOptions.min_words)
        self._facts, self._shelf, self._ask, self._meaning = facts, shelf, ask, meaning
        self._published = Published(facts.source, *spans(facts.documents))

    def check(self, text: str, source: str | None = None, limit: int = LIMIT) -> dict[str, Any]:
        """What is to be said of each sentence of a text, with at most `limit` documents each, 0 for all.

        What `source` has published counts as the text's own. docs/check.md says what the answer holds. InputError for
        a text that is too long or has no word, UsageError for a source that there is not.
        """
        own = -1
        if source is not None:
            check_sources(self._ask, [source])
            own = self._facts.sources.index(source)
        if limit < 0:
            raise UsageError(f"limit is {limit}", fix="give 0 or more")
        if len(text) > LONGEST:
            raise InputError(
                f"the text has {len(text):,} characters, and {LONGEST:,} is the most", fix="check it in parts"
            )
        # Half of a surrogate pair is no text; it can come from a page or from JSON.
        draft = drafted(text.encode("utf-8", "replace").decode("utf-8"), self._shelf.index.words)
        if not len(draft.word):
            raise InputError("there is no word in this text", fix="give a text with sentences")
        index = self._shelf.index
        runs = runs_of(draft)
        places = places_of(runs, index)
        found, cut = aligned(draft, runs, places, index, plain_weights(index, draft), self._min_words)
        said = verdicts(draft, found, index, self._published, own, self._min_words)
        sentences = Teller(draft, found, self._facts, self._shelf, self._ask).told(said, limit)
        notes = _notes(places.left_out, int(cut.sum()))
        if self._meaning is not None:
            mark(sentences, self._meaning, self._facts, own)
            notes += notes_on(self._meaning)
        counts = Counter(row["class"] for row in sentences)
        classes = CLASSES if self._meaning is None else (*CLASSES[:-1], MEANING, CLASSES[-1])
        return {
            "characters": len(text),
            "words": len(draft.word),
            "source": source,
            "counts": {name: counts[name] for name in classes},
            "model": self._meaning.model.name if self._meaning else None,
            "notes": notes,
            "sentences": sentences,
        }


def _notes(left_out: int, cut: int) -> list[str]:
    """What could not be looked at in full, each a sentence."""
    notes = []
    if left_out:
        notes.append(
            f"{left_out:,} runs of three words are so common, here and in the study, that they were not looked up."
        )
    if cut:
        notes.append(f"Of {cut:,} sentences, more documents may come near than are counted.")
    return notes
