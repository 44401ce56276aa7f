"""Which words inside the marks differ from the fullest form of a quotation, by what the difference is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from inchorus.quote.language import Language
from inchorus.quote.same import untagged, words

# What changes the meaning most stands first; that is the order in which readers are shown them.
CLASSES = ("negation", "number", "name", "modality", "ellipsis", "joined", "other")
_WORD = re.compile(  # a letter is a word where no spaces part them
    r"[\u3040-\u30ff\u3400-\u9fff]"
    r"|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:(?:['’.,]|(?<=\[\w)\])[^\W_\u3040-\u30ff\u3400-\u9fff]+)*"
)
_HIDES = re.compile(r"\.\s?\.\s?\.|…|\[\s*(?:\.\.\.|…)\s*\]")
_LONG = 8  # letters from which one letter more or less is a slip
_SPELLINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("our", "or"), ("([iy])s(e|ing|ed|es|ation)", r"\1z\2"), ("re$", "er"), ("mme", "m"), ("ae", "a"), ("oe", "o"),
        ("ue", "u"), ("ph", "f"), ("ogu?e?$", "og"), ("enc(e|es)$", r"ens\1"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip
_VOWELS = re.compile("[aeiouyw]")
_JOINED = 4  # words left out in silence from which two places were joined


class Change(NamedTuple):
    """One difference: its class, the words of the fullest form, the words there are instead."""

    kind: str
    old: str
    new: str


def fullest(forms: Sequence[str]) -> int:
    """Which of the forms, one a place, the others are held against.

    Of those that are nearly as long as the longest, the one that most places have, then the longest, then the first.

    >>> fullest(["we will not pay", "we will pay twice", "we will pay twice"])
    1
    """
    keys = [words(form) for form in forms]
    most = max(len(key) for key in keys)
    counts = Counter(keys)
    able = [i for i, key in enumerate(keys) if len(key) >= 0.8 * most]
    return max(able, key=lambda i: (counts[keys[i]], len(keys[i]), -i))


def changes(full: str, pieces: Sequence[str], of: Language | None) -> list[Change]:
    """How the pieces of a quotation differ inside from the fullest form; gravest first, none where they are of it.

    What is left out before or after is none, nor are case, marks and spelling.

    >>> from inchorus.quote.language import language
    >>> changes("We will not pay for water twice.", ["We will pay for water twice."], language("en"))
    [Change(kind='negation', old='not', new='')]
    """
    own = " ".join(pieces)
    a, b = _tokens(full), _tokens(own)
    ends = set()
    n = 0
    for piece in pieces[:-1]:
        n += len(_tokens(piece))
        ends.add(n)
    hides = {len(_tokens(own[: m.start()])) for m in _HIDES.finditer(own)}
    shown = {len(_tokens(full[: m.start()])) for m in _HIDES.finditer(full)}
    left, right = [_expanded(w) for w, _ in a], [_expanded(w) for w, _ in b]
    runs = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    found = []
    for op, i, j, k, m in runs:
        if op == "equal" or (op == "delete" and (i == 0 or j == len(a))):
            continue
        if op == "insert" and (k == 0 or m == len(b)):
            continue  # more of it than the form that most have
        if op == "insert" and i in shown:
            continue  # what the fullest form leaves out itself
        old, new = full[a[i][1][0] : a[j - 1][1][1]] if j > i else "", own[b[k][1][0] : b[m - 1][1][1]] if m > k else ""
        kind = _kind(left[i:j], right[k:m], old, new, k, ends, hides, of, i == 0)
        if kind is not None:
            found.append(Change(kind, old, new))
    return sorted(found, key=lambda change: CLASSES.index(change.kind))


def _tokens(text: str) -> list[tuple[str, tuple[int, int]]]:
    out: list[tuple[str, tuple[int, int]]] = []
    for m in _WORD.finditer(untagged(text)):
        folded = words(m.group().replace("]", ""))
        if folded:
            out.append((folded[0], m.span()))
    return out


def _expanded(word: str) -> str:
    return word.replace("'", "")


def _kind(
    left: Sequence[str], right: Sequence[str], old: str, new: str, at: int, ends: set[int], hides: set[int],
    of: Language | None, begins: bool,
) -> str | None:  # fmt: skip
    """The class of one difference; None where it is a matter of spelling."""
    gone, come = Counter(left) - Counter(right), Counter(right) - Counter(left)
    changed = [*gone, *come]
    if not changed or "".join(left) == "".join(right):
        return None
    numbers = of.numbers if of is not None else {}
    if [numbers.get(w, w) for w in left] == [numbers.get(w, w) for w in right]:
        return None
    if (
        len(left) == 1 == len(right)
        and not any(w.isdigit() for w in changed)
        and _spelling(left[0], right[0], old[:1].isupper() and new[:1].isupper(), of)
    ):
        return None
    if not right and len(left) > 2 and at in hides:
        return "ellipsis"
    if not right and at in ends:
        return "joined" if len(left) >= 2 else "other"
    if of is not None and any(_negates(w, of) for w in changed):
        negated = sum(_negates(w, of) for w in left) != sum(_negates(w, of) for w in right)
        if negated and (len(left) < _JOINED or right):
            return "negation"
    if not right and at in hides:
        return "ellipsis"
    if not right and len(left) >= _JOINED:
        return "joined"
    if any(w[:1].isdigit() or w in numbers for w in changed):
        return "number"
    if of is not None and any(w in of.modals for w in changed):
        return "modality"
    if _named(old, begins) or _named(new, begins):
        return "name"
    return "other"


def _negates(word: str, of: Language) -> bool:
    return word in of.negations or word.endswith(of.negation_endings) if of.negation_endings else word in of.negations


def _named(text: str, begins: bool) -> bool:
    """Whether a word in it has a capital that is not only that of a beginning."""
    found = [m.group() for m in _WORD.finditer(text)]
    return any(
        w[0].isupper() and not (w == "I" or w.startswith(("I'", "I’"))) and not (begins and i == 0)
        for i, w in enumerate(found)
    )


def _spelling(a: str, b: str, names: bool, of: Language | None) -> bool:
    """Whether two words are spellings of one: colour and color, Müller and Mueller, Rouhani and Ruhani, goverment."""
    if of is not None and (a in of.negations | of.modals or b in of.negations | of.modals):
        return False
    if _key(a) == _key(b):
        return True
    if names and a[0] == b[0] and min(len(a), len(b)) >= 4:
        return _VOWELS.sub("", _key(a)) == _VOWELS.sub("", _key(b))
    if min(len(a), len(b)) < _LONG or a[-1] != b[-1] or a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 1 - 2 / (len(a) + len(b)) - 1e-9


def _key(word: str) -> str:
    """A word without what its spellings differ by."""
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return word
