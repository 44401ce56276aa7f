"""Agency copy: articles that carry one agency's text, and the other outlets' copies of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import inchorus
from bench.corpora import corpus
from bench.rows import Row

AGENCY = "واس"  # the Saudi Press Agency, as its byline has it
_BYLINE = re.compile(rf"(?<!\w){AGENCY}(?!\w)")
_HEAD = 200  # code points at the start or end of a text in which a byline stands
NAME = "saudi_news_2015_07"


def measure() -> Iterator[Row]:
    """Share of articles with the agency's byline, masked, that share a talking point with another outlet."""
    table = pq.read_table(corpus("saudi_news_2015_07.parquet"))
    texts = table["content"].fill_null("").to_pylist()
    marked = [bool(_BYLINE.search(t[:_HEAD]) or _BYLINE.search(t[-_HEAD:])) for t in texts]
    ids = [str(i) for i in range(len(texts))]
    documents = pa.table(
        {
            "id": ids,
            "source": table["source"],
            "text": pa.array([_BYLINE.sub("", t) for t in texts], pa.large_string()),
        }
    )
    study = inchorus.find(documents, no_ties=True)
    passages = study.passages.arrow()
    length = dict(zip(ids, map(len, texts), strict=True))
    share: dict[str, float] = {}
    for doc_id, start, end in zip(*(passages[c].to_pylist() for c in ("doc_id", "start", "end")), strict=True):
        share[doc_id] = max(share.get(doc_id, 0.0), (end - start) / max(1, length[doc_id]))
    agency = [i for i, m in zip(ids, marked, strict=True) if m]
    others = [i for i, m in zip(ids, marked, strict=True) if not m]
    yield Row("articles with the agency's byline", NAME, len(agency), floored=False)
    for name, group in (("agency", agency), ("other", others)):
        found = sum(i in share for i in group) / len(group)
        whole = sum(share.get(i, 0.0) >= 0.5 for i in group) / len(group)
        yield Row(f"{name} articles in a talking point with another outlet", NAME, found, floored=name == "agency")
        yield Row(f"{name} articles of which half is one such passage", NAME, whole, floored=name == "agency")
    labels = pc.value_counts(study.talking_points.arrow()["label"]).to_pylist()
    for row in labels:
        yield Row(f"talking points labelled {row['values']}", NAME, row["counts"], floored=False)
