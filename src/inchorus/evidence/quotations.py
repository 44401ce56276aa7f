"""Quotations: those that most repeat, one in all its places, and what a speaker said in the order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.evidence.asking import Query

SAME_WORDS = 5  # words in a row by which a statement repeats an earlier one
FEWEST_WORDS = 6  # of a quotation that is listed unasked: "No." and "stay the course" are said by anybody
TURN = 600  # code points: the median length of documents up to which those of a source are turns of a transcript
_ORDER = ("line", "turn", "position", "part", "index")  # columns that say in which order a day's documents were

# A document may have a quotation twice: `nth` says which time it is.
_NTH = """
SELECT *, sum((piece = 0)::INT) OVER (PARTITION BY doc_id, quote_id ORDER BY start) AS nth FROM quotations
"""
# Each quotation once: its fullest form, and how many have it. $1 is none or part of its text, in lower case.
_LISTED = f"""
WITH places AS (
    SELECT quote_id, doc_id, string_agg(text, ' … ' ORDER BY piece) AS text, any_value(tp_id) AS tp_id,
        any_value(speaker_name) AS name, any_value(altered) AS altered
    FROM ({_NTH}) WHERE direct GROUP BY quote_id, doc_id, nth
), held AS (
    SELECT p.*, d.source, d.time, d.time_precision FROM places p JOIN documents d USING (doc_id)
)
SELECT quote_id, arg_max(text, (altered IS NULL, length(text))) AS text, count(DISTINCT doc_id) AS n_documents,
    count(DISTINCT source) AS n_sources, min(time) AS first_time, max(time) AS last_time,
    count(*) FILTER (altered IS NOT NULL) AS n_altered, any_value(tp_id) AS tp_id
FROM held GROUP BY quote_id
"""  # noqa: S608 - constants
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
_PLACES = f"""
SELECT q.doc_id, d.source, d.time, d.time_precision, d.title, d.url, min(q.start) AS start, max(q."end") AS "end",
    list(q.text ORDER BY q.piece) AS pieces, any_value(q.speaker) AS speaker, any_value(q.speaker_name) AS speaker_name,
    any_value(q.speaker_from) AS speaker_from, any_value(q.cue) AS cue, any_value(q.altered) AS altered,
    any_value(q.tp_id) AS tp_id
