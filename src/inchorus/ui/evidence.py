"""The evidence of one talking point: who was first, passages side by side, its wordings, each passage in context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from inchorus.errors import nearest
from inchorus.evidence.copies import copied_whole, joint, said_of_joint
from inchorus.evidence.in_common import quote_in_common
from inchorus.evidence.passages import in_orders
from inchorus.evidence.places import add_places
from inchorus.evidence.points import ids_like, of_ids
from inchorus.evidence.quotes import add_quotes
from inchorus.evidence.score import reasons
from inchorus.evidence.variations import variations
from inchorus.evidence.wordings import as_tree, stored, wordings_of
from inchorus.text.differences import differences, spaced
from inchorus.text.stored_edits import Stored
from inchorus.ui.excerpt import by_its_ends, folded
from inchorus.ui.page import MissingError
from inchorus.ui.passages import COMPARED, add_context, by_source, described, mark, numbered, of_source
from inchorus.ui.reader import Reader
from inchorus.ui.side_by_side import side_by_side
from inchorus.ui.times import apart, spoken

WORDINGS = 40  # shown in the tree; the table has all
DOTS = 3000  # passages of the timeline
COPIES = 300  # earliest passages that are asked whether they are their whole text
CONTEXT = 160  # characters around a passage of the list
WIDE_CONTEXT = 420  # around one that is set beside another
VARIATIONS = 12  # shown of one frame


class Found(NamedTuple):
    """What the tables hold of a talking point: its row, its passages in order, its wordings.

    Of the earliest passages besides: texts by doc_id, and edits by variant_id.
    """

    point: dict[str, Any]
    passages: pa.Table
    wordings: list[dict[str, Any]]
    texts: Mapping[str, str]
    edits: Mapping[str, Stored]


def read(reader: Reader, tp_ids: Sequence[str], earliest: int = 0) -> dict[str, Found]:
    """What the tables hold of some talking points, by id, with texts and edits of the `earliest` passages of each.

    Unknown ids are left out. A hundred at once take hardly longer than one.
    """
    points = of_ids(reader.rows, tp_ids)
    add_quotes(points, reader.rows, reader.texts)
    ids = [point["tp_id"] for point in points]
    passages, changes = in_orders(reader.arrow, ids), wordings_of(reader.arrow, ids)
    columns = ["tp_id", "variant_id", "doc_id"]
    some = [row for table in passages.values() for row in table.slice(0, earliest).select(columns).to_pylist()]
    texts, edits = reader.texts(sorted({row["doc_id"] for row in some})), stored(reader.arrow, some)
    return {
        tp_id: Found(point, passages[tp_id], changes[tp_id], texts, edits)
        for tp_id, point in zip(ids, points, strict=True)
    }


def evidence(
    reader: Reader,
    tp_id: str,
    *,
    left: str = "",
    right: str = "",
    against: int = 1,
    source: str = "",
    page: int = 1,
    per_page: int = 50,
    around: int = WIDE_CONTEXT,
    near: int = CONTEXT,
    found: Found | None = None,
    prefix: str = "",
    varied: int = VARIATIONS,
) -> dict[str, Any]:
    """What `parts/point.html` shows of a talking point; MissingError for an id that the study lacks.

    `left` and `right` are passages, as `DOC:START`; else the earliest is set beside the earliest of each of the next
    `against` sources. `around` are the characters of context there, `near` those in the list of passages, of which
    `source` keeps those of one. `varied` is how many variations are shown, 0 for all. `found` is what the caller has
    read already; `prefix` begins the names of all places on the page, where several talking points share one.
    """
    whole, in_several_names = None, ""
    if found is None:
        talking_point(reader, tp_id)
        found = read(reader, [tp_id])[tp_id]
        earliest = found.passages.slice(0, COPIES).to_pylist()
        texts = reader.texts(sorted({row["doc_id"] for row in earliest}))
        whole = copied_whole(earliest, texts)
        in_several_names = of_joint(earliest, texts)
    point, passages, changes = found.point, found.passages, found.wordings
    kept = of_source(passages, source) if source else passages
    sources = by_source(passages)
    pairs = _pairs(passages, sources, left, right, against)
    pages = max(1, -(-kept.num_rows // per_page))
    page = min(page, pages)
    rows = described(kept.slice((page - 1) * per_page, per_page), passages)
    beside = {n: described(passages.slice(n - 1, 1), passages)[0] for pair in pairs for n in pair}
    ids = sorted({row["doc_id"] for row in [*rows, *beside.values()]})
    lacking = [doc_id for doc_id in ids if doc_id not in found.texts]
    known = {**found.texts, **reader.texts(lacking)} if lacking else found.texts
    add_context(rows, known, near)
    add_places(reader.rows, [*rows, *beside.values()])
    unread = [row for row in rows if row["variant_id"] not in found.edits]
    mark(rows, point["text"], {**found.edits, **stored(reader.arrow, unread)})
    point["quote_shared"] = quote_in_common(reader.rows, point, reader.texts)
    return {
        "point": point,
        "reasons": reasons(point),
        "variations": _variations(reader, point, varied),
        "whole": whole,
        "joint": in_several_names,
        "span": _span(point),
        "first": first(passages, sources),
        "sources": sources,
        "comparisons": [side_by_side(beside[a], beside[b], known, around) for a, b in pairs],
        "steps": _steps(passages, *pairs[0]) if pairs else {},
        "timeline": _timeline(passages, per_page, None if source else page, prefix),
        "wordings": _tree(changes),
        "wordings_in_all": len(changes),
        "passages": rows,
        "passages_in_all": kept.num_rows,
        "source": source,
        "page": page,
        "pages": pages,
        "prefix": prefix,
    }


def of_joint(documents: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> str:
    """What is said of documents that are one text in several names."""
    found = joint(documents, texts)
    return said_of_joint(found, [spoken(row["time"], row["time_precision"]) for row in found])


def talking_point(reader: Reader, tp_id: str) -> dict[str, Any]:
    """The row of talking_points with that id; MissingError if there is none."""
    rows = of_ids(reader.rows, [tp_id])
    if not rows:
        hint = nearest(tp_id, ids_like(reader.rows, tp_id))
        raise MissingError(f"no talking point has the id {tp_id[:100]!r}", fix=hint or "see the list of talking points")
    return rows[0]


def first(passages: pa.Table, sources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Who was first: its `sources`, whether their `times` are written alike, who came `next` and how much `later`."""
    firsts = [row for row in sources if row["is_first"]]
    rest = [row for row in sources if not row["is_first"] and row["time"] is not None]
    later = apart(_moment(firsts[0]), _moment(rest[0])) if firsts and rest else ""
    return {
        "sources": firsts,
        "alike": len({row["when"] for row in firsts}) == 1,
        "next": rest[0] if rest else None,
        "later": later,
        "without_time": passages["time"].null_count,
    }


