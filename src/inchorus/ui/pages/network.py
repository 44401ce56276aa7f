"""Sources and their ties as a picture, with the same as a table below it."""

from __future__ import annotations

from collections.abc import Collection

from inchorus.errors import UsageError
from inchorus.evidence.controls import beside
from inchorus.evidence.declared import declared
from inchorus.evidence.groups import by_source
from inchorus.evidence.sources import documents_by
from inchorus.evidence.tested import count_up_to, drawn, drawn_in_words, kinds_there
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
    kinds = kinds_there(reader.rows)
    kind = ask.choice("kind", kinds, kinds[0] if kinds else "wording")
    q = _q(ask)
    sources = documents_by(reader.rows)
    names, documents = ([row[name] for row in sources] for name in ("source", "n"))
    place = {name: i for i, name in enumerate(names)}
    edges = drawn(reader.rows, kind, HIGHEST, EDGES)
    colourings = {GROUPS: by_source(reader.rows).get(kind, {}), **_declared(reader, kinds)}
    colour = ask.choice("colour", list(colourings), GROUPS)
    of = colourings[colour]
    tied = drawn_in_words(reader.rows, kind, q, 1 << 40 if ask.whole else ROWS)
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
        "total": count_up_to(reader.rows, kind, q),
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


def _declared(reader: Reader, kinds: Collection[str]) -> dict[str, dict[str, str]]:
    """What is declared of sources (see `evidence.declared`) with two to fifty values; `kinds` are objects."""
    found = {name: values for name, values in declared(reader.rows).items() if name not in {GROUPS, *kinds}}
    return {name: values for name, values in found.items() if 2 <= len(set(values.values())) <= VALUES}
