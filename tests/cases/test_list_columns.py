"""Cells that hold lists: whatever way they are written, the same ties, and what they were taken for is said."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import inchorus
from cases.case import given, rows, run

FIND = ("--preset", "posts", "--objects", "urls", "--window", "60")


def posts() -> list[dict[str, Any]]:
    with given("list-columns", "json.csv").open(encoding="utf-8", newline="") as file:
        return [{**row, "urls": json.loads(row["urls"])} for row in csv.DictReader(file)]


def entities(urls: Sequence[str]) -> list[dict[str, Any]]:
    return [{"url": f"t.co/{i}", "expanded_url": url, "indices": [0, i]} for i, url in enumerate(urls)]


def awkward(urls: Sequence[str]) -> list[str]:
    """Addresses that hold every mark that could stand between items."""
    return [f"{url}?a=1;2&b=x|y,z" for url in urls]


WAYS: dict[str, Callable[[list[str]], str]] = {
    "commas": ",".join,
    "commas and blanks": ", ".join,
    "semicolons": "; ".join,
    "bars": "|".join,
    "line ends": "\n".join,
    "marks inside": lambda urls: ",".join(awkward(urls)),
    "bars, marks inside": lambda urls: " | ".join(awkward(urls)),
    "R": lambda urls: f"c({', '.join(json.dumps(u) for u in urls)})" if len(urls) > 1 else urls[0],
    "NumPy": lambda urls: "[" + "\n ".join(repr(u) for u in urls) + "]",
    "without quotation marks": lambda urls: f"[{', '.join(urls)}]",
    "objects as JSON": lambda urls: json.dumps(entities(urls)),
    "objects as Python": lambda urls: repr(entities(urls)),
    "JSON, marks inside": lambda urls: json.dumps(awkward(urls)),
}


def check(study: Path) -> None:
    tied = [r for r in rows(study, "ties") if r["kind"] == "urls" and r["q_value"] <= 0.05]
    assert [(r["source_a"], r["source_b"], r["observed"]) for r in tied] == [("left", "right", 12)]


@pytest.mark.parametrize("name", ["json", "python", "space"])
def test_the_lists_of_the_case(name: str, tmp_path: Path) -> None:
    said = run("find", given("list-columns", f"{name}.csv"), "--out", tmp_path / "study", *FIND)
    assert said.code == 0, said.err
    assert "column 'urls' holds lists" in said.err
    assert "is 2 items, 'https://o.example/0' and 'https://u.example/65'" in said.err
    check(tmp_path / "study")


@pytest.mark.parametrize("way", WAYS)
def test_lists_written_in_other_ways(way: str, tmp_path: Path) -> None:
    with (tmp_path / "posts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "source", "time", "text", "urls"])
        for p in posts():
            writer.writerow([p["id"], p["source"], p["time"], p["text"], WAYS[way](p["urls"])])
    said = run("find", tmp_path / "posts.csv", "--out", tmp_path / "study", *FIND)
    assert "column 'urls' holds lists" in said.err
    check(tmp_path / "study")
    # the same on a study that is there
    assert run("find", tmp_path / "posts.csv", "--out", tmp_path / "later").code == 0
    said = run("ties", tmp_path / "later", "--objects", "urls")
    assert "column 'urls' holds lists" in said.err
    check(tmp_path / "later")


def test_lists_that_are_lists(tmp_path: Path) -> None:
    flat = posts()
    deep = [{**p, "urls": entities(p["urls"])} for p in flat]
    for name, records in (("flat", flat), ("deep", deep)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, records)))
        pq.write_table(pa.Table.from_pylist(records), tmp_path / f"{name}.parquet")
        options: dict[str, Any] = {"preset": "posts", "objects": ["urls"], "window": 60}
        for i, given_ in enumerate((f"{name}.jsonl", f"{name}.parquet", records, pa.Table.from_pylist(records))):
            out = tmp_path / f"{name}{i}"
            inchorus.find(tmp_path / given_ if isinstance(given_, str) else given_, out, **options)
            check(out)


def test_what_is_no_list_is_one_item_and_the_separator_overrides(tmp_path: Path) -> None:
    head = "source,time,text,tags\n"
    lines = [
        f"{s},2024-05-0{1 + i}T00:00:0{k},look at item {i},climate change;water {i}; {s}\n"
        for i in range(8)
        for k, s in enumerate(("left", "right", f"o{i}"))
    ]
    (tmp_path / "a.csv").write_text(head + "".join(lines))
    options = ("--preset", "posts", "--objects", "tags", "--quiet")
    study = tmp_path / "study"
    said = run("find", tmp_path / "a.csv", "--out", study, *options[:-1])
    assert "a value of column 'tags' is one item, as 'climate change;water 0; o0' is" in said.err
    assert "--list-separator" in said.err
    assert not [r for r in rows(study, "ties") if r["kind"] == "tags"]
    assert run("find", tmp_path / "a.csv", "--out", study, *options, "--list-separator", ";").code == 0
    shared = {(r["source_a"], r["source_b"]): r["observed"] for r in rows(study, "ties") if r["kind"] == "tags"}
    assert shared["left", "right"] >= 8
    # ties know how the study was read
    assert run("ties", study, "--objects", "tags", "--window", "59", "--quiet").code == 0
    again = {(r["source_a"], r["source_b"]): r["observed"] for r in rows(study, "ties") if r["kind"] == "tags"}
    assert again == shared
    assert run("find", tmp_path / "a.csv", "--out", study, *options, "--list-separator", "").code == 2


def test_a_title_is_one_item(tmp_path: Path) -> None:
    titles = ["[Update] Rain, snow; hail", "The mayor | Herald", "[1]", "Fire, flood, and what is left", "Cuts"]
    lines = [
        f'{s},2024-05-0{1 + i}T00:00:0{k},look at item {i},"{title}"\n'
        for i, title in enumerate(titles)
        for k, s in enumerate(("left", "right"))
    ]
    (tmp_path / "a.csv").write_text("source,time,text,title\n" + "".join(lines))
    study = tmp_path / "study"
    said = run("find", tmp_path / "a.csv", "--out", study, "--preset", "posts", "--objects", "title")
    assert "a value of column 'title' is one item" in said.err
    assert [r["observed"] for r in rows(study, "ties") if r["kind"] == "title"] == [5]
