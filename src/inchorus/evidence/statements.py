"""What a speaker said, in the order of time, quotations and turns of a transcript; what `inchorus quotes` shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.evidence.asking import Query, columns_of
from inchorus.evidence.quotations import NTH, condition, one, repeated

SAME_WORDS = 5  # words in a row by which a statement repeats an earlier one
TURN = 600  # code points: the median length of documents up to which those of a source are turns of a transcript
_ORDER = ("line", "turn", "position", "part", "index")  # columns that say in which order a day's documents were


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


def statements(
    rows: Query, speaker: str, about: str | None = None, limit: int = 20, texts: str = "documents"
) -> dict[str, Any]:
    """What a speaker said, in the order of time, each with the documents that carry it.

    `also` names those who may be the same person, and are not merged. A short document of a source of that name is a
    statement of its own, as in a transcript of which each turn is a document. `texts` is the table with their texts.
    """
    name, also = _who(rows, speaker, texts)
    where, parameters = condition("text", about)
    order = columns_of(rows, "documents")
    within = next((column for column in _ORDER if column in order), None)
    by = f'min(d."{within}")' if within else "NULL"
    found = rows(
        f"""
        SELECT count(*) OVER () AS of, * FROM (
            SELECT quote_id, text, direct, about, time, time_precision, within, documents, tp_id FROM (
                SELECT s.quote_id, s.time, s.time_precision, s.about, any_value(q.direct) AS direct,
                    any_value(q.tp_id) AS tp_id, {by} AS within,
                    arg_max(q.text, (q.altered IS NULL, length(q.text))) AS text,
                    list({{'doc_id': d.doc_id, 'source': d.source, 'time': d.time,
                        'time_precision': d.time_precision, 'start': q.start}}
                        ORDER BY d.time NULLS LAST, d.source, d.doc_id, q.start) AS documents
                FROM statements s JOIN (
                    SELECT quote_id, doc_id, speaker_name, string_agg(text, ' … ' ORDER BY piece) AS text,
                        any_value(direct) AS direct, any_value(tp_id) AS tp_id, any_value(altered) AS altered,
                        min(start) AS start
                    FROM ({NTH}) GROUP BY quote_id, doc_id, speaker_name, nth
                ) q USING (quote_id, speaker_name) JOIN documents d USING (doc_id)
                WHERE s.speaker_name = $1 GROUP BY s.quote_id, s.time, s.time_precision, s.about
            ) UNION ALL (
                SELECT doc_id, t.text, false, NULL, d.time, d.time_precision, {by.replace("min(", "(")},
                    [{{'doc_id': doc_id, 'source': d.source, 'time': d.time, 'time_precision': d.time_precision,
                        'start': 0}}], NULL
                FROM documents d JOIN {texts} t USING (doc_id) WHERE lower(d.source) = lower($1) AND (
                    SELECT median(length(text)) <= {TURN} FROM {texts} WHERE lower(source) = lower($1)
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
        row["documents"] = list({document["doc_id"]: document for document in reversed(row["documents"])}.values())[
            ::-1
        ]
    _mark_repeats(found)
    return {"speaker": name, "also": also, "statements": found, "of": total}


_SPEAKERS = """
SELECT speaker_name AS name, any_value(s.statements) AS statements, count(DISTINCT doc_id) AS documents,
    any_value(s.first_time) AS first_time, any_value(s.last_time) AS last_time
FROM quotations JOIN (
    SELECT speaker_name, count(*) AS statements, min(time) AS first_time, max(time) AS last_time FROM statements
    GROUP BY speaker_name
) s USING (speaker_name)
GROUP BY speaker_name ORDER BY statements DESC, name
"""


# Turns of a transcript, a document each.
_TRANSCRIBED = f"""
SELECT d.source AS name, count(*) AS statements, count(*) AS documents, min(d.time) AS first_time,
    max(d.time) AS last_time
FROM documents d JOIN {{texts}} t USING (doc_id)
GROUP BY d.source HAVING median(length(t.text)) <= {TURN}
"""  # noqa: S608 - constants


def speakers(rows: Query, named: str = "", texts: str = "documents") -> list[dict[str, Any]]:
    """Everybody of whom there are statements, whose name has the words `named`; those with the most first.

    Who speaks in a transcript is one of them: a source of short documents in the order of a column.
    """
    words = named.casefold().split()
    found = {row["name"]: row for row in rows(_SPEAKERS, [])}
    in_order = set(_ORDER) & set(columns_of(rows, "documents"))
    for turn in rows(_TRANSCRIBED.format(texts=texts), []) if in_order else ():
        known = found.get(turn["name"])
        if known is not None:
            every = [row[name] for row in (known, turn) for name in ("first_time", "last_time")]
            times = [time for time in every if time is not None]
            turn["statements"] += known["statements"]
            turn["documents"] += known["documents"]
            turn["first_time"], turn["last_time"] = min(times, default=None), max(times, default=None)
        found[turn["name"]] = turn
    every = sorted(found.values(), key=lambda row: (-row["statements"], row["name"]))
    return [row for row in every if all(word in row["name"].casefold() for word in words)]


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


def _who(rows: Query, asked: str, texts: str) -> tuple[str, list[str]]:
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
    turns = [name for name in exact if name != chosen and _turns(rows, name, texts)]
    chosen = chosen if chosen.casefold() == asked.casefold() or not turns else turns[0]
    others = [name for name in names if name.casefold() != chosen.casefold()]  # ASH of a transcript is Ash
    alike = [name for name in others if name in near or _alike(name, chosen)]
    return chosen, alike[:20]


def _alike(one: str, other: str) -> bool:
    """Whether two names may be one person's: the last is the same, and the first, if both have one, begin alike."""
    a, b = one.casefold().split(), other.casefold().split()
    return a[-1:] == b[-1:] and (len(a) == 1 or len(b) == 1 or a[0][0] == b[0][0])


def _turns(rows: Query, source: str, texts: str) -> bool:
    """Whether the documents of a source are so short that they are turns of a transcript."""
    found = rows(f"SELECT median(length(text)) AS n FROM {texts} WHERE source = ?", [source])  # noqa: S608
    return bool(found) and found[0]["n"] is not None and found[0]["n"] <= TURN
