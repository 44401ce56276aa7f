"""The dossier of two sources: what they share, what chance gives, and every passage behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.evidence.declared import declared
from inchorus.evidence.documents import places
from inchorus.evidence.occasions import apart, occasions, shared_objects
from inchorus.evidence.quotes import add_quotes
from inchorus.evidence.sources import names, published
from inchorus.evidence.tested import lower
from inchorus.evidence.ties import both_use, by_reason, kinds, shared
from inchorus.thresholds import FEWEST_FIRSTS, FEWEST_OCCASIONS, LEVEL
from inchorus.ui.page import Ask, MissingError, Page
from inchorus.ui.pages.ties import how_tested, lost
from inchorus.ui.reader import Reader
from inchorus.ui.side_by_side import side_by_side
from inchorus.ui.table import TableRows, headed

ROWS = 50
INLINE = 5  # pairs of passages shown side by side
AROUND = 80  # characters of context around these
WORDING = "wording"
POSTS = "posts"
_BESIDE = ("left", "right", "quote", "quote_parts")  # what the page shows of a row, and its table has not
# How far apart, in seconds, and how it is called.
DELAYS = (
    (3600.0, "up to an hour"),
    (86_400.0, "up to a day"),
    (604_800.0, "up to a week"),
    (2_419_200.0, "up to four weeks"),
    (31_536_000.0, "up to a year"),
    (float("inf"), "more than a year"),
)


def tie(reader: Reader, ask: Ask) -> Page:
    """Two sources, named in either order; MissingError for a name that the study lacks."""
    a, b = _names(reader, ask)
    test = how_tested(reader)
    rows = [] if test is None else kinds(reader.rows, a, b)
    objects = [] if test is None else list(test["objects"])
    known = list(dict.fromkeys([WORDING, *objects, *(row["kind"] for row in rows)]))
    kind = ask.choice("kind", known, WORDING)
    without = [] if test is None else test["without"]
    for row in rows:
        row.update(_judged(reader, row))
    every = _every(reader, a, b, without)
    out = published(reader.rows, [a, b])
    data = {
        "a": a,
        "b": b,
        "kind": kind,
        "kinds": known,
        "test": test,
        "run": f"inchorus ties {reader.study.path.name}",
        "ties": rows,
        "lacking": [] if test is None else [name for name in known if name not in {row["kind"] for row in rows}],
        "tie": next((row for row in rows if row["kind"] == kind), None),
        "declared": _declared(reader, a, b),
        "published": out,
        "too_few": _too_few(test, out),
        "fewest": FEWEST_FIRSTS,
        "level": LEVEL,
        **(_wording(reader, ask, a, b, every, without) if kind == WORDING else _objects(reader, ask, a, b, kind, test)),
    }
    table = data["shared"] if kind == WORDING else data["pairs"]
    flat = [{k: v for k, v in row.items() if k not in _BESIDE} for row in table]
    tables: dict[str, TableRows] = {"shared": flat, "tests": rows}
    if kind == WORDING:
        bands = [{"apart": row["band"], "first_a": row["a"], "first_b": row["b"]} for row in data["delays"]["bands"]]
        tables["delays"] = headed(bands, ("apart", "first_a", "first_b"))
    layers = [{"kind": row["kind"], **layer} for row in rows for layer in row["layers"] or []]
    tables["layers"] = headed(layers, ("kind", "layer", "observed", "q_without"))
    if data["declared"]:
        tables["declared"] = data["declared"]
    return Page(f"{a} and {b}", "tie.html", data, tables)


def _names(reader: Reader, ask: Ask) -> tuple[str, str]:
    """The two names in the order of the table ties."""
    given = [ask.exact("a"), ask.exact("b")]
    known = names(reader.rows)
    for name in given:
        if name not in known:
            raise MissingError(f"no document is by the source {name!r}", fix=nearest(name, known))
    if given[0] == given[1]:
        raise UsageError("a tie is of two sources, and both names are the same", fix="name another with b=")
    a, b = sorted(given)
    return a, b


def _judged(reader: Reader, row: dict[str, Any]) -> dict[str, Any]:
    """What the row of a tie comes to.

    `verdict`: tie, chance, few (one or two occasions, which never make a tie), untested. `as_strong`: pairs that are
    to be expected by chance with a p as low. `lower`: pairs with a lower p than this one.
    """
    if row["q_value"] is None:
        return {
            "verdict": "untested",
            "as_strong": None,
            "lower": None,
            "disagree": False,
            "only_in_set": False,
            "as_in_controls": False,
            "not_without": [],
        }
    is_tie = row["q_value"] <= LEVEL
    return {
        "verdict": "tie" if is_tie else "few" if row["occasions"] <= 2 else "chance",
        "as_strong": row["p_value"] * row["tested"],
        "lower": lower(reader.rows, row["kind"], row["p_value"]),
        "disagree": (row["q_documents"] <= LEVEL) != (row["q_sharing"] <= LEVEL),
        "only_in_set": is_tie and max(row["q_documents"], row["q_sharing"]) > LEVEL,
        "as_in_controls": (row["q_controls"] or 0.0) > LEVEL,
        "not_without": lost(row),
    }


def _too_few(test: dict[str, Any] | None, published: dict[str, dict[str, Any]]) -> bool:
    """Whether the pair was not tested because one of the two has too few documents; older studies tested every pair."""
    if test is None or test["pairs"] >= test["sources"] * (test["sources"] - 1) // 2:
        return False
    return any(row["documents"] < FEWEST_OCCASIONS for row in published.values())


def _declared(reader: Reader, a: str, b: str) -> list[dict[str, Any]]:
    return [
        {"column": column, "a": values.get(a), "b": values.get(b)}
        for column, values in declared(reader.rows).items()
        if a in values or b in values
    ]


def _every(reader: Reader, a: str, b: str, without: Sequence[str]) -> list[dict[str, Any]]:
    """The talking points that both use, the rarest first, with who was surely first and by how many seconds.

    Where ties were tested, those that no layer leaves out; each says whether the test counts it, and why not.
    """
    if reader.has("occasions"):
        found = shared(reader.rows, a, b)
        rows = [
            row for row in found if row["reason"] not in without and (row["counted"] or row["label"] not in without)
        ]
        rows.sort(key=lambda row: (row["n_sources"], -row["words"], row["tp_id"]))
    else:
        rows = [{**row, "counted": True, "reason": None} for row in both_use(reader.rows, a, b)]
    ids = sorted({row[name] for row in rows for name in ("doc_a", "doc_b")})
    of = places(reader.rows, ids)
    for row in rows:
        for side in ("a", "b"):
            document = of[row[f"doc_{side}"]]
            row[f"position_{side}"], row[f"precision_{side}"] = document["position"], document["time_precision"]
        row["delay"] = apart(row["time_a"], row["precision_a"], row["time_b"], row["precision_b"])
        row["first"] = "a" if (row["delay"] or 0) > 0 else "b" if (row["delay"] or 0) < 0 else None
    return rows


def _wording(
    reader: Reader, ask: Ask, a: str, b: str, every: list[dict[str, Any]], without: Sequence[str]
) -> dict[str, Any]:
    pages = max(1, -(-len(every) // ROWS))
    page = min(ask.number("page", 1), pages)
    shown = every if ask.whole else every[(page - 1) * ROWS : page * ROWS]
    if not ask.whole:
        add_quotes(shown, reader.rows, reader.texts)
        _set_beside(reader, shown[:INLINE])
    return {
        "shared": shown,
        "inline": 0 if ask.whole else min(INLINE, len(shown)),
        "total": len(every),
        "page": page,
        "pages": pages,
        "without": without,
        "not_counted": by_reason(every),
        "delays": _delays(reader, a, b),
    }


def _set_beside(reader: Reader, pairs: Sequence[dict[str, Any]]) -> None:
    """Give each pair of passages its `left` and `right`, as `side_by_side` does."""
    texts = reader.texts(sorted({pair[doc] for pair in pairs for doc in ("doc_a", "doc_b")}))
    for pair in pairs:
        a, b = (
            {
                **{name: pair[f"{name}_{x}"] for name in ("start", "end", "time")},
                "doc_id": pair[f"doc_{x}"],
                "time_precision": pair[f"precision_{x}"],
            }
            for x in ("a", "b")
        )
        sides = side_by_side(a, b, texts, AROUND)
        pair["left"], pair["right"] = sides["left"], sides["right"]


def _delays(reader: Reader, a: str, b: str) -> dict[str, Any]:
    """How far apart the documents of each occasion are, and whose was earlier."""
    delays = [row["delay"] for row in occasions(reader.rows, a, b)] if reader.has("occasions") else []
    bands: list[dict[str, Any]] = [{"band": name, "a": 0, "b": 0} for _, name in DELAYS]
    told = [delay for delay in delays if delay is not None and delay != 0]
    for delay in told:
        at = next(i for i, (top, _) in enumerate(DELAYS) if abs(delay) <= top)
        bands[at]["a" if delay > 0 else "b"] += 1
    some = [i for i, band in enumerate(bands) if band["a"] or band["b"]]
    return {
        "occasions": len(delays),
        "bands": bands[min(some, default=0) : max(some, default=-1) + 1],
        "a": sum(delay > 0 for delay in told),
        "b": sum(delay < 0 for delay in told),
        "same": sum(delay == 0 for delay in delays),
        "unknown": sum(delay is None for delay in delays),
    }


def _objects(reader: Reader, ask: Ask, a: str, b: str, kind: str, test: dict[str, Any] | None) -> dict[str, Any]:
    facts = (test or {}).get("objects", {}).get(kind, {})
    window = float(facts.get("window", 0))
    every = shared_objects(reader.rows, a, b, kind)
    pages = max(1, -(-len(every) // ROWS))
    page = min(ask.number("page", 1), pages)
    return {
        "pairs": every if ask.whole else every[(page - 1) * ROWS : page * ROWS],
        "total": len(every),
        "page": page,
        "pages": pages,
        "window": window,
        "posts": kind == POSTS,
        "crowds": facts,
    }
