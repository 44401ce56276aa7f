"""One document: its whole text with the passages that others have too, and what each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.evidence.asking import asking
from inchorus.evidence.documents import OWN, found, of_the_same_time, passages_in, quotations_in, shared_with
from inchorus.evidence.firsts import by_label
from inchorus.labels import FORMULAS
from inchorus.ui.evidence import of_joint
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.reader import Reader
from inchorus.ui.render import cut
from inchorus.ui.segments import covered, parts, segments
from inchorus.ui.times import spoken

PART = 100_000  # code points of text on one page
SOURCES = 12  # others that are named in the summary
SAME_TIME = 60  # documents of its time that are asked whether they are the same text
LISTED = 500  # passages in the list at the side


def document(reader: Reader, ask: Ask) -> Page:
    """The document `id`, or the `part` of it in which the passage at `at` stands."""
    doc_id = ask.exact("id")
    row = _row(reader, doc_id)
    text = reader.texts([doc_id])[doc_id]
    passages = passages_in(reader.rows, doc_id)
    for n, passage in enumerate(passages, 1):
        passage["n"], passage["key"] = n, f"{doc_id}:{passage['start']}"
        passage["first_when"] = spoken(passage["first_time"], "day")
    quotations = quotations_in(asking(reader.study), doc_id) if reader.has("quotations") else []
    others = shared_with(reader.rows, doc_id, row["source"])
    at = ask.number("at", -1, least=0)
    cuts = parts(text, PART)
    part = next((n for n, (a, b) in enumerate(cuts, 1) if a <= at < b), 1)
    part = ask.number("part", part, most=len(cuts))
    start, end = cuts[part - 1]
    shared = covered(len(text), [(p["start"], p["end"]) for p in passages]) / max(1, len(text))
    here = [passage for passage in passages if passage["start"] < end and passage["end"] > start]
    data = {
        "document": {name: row[name] for name in row if name in OWN and name != "position"},
        "when": spoken(row["time"], row["time_precision"]),
        "columns": {name: value for name, value in row.items() if name not in OWN and value is not None},
        "characters": len(text),
        "shared": shared,
        "share": _percent(shared),
        "passages": here[:LISTED],
        "formulas": FORMULAS,
        "passages_here": len(here),
        "passages_in_all": len(passages),
        "labels": by_label(passages),
        "joint": _joint(reader, doc_id, text),
        "others": others[:SOURCES],
        "others_in_all": len(others),
        "segments": _marked(text, (start, end), passages, quotations, at),
        "quotations": [q for q in quotations if q["start"] < end and q["end"] > start],
        "at": at,
        "kept": reader.kept is not None and row.get("record_file") is not None,
        "part": part,
        "parts": len(cuts),
    }
    title = row["title"] or f"Document of {row['source']}"
    tables = {"passages": passages, "shared_with": others, **({"quotations": quotations} if quotations else {})}
    return Page(cut(title, 90), "document.html", data, tables)


def _joint(reader: Reader, doc_id: str, text: str) -> str:
    """What is said where the same text was published at the same time in other names."""
    rows = of_the_same_time(reader.rows, doc_id, SAME_TIME)
    texts = reader.texts([row["doc_id"] for row in rows])
    own = " ".join(text.split())
    return of_joint(rows, {other: own for other in texts if " ".join(texts[other].split()) == own})


def _row(reader: Reader, doc_id: str) -> dict[str, Any]:
    row = found(reader.rows, doc_id)
    if row is None:
        raise MissingError(f"no document has the id {doc_id[:200]!r}", fix="search for words of it")
    return row


def _percent(share: float) -> str:
    """A share as a whole number of per cent; all and nothing are said only where they are so."""
    if 0 < share < 0.01:
        return "Less than 1 %"
    return "More than 99 %" if 0.99 < share < 1 else f"{share:.0%}".replace("%", " %")


def _marked(
    text: str,
    part: tuple[int, int],
    passages: Sequence[dict[str, Any]],
    quotations: Sequence[dict[str, Any]],
    at: int,
) -> list[dict[str, Any]]:
    """The segments of a part of the text, each with the numbers of the passages that it `covers` and that it `begins`.

    `here`: it is of the passage that begins at `at`; `said`: of a quotation; `speaker`: of the name of who said one.
    """
    spans = [(p["start"], p["end"]) for p in passages]
    spans += [(q["start"], q["end"]) for q in quotations]
    speakers = [(q["speaker_start"], q["speaker_end"]) for q in quotations if q["speaker_start"] is not None]
    n, said = len(passages), len(passages) + len(quotations)
    out = []
    begun: set[int] = set()
    for segment in segments(*part, spans + speakers):
        covers = [k for k in segment.covers if k < n]
        begins = [k + 1 for k in covers if k not in begun]
        begun.update(covers)
        out.append(
            {"start": segment.start, "text": text[segment.start : segment.end], "covers": [k + 1 for k in covers],
             "begins": begins, "here": any(spans[k][0] == at for k in covers),
             "said": any(n <= k < said for k in segment.covers), "speaker": any(k >= said for k in segment.covers)}
        )  # fmt: skip
    return out
