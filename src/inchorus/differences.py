"""How two wordings differ, word by word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from difflib import SequenceMatcher
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from inchorus.prepare.texts import cut, folded
from inchorus.prepare.tokens import tokenise

Pieces: TypeAlias = list[tuple[str, str]]
Edit: TypeAlias = tuple[str, int, int, int, int]

# A sign that is a word, in scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese.
_ONE_SIGN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Steps of the plain comparison at its worst: a third of a second. Two texts of 1,000 words stay below it.
_STEPS = 10_000_000
_RAREST = 8  # times that a word may stand in either text to anchor a long comparison
_DEEPEST = 8  # times that a stretch is cut at words of its own before it counts as changed altogether


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
            pieces.append(("same" if op == "equal" else "added", passage[done:end]))
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
    edits = _edits(old_forms, new_forms)
    return (
        _side(left, old, [(i, j) for op, i, j, _, _ in edits if op != "equal"]),
        _side(right, new, [(k, m) for op, _, _, k, m in edits if op != "equal"]),
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
    """What `SequenceMatcher.get_opcodes` gives, in time that grows little faster than the words."""
    if a == b and a:
        return [("equal", 0, len(a), 0, len(b))]
    if _affordable(a, b, 1.0):
        return list(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())
    equal = _blocks(a, b, 0, 0, len(a) + len(b), _DEEPEST)
    edits: list[Edit] = []
    i = k = 0
    for at, bt, size in [*equal, (len(a), len(b), 0)]:
        if i < at or k < bt:
            edits.append(("delete" if k == bt else "insert" if i == at else "replace", i, at, k, bt))
        if size and edits and edits[-1][0] == "equal":
            edits[-1] = ("equal", edits[-1][1], at + size, edits[-1][3], bt + size)
        elif size:
            edits.append(("equal", at, at + size, bt, bt + size))
        i, k = at + size, bt + size
    return edits


def _affordable(a: list[str], b: list[str], share: float) -> bool:
    """Whether the plain comparison takes at most `share` of the steps allowed, if every block were one word."""
    counts = Counter(b)
    pairs = sum(counts[word] for word in a)
    return (pairs + len(a)) * min(len(a), len(b)) <= _STEPS * share


def _blocks(a: list[str], b: list[str], i: int, k: int, total: int, deeper: int) -> list[tuple[int, int, int]]:
    """Equal runs (place in the one, in the other, length) of two long texts, whose places count from `i` and `k`.

    As in a patience diff: between what both begin and end with, words that stand once in either and in the same
    order are anchors; between two anchors the same again, until a stretch is short enough to be compared plainly.
    """
    head = _same_run(a, b)
    tail = _same_run(a[head:][::-1], b[head:][::-1])
    found = [(i, k, head)] if head else []
    mid_a, mid_b = a[head : len(a) - tail], b[head : len(b) - tail]
    if mid_a and mid_b:
        if _affordable(mid_a, mid_b, (len(mid_a) + len(mid_b)) / total):
            plain = SequenceMatcher(None, mid_a, mid_b, autojunk=False).get_matching_blocks()
            found += [(i + head + at, k + head + bt, size) for at, bt, size in plain if size]
        elif deeper:
            at = bt = 0
            anchors = _anchors(mid_a, mid_b)
            for x, y in anchors:
                found += _blocks(mid_a[at:x], mid_b[bt:y], i + head + at, k + head + bt, total, deeper - 1)
                found.append((i + head + x, k + head + y, 1))
                at, bt = x + 1, y + 1
            if anchors:
                found += _blocks(mid_a[at:], mid_b[bt:], i + head + at, k + head + bt, total, deeper - 1)
    if tail:
        found.append((i + len(a) - tail, k + len(b) - tail, tail))
    return found


def _same_run(a: list[str], b: list[str]) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


def _anchors(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Places of words that stand once in either (else twice, and so on), the longest series in the order of both."""
    in_a, in_b = Counter(a), Counter(b)
    least = min((n for word, n in in_a.items() if n <= _RAREST and in_b[word] == n), default=0)
    places: dict[str, deque[int]] = {}
    for y, word in enumerate(b):
        if in_a[word] == in_b[word] == least:
            places.setdefault(word, deque()).append(y)
    pairs = [(x, places[word].popleft()) for x, word in enumerate(a) if word in places]
    ends: list[int] = []  # the least last place of a rising series of each length
    last: list[int] = []
    before: list[int] = []
    for n, (_, y) in enumerate(pairs):
        length = bisect_left(ends, y)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [y]
        last[length : length + 1] = [n]
    series = []
    n = last[-1] if last else -1
    while n >= 0:
        series.append(pairs[n])
        n = before[n]
    return series[::-1]