def _span(point: Mapping[str, Any]) -> str:
    """The days of its earliest and its latest passage; empty where none has a time."""
    days = [spoken(point[name], "day") for name in ("first_time", "last_time") if point[name] is not None]
    return " to ".join(dict.fromkeys(days))


def _pairs(
    passages: pa.Table, sources: Sequence[Mapping[str, Any]], left: str, right: str, against: int
) -> list[tuple[int, int]]:
    """Numbers of the passages to be set side by side."""
    if passages.num_rows < 2:
        return []
    a = numbered(passages, left) if left else None
    b = numbered(passages, right) if right else None
    if a is None and b is None:
        others = [row["n"] for row in sources[1 : against + 1]]
        return [(1, n) for n in others or [2]]
    a = a or 1
    if b is None or b == a:
        own = passages["source"][a - 1].as_py()
        others = [row["n"] for row in sources if row["source"] != own]
        later = [n for n in others if n > a]
        b = (later or others or [2 if a == 1 else 1])[0]
    return [(a, b)]


def _steps(passages: pa.Table, a: int, b: int) -> dict[str, str | None]:
    """The passages before and after the right one and the left one, as addresses call them."""

    def near(n: int, other: int, step: int) -> str | None:
        to = n + step if n + step != other else n + 2 * step
        if not 1 <= to <= passages.num_rows:
            return None
        return f"{passages['doc_id'][to - 1].as_py()}:{passages['start'][to - 1].as_py()}"

    return {
        "left": f"{passages['doc_id'][a - 1].as_py()}:{passages['start'][a - 1].as_py()}",
        "right": f"{passages['doc_id'][b - 1].as_py()}:{passages['start'][b - 1].as_py()}",
        "left_previous": near(a, b, -1),
        "left_next": near(a, b, 1),
        "right_previous": near(b, a, -1),
        "right_next": near(b, a, 1),
    }


def _timeline(passages: pa.Table, per_page: int, page: int | None, prefix: str) -> dict[str, Any]:
    """Rows for the chart; `href` is the place of a passage on `page`, the passage being shown there."""
    rows = passages.slice(0, DOTS).select(["n", "source", "time", "time_precision", "is_first", "title"]).to_pylist()
    tied = len({row["source"] for row in rows if row["is_first"]}) > 1
    return {
        "rows": [
            {
                "source": row["source"],
                "time": row["time"].isoformat() if row["time"] else None,
                "precision": row["time_precision"],
                "first": row["is_first"],
                "tied": tied and row["is_first"],
                "href": f"#{prefix}p-{row['n']}" if (row["n"] - 1) // per_page + 1 == page else None,
                "label": (row["title"] or "")[:120],
            }
            for row in rows
        ],
        "left_out": max(0, passages.num_rows - DOTS),
    }


def _tree(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The earliest wordings in the order of a tree, each with its number `n`, its `depth` and its `pieces`.

    The pieces are against the wording that it hangs under, number `under`, long stretches folded.
    """
    numbers = {row["variant_id"]: n for n, row in enumerate(rows, 1)}
    out = []
    left = COMPARED
    for row, parent, depth in as_tree(rows[:WORDINGS]):
        left -= len(row["text"])
        if parent is None or left < 0:
            pieces = by_its_ends(row["text"])
        else:
            pieces = folded(spaced(differences(parent["text"], row["text"])), whole=24, ends=8)
        out.append(
            {**{name: row[name] for name in ("variant_id", "source", "time", "n_passages", "n_sources", "doc_id")},
             "n": numbers[row["variant_id"]], "under": parent and numbers[parent["variant_id"]], "depth": depth,
             "when": spoken(row["time"], row["time_precision"]), "key": f"{row['doc_id']}:{row['start']}",
             "start": row["start"], "pieces": pieces}
        )  # fmt: skip
    return out


def _variations(reader: Reader, point: Mapping[str, Any], most: int) -> dict[str, Any] | None:
    """The variations of a talking point, long stretches folded, each source with its `when`."""
    found = variations(reader.rows, point, most)
    for row in found["rows"] if found else ():
        row["pieces"] = folded(row["pieces"], whole=40, ends=12)
        for user in row["sources"]:
            user["when"] = spoken(user["time"], user["time_precision"])
    return found


def _moment(row: Mapping[str, Any]) -> tuple[Any, str | None]:
    return row["time"], row["time_precision"]
