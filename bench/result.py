"""The figures of the README's real result, counted anew.

python -m bench.result
"""

from __future__ import annotations

import sys

import duckdb
from pyarrow import csv

import inchorus
from bench.corpora import Absent, corpus
from bench.table import print_table

PAIRED = """
    SELECT a.label, count(*), avg((a.state = b.state)::INT), avg((a.party = b.party)::INT)
    FROM used a JOIN used b ON a.tp_id = b.tp_id AND a.source < b.source GROUP BY ALL
"""
EVERY = """
    SELECT 'every pair of sources', count(*), avg((a.state = b.state)::INT), avg((a.party = b.party)::INT)
    FROM senators a JOIN senators b ON a.source < b.source
"""


def main() -> int:
    """Count and print: 0 if the corpus is there, 1 if not."""
    try:
        documents, senators = corpus("senate/press_releases.parquet"), csv.read_csv(corpus("senate/senators.csv"))
    except Absent as absent:
        print(f"not measured, as {absent}")
        return 1
    study = inchorus.find(documents, no_ties=True)
    print(study)
    labels = study.sql(
        "SELECT label, count(*), max(n_sources), sum(n_passages) FROM talking_points GROUP BY ALL ORDER BY 2 DESC"
    )
    print_table(("label", "", "talking points", "most sources", "passages"), _cells(labels.to_pylist()))
    # Lines of exactly two sources: are these two of one state, of one party?
    used = study.sql(
        "SELECT DISTINCT tp_id, source, label FROM passages JOIN talking_points USING (tp_id)"
        " WHERE n_sources = 2 AND label = 'line'"
    )
    connection = duckdb.connect()
    connection.register("senators", senators)
    connection.register("used", used.join(senators.select(["source", "state", "party"]), "source"))
    rows = connection.sql(PAIRED).fetchall() + connection.sql(EVERY).fetchall()
    print()
    print_table(
        ("shared by exactly two", "", "number", "same state", "same party"),
        [(str(name), "", f"{n:,}", f"{state:.1%}", f"{party:.1%}") for name, n, state, party in rows],
    )
    return 0


def _cells(rows: list[dict[str, object]]) -> list[tuple[str, ...]]:
    return [(str(label), "", *(f"{n:,}" for n in counts)) for label, *counts in (r.values() for r in rows)]


if __name__ == "__main__":
    sys.exit(main())
