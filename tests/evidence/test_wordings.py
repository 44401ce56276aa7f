"""The edits that a study has are those that everybody is shown."""

from __future__ import annotations

import pytest

from inchorus.api import Study
from inchorus.cli import main
from inchorus.study import write_study
from inchorus.ui.evidence import evidence
from inchorus.ui.reader import Reader
from made_study import WORDINGS, tables, tp_id

SAID = WORDINGS[0].replace(" clean ", " clear drinking ")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A study whose edits are coarser than an alignment of its wordings would be."""
    found = tables()
    rows = found["variants"].to_pylist()
    (row,) = (row for row in rows if row["variant_id"] == tp_id(SAID))
    row["edits"] = [{"op": "replace", "from": WORDINGS[0], "to": SAID}]
    changed = {**found, "variants": found["variants"].from_pylist(rows, found["variants"].schema)}
    base = {"options": {}, "seed": 0, "inputs": [], "started": "2024-01-01T00:00:00+00:00"}
    return Study(write_study(tmp_path_factory.mktemp("stored") / "study", changed, base))


def test_a_page_marks_the_edits_that_the_study_has(study: Study) -> None:
    reader = Reader(study)
    first, second = evidence(reader, tp_id(WORDINGS[0]))["passages"]
    assert [(piece["op"], piece["text"]) for piece in first["pieces"]] == [("same", WORDINGS[0])]
    assert [(piece["op"], piece["text"]) for piece in second["pieces"]] == [
        ("removed", f"{WORDINGS[0]} "),
        ("added", SAID),
    ]
    reader.close()


def test_the_command_marks_the_edits_that_the_study_has(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(study.path), tp_id(WORDINGS[0])]) == 0
    assert f"⟦[-{WORDINGS[0]}-]{{+{SAID}+}}⟧" in capsys.readouterr().out


def test_from_python_a_passage_has_its_wording_and_the_edits_of_it(study: Study) -> None:
    first, second = study.show(tp_id(WORDINGS[0]))["passages"]
    assert [edit["op"] for edit in first["edits"]] == ["keep"]
    assert (second["wording"], second["edits"]) == (
        SAID,
        [{"op": "replace", "from": WORDINGS[0], "to": SAID, "class": None}],
    )
