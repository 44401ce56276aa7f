"""What a page said when it was asked for: the answers that a collection keeps, by the documents of a study."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from inchorus.errors import StudyError, Where
from inchorus.read.page_workers import TooHardError, Workers
from inchorus.read.warc import kind_and_charset
from inchorus.study import Finding, Study
from inchorus.web.archive import Kept, LostError, record_at
from inchorus.web.fetch import Answer
from inchorus.web.unpacked import PackedError, unpacked

COLUMNS = ("record_file", "record_offset", "record_sha256")
_NAMED = 3  # documents that a finding names


class Shown(NamedTuple):
    """What a page said: its record, address and time, the answer, whether that is the one that was kept, its text."""

    doc_id: str
    record: str
    file: str
    url: str
    captured: str
    status: int
    headers: tuple[tuple[str, str], ...]
    sha256: str
    same: bool
    text: str


def check(study: Study, folder: Path) -> Finding:
    """Whether the collection in a folder still has, for each document of a study, the answer that it was taken from."""
    name = folder.name or str(folder)
    if not set(COLUMNS) <= set(study.documents.columns):
        return Finding("kept pages", name, "missing", "no document of this study says where its page is kept")
    rows = study.documents.select(", ".join(("doc_id", *COLUMNS))).arrow().to_pylist()
    kept = [row for row in rows if row["record_file"] is not None]
    bad: dict[str, list[str]] = {}
    for row in kept:
        try:
            same = _same(_record(row, folder), row)
        except LostError as error:
            bad.setdefault(str(error), []).append(row["doc_id"])
        else:
            if not same:
                bad.setdefault("its SHA-256 differs from the document's", []).append(row["doc_id"])
    if not bad:
        return Finding("kept pages", name, "same", f"{len(kept):,} answers are those that documents were taken from")
    lost = sum(map(len, bad.values()))
    told = "; ".join(f"{why}: {', '.join(ids[:_NAMED])}{' …' * (len(ids) > _NAMED)}" for why, ids in bad.items())
    return Finding("kept pages", name, "changed", f"{lost:,} of {len(kept):,} are not: {told}")


def shown(row: Mapping[str, Any], folder: Path) -> Shown:
    """What the page of a document said; StudyError where the document names none, or it is not there any more."""
    where = Where(str(folder))
    if row.get("record_file") is None or row.get("record_offset") is None:
        raise StudyError("this document does not say where its page is kept", where=where)
    try:
        kept = _record(row, folder)
    except LostError as error:
        raise StudyError(f"its page is not there any more: {error}", where=where) from error
    sha256 = hashlib.sha256(kept.body).hexdigest()
    return Shown(
        row["doc_id"], kept.id, row["record_file"], kept.url, kept.captured, kept.status, kept.headers, sha256,
        _same(kept, row), _text(kept),
    )  # fmt: skip


def _record(row: Mapping[str, Any], folder: Path) -> Kept:
    return record_at(folder, str(row["record_file"]), int(row["record_offset"]))


def _same(kept: Kept, row: Mapping[str, Any]) -> bool:
    return bool(hashlib.sha256(kept.body).hexdigest() == row["record_sha256"])


def _text(kept: Kept) -> str:
    """All that is to be seen in an answer, found by a process of its own."""
    answer = Answer(kept.url, kept.status, "", kept.headers, kept.body, "", 0.0)
    kind, charset = kind_and_charset(answer.header("Content-Type"))
    workers = Workers("inchorus.web.content_worker", 1)
    try:
        return str(workers.ask({"kind": kind, "charset": charset, "whole": True}, unpacked(answer))["text"])
    except (PackedError, TooHardError):
        return ""
    finally:
        workers.close()
