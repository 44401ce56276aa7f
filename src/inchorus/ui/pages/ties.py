"""All ties, the strongest first, and how they were tested."""

from __future__ import annotations

from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.evidence import tested
from inchorus.evidence.controls import beside
from inchorus.evidence.documents import known
from inchorus.evidence.sources import names
from inchorus.evidence.tested import kinds_there
from inchorus.labels import OBJECT_LAYERS
from inchorus.thresholds import LEVEL
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.reader import Reader

ROWS = 50


def ties(reader: Reader, ask: Ask) -> Page:
    """Pairs of sources up to a q, filtered and sorted, in pages of 50."""
    test = how_tested(reader)
    if test is None:
        return Page("Ties", "ties.html", {"test": None, "run": f"inchorus ties {reader.study.path.name}"})
    kinds = kinds_there(reader.rows)
    q, sort = _q(ask), ask.choice("sort", list(tested.SORTS), "strongest")
    kind, disagree = ask.choice("kind", [*kinds, "wording"], ""), bool(ask.text("disagree"))
    source = ask.exact("source", "")
    if source and (others := known(reader.rows, "source", source)) is not None:
        raise MissingError(f"no document is by the source {source!r}", fix=nearest(source, others))
    total = tested.count(reader.rows, q, source, kind, disagree)
    pages = max(1, -(-total // ROWS))
    page = min(ask.number("page", 1), pages)
    limit, offset = (1 << 40, 0) if ask.whole else (ROWS, (page - 1) * ROWS)
    rows = tested.page(reader.rows, q, source, kind, disagree, sort, limit, offset)
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
        "strongest": None if test["tied"] else tested.nearest_to_a_tie(reader.rows),
    }
    return Page("Ties", "ties.html", data, {"ties": rows})


def how_tested(reader: Reader) -> dict[str, Any] | None:
    """How the ties of the study were tested and how many there are, by kind; None if it has none yet."""
    if not reader.has("ties"):
        return None
    facts = reader.study.manifest.get("ties", {})
    found = tested.by_kind(reader.rows)
    objects = facts.get("objects", {})
    for row in found:
        row["window"] = objects.get(row["kind"], {}).get("window")
        row["set_aside"] = _set_aside(objects.get(row["kind"], {}))
    sources = len(names(reader.rows))
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
