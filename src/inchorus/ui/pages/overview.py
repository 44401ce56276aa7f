"""The overview: what was read, the wordings that rank highest, when, the strongest ties, and how the study was made."""

from __future__ import annotations

from typing import Any

from inchorus.evidence.activity import activity
from inchorus.evidence.as_one import as_one
from inchorus.evidence.controls import beside
from inchorus.evidence.documents import counted
from inchorus.evidence.groups import sizes
from inchorus.evidence.points import label_counts, top
from inchorus.evidence.quotes import add_quotes
from inchorus.evidence.rising import by_group, rising
from inchorus.evidence.tested import strongest, tied
from inchorus.ui.page import Ask, Page
from inchorus.ui.reader import Reader
from inchorus.ui.table import headed

LINES = 10
PICTURES = 20
STANDING = 5  # of them, besides
TIES = 5
OF_A_TIE = (
    "source_a", "source_b", "kind", "observed", "expected", "occasions", "expected_occasions", "q_value", "leads",
)  # fmt: skip


def overview(reader: Reader, ask: Ask) -> Page:
    """What there is to see in the study, and where to begin."""
    read = _read(reader)
    found = _found(reader)
    pictured = top(reader.rows, PICTURES)
    standing = top(reader.rows, STANDING, "standing")
    add_quotes([*pictured, *standing], reader.rows, reader.texts)
    entries = as_one(pictured, reader.rows)
    lines = entries[:LINES]
    over_time = activity(reader.rows, read["first"], read["last"])
    ties = [{name: row[name] for name in OF_A_TIE} for row in strongest(reader.rows, TIES)]
    made = _made(reader.study.manifest)
    data = {
        "read": read,
        "found": found,
        "lines": lines,
        "over_time": over_time,
        "rising": _rising(reader, entries, standing),
        "ties": ties,
        "tested": _tested(reader),
        "groups": sizes(reader.rows),
        "made": made,
    }
    tables = {
        "lines": pictured[:LINES],
        "over_time": headed(over_time["rows"], ("time", "documents", "passages")),
        "ties": ties,
        "options": [{"option": name, "value": value} for name, value in made["options"].items()],
        "inputs": headed(made["inputs"], ("name", "sha256", "rows")),
        "tables": made["tables"],
    }
    return Page("Overview", "overview.html", data, tables)


def _read(reader: Reader) -> dict[str, Any]:
    manifest = reader.study.manifest
    return {
        **counted(reader.rows),
        "left_out": {what: n for what, n in manifest.get("left_out", {}).items() if n},
        "times_not_read": manifest.get("times_not_read", 0),
        "notes": manifest.get("notes", []),
        "inputs": [{"name": x["name"], "rows": x["rows"]} for x in manifest.get("inputs", [])],
    }


def _found(reader: Reader) -> dict[str, Any]:
    labels = label_counts(reader.rows)
    return {"talking_points": sum(labels.values()), "labels": labels, "passages": reader.count("passages")}


def _rising(reader: Reader, pictured: list[dict[str, Any]], standing: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What `parts/rising.html` shows; None where no time is known."""
    ids = list(dict.fromkeys(row["tp_id"] for row in [*pictured, *standing]))
    found = rising(reader.rows, ids)
    if found["first"] is None:
        return None
    groups = by_group(reader.rows, ids)
    names = [*groups["values"], "others", "not declared"] if groups else []
    used = [any(found) for found in zip(*groups["counts"].values(), strict=True)] if groups else []
    wanted = ("tp_id", "text", "quote", "quote_parts", "label", "n_sources")
    rows, others = ([{name: row[name] for name in wanted} for row in some] for some in (pictured, standing))
    return {**found, "rows": rows, "standing": others, "groups": groups, "names": names, "used": used}


def _tested(reader: Reader) -> dict[str, Any] | None:
    """How many pairs were tested and how many are tied; None where ties were not looked for."""
    if not reader.has("ties"):
        return None
    facts = reader.study.manifest.get("ties", {})
    return {
        "pairs": facts.get("tested"),
        "sources": facts.get("sources"),
        "tied": tied(reader.rows),
        "controls": beside(facts),
    }


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
