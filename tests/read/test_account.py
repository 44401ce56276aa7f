"""The account: of every format, rows in are documents out and rows left out, each with a reason."""

from __future__ import annotations

import json
from pathlib import Path

from read.conftest import Read

TELEGRAM = {
    "name": "Harbour",
    "type": "public_channel",
    "id": 1,
    "messages": [
        {"id": 1, "type": "service", "date": "2024-05-01T08:00:00", "action": "pin_message", "text": ""},
        {"id": 2, "type": "message", "date_unixtime": "1714550400", "from": "Harbour", "text": "The ferry runs again."},
        {"id": 3, "type": "message", "date_unixtime": "1714550401", "from": "Harbour", "text": ""},
    ],
}
CSV = "id,source,text\n1,A,Rain.\n2,B\n3,,Snow.\n4,C,\n1,A,Rain.\n"


def test_every_row_is_accounted_for_by_format_and_reason(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text(CSV)
    (folder / "result.json").write_text(json.dumps(TELEGRAM))
    found = read(folder, bad_rows="skip")
    csv, telegram = found.account
    assert (csv.format, csv.files, csv.rows, csv.documents) == ("csv", 1, 5, 1)
    assert csv.left_out == {
        "2 fields where the header has 3": 1,
        "the source is empty": 1,
        "the row repeats one before": 1,
        "without text": 1,
    }
    assert (telegram.format, telegram.rows, telegram.documents) == ("telegram", 3, 1)
    for of in found.account:
        assert of.rows == of.documents + sum(of.left_out.values())


def test_nothing_left_out_is_an_account_too(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text("source,text\nA,Rain.\nB,Snow.\n")
    (of,) = read(folder).account
    assert (of.rows, of.documents, of.left_out) == (2, 2, {})
