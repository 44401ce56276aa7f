"""The one list of labels and layers: what follows from it agrees with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import inchorus
from inchorus.errors import UsageError
from inchorus.labels import KINDS, LABEL_LAYERS, LABELS, LAYERS, check_labels, check_layers, counted, left_out, plural

PACKAGE = Path(inchorus.__file__).parent


def test_nothing_ranks_above_lines_for_its_label() -> None:
    assert LABELS[0] == "line"
    assert KINDS[0].below == 1
    assert all(kind.below >= 1 for kind in KINDS[1:])
    assert {kind.name for kind in KINDS if kind.below == 1} == {"line", "quotation", "syndicated"}


def test_layers_are_labels_in_their_places_with_words_for_readers() -> None:
    assert tuple(LAYERS)[: len(LABEL_LAYERS)] == LABEL_LAYERS
    assert sorted(kind.layer for kind in KINDS if kind.layer) == list(range(1, len(LABEL_LAYERS) + 1))
    assert all(LAYERS.values())
    assert set(left_out(posts=True)) < set(left_out(posts=False)) <= set(LABEL_LAYERS)


@pytest.mark.parametrize("name", LABELS)
def test_each_label_has_words_for_one_and_for_many(name: str) -> None:
    assert counted(name, 1).startswith("1 ")
    assert counted(name, 1) != counted(name, 2).replace("2", "1")
    assert name in counted(name, 1)
    assert plural([name]) == counted(name, 2)[2:]


def test_a_label_of_a_newer_study_is_counted_by_its_name() -> None:
    assert counted("chorus", 3) == "3 chorus"


def test_wrong_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no label 'lien'") as e:
        check_labels(["title", "lien"])
    assert "line" in str(e.value.fix)
    with pytest.raises(UsageError, match="no layer 'line'"):
        check_layers(["line"])


def test_nothing_else_lists_labels() -> None:
    others = [name for name in LABELS if name not in {"line", "title"}]  # these are words of other things, too
    listing = re.compile("|".join(rf"""["']{a}["'].{{0,80}}["']{b}["']""" for a in others for b in others if a != b))
    files = [path for ending in ("py", "html") for path in PACKAGE.rglob(f"*.{ending}") if path.name != "labels.py"]
    assert len(files) > 200
    assert [path.name for path in files if listing.search(path.read_text(encoding="utf-8"))] == []
