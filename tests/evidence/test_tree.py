from io import StringIO

import pyarrow as pa
import pytest
from rich.console import Console

import inchorus
from inchorus.api import Study
from inchorus.cli.tree import print_tree
from inchorus.evidence.wordings import wordings, wordings_of

LINE = "nobody in this valley will ever pay for the same water twice again this year"
EDITED = LINE.replace("valley", "county")
AGAIN = EDITED.replace("ever", "gladly")


@pytest.fixture(scope="module")
def study() -> Study:
    texts = [
        ("Herald", f"Rivers rise fast here. {LINE}. Bridges closed.", 1),
        ("Courier", f"Mayor Ortiz spoke. {EDITED}. Then lunch came.", 3),
        ("Post", f"Old promises die hard. {AGAIN}. Who knew?", 5),
        ("Echo", f"Taps ran dry. {LINE}. School starts Monday.", 6),
    ]
    rows = [{"source": s, "time": f"2024-05-0{day}T08:00:00Z", "text": text} for s, text, day in texts]
    return inchorus.find(pa.Table.from_pylist(rows))


def test_several_talking_points_at_once_have_what_each_has_alone(study: Study) -> None:
    ids = study.talking_points.arrow()["tp_id"].to_pylist()
    rows = wordings_of(study.sql, [*ids, "none"])
    assert rows == {**{tp_id: wordings(study.sql, tp_id) for tp_id in ids}, "none": []}
    assert all(rows[tp_id] for tp_id in ids)


def test_each_wording_hangs_under_the_one_that_it_likeliest_comes_from(study: Study) -> None:
    (point,) = study.talking_points.arrow().to_pylist()
    rows = wordings(study.sql, point["tp_id"])
    names = {row["variant_id"]: row["source"] for row in rows}
    assert [(row["source"], names.get(row["parent"]), row["n_passages"]) for row in rows] == [
        ("Herald", None, 2),
        ("Courier", "Herald", 1),
        ("Post", "Courier", 1),
    ]


def test_the_tree_marks_what_changed_and_keeps_to_the_text(study: Study) -> None:
    (point,) = study.talking_points.arrow().to_pylist()
    out = StringIO()
    print_tree(Console(file=out, width=60), wordings(study.sql, point["tp_id"]))
    root, first, second = out.getvalue().splitlines()[1:4]
    assert "Herald 2024-05-01" in root
    assert "×2" in root
    assert "[-valley" in first
    assert "{+county" in first
    assert "[-ever" in second
    assert "{+gladly" in second
    assert second.index("Post") > first.index("Courier")
