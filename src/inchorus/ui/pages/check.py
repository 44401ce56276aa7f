"""A text of one's own, pasted: whose each of its sentences is."""

from __future__ import annotations

from typing import Any

from inchorus.errors import UsageError
from inchorus.ui.page import Ask, Page
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed

PATIENCE = 20.0  # seconds that a text waits for the index
LONGEST = 200_000  # code points of a text that is pasted; the command takes more
SHOWN = 5  # documents of a sentence
TABLE = (
    "n", "class", "text", "n_documents", "n_sources", "first_time", "first_sources", "tp_id", "label",
    "kind", "doc_id", "source", "time", "start", "end", "similarity", "is_first",
)  # fmt: skip


def check(reader: Reader, ask: Ask) -> Page:
    """What is said of the sentences of `text`, of which what `source` has published is its own."""
    text = ask.exact("text", "").replace("\r\n", "\n")
    source = ask.exact("source", "").strip()
    search = reader.search()
    data: dict[str, Any] = {
        "text": text,
        "source": source,
        "longest": LONGEST,
        "checked": None,
        "share": 1.0,
        "error": "",
    }
    if text.strip():
        if len(text) > LONGEST:
            raise UsageError(
                f"the text has {len(text):,} characters, and {LONGEST:,} is the most that a page takes",
                fix="check it in parts, or with inchorus check",
            )
        search.wait(PATIENCE)
        documents = search.documents
        data["share"], data["error"] = search.share, search.error
        if documents is not None:
            from inchorus.check.check import Checker

            data["checked"] = Checker(reader.study, *documents, reader.rows, reader.meaning()).check(
                text, source or None, SHOWN
            )
    return Page("Check a text", "check.html", data, {"matches": headed(rows_of(data["checked"]), TABLE)})


def rows_of(checked: dict[str, Any] | None) -> list[dict[str, Any]]:
    """A row for each sentence and document, and for each sentence without one."""
    rows = []
    for sentence in checked["sentences"] if checked else []:
        own = {name: sentence.get(name) for name in TABLE}
        own.update(start=None, end=None, kind=None)
        near = [{**hit, "kind": "meaning"} for hit in sentence.get("meant", ()) if hit["near"]]
        matches = [*sentence["matches"], *near]
        rows += [{**own, **{n: match[n] for n in TABLE if n in match}} for match in matches] or [own]
    return rows
