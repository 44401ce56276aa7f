"""The overview: what was read, the wordings that rank highest, when, the strongest ties, and how the study was made."""

from __future__ import annotations

from typing import Any

from inchorus.evidence.controls import beside
from inchorus.evidence.quotes import add_quotes
from inchorus.thresholds import LEVEL
from inchorus.ui.activity import activity
from inchorus.ui.page import Ask, Page
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed

LINES = 10
TIES = 5


def overview(reader: Reader, ask: Ask) -> Page:
    """What there is to see in the study, and where to begin."""
    read = _read(reader)
    found = _found(reader)
    lines = reader.rows(
        """
        SELECT rank, tp_id, text, label, n_sources, n_documents, n_variants, first_time, last_time, first_sources
        FROM talking_points ORDER BY rank LIMIT ?
        """,
        [LINES],
    )
    add_quotes(lines, reader.rows, reader.texts)
    over_time = activity(reader, read["first"], read["last"])
    ties = _ties(reader)
    made = _made(reader.study.manifest)
    data = {
        "read": read,
        "found": found,
        "lines": lines,
        "over_time": over_time,
        "ties": ties,
        "tested": _tested(reader),
        "groups": _groups(reader),
        "made": made,
    }
    tables = {
        "lines": lines,
        "over_time": headed(over_time["rows"], ("time", "documents", "passages")),
        "ties": ties,
        "options": [{"option": name, "value": value} for name, value in made["options"].items()],
        "inputs": headed(made["inputs"], ("name", "sha256", "rows")),
        "tables": made["tables"],
    }
    return Page("Overview", "overview.html", data, tables)


def _read(reader: Reader) -> dict[str, Any]:
    (row,) = reader.rows(
        """
        SELECT count(*) AS documents, count(DISTINCT source) AS sources, min(time) AS "first", max(time) AS "last",
            count(*) FILTER (time IS NULL) AS without_time
        FROM documents
        """
    )
    manifest = reader.study.manifest
    return {
        **row,
        "left_out": {what: n for what, n in manifest.get("left_out", {}).items() if n},
        "times_not_read": manifest.get("times_not_read", 0),
        "notes": manifest.get("notes", []),
        "inputs": [{"name": x["name"], "rows": x["rows"]} for x in manifest.get("inputs", [])],
    }


def _found(reader: Reader) -> dict[str, Any]:
    labels = reader.rows("SELECT label, count(*) AS n FROM talking_points GROUP BY label ORDER BY n DESC, label")
    return {
        "talking_points": sum(row["n"] for row in labels),
        "labels": {row["label"]: row["n"] for row in labels},
        "passages": reader.value("SELECT count(*) FROM passages"),
    }


def _ties(reader: Reader) -> list[dict[str, Any]]:
    return reader.rows(
        """
        SELECT source_a, source_b, kind, observed, expected, occasions, expected_occasions, q_value, leads
        FROM ties WHERE q_value <= ? ORDER BY q_value, p_value, observed DESC, source_a, source_b, kind LIMIT ?
        """,
        [LEVEL, TIES],
    )


def _tested(reader: Reader) -> dict[str, Any] | None:
    """How many pairs were tested and how many are tied; None where ties were not looked for."""
    if not reader.has("ties"):
        return None
    facts = reader.study.manifest.get("ties", {})
    tied = reader.value("SELECT count(*) FROM ties WHERE q_value <= ?", [LEVEL])
    return {"pairs": facts.get("tested"), "sources": facts.get("sources"), "tied": tied, "controls": beside(facts)}


def _groups(reader: Reader) -> list[dict[str, Any]]:
    """The groups by their size: those of all kinds of ties together, where there are several kinds."""
    return reader.rows(
        """
        SELECT group_id, kind, count(*) AS sources FROM groups
        WHERE kind = 'all' OR 'all' NOT IN (SELECT kind FROM groups)
        GROUP BY group_id, kind ORDER BY sources DESC, group_id
        """
    )


def _made(manifest: dict[str, Any]) -> dict[str, Any]:
    """What would have to be the same for the same study to come out."""
    return {
        "inchorus": manifest.get("inchorus"),
        "format_version": manifest.get("format_version"),
        "started": manifest.get("started"),
        "ended": manifest.get("ended"),
        "seed": manifest.get("seed"),
        "options": {name: value for name, value in manifest.get("options", {}).items() if value is not None},
        "inputs": manifest.get("inputs", []),
        "tables": [{"name": name, **entry} for name, entry in manifest["tables"].items()],
    }
