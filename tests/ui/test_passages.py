"""Passages in order, of one talking point or of several at once."""

from __future__ import annotations

from inchorus.evidence.passages import in_orders
from inchorus.ui.evidence import evidence, read
from inchorus.ui.passages import in_order
from inchorus.ui.reader import Reader


def test_several_talking_points_at_once_have_what_each_has_alone(attacked: Reader) -> None:
    ids = [row["tp_id"] for row in attacked.rows("SELECT tp_id FROM talking_points ORDER BY rank LIMIT 40")]
    found = in_orders(attacked.arrow, [*ids, "none"])
    assert found.pop("none").num_rows == 0
    assert {tp_id: table.to_pylist() for tp_id, table in found.items()} == {
        tp_id: in_order(attacked, tp_id).to_pylist() for tp_id in ids
    }
    assert all(table["n"].to_pylist() == list(range(1, table.num_rows + 1)) for table in found.values())
    assert sum(table.num_rows for table in found.values()) > 40


def test_evidence_is_the_same_whoever_has_read_the_tables(attacked: Reader) -> None:
    ids = [row["tp_id"] for row in attacked.rows("SELECT tp_id FROM talking_points ORDER BY rank LIMIT 5")]
    found = read(attacked, [*ids, "none"], earliest=2)
    assert set(found) == set(ids)
    for tp_id in ids:
        assert evidence(attacked, tp_id, found=found[tp_id]) == evidence(attacked, tp_id)
