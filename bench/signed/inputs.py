"""The four corpora of the judged passages, as tables that `find` reads, with the ids that the readers were given."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.corpora import corpus

# The preset of each corpus.
PRESETS = {"senate": "articles", "posts": "posts", "debates": "posts", "saudi": "articles"}


def documents(name: str) -> pa.Table:
    """Columns id, source, time and text of one of the four corpora.

    Raises Absent or Required where the corpus is not on this machine; KeyError for another name.
    """
    return {"senate": _senate, "posts": _posts, "debates": _debates, "saudi": _saudi}[name]()


def _senate() -> pa.Table:
    return pq.read_table(corpus("senate/press_releases.parquet"))


def _posts() -> pa.Table:
    parts = []
    for mark, path in (("o", "ira_2016/operation_posts.parquet"), ("x", "ira_2016/organic_posts.parquet")):
        table = pq.read_table(corpus(path), columns=["id", "source", "time", "text"])
        ids = pa.array([f"{mark}{i}" for i in table["id"].to_pylist()])
        time = pc.strftime(table["time"].cast(pa.timestamp("s")), "%Y-%m-%d %H:%M:%S")
        parts.append(pa.table({"id": ids, "source": table["source"], "time": time, "text": table["text"]}))
    return pa.concat_tables(parts, promote_options="permissive")


def _debates() -> pa.Table:
    table = pq.read_table(corpus("debates/lines.parquet"))
    ids = [f"{name}-{i}" for i, name in enumerate(table["transcript"].to_pylist())]
    return pa.table({"id": ids, "source": table["source"], "time": table["time"], "text": table["text"]})


def _saudi() -> pa.Table:
    table = pq.read_table(corpus("saudi_news_2015_07.parquet"))
    days = pc.utf8_slice_codeunits(table["date_extracted"].cast(pa.string()), 0, 10)
    ids = [str(i) for i in range(len(table))]
    return pa.table(
        {"id": ids, "source": table["source"], "time": days, "title": table["title"], "text": table["content"]}
    )
