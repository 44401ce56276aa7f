"""Sources and their ties as a picture, with the same as a table below it."""

from __future__ import annotations

from collections.abc import Collection

from inchorus.errors import UsageError
from inchorus.evidence.controls import beside
from inchorus.evidence.declared import declared
from inchorus.thresholds import LEVEL
from inchorus.ui.page import Ask, Page
from inchorus.ui.reader import Reader

# The slider ends here: a q of a quarter says that one in four of such ties is chance.
HIGHEST = 0.25
EDGES = 20_000  # drawn; more cannot be told apart, and a browser slows down
ROWS = 50  # of the table on the page; all of them are at /ties and in the CSV
VALUES = 50  # of a declared attribute: what has more, such as a name, is no colouring
GROUPS = "groups"


def network(reader: Reader, ask: Ask) -> Page:
    """The ties of one kind up to a q; the picture holds those up to q 0.25, so that its slider can move."""
    if not reader.has("ties"):
        return Page("Network", "network.html", {"graph": None, "run": f"inchorus ties {reader.study.path.name}"})
    kinds = [r["kind"] for r in reader.rows("SELECT kind FROM ties GROUP BY kind ORDER BY kind <> 'wording', kind")]
    kind = ask.choice("kind", kinds, kinds[0] if kinds else "wording")
    q = _q(ask)
    names, documents = _sources(reader)
    place = {name: i for i, name in enumerate(names)}
    edges = reader.rows(
        "SELECT source_a, source_b, observed, q_value, round(log10(1 / greatest(p_value, 1e-300)), 2) AS strength"
        " FROM ties WHERE kind = ? AND q_value <= ? ORDER BY p_value, observed DESC, source_a, source_b LIMIT ?",
        [kind, HIGHEST, EDGES],
    )
    colourings = {GROUPS: _groups(reader, kind), **_declared(reader, kinds)}
    colour = ask.choice("colour", list(colourings), GROUPS)
    of = colourings[colour]
    tied = reader.rows(
        "SELECT source_a, source_b, observed, expected, p_value, q_value FROM ties WHERE kind = ? AND q_value <= ?"
        " ORDER BY p_value, observed DESC, source_a, source_b LIMIT ?",
        [kind, q, 1 << 40 if ask.whole else ROWS],
    )
    data = {
        "graph": {
            "kind": kind,
            "q": q,
            "highest": HIGHEST,
            "colour": colour,
            "names": names,
            "documents": documents,
            # Compact, as there may be 20,000: the places of both in names, q, log10(1 / p), shared. No q is
            # rounded: one just above a limit would be counted below it.
            "edges": [
                [
                    place[row["source_a"]],
                    place[row["source_b"]],
                    row["q_value"],
                    row["strength"],
                    row["observed"],
                ]
                for row in edges
            ],
            "colourings": {name: [values.get(source) for source in names] for name, values in colourings.items()},
        },
        "kinds": kinds,
        "cut": len(edges) == EDGES,
        "controls": beside(reader.study.manifest.get("ties", {})),
        "total": reader.value("SELECT count(*) FROM ties WHERE kind = ? AND q_value <= ?", [kind, q]),
        "tied": [{**row, "colour_a": of.get(row["source_a"]), "colour_b": of.get(row["source_b"])} for row in tied],
    }
    return Page("Network", "network.html", data, {"ties": data["tied"]})


def _q(ask: Ask) -> float:
    value = ask.text("q")
    try:
        q = float(value) if value else LEVEL
    except ValueError:
        raise UsageError(f"q={value!r} is not a number", fix=f"give one from 0 to {HIGHEST:g}") from None
    if not 0 <= q <= HIGHEST:  # also what is no number
        raise UsageError(f"q={value!r} is not from 0 to {HIGHEST:g}", fix="/ties has those with any q")
    return q


def _sources(reader: Reader) -> tuple[list[str], list[int]]:
    rows = reader.rows("SELECT source, count(*) AS n FROM documents GROUP BY source ORDER BY source")
    return [row["source"] for row in rows], [row["n"] for row in rows]


def _groups(reader: Reader, kind: str) -> dict[str, str]:
    rows = reader.rows("SELECT source, group_id FROM groups WHERE kind = ?", [kind])
    return {row["source"]: row["group_id"] for row in rows}


def _declared(reader: Reader, kinds: Collection[str]) -> dict[str, dict[str, str]]:
    """What is declared of sources (see `evidence.declared`) with two to fifty values; `kinds` are objects."""
    found = {name: values for name, values in declared(reader.rows).items() if name not in {GROUPS, *kinds}}
    return {name: values for name, values in found.items() if 2 <= len(set(values.values())) <= VALUES}
