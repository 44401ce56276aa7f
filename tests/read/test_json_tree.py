"""Values of JSON files, and what is read on from where one of them is broken."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.progress import Silent
from inchorus.read import ReadOptions, read_documents

TORN = ('{"no": ', '{"no": {"a": 1}', '{"no": "', '{"no": [1, ', "{")


def post(n: int) -> str:
    """A post of Bluesky, on a line."""
    record = {"$type": "app.bsky.feed.post", "text": f"Rain on day {n}.", "createdAt": "2024-05-01T12:00:00Z"}
    author = {"did": "did:plc:a", "handle": "ash.example"}
    return json.dumps({"post": {"uri": f"at://did:plc:a/app.bsky.feed.post/{n}", "author": author, "record": record}})


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from((*TORN, "")), max_size=6))
def test_a_record_without_its_end_costs_itself(lines: Sequence[str]) -> None:
    """Every "" is a post on a line of its own, and so is the first line."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_text("\n".join(line or post(n) for n, line in enumerate(["", *lines])), encoding="utf-8")
        options = ReadOptions(bad_rows="skip", format="bluesky")
        found = read_documents([path], options, Path(folder), Silent())
    assert found.table.num_rows == 1 + lines.count("")