FROM ({_NTH}) q JOIN documents d USING (doc_id) WHERE q.quote_id = ?
GROUP BY q.nth, q.doc_id, d.source, d.time, d.time_precision, d.title, d.url
ORDER BY d.time NULLS LAST, d.source, q.doc_id
"""  # noqa: S608 - constants
_CLASSES = ("negation", "number", "name", "modality", "ellipsis", "joined", "other")


def quoted(
    rows: Query, speaker: str | None = None, about: str | None = None, limit: int = 20, quote_id: str | None = None
) -> dict[str, Any]:
    """What `inchorus quotes` shows; `of` says of how many. UsageError for an id or a speaker that there is not."""
    if quote_id is not None:
        if speaker is not None or about is not None:
            raise UsageError("--speaker and --about are for lists", fix="leave out the id, or them")
        return one(rows, quote_id)
    if speaker is not None:
        return statements(rows, speaker, about, limit)
    return repeated(rows, about, limit)


def repeated(rows: Query, about: str | None = None, limit: int = 20) -> dict[str, Any]:
    """The quotations that stand in most sources, then documents; each with its speakers, the most often named first.

    Those of fewer than `FEWEST_WORDS` words are listed only where they are asked for by words that they hold.
    """
    where, parameters = _about("text", about)
    if about is None:
        where = _LONG
    found = rows(
        f"""
        SELECT count(*) OVER () AS of, * FROM ({_LISTED}) WHERE {where}
        ORDER BY n_sources DESC, n_documents DESC, first_time NULLS LAST, quote_id {f"LIMIT {limit}" if limit else ""}
        """,  # noqa: S608 - built from constants only
        parameters,
    )
    total = found[0]["of"] if found else 0
    named = defaultdict(list)
    for row in rows(_SPEAKERS, [[row["quote_id"] for row in found]]) if found else []:
        named[row.pop("quote_id")].append(row)
    for row in found:
        del row["of"]
        row["speakers"] = named[row["quote_id"]]
    return {"quotations": found, "of": total}


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
    places = rows(_PLACES, [quote_id])
    for place in places:
        place["text"] = " … ".join(place["pieces"])
        del place["pieces"]
    whole = [place["text"] for place in places if not place["altered"]] or [place["text"] for place in places]
    places.sort(key=lambda place: _gravity(place["altered"]))
    speakers = rows(_SPEAKERS, [[quote_id]])
    for row in speakers:
        del row["quote_id"]
    return {
        "quote_id": quote_id,
        "text": max(whole, key=len),
        "speakers": speakers,
        "places": places,
        "of": len(places),
    }


def _gravity(altered: Sequence[dict[str, str]] | None) -> int:
    return min((_CLASSES.index(change["class"]) for change in altered or ()), default=len(_CLASSES))


def statements(rows: Query, speaker: str, about: str | None = None, limit: int = 20) -> dict[str, Any]:
    """What a speaker said, in the order of time, each with the documents that carry it.

    `also` names those who may be the same person, and are not merged. A short document of a source of that name is a
    statement of its own, as in a transcript of which each turn is a document.
    """
    name, also = _who(rows, speaker)
    where, parameters = _about("text", about)
    order = [row["column_name"] for row in rows("DESCRIBE documents", [])]
    within = next((column for column in _ORDER if column in order), None)
    by = f'min(d."{within}")' if within else "NULL"
    found = rows(
        f"""
        SELECT count(*) OVER () AS of, * FROM (
            SELECT quote_id, text, direct, about, time, time_precision, within, documents, tp_id FROM (
                SELECT s.quote_id, s.time, s.time_precision, s.about, any_value(q.direct) AS direct,
                    any_value(q.tp_id) AS tp_id, {by} AS within,
                    arg_max(q.text, (q.altered IS NULL, length(q.text))) AS text,
                    list_sort(list(DISTINCT {{'doc_id': d.doc_id, 'source': d.source}})) AS documents
                FROM statements s JOIN (
                    SELECT quote_id, doc_id, speaker_name, string_agg(text, ' … ' ORDER BY piece) AS text,
                        any_value(direct) AS direct, any_value(tp_id) AS tp_id, any_value(altered) AS altered
                    FROM ({_NTH}) GROUP BY quote_id, doc_id, speaker_name, nth
                ) q USING (quote_id, speaker_name) JOIN documents d USING (doc_id)
                WHERE s.speaker_name = $1 GROUP BY s.quote_id, s.time, s.time_precision, s.about
            ) UNION ALL (
                SELECT doc_id, d.text, false, NULL, d.time, d.time_precision, {by.replace("min(", "(")},
                    [{{'doc_id': doc_id, 'source': d.source}}], NULL
                FROM documents d WHERE lower(d.source) = lower($1) AND (
                    SELECT median(length(text)) <= {TURN} FROM documents WHERE lower(source) = lower($1)
                )
            )
        ) WHERE {where.replace("?", "$2") if parameters else where}
        ORDER BY time NULLS LAST, within NULLS LAST, documents[1].doc_id, quote_id {f"LIMIT {limit}" if limit else ""}
        """,  # noqa: S608 - built from constants only
        [name, *parameters],
    )
    total = found[0]["of"] if found else 0
    for row in found:
        del row["of"], row["within"]
    _mark_repeats(found)
    return {"speaker": name, "also": also, "statements": found, "of": total}


def _mark_repeats(found: Sequence[dict[str, Any]]) -> None:
    """Say of each statement which earlier one it repeats: of the same talking point, or with words of it in a row."""
    held: dict[tuple[str, ...], str] = {}
    points: dict[str, str] = {}
    for row in found:
        words = tuple("".join(c if c.isalnum() else " " for c in row["text"].casefold()).split())
        grams = [words[i : i + SAME_WORDS] for i in range(len(words) - SAME_WORDS + 1)]
        earlier = next((held[gram] for gram in grams if gram in held), None)
        row["repeats"] = points.get(row["tp_id"] or "", earlier)
        for gram in grams:
            held.setdefault(gram, row["quote_id"])
        if row["tp_id"] is not None:
            points.setdefault(row["tp_id"], row["quote_id"])


def _who(rows: Query, asked: str) -> tuple[str, list[str]]:
    """The name that is meant, and others that may be the same person; UsageError if nobody is."""
    known = rows(
        "SELECT speaker_name AS name, count(*) AS n FROM statements GROUP BY ALL UNION ALL "
        "SELECT DISTINCT source, 0 FROM documents ORDER BY n DESC, name",
        [],
    )
    names = list(dict.fromkeys(row["name"] for row in known))
    words = asked.casefold().split()
    near = [name for name in names if words and set(words) <= set(name.casefold().split())]
    exact = [name for name in names if name.casefold() == asked.casefold()]
    if not near and not exact:
        raise UsageError(
            f"nobody of the name {asked!r} is quoted", fix=nearest(asked, names) or "give the name as it is listed"
        )
    quoted_by = {row["name"]: row["n"] for row in reversed(known)}
    said = [name for name in (*exact, *near) if quoted_by[name]]
    chosen = (said or exact or near)[0]
    turns = [name for name in exact if name != chosen and _turns(rows, name)]
    chosen = chosen if chosen.casefold() == asked.casefold() or not turns else turns[0]
    last = chosen.casefold().split()[-1]
    return chosen, [n for n in names if n != chosen and (n in near or n.casefold().split()[-1] == last)][:20]


def _turns(rows: Query, source: str) -> bool:
    """Whether the documents of a source are so short that they are turns of a transcript."""
    found = rows("SELECT median(length(text)) AS n FROM documents WHERE source = ?", [source])
    return bool(found) and found[0]["n"] is not None and found[0]["n"] <= TURN


def _about(column: str, about: str | None) -> tuple[str, list[str]]:
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
