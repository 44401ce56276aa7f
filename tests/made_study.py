"""A small study made by hand, with texts of many scripts and some that are hostile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa

from inchorus.api import Study
from inchorus.schema import arrow_schema
from inchorus.study import write_study

START = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
LABELS = ("line", "quotation", "syndicated", "boilerplate", "title")
WORDINGS = (
    "We will not rest until every family in this valley has clean water",
    "The council approved the plan for the new bridge on Tuesday evening after a long debate about its cost",
    "لن نرتاح حتى تحصل كل أسرة في هذا الوادي على مياه نظيفة",
    "我们决不罢休直到山谷里的每个家庭都有清洁的饮用水为止这是我们的承诺",
    "Мы не успокоимся, пока у каждой семьи в этой долине не будет чистой воды",
    "[bold red]not markup[/] :smile: of any kind is read here, whatever\n\n\tthe text says about it",
    "evil \x1b[31m\x1b]0;title\x07 \x9b2J codes \u202eand overrides\u202c are to be seen, not obeyed at all",
    "लोगों को साफ़ पानी मिलने तक हम चैन से नहीं बैठेंगे यह हमारा वादा है",
)
SOURCES = (
    "Daily Courier",
    "Valley Post",
    "جريدة الوادي",
    "山谷日报",
    "The Very Long-Winded Evening Chronicle",
    "Evil \x1b[2J",
)


# The parts of each score; a study as `find` writes it has others for each talking point.
PARTS = {"independent": 2.0, "burst": 0.5, "said": 0.5, "own": 0.5, "whole": 1.0, "topic": 0.5, "across": None}


def tp_id(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def tables(points: int = len(WORDINGS)) -> dict[str, pa.Table]:
    """Talking point k is used by sources 0 to k mod 5 + 1, a day apart, the last with one word changed."""
    rows: dict[str, list[dict[str, Any]]] = {"documents": [], "talking_points": [], "passages": [], "variants": []}
    for k in range(points):
        wording = WORDINGS[k % len(WORDINGS)] + (f" {k}" if k >= len(WORDINGS) else "")
        users = SOURCES[: k % 5 + 2]
        point = tp_id(wording)
        for i, source in enumerate(users):
            time = None if (k, i) == (1, 1) else START + timedelta(days=k + i)
            last = i == len(users) - 1
            said = wording.replace(" clean ", " clear drinking ") if last else wording
            before = f"Number {k}: " + "before it " * (i * 5)
            text = before + said + " and after it" * 9
            doc = f"d{k:03}-{i}"
            rows["documents"].append(
                {"doc_id": doc, "source": source, "time": time, "time_precision": time and ("minute", "day")[i % 2],
                 "text": text, "url": "https://example.org/" + doc}
            )  # fmt: skip
            rows["passages"].append(
                {"tp_id": point, "variant_id": tp_id(said), "doc_id": doc, "source": source, "time": time,
                 "start": len(before), "end": len(before) + len(said), "similarity": 1.0 if said == wording else 0.9,
                 "is_first": i == 0, "copied_from": None if i == 0 else f"d{k:03}-0"}
            )  # fmt: skip
        rows["talking_points"].append(
            {"tp_id": point, "text": wording, "words": len(wording.split()), "n_passages": len(users),
             "n_documents": len(users), "n_sources": len(users), "n_variants": 2, "first_time": START + timedelta(k),
             "last_time": START + timedelta(k + len(users) - 1),
             "first_sources": list(users[: k % 3 + 1]), "label": LABELS[k % 5], "label_rule": "made by hand",
             "score": 100.0 - k, **PARTS, "burst": k / 100,
             "quote_doc": f"d{k:03}-0", "quote_start": len(f"Number {k}: "),
             "quote_end": len(f"Number {k}: ") + len(wording), "kind": "wording"}
        )  # fmt: skip
        rows["variants"].append(
            {"variant_id": tp_id(wording), "tp_id": point, "text": wording, "n_passages": len(users),
             "n_sources": len(users), "first_time": START,
             "edits": [{"op": "keep", "from": wording, "to": wording, "class": None}]}
        )  # fmt: skip
        if said != wording:
            (before, after), kept = wording.split(" clean "), said.split(" clear drinking ")
            rows["variants"].append(
                {"variant_id": tp_id(said), "tp_id": point, "text": said, "n_passages": 1, "n_sources": 1,
                 "first_time": START + timedelta(k + len(users) - 1),
                 "edits": [{"op": "keep", "from": before, "to": kept[0], "class": None},
                           {"op": "replace", "from": "clean", "to": "clear drinking", "class": "content"},
                           {"op": "keep", "from": after, "to": kept[1], "class": None}]}
            )  # fmt: skip
    return {name: pa.Table.from_pylist(found, arrow_schema(name)) for name, found in rows.items()}


def made(out: Path, points: int = len(WORDINGS), **manifest: Any) -> Study:
    """Write the study."""
    base = {
        "options": {"min_words": 8, "min_sources": 2},
        "seed": 0,
        "inputs": [],
        "started": "2024-01-01T00:00:00+00:00",
    }
    return Study(write_study(out, tables(points), {**base, **manifest}))
