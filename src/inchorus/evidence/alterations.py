"""Which words of quotations were changed, where: a row a change, the gravest first."""

from __future__ import annotations

from inchorus.evidence.quotations import CLASSES, NTH, listing

_GRAVITY = ", ".join(f"'{name}'" for name in CLASSES)
# `fullest` is the form that others are held against, `text` what the document has, its pieces joined by an ellipsis.
ALTERED = f"""
WITH places AS (
    SELECT quote_id, doc_id, nth, string_agg(text, ' … ' ORDER BY piece) AS text, min(start) AS start,
        max("end") AS "end", any_value(speaker) AS speaker, any_value(speaker_name) AS speaker_name,
        any_value(speaker_from) AS speaker_from, any_value(tp_id) AS tp_id, unnest(any_value(altered)) AS change
    FROM ({NTH}) WHERE direct AND altered IS NOT NULL GROUP BY quote_id, doc_id, nth
)
SELECT p.quote_id, p.change.class AS class, p.change."from" AS "from", p.change."to" AS "to", f.text AS fullest, p.text,
    p.speaker_name, p.speaker_from, p.speaker, d.source, d.time, d.time_precision, p.doc_id, p.start, p."end", d.title,
    d.url, p.tp_id
FROM places p JOIN documents d USING (doc_id)
    JOIN ({listing("quote_id IN (SELECT quote_id FROM quotations WHERE altered IS NOT NULL)")}) f USING (quote_id)
ORDER BY list_position([{_GRAVITY}], p.change.class), f.n_sources DESC, p.quote_id, d.time NULLS LAST, p.doc_id, p.start
"""  # noqa: S608 - built from constants only
