"""What counts as declared of sources."""

from __future__ import annotations

from pathlib import Path

import inchorus
from inchorus.evidence.declared import declared
from inchorus.ui.reader import Reader

LINE = "nobody in this valley will ever pay for the same water twice again"


def test_columns_may_have_the_names_that_the_query_uses(tmp_path: Path) -> None:
    rows = [
        {"source": name, "text": f"{n} {LINE} {name}", "n": name, "v0": "x", "differs0": n, 'a"b': "q"}
        for name in ("Courier", "Herald")
        for n in range(2)
    ]
    reader = Reader(inchorus.find(rows, out=tmp_path / "study"))
    assert declared(reader.rows) == {
        "n": {"Courier": "Courier", "Herald": "Herald"},
        "v0": {"Courier": "x", "Herald": "x"},
        'a"b': {"Courier": "q", "Herald": "q"},
    }
