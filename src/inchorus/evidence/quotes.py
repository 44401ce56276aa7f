"""What people read of a talking point: whole sentences of one of its passages, the shared part set off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from inchorus.evidence.asking import Query, columns_of
from inchorus.study import Study

# The sentences that talking points are shown by, and the passage that they are cut around.
_SPANS = """
SELECT t.tp_id, t.quote_doc, t.quote_start, t.quote_end, min(p.start) AS start, max(p."end") AS "end"
FROM talking_points t JOIN passages p ON p.tp_id = t.tp_id AND p.doc_id = t.quote_doc
WHERE t.tp_id IN (SELECT unnest($1::VARCHAR[])) AND p.start < t.quote_end AND p."end" > t.quote_start
GROUP BY ALL
"""
_QUOTES = """
SELECT tp_id, substring(text, quote_start + 1, quote_end - quote_start) AS quote
FROM (SELECT tp_id, quote_doc AS doc_id, quote_start, quote_end FROM talking_points)
JOIN (SELECT doc_id, text FROM documents) USING (doc_id)
"""
Texts = Callable[[Sequence[str]], Mapping[str, str]]


def add_quotes(rows: Sequence[dict[str, Any]], ask: Query, texts: Texts) -> None:
    """Give talking points (rows with `tp_id` and `text`) their `quote` and its `quote_parts`.

    These are what stands before the shared words, the shared words, and what stands behind them. Where the study is of
    an older inchorus, and knows no quotes, they are the wording itself. `texts` gives the texts of documents by their
    ids.
    """
    spans = {row["tp_id"]: row for row in _spans(rows, ask)}
    known = texts(sorted({row["quote_doc"] for row in spans.values()}))
    for row in rows:
        span = spans.get(row["tp_id"])
        text = None if span is None else known.get(span["quote_doc"])
        parts = ["", row["text"], ""] if span is None or text is None else _parts(text, span)
        row["quote"], row["quote_parts"] = "".join(parts), parts


def has_quotes(ask: Query) -> bool:
    """Whether the study has the columns of quotes; those that older versions made have not."""
    return "quote_doc" in columns_of(ask, "talking_points")


def quotes_of(study: Study) -> dict[str, str]:
    """By tp_id the quote of every talking point of a study that has quotes."""
    found = study.sql(_QUOTES)
    return dict(zip(found["tp_id"].to_pylist(), found["quote"].to_pylist(), strict=True))


def texts_of(study: Study) -> Texts:
    """Gives the texts of some documents of a study, read from its file."""

    def texts(doc_ids: Sequence[str]) -> dict[str, str]:
        if not doc_ids:
            return {}
        marks = ", ".join("?" * len(doc_ids))
        table = study.sql(f"SELECT doc_id, text FROM documents WHERE doc_id IN ({marks})", list(doc_ids))  # noqa: S608
        return dict(zip(table["doc_id"].to_pylist(), table["text"].to_pylist(), strict=True))

    return texts


def shortened(parts: Sequence[str], most: int) -> list[str]:
    """The parts of a quote, at most about `most` characters of them, so that the shared part is in view.

    >>> shortened(["He said that once and for all ", "we must act now", " and not later."], 30)
    ['…all ', 'we must act now', ' and not…']
    """
    before, shared, after = parts
    if len(before) + len(shared) + len(after) <= most:
        return [before, shared, after]
    room = max(most - len(shared), most // 4)
    if len(before) > (kept := max(room // 2, room - len(after))):
        space = before.find(" ", len(before) - kept)
        before = "…" + (before[space + 1 :] if space >= 0 else "")
    room = most - len(before)
    if len(shared) > room:
        return [before, _head(shared, room), ""]
    return [before, shared, after if len(after) <= room - len(shared) else _head(after, room - len(shared))]


def set_off(parts: Sequence[str], most: int) -> str:
    """A quote as plain text, its shared part in brackets unless it is all; marks at its ends are no other part.

    >>> set_off(["He said ", "we must act now", "."], 80), set_off(["", "We must act now", "."], 80)
    ('He said ⟦we must act now⟧.', 'We must act now.')
    """
    before, shared, after = shortened(parts, most)
    if not any(c.isalnum() for c in before + after):
        return before + shared + after
    return f"{before}⟦{shared}⟧{after}"


def _head(text: str, most: int) -> str:
    space = text.rfind(" ", 0, max(most, 1))
    return text[: space if space > 0 else most].rstrip() + "…"


def _spans(rows: Sequence[dict[str, Any]], ask: Query) -> list[dict[str, Any]]:
    if not rows or not has_quotes(ask):
        return []
    return ask(_SPANS, [[row["tp_id"] for row in rows]])


def _parts(text: str, span: Mapping[str, Any]) -> list[str]:
    start, end = span["quote_start"], span["quote_end"]
    shared, shared_end = max(start, span["start"]), min(end, span["end"])
    return [text[start:shared], text[shared:shared_end], text[shared_end:end]]
