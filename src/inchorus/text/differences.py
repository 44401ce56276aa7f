"""How two wordings differ, word by word."""

from __future__ import annotations

import re
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from inchorus.match.edits import OPERATIONS, edits
from inchorus.words.texts import cut, folded
from inchorus.words.tokens import tokenise

Pieces: TypeAlias = list[tuple[str, str]]
Edit: TypeAlias = tuple[str, int, int, int, int]

# A sign that is a word, in scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese.
_ONE_SIGN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def differences(canonical: str, passage: str) -> Pieces:
    """Cut `passage` into what is the `same` and what is `added`, with what was `removed` in its place.

    What the tokeniser folds away makes no difference: case, punctuation, accents, what cannot be seen. The same and
    added pieces joined give the passage.

    >>> differences("We will build homes.", "we will never build homes")
    [('same', 'we will '), ('added', 'never '), ('same', 'build homes')]
    """
    (old, old_forms), (new, new_forms) = _words(canonical), _words(passage)
    pieces: Pieces = []
    done = 0
    for op, i, j, _, m in _edits(old_forms, new_forms):
        if op in ("delete", "replace"):
            space = " " if done and passage[:done].endswith(" ") else ""
            pieces.append(("removed", canonical[old[i][0] : old[j - 1][1]] + space))
        if op != "delete":
            end = new[m][0] if m < len(new) else len(passage)
            pieces.append(("same" if op == "keep" else "added", passage[done:end]))
            done = end
    if done < len(passage):
        pieces.append(("same", passage[done:]))
    return pieces


def sides(left: str, right: str) -> tuple[Pieces, Pieces]:
    """Both wordings cut into what is the `same` on the other side and what is this side's `only`.

    The pieces of a side joined give its wording. What the tokeniser folds away makes no difference.

    >>> sides("We will build homes.", "we will never build homes")
    ([('same', 'We will build homes.')], [('same', 'we will '), ('only', 'never'), ('same', ' build homes')])
    """
    (old, old_forms), (new, new_forms) = _words(left), _words(right)
    runs = _edits(old_forms, new_forms)
    return (
        _side(left, old, [(i, j) for op, i, j, _, _ in runs if op != "keep"]),
        _side(right, new, [(k, m) for op, _, _, k, m in runs if op != "keep"]),
    )


def words(text: str) -> list[tuple[int, int]]:
    """First code point of each word of a passage and one past its last, as the tokeniser of the stages cuts it.

    >>> words("we’ll see, 水は")
    [(0, 5), (6, 9), (11, 12), (12, 13)]
    """
    return _words(text)[0]


def spaced(pieces: Pieces) -> Pieces:
    """What `differences` gives, with a space after each removed piece that a word follows, in scripts that have any.

    >>> spaced([("removed", "today"), ("same", "announced")])
    [('removed', 'today '), ('same', 'announced')]
    """
    out: Pieces = []
    for n, (op, text) in enumerate(pieces):
        after = pieces[n + 1][1][:1] if n + 1 < len(pieces) else ""
        joined = op == "removed" and after.isalnum() and not text[-1:].isspace()
        if joined and not _ONE_SIGN.match(after) and not _ONE_SIGN.match(text[-1:]):
            out.append((op, text + " "))
        else:
            out.append((op, text))
    return out


def abridged(pieces: Pieces, most: int, ends: int) -> Pieces:
    """Pieces of more than `most` characters in all, shortened: of those longer than two times `ends`, the ends stay.

    What is cut is cut after the comparison, so that a cut marks no edit. Of many pieces the first and the last stay.

    >>> abridged([("same", "we will build homes"), ("added", " now")], 10, 4)
    [('same', 'we w … omes'), ('added', ' now')]
    """
    if sum(len(text) for _, text in pieces) <= most:
        return pieces
    short = [(op, t if len(t) <= 2 * ends + 3 else f"{t[:ends]} … {t[-ends:]}") for op, t in pieces]
    if sum(len(text) for _, text in short) <= 2 * most:
        return short
    kept: list[Pieces] = []
    for side in (short, short[::-1]):
        room = most
        kept.append([])
        for op, text in side:
            room -= len(text)
            if room < 0:
                break
            kept[-1].append((op, text))
    return [*kept[0], ("same", " … "), *kept[1][::-1]]


def _words(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """The words of a passage: where they stand, and folded, as all stages compare them."""
    array = pa.array([text], pa.large_string())
    tokens = tokenise(array, whole=False)
    start = tokens.start.astype(np.int64)
    end = start + tokens.length
    forms = folded(cut(pa.chunked_array([array]), np.zeros(len(start), np.int64), start, end))
    return list(zip(start.tolist(), end.tolist(), strict=True)), forms.to_pylist()


def _side(text: str, spans: list[tuple[int, int]], changed: list[tuple[int, int]]) -> Pieces:
    pieces: Pieces = []
    done = 0
    for first, last in changed:
        if first == last:
            continue
        start, end = spans[first][0], spans[last - 1][1]
        pieces += [("same", text[done:start]), ("only", text[start:end])]
        done = end
    pieces.append(("same", text[done:]))
    return [(op, piece) for op, piece in pieces if piece]


def _edits(a: list[str], b: list[str]) -> list[Edit]:
    """The runs of words that turn one wording into another, as the variants of a study have them."""
    numbers: dict[str, int] = {}
    word = np.array([numbers.setdefault(form, len(numbers)) for form in (*a, *b)], np.uint32)
    first, middle, last = (np.array([place], np.int64) for place in (0, len(a), len(a) + len(b)))
    runs = edits(word, first, middle, middle, last)
    columns = (runs.op, runs.from_begin, runs.from_end, runs.to_begin - len(a), runs.to_end - len(a))
    return [(OPERATIONS[op], *run) for op, *run in zip(*(c.tolist() for c in columns), strict=True)]
