"""Quotations: those that most repeat, those of a talking point, and one in all its places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from inchorus.errors import UsageError
from inchorus.evidence.asking import Query, columns_of
from inchorus.text.unaccented import unaccented

FEWEST_WORDS = 6  # of a quotation that is listed unasked: "No." and "stay the course" are said by anybody

# A document may have a quotation twice: `nth` says which time it is.
NTH = """
SELECT *, sum((piece = 0)::INT) OVER (PARTITION BY doc_id, quote_id ORDER BY start) AS nth FROM quotations
"""


def listing(which: str = "true") -> str:
    """SQL of each direct quotation once: its fullest form, how many have it; `which` says of what rows."""
    return f"""
    WITH places AS (
        SELECT quote_id, doc_id, string_agg(text, ' … ' ORDER BY piece) AS text, any_value(tp_id) AS tp_id,
            any_value(altered) AS altered
        FROM ({NTH}) WHERE direct AND {which} GROUP BY quote_id, doc_id, nth
    )
    SELECT quote_id, arg_max(text, (altered IS NULL, length(text))) AS text, count(DISTINCT doc_id) AS n_documents,
        count(DISTINCT source) AS n_sources, min(time) AS first_time, max(time) AS last_time,
        count(*) FILTER (altered IS NOT NULL) AS n_altered, any_value(tp_id) AS tp_id
    FROM (SELECT p.*, d.source, d.time FROM places p JOIN documents d USING (doc_id)) GROUP BY quote_id
    """  # noqa: S608 - built from constants only


_LONG = f"""
(len(string_split_regex(trim(text), '\\s+')) >= {FEWEST_WORDS}
    OR (length(text) > 12 AND regexp_matches(text, '[\\p{{Han}}\\p{{Hiragana}}\\p{{Katakana}}\\p{{Thai}}]')))
"""
_SPEAKERS = """
SELECT quote_id, speaker_name AS name, count(DISTINCT doc_id) FILTER (speaker_from = 'document') AS n,
    count(DISTINCT doc_id) AS of
FROM quotations WHERE direct AND speaker_name IS NOT NULL AND quote_id IN (SELECT unnest($1)) GROUP BY ALL
ORDER BY quote_id, n DESC, of DESC, name
"""
# Those who are named only by what they are: "the letter", "the Senators".
_WRITTEN = """
SELECT quote_id, arg_max(speaker, (n, speaker)) AS name, max(n) AS n FROM (
    SELECT quote_id, lower(speaker) AS low, min(speaker) AS speaker, count(DISTINCT doc_id) AS n FROM quotations
    WHERE direct AND cue IS NOT NULL AND contains(speaker, ' ') AND length(speaker) <= 60
        AND quote_id IN (SELECT unnest($1))
    GROUP BY ALL
) GROUP BY quote_id
"""
_PLACES = f"""
SELECT q.doc_id, d.source, d.time, d.time_precision, d.title, d.url, min(q.start) AS start, max(q."end") AS "end",
    list(q.text ORDER BY q.piece) AS pieces, any_value(q.speaker) AS speaker, any_value(q.speaker_name) AS speaker_name,
    any_value(q.speaker_from) AS speaker_from, any_value(q.cue) AS cue, {{said}}, any_value(q.altered) AS altered,
    any_value(q.tp_id) AS tp_id
FROM ({NTH}) q JOIN documents d USING (doc_id) WHERE q.quote_id = ?
GROUP BY q.nth, q.doc_id, d.source, d.time, d.time_precision, d.title, d.url
ORDER BY d.time NULLS LAST, d.source, q.doc_id
"""  # noqa: S608 - constants
SORTS = {
    "sources": "n_sources DESC, n_documents DESC, first_time NULLS LAST, quote_id",
    "altered": "n_altered DESC, n_sources DESC, quote_id",
    "first": "first_time NULLS LAST, n_sources DESC, quote_id",
    "last": "last_time DESC NULLS LAST, n_sources DESC, quote_id",
}
CLASSES = ("negation", "number", "name", "modality", "ellipsis", "joined", "other")


def repeated(
    rows: Query, about: str | None = None, limit: int = 20, *, offset: int = 0, sort: str = "sources",
    altered: bool = False, listed: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The quotations that stand in most sources, then documents; each with its speakers, the most often named first.

    Those of fewer than `FEWEST_WORDS` words are listed only where they are asked for by words that they hold. `sort` is
    one of `SORTS`; `altered` leaves those out whose words are the same everywhere. `listed` is the name of a table that
    holds the answer to `listing`, if there is one.
    """
    where, parameters = condition("text", about)
    if about is None:
        where = _LONG
    if altered:
        where += " AND n_altered > 0"
    found = rows(
        f"""
        SELECT count(*) OVER () AS of, * FROM {listed or f"({listing()})"} WHERE {where} ORDER BY {SORTS[sort]}
        {f"LIMIT {limit:d} OFFSET {offset:d}" if limit else ""}
        """,  # noqa: S608 - built from constants only
        parameters,
    )
    total = found[0]["of"] if found else 0
    for row in found:
        del row["of"]
    _add_speakers(rows, found)
    return {"quotations": found, "of": total}


def of_point(rows: Query, tp_id: str, limit: int = 20) -> dict[str, Any]:
    """The quotations that passages of a talking point hold, or are held by, as `repeated` lists them."""
    inside = listing("quote_id IN (SELECT quote_id FROM quotations WHERE direct AND tp_id = $1)")
    asked = f"SELECT count(*) OVER () AS of, * FROM ({inside}) ORDER BY {SORTS['sources']} LIMIT {limit:d}"  # noqa: S608
    found = rows(asked, [tp_id])
    total = found[0]["of"] if found else 0
    for row in found:
        del row["of"]
    _add_speakers(rows, found)
    return {"quotations": found, "of": total}


