"""What the page of a document said when it was asked for, as the collection keeps it."""

from __future__ import annotations

from inchorus.evidence.documents import found
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.reader import Reader
from inchorus.ui.render import cut

MOST = 500_000  # code points of its text on the page; the data have all


def kept(reader: Reader, ask: Ask) -> Page:
    """The answer from which the document `id` was taken: address, time, hash, and all text that was to be seen."""
    doc_id = ask.exact("id")
    row = found(reader.rows, doc_id)
    if row is None:
        raise MissingError(f"no document has the id {doc_id[:200]!r}", fix="search for words of it")
    if reader.kept is None:
        raise MissingError("no collection of pages is given", fix="start it so: inchorus serve STUDY --kept DOCS")
    from inchorus.web.kept import shown

    page = shown(row, reader.kept)
    data = {
        **page._asdict(),
        "headers": [{"name": name, "value": value} for name, value in page.headers],
        "document": {name: row[name] for name in ("doc_id", "title", "source")},
        "most": MOST,
    }
    return Page(cut(f"Kept: {row['title'] or row['source']}", 90), "kept.html", data, {"headers": data["headers"]})
