"""All ties, the strongest first, and how they were tested."""

from __future__ import annotations

from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.evidence.controls import beside
from inchorus.labels import OBJECT_LAYERS
from inchorus.thresholds import LEVEL
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.reader import Reader

ROWS = 50
SORTS = {
    "strongest": "q_value NULLS LAST, p_value, observed DESC, source_a, source_b, kind",
    "shared": "observed DESC, source_a, source_b, kind",
    "occasions": "occasions DESC, q_value NULLS LAST, source_a, source_b, kind",
    "second": "greatest(q_documents, q_sharing) NULLS LAST, p_value, source_a, source_b, kind",
    "delay": "median_delay NULLS LAST, q_value, source_a, source_b, kind",
    "names": "source_a, source_b, kind",
}
# One of the two null models finds a tie, the other does not.
_DISAGREE = "(q_documents <= $1) IS DISTINCT FROM (q_sharing <= $1)"


def ties(reader: Reader, ask: Ask) -> Page:
    """Pairs of sources up to a q, filtered and sorted, in pages of 50."""
    test = how_tested(reader)
    if test is None:
        return Page("Ties", "ties.html", {"test": None, "run": f"inchorus ties {reader.study.path.name}"})
    kinds = [
        row["kind"] for row in reader.rows("SELECT kind FROM ties GROUP BY kind ORDER BY kind = 'wording' DESC, kind")
    ]
    q, sort = _q(ask), ask.choice("sort", list(SORTS), "strongest")
    kind, disagree = ask.choice("kind", [*kinds, "wording"], ""), bool(ask.text("disagree"))
    source = ask.exact("source", "")
    if source and not reader.rows("SELECT 1 FROM documents WHERE source = ? LIMIT 1", [source]):
        known = [row["source"] for row in reader.rows("SELECT DISTINCT source FROM documents")]
        raise MissingError(f"no document is by the source {source!r}", fix=nearest(source, known))
    where = (
        f"CASE WHEN $5 THEN {_DISAGREE} ELSE q_value <= $2 OR $2 >= 1 END"
        " AND ($3 = '' OR $3 IN (source_a, source_b)) AND ($4 = '' OR kind = $4)"
    )
    asked = [LEVEL, q, source, kind, disagree]
    total = reader.value(f"SELECT count(*) FROM ties WHERE {where} AND $1 IS NOT NULL", asked)  # noqa: S608
    pages = max(1, -(-total // ROWS))
    page = min(ask.number("page", 1), pages)
    window = [1 << 40, 0] if ask.whole else [ROWS, (page - 1) * ROWS]
    rows = reader.rows(
        f"SELECT * FROM ties WHERE {where} AND $1 IS NOT NULL ORDER BY {SORTS[sort]} LIMIT $6 OFFSET $7",  # noqa: S608
        [*asked, *window],
    )
    for row in rows:
        row["not_without"] = lost(row)
    data = {
        "test": test,
        "kinds": kinds,
        "rows": rows,
        "total": total,
        "page": page,
        "pages": pages,
        "q": q,
        "level": LEVEL,
        "sort": sort,
        "kind": kind,
        "source": source,
        "disagree": disagree,
        "strongest": None if test["tied"] else _strongest(reader),
    }
    return Page("Ties", "ties.html", data, {"ties": rows})


def how_tested(reader: Reader) -> dict[str, Any] | None:
    """How the ties of the study were tested and how many there are, by kind; None if it has none yet."""
    if not reader.has("ties"):
        return None
    facts = reader.study.manifest.get("ties", {})
    found = reader.rows(
        f"SELECT kind, count(*) AS pairs, max(tested) AS tested, count(*) FILTER (q_value <= $1) AS tied,"  # noqa: S608
        f" count(*) FILTER (q_value <= $1 AND greatest(q_documents, q_sharing) > $1) AS only_in_sets,"
        f" count(*) FILTER ({_DISAGREE}) AS disagree,"
        " count(*) FILTER (q_value IS NULL) AS untested"
        " FROM ties GROUP BY kind ORDER BY kind = 'wording' DESC, kind",
        [LEVEL],
    )
    objects = facts.get("objects", {})
    for row in found:
        row["window"] = objects.get(row["kind"], {}).get("window")
        row["set_aside"] = _set_aside(objects.get(row["kind"], {}))
    sources = reader.value("SELECT count(DISTINCT source) FROM documents")
    return {
        "sources": sources,
        "pairs": max([row["tested"] for row in found], default=facts.get("tested", sources * (sources - 1) // 2)),
        "documents": facts.get("documents", 0),
        "strata": facts.get("strata", ""),
        "without": facts.get("without", []),
        "objects": objects,
        "controls": beside(facts),
        "kinds": found,
        **{name: sum(row[name] for row in found) for name in ("tied", "only_in_sets", "disagree", "untested")},
    }


def _set_aside(facts: dict[str, Any]) -> list[str]:
    """What the test of objects left out, and why, in words."""
    return [f"{which['objects']:,} {OBJECT_LAYERS[layer]}" for layer, which in facts.get("set_aside", {}).items()]


def lost(row: dict[str, Any]) -> list[str]:
    """The layers without which a tie is none."""
    return [layer["layer"] for layer in row["layers"] or [] if layer["q_without"] > LEVEL]


def _q(ask: Ask) -> float:
    value = ask.text("q")
    try:
        q = float(value) if value else LEVEL
    except ValueError:
        raise UsageError(f"q={value!r} is not a number", fix="give one from 0 to 1") from None
    if not 0 <= q <= 1:  # also what is no number
        raise UsageError(f"q={value!r} is not from 0 to 1")
    return q


def _strongest(reader: Reader) -> dict[str, Any] | None:
    """The pair that is nearest to a tie where there is none."""
    rows = reader.rows(f"SELECT * FROM ties ORDER BY {SORTS['strongest']} LIMIT 1")  # noqa: S608
    return rows[0] if rows else None