def _add_speakers(rows: Query, found: Sequence[dict[str, Any]]) -> None:
    """Put to each quotation its `speakers`, and as `written` the words for one whom nobody names."""
    asked = [row["quote_id"] for row in found]
    named = defaultdict(list)
    for row in rows(_SPEAKERS, [asked]) if found else []:
        named[row.pop("quote_id")].append(row)
    nameless = [quote_id for quote_id in asked if not named[quote_id]]
    written = {row["quote_id"]: row["name"] for row in rows(_WRITTEN, [nameless])} if nameless else {}
    for row in found:
        row["speakers"] = _brought_together(named[row["quote_id"]])
        row["written"] = written.get(row["quote_id"])


def _brought_together(speakers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Names of one quotation's speakers of which one is a part of the other, as one under the fuller that most have."""
    out: list[dict[str, Any]] = []
    for row in sorted(speakers, key=lambda row: (-len(row["name"].split()), -row["n"], row["name"])):
        words = _words(row["name"])
        same = [
            other
            for other in out
            if words[-1:] == _words(other["name"])[-1:] and set(words) <= set(_words(other["name"]))
        ]
        if (same and len(words) > 1) or len(same) == 1:
            one = max(same, key=lambda other: other["n"])
            one["n"] += row["n"]
            one["of"] += row["of"]
            if row["n"] > one["most"] and len(words) > 1:
                one.update(name=row["name"], most=row["n"])
        else:
            out.append({**row, "most": row["n"]})
    out.sort(key=lambda row: (-row["n"], -row["of"], row["name"]))
    return [{name: row[name] for name in ("name", "n", "of")} for row in out]


def _words(name: str) -> list[str]:
    return [word.strip(".,") for word in unaccented(name).split()]


def said_by(found: Mapping[str, Any]) -> str:
    """Who says a quotation, with how many documents name them where they do not agree.

    >>> said_by({"speakers": [{"name": "Ada Ash", "n": 38, "of": 38}, {"name": "Ben Oak", "n": 3, "of": 3}]})
    'Ada Ash 38 of 41, Ben Oak 3 of 41'
    >>> said_by({"speakers": [{"name": name, "n": 1, "of": 1} for name in ("Ada Ash", "Ben Oak", "Cy Elm", "Di Fir")]})
    'not agreed: Ada Ash 1 of 4, Ben Oak 1 of 4 and 2 others'
    >>> said_by({"speakers": [], "written": "the letter"})
    'the letter'
    """
    speakers = found["speakers"]
    named = [row for row in speakers if row["n"]]
    total = sum(row["n"] for row in named)
    if len(named) < 2:
        return str(speakers[0]["name"] if speakers else found.get("written") or "")
    told = ", ".join(f"{row['name']} {row['n']} of {total}" for row in named[:2])
    others = len(named) - 2
    more = f" and {others} other{'s' if others > 1 else ''}" if others > 0 else ""
    return f"{'' if 2 * named[0]['n'] > total else 'not agreed: '}{told}{more}"


def one(rows: Query, prefix: str) -> dict[str, Any]:
    """One quotation in all its places, the gravest alterations first, then by time."""
    ids = rows(
        "SELECT DISTINCT quote_id FROM quotations WHERE starts_with(quote_id, ?) ORDER BY quote_id LIMIT 4",
        [prefix.lower()],
    )
    known = [row["quote_id"] for row in ids]
    if not known or not prefix:
        raise UsageError(f"no quotation has the id {prefix!r}", fix="list them with: inchorus quotes STUDY")
    if len(known) > 1 and prefix.lower() not in known:
        raise UsageError(f"several quotations begin with {prefix!r}: {', '.join(known[:3])}", fix="give more of the id")
    quote_id = prefix.lower() if prefix.lower() in known else known[0]
    there = columns_of(rows, "quotations")
    said = ", ".join(
        f"any_value(q.{name}) AS {name}" if name in there else f"NULL::VARCHAR AS {name}"
        for name in ("said_where", "said_when")
    )
    places = rows(_PLACES.format(said=said), [quote_id])
    for place in places:
        place["text"] = " … ".join(place["pieces"])
        del place["pieces"]
    whole = [place["text"] for place in places if not place["altered"]] or [place["text"] for place in places]
    places.sort(key=lambda place: _gravity(place["altered"]))
    found: list[dict[str, Any]] = [{"quote_id": quote_id}]
    _add_speakers(rows, found)
    return {
        "quote_id": quote_id,
        "text": max(whole, key=len),
        "speakers": found[0]["speakers"],
        "written": found[0]["written"],
        "places": places,
        "of": len(places),
    }


def _gravity(altered: Sequence[dict[str, str]] | None) -> int:
    return min((CLASSES.index(change["class"]) for change in altered or ()), default=len(CLASSES))


def condition(column: str, about: str | None) -> tuple[str, list[str]]:
    """A condition that all words stand in a text, each at the beginning of a word."""
    if about is None:
        return "true", []
    words = about.casefold().split()
    if not words:
        raise UsageError("--about has no words", fix="give words of what it is about")
    return f"list_bool_and([regexp_matches(lower({column}), w) FOR w IN string_split(?, ' ')])", [
        " ".join(rf"(^|[^\pL\pN]){_escaped(word)}" for word in words)
    ]


def _escaped(word: str) -> str:
    return "".join(c if c.isalnum() else f"\\{c}" if ord(c) < 128 else c for c in word)
