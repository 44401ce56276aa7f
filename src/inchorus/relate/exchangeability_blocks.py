"""Parts of a corpus: only documents of one part may exchange their sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import BOOL, F64, I32, I64
from inchorus.engine.identifiers import identifier
from inchorus.relate.strata import HOUR, MONDAY, Strata
from inchorus.study import Study

DAY = 24 * HOUR
WEEK = 7 * DAY
KEEPS = (
    1.3  # one in a corpus whose sources do not keep to days, 7 where each has one; 1.05 for the press of a parliament
)
TELLS = 200
FELLOWS = 3.0
_HEAD = 200
# Where a block of Unicode begins that has another script than the one before it; 0 stands for none of them.
_BLOCKS: tuple[tuple[int, str], ...] = (
    (0, ""), (0x41, "Latin"), (0x5B, ""), (0x61, "Latin"), (0x7B, ""), (0xC0, "Latin"), (0x250, ""), (0x370, "Greek"),
    (0x400, "Cyrillic"), (0x530, "Armenian"), (0x590, "Hebrew"), (0x600, "Arabic"), (0x700, ""), (0x750, "Arabic"),
    (0x780, ""), (0x8A0, "Arabic"), (0x900, "Devanagari"), (0x980, "Bengali"), (0xA00, "Gurmukhi"), (0xA80, "Gujarati"),
    (0xB00, ""), (0xB80, "Tamil"), (0xC00, "Telugu"), (0xC80, "Kannada"), (0xD00, "Malayalam"), (0xD80, "Sinhala"),
    (0xE00, "Thai"), (0xE80, "Lao"), (0xF00, ""), (0x1000, "Burmese"), (0x10A0, "Georgian"), (0x1100, "Hangul"),
    (0x1200, "Ethiopic"), (0x13A0, ""), (0x1780, "Khmer"), (0x1800, ""), (0x1E00, "Latin"), (0x1F00, "Greek"),
    (0x2000, ""), (0x3040, "Kana"), (0x3100, ""), (0x3400, "Han"), (0x4DC0, ""), (0x4E00, "Han"), (0xA000, ""),
    (0xAC00, "Hangul"), (0xD7B0, ""), (0xFB50, "Arabic"), (0xFE00, ""), (0xFE70, "Arabic"), (0xFF00, ""),
)  # fmt: skip


class Parts(NamedTuple):
    """A part for each document, from 0, and by what the corpus was parted, in words."""

    part: I32
    by: tuple[str, ...]


def parts(
    time: I64,
    known: I64,
    source: I32,
    exact: BOOL,
    declared: Sequence[tuple[str, I64]] = (),
    language: I64 | None = None,
) -> Parts:
    """Part documents by language, by what is declared, and by the day of the week or the hour that sources keep to.

    `time` is in microseconds, `known` 1 where there is one, `exact` where it has an hour; `declared` has names and
    numbers by document, `language` numbers. A corpus of one language is not parted by it. A weekly shares the lines of
    its day with the other papers of that day: where documents that one source published in different weeks fall on the
    same weekday (in the same six hours) 1.3 times as often as those of different sources do, the day (the hour) parts
    the corpus.

    >>> time = np.arange(400) // 20 * WEEK + np.arange(400) % 5 * DAY
    >>> parts(time, np.ones(400, np.int64), (np.arange(400) % 20).astype(np.int32), np.zeros(400, bool)).by
    ('day of the week',)
    """
    numbers: list[tuple[str, I64]] = []
    if language is not None and len(np.unique(language)) > 1:
        numbers.append(("language", language))
    numbers += declared
    sure = known > 0
    phases = (
        ("day of the week", (time - MONDAY) // DAY % 7, sure),
        ("hour of the day", time // (6 * HOUR) % 4, sure & exact),
    )
    for name, phase, told in phases:
        if told.any() and kept_to(phase[told], (time[told] - MONDAY) // WEEK, source[told]) >= KEEPS:
            numbers.append((name, np.where(told, phase, -1)))
    if not numbers:
        return Parts(np.zeros(len(time), np.int32), ())
    _, part = np.unique(np.stack([n for _, n in numbers], 1), axis=0, return_inverse=True)
    return Parts(part.reshape(-1).astype(np.int32), tuple(name for name, _ in numbers))


def kept_to(phase: I64, week: I64, source: I32) -> float:
    """How many times as often two documents of one source and different weeks have one phase as those of any sources.

    0 where fewer than 200 such pairs tell.
    """
    own = _pairs(source, phase) - _pairs(source, phase, week)
    may = _pairs(source) - _pairs(source, week)
    if may < TELLS:
        return 0.0
    whole = np.bincount(phase - phase.min()).astype(np.float64)
    usual = float(((whole / whole.sum()) ** 2).sum())
    return own / may / usual


def _pairs(*by: I64 | I32) -> float:
    """Pairs of documents that agree in all of `by`."""
    _, n = np.unique(np.stack([x.astype(np.int64) for x in by], 1), axis=0, return_counts=True)
    n_: F64 = n.astype(np.float64)
    return float((n_ * (n_ - 1)).sum() / 2)


def declared_parts(study: Study, columns: Sequence[str]) -> list[tuple[str, I64]]:
    """A number for each value of each of `columns` of the documents; null is a value, too."""
    out = []
    for name in columns:
        values = study.documents.select(f"{identifier(name)}::VARCHAR AS value").arrow()["value"]
        out.append((name, _numbered(values)))
    return out


def languages(study: Study) -> I64:
    """A number for the language of each document: the column language where it is filled in, else its script.

    A text without letters is of the script that most are of.
    """
    head = f"left(ltrim(text, ' ' || chr(9) || chr(10) || chr(13) || chr(160)), {_HEAD})"
    found = study.documents.select(f"language, {head} AS head").arrow()
    said, silent = _numbered(found["language"]), found["language"].is_null().to_numpy()
    scripts = script(found["head"].to_pylist())
    told = scripts[scripts > 0]
    scripts[scripts == 0] = np.bincount(told).argmax() if len(told) else 0
    return np.where(silent, -1 - scripts, said)


def script(texts: Sequence[str]) -> I64:
    """The script that most letters of each text are of, as a number; 0 where there is none. Kana makes a text Japanese.

    >>> script(["the water", "вода", "水は清い", "3 + 4"]).tolist() == [0] * 4, len(set(script(["a", "я", "水", "1"])))
    (False, 4)
    """
    names = sorted({name for _, name in _BLOCKS})
    begin = np.array([low for low, _ in _BLOCKS], np.uint32)
    block = np.array([names.index(name) for _, name in _BLOCKS], np.int64)
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    of = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    kind = block[np.searchsorted(begin, letters, side="right") - 1]
    count = np.bincount(of * len(names) + kind, minlength=len(texts) * len(names)).reshape(len(texts), len(names))
    # Japanese is written in both, Chinese never in kana.
    kana, han = names.index("Kana"), names.index("Han")
    count[:, kana] += np.where(count[:, kana] > 0, count[:, han], 0)
    count[:, 0] = 0
    return np.asarray(count.argmax(1))


def alone(names: Sequence[str], source: I32, strata: Strata) -> list[str]:
    """Sources most of whose documents had fewer than three sources (an effective number) in their stratum."""
    few = np.bincount(source, strata.fellows < FELLOWS, len(names))
    return [names[i] for i in np.flatnonzero(2 * few > np.bincount(source, minlength=len(names))).tolist()]


def _numbered(values: pa.ChunkedArray) -> I64:
    codes = values.combine_chunks().dictionary_encode(null_encoding="encode").indices
    return np.asarray(codes.to_numpy(zero_copy_only=False)).astype(np.int64)
