"""Claims to be looked up: a table of ids and texts, or a text with a claim a line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from inchorus.errors import InputError, Where
from inchorus.read.options import ReadOptions
from inchorus.read.table import read_table

IDS = ("claim_id", "id")
TEXTS = ("text", "claim")
MOST = 100_000  # claims
LONGEST = 10_000  # code points of a claim; what is longer is a text to be checked


class Claim(NamedTuple):
    """What is looked up: its id, and what it says."""

    claim_id: str
    text: str


def read_claims(path: Path) -> list[Claim]:
    """The claims of a table in any format with a column text (or claim), and ids in a column claim_id (or id).

    Without ids, claims are numbered from 1; a file whose name ends in .txt has a claim a line. InputError where there
    is none, an id stands twice, or a claim is longer than `LONGEST`.
    """
    where = Where(str(path))
    if not path.is_file():
        raise InputError("there is no such file", where=where, fix="give a table with columns id and text")
    if path.suffix.lower() == ".txt":
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError:
            raise InputError("it is not UTF-8", where=where, fix="save it as UTF-8") from None
        claims = [Claim(str(n), line.strip()) for n, line in enumerate(lines, 1) if line.strip()]
    else:
        claims = _of_table(read_table(path, ReadOptions()), where)
    if not claims:
        raise InputError("there is no claim in it", where=where, fix="give a table with columns id and text")
    if len(claims) > MOST:
        raise InputError(f"there are {len(claims):,} claims, and {MOST:,} is the most", where=where, fix="split it")
    for claim in claims:
        if len(claim.text) > LONGEST:
            raise InputError(
                f"the claim {claim.claim_id!r} has {len(claim.text):,} characters, and {LONGEST:,} is the most",
                where=where,
                fix="look a long text up with inchorus check",
            )
    twice, n = Counter(claim.claim_id for claim in claims).most_common(1)[0]
    if n > 1:
        raise InputError(f"the id {twice!r} stands {n:,} times", where=where, fix="give each claim an id of its own")
    return claims


def _of_table(table: pa.Table, where: Where) -> list[Claim]:
    names = {name.strip().lower(): name for name in reversed(table.column_names)}
    text = next((names[name] for name in TEXTS if name in names), None)
    if text is None:
        some = ", ".join(map(repr, table.column_names[:8])) or "none"
        raise InputError(
            f"there is no column text or claim; there are {some}", where=where, fix="name one of them text"
        )
    key = next((names[name] for name in IDS if name in names), None)
    texts = table[text].cast(pa.string()).to_pylist()
    ids = [None] * len(texts) if key is None else table[key].cast(pa.string()).to_pylist()
    found = []
    for row, (claim_id, said) in enumerate(zip(ids, texts, strict=True), 1):
        if said is None or not said.strip():
            continue
        if key is not None and (claim_id is None or not claim_id.strip()):
            raise InputError("a claim has no id", where=Where(where.file, row, key), fix="give each claim an id")
        found.append(Claim(str(row) if claim_id is None else claim_id.strip(), said.strip()))
    return found
