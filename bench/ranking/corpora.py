"""The corpora whose first lines are judged: two for choosing how to rank, the others for reporting."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.corpora import corpus
from bench.found import found
from inchorus import Study


def study_of(name: str) -> Study:
    """The study of one of `CORPORA`, without ties; Absent where the corpus is not there."""
    documents, options = CORPORA[name]()
    return found(name, documents, **options)


def _senate() -> tuple[Any, dict[str, Any]]:
    return corpus("senate/press_releases.parquet"), {}


def _posts() -> tuple[Any, dict[str, Any]]:
    operation = pq.read_table(corpus("ira_2016/operation_posts.parquet"))
    organic = pq.read_table(corpus("ira_2016/organic_posts.parquet"), columns=["id", "source", "time", "text"])
    times = pc.cast(operation["time"], pa.timestamp("us"))
    ids = [f"o{i}" for i in operation["id"].to_pylist()] + [f"g{i}" for i in range(len(organic))]
    # The category of an account is declared, as a party is; ordinary accounts have none.
    declared = [table.select(["source", "text", *more]) for table, more in ((operation, ["category"]), (organic, []))]
    table = pa.concat_tables(declared, promote_options="default").append_column("id", pa.array(ids))
    return table.append_column("time", pa.chunked_array([*times.chunks, *organic["time"].chunks])), {"preset": "posts"}


def _saudi() -> tuple[Any, dict[str, Any]]:
    table = pq.read_table(corpus("saudi_news_2015_07.parquet"))
    days = pc.utf8_slice_codeunits(table["date_extracted"], 0, 10)
    ids = pa.array([str(i) for i in range(len(table))])
    columns = {"id": ids, "source": table["source"], "time": days, "text": table["content"]}
    return pa.table(columns), {}


def _debates() -> tuple[Any, dict[str, Any]]:
    table = pq.read_table(corpus("debates/lines.parquet"))
    ids = pa.array([f"{transcript}-{n}" for n, transcript in enumerate(table["transcript"].to_pylist())])
    return table.append_column("id", ids).select(["id", "source", "time", "text"]), {"preset": "posts"}


def _telegram() -> tuple[Any, dict[str, Any]]:
    with tarfile.open(corpus("telegram/channels.tar.xz")) as channels:
        files = [channels.extractfile(name) for name in sorted(channels.getnames())]
        posts = [{"file": at, **post} for at, file in enumerate(files) if file for post in json.load(file)]
    columns = {
        "id": [f"{post['file']}-{post['message_id']}" for post in posts],
        "source": [post["channel"] for post in posts],
        "time": [post["date"] for post in posts],
        "text": [post["text"] or "" for post in posts],
    }
    return pa.table(columns), {"preset": "posts"}


CORPORA: dict[str, Callable[[], tuple[Any, dict[str, Any]]]] = {
    "senate": _senate,
    "ira_2016": _posts,
    "saudi_news_2015_07": _saudi,
    "debates": _debates,
    "telegram": _telegram,
}
CHOSEN_ON = ("senate", "ira_2016")
