"""Keeps sources from writing the same eight words by chance.

Every pair of neighbouring words belongs to one class of sources, by its hash. A source takes the names of
people and places from its own pairs, and where eight words in a row hold none of its pairs, a number is
changed, or an adverb or an adjective put in, that makes one. Two sources of different classes then share
no run of eight words, whatever else their stories have in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from zlib import crc32

WINDOW = 8
EARLY = 3
FEWEST_CLASSES, MOST_CLASSES = 24, 200

_TOKEN = re.compile(r"\w+")
_NUMBER = re.compile(r"[1-9]\d{1,3}")
# No adverb goes between these and a verb form, which may be a participle there.
_HOLDS = frozenset(
    ["a", "an", "any", "be", "been", "being", "by", "for", "her", "his", "its", "my", "no", "not", "of", "our"]
    + ["per", "some", "that", "the", "their", "to", "very", "with", "your", "each", "every", "and", "or"]
)
_AUX_HOLDS = frozenset(["a", "an", "been", "be", "had", "have", "no", "not", "the", "to"])

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_SMALL = ["two", "three", "four", "five", "six", "seven", "eight", "nine"]
_SWAPS = ([*_MONTHS, "November", "December"], _DAYS, _SMALL, [w.capitalize() for w in _SMALL])
_PEERS = {word: words for words in _SWAPS for word in words}
_NUMBERS = [str(n) for n in range(2040)]
_MINUTES = [f"{m:02d}" for m in range(0, 60, 5)]
# A phrase that names a place can stand before the ones, and not after the others.
_PAUSES = frozenset(
    [
        *_DAYS,
        "at",
        "on",
        "to",
        "according",
        "after",
        "against",
        "and",
        "because",
        "before",
        "but",
        "by",
        "for",
        "from",
        "since",
        "then",
    ]
    + ["until", "while", "with", "within", "yet"]
)
_OPENERS = frozenset(
    ["A", "About", "After", "An", "Bids", "Close", "Despite", "Exactly", "Fewer", "Fines", "Five", "Four", "Hours"]
    + ["It", "More", "Nearly", "Nine", "Only", "Questions", "Roughly", "Seven", "Six", "Some", "The", "Three", "Two"]
)
_LEAN = _HOLDS | {
    "about",
    "across",
    "again",
    "and",
    "after",
    "at",
    "away",
    "before",
    "behind",
    "but",
    "from",
    "half",
    "by",
}
_LEAN |= {"late", "early", "every", "around", "on", "each", "said", "according", "back", "down", "up", "due"}
_LEAN |= {"close", "fell", "goes", "going", "heads", "listen", "need", "rose", "want", "went", "year"}
_LEAN |= {"into", "less", "more", "near", "off", "out", "over", "than", "until", "while", "who", "within", "twice"}

Draw = Callable[[], float]
Words = dict[str, list[str]]


class _Codes(dict[str, int]):
    """The hash of each word of the vocabulary, worked out when it is first met."""

    def __missing__(self, word: str) -> int:
        code = self[word] = crc32(word.lower().encode())
        return code


CODES = _Codes()
NOTHING = -1


@dataclass(slots=True)
class _Modifiers:
    """Words to put in, by what they make of the word before them and of the word after them."""

    after: dict[int, list[str]]
    before: dict[int, list[str]]


@dataclass
class Dialect:
    """The pairs of one class of sources, and the words that can be put in, from `words`."""

    words: Words
    number: int
    classes: int
    places: list[str] = field(default_factory=list)
    _targets: dict[str, str] = field(init=False)
    _modifiers: dict[str, _Modifiers] = field(init=False)

    def __post_init__(self) -> None:
        self._targets = {w: kind for kind in ("verb", "folk", "thing") for w in self.words[f"{kind}word"]}
        self._modifiers = {}
        for kind, name in (("verb", "adverb"), ("folk", "folkadj"), ("thing", "thingadj")):
            found = _Modifiers({}, {})
            for word in self.words[name]:
                code = CODES[word]
                found.after.setdefault(code // self.classes % self.classes, []).append(word)
                found.before.setdefault(code % self.classes, []).append(word)
            self._modifiers[kind] = found

    def owns(self, first: str, second: str) -> bool:
        """Whether the pair of words is this class's; case does not matter."""
        return (CODES[first] + CODES[second] // self.classes) % self.classes == self.number

    def pairs(self, firsts: Sequence[str], seconds: Sequence[str], draw: Draw, count: int) -> list[tuple[str, str]]:
        """Up to `count` pairs of the class, the last word of one with the first word of the other."""
        found = [(a, b) for a, b in product(firsts, seconds) if self.owns(a.split()[-1], b.split()[0])]
        while len(found) > count:
            found.pop(int(draw() * len(found)))
        return found

    def voice(self, sentences: list[str], draw: Draw) -> list[str]:
        """The sentences in the class's own words; empty for one that cannot be said so."""
        out = []
        run, left = 0, NOTHING
        for text in sentences:
            line = _Line(text)
            ended = self._settle(line, run, left, draw)
            if ended >= 0:
                run, left = ended, CODES[line.words[-1]] % self.classes
            out.append(line.text() if ended >= 0 else "")
        return out

    def _settle(self, line: _Line, run: int, left: int, draw: Draw) -> int:
        """Mend each stretch of pairs of other classes; how long the last one is, -1 where one stays.

        `run` and `left` are the stretch that the sentences before end with, and the last word of them.
        """
        words, classes, number = line.words, self.classes, self.number
        at = 0
        while at < len(words):
            code = CODES[words[at]]
            owned = left >= 0 and (left + code // classes) % classes == number
            run = 0 if owned else run + 1
            if run >= EARLY:
                made = self._swap(line, max(1, at - run + 1), at, draw)
                run = at - made if made >= 0 else run
            if run >= WINDOW - 1:
                made = self._add(line, max(0, at - WINDOW + 2), at, draw)
                if made < 0:
                    return -1
                at += line.grown
                run = at - made
            left = CODES[words[at]] % classes
            at += 1
        return self._close(line, run, draw)

    def _close(self, line: _Line, run: int, draw: Draw) -> int:
        """End a sentence so that the next one has room."""
        end = len(line.words)
        if run <= EARLY:
            return run
        if self.places and run + 2 < WINDOW - 1 and line.pauses(end):
            line.insert(end, *_pick(self.places, draw).split())
            return 0
        made = self._add(line, max(0, end - run), end - 1, draw)
        return len(line.words) - 1 - made if made >= 0 else run

    def _swap(self, line: _Line, low: int, high: int, draw: Draw) -> int:
        """Change a number, a month or a day so that one of the pairs `low` to `high` is the class's: which, or -1."""
        places = [k for k in range(low, high + 1) if line.words[k] in _PEERS or line.free(k)]
        while places:
            k = places.pop(int(draw() * len(places)))
            before = CODES[line.words[k - 1]]
            after = CODES[line.words[k + 1]] if k < high else 0
            for value in line.others(k, draw):
                code = CODES[value]
                if (before + code // self.classes) % self.classes == self.number:
                    line.words[k] = value
                    return k
                if k < high and (code + after // self.classes) % self.classes == self.number:
                    line.words[k] = value
                    return k + 1
        return -1

    def _add(self, line: _Line, low: int, high: int, draw: Draw) -> int:
        """Put in words so that a pair that ends after `low` and by `high` is the class's: which, or -1."""
        places = [k for k in range(low + 1, high + 1) if line.gaps[k] == " "]
        while places:
            k = places.pop(int(draw() * len(places)))
            kind = self._kind(line.words, k)
            made = self._insert(line, k, high, kind, draw) if kind else -1
            if made >= 0:
                return made
        places = [k for k in range(low + (low > 0), high - 1) if line.opens(k) or line.pauses(k)]
        if not places or not self.places:
            return -1
        k = places[int(draw() * len(places))]
        phrase = _pick(self.places, draw).split()
        if k == 0:
            line.words[0] = line.words[0].lower()
            line.gaps[0] = ", "
            line.insert(0, phrase[0].capitalize(), *phrase[1:])
            line.gaps[0] = ""
        else:
            line.insert(k, *phrase)
        return k + len(phrase) - 1

    def _kind(self, words: list[str], at: int) -> str:
        before, word = words[at - 1].lower(), words[at]
        if before in self.words["aux"]:
            return "verb" if word not in _AUX_HOLDS and word.islower() and before != "not" else ""
        kind = self._targets.get(word, "")
        return "" if kind == "verb" and before in _HOLDS else kind

    def _insert(self, line: _Line, at: int, high: int, kind: str, draw: Draw) -> int:
        before, word = line.words[at - 1], line.words[at]
        modifiers = self._modifiers[kind]
        article = before in ("a", "an")
        options = [] if article else modifiers.after.get((self.number - CODES[before]) % self.classes, [])
        others = modifiers.before.get((self.number - CODES[word] // self.classes) % self.classes, [])
        if at == high:
            others = []
        count = len(options) + len(others)
        if not count:
            return -1
        pick = int(draw() * count)
        made = at if pick < len(options) else at + 1
        modifier = options[pick] if pick < len(options) else others[pick - len(options)]
        if article:
            line.words[at - 1] = "an" if modifier[0] in "aeio" or modifier[:2] in ("un", "up", "ur") else "a"
        line.insert(at, modifier)
        return made


class _Line:
    """A sentence as words and the gaps before them (and after the last)."""

    def __init__(self, text: str) -> None:
        spans = [m.span() for m in _TOKEN.finditer(text)]
        self.words = [text[a:b] for a, b in spans]
        ends = [0, *(b for _, b in spans)]
        starts = [*(a for a, _ in spans), len(text)]
        self.gaps = [text[a:b] for a, b in zip(ends, starts, strict=True)]
        self.grown = 0

    def free(self, at: int) -> bool:
        """Whether the word is a number that may change: not part of a name, a decimal or a route."""
        word, gap, after = self.words[at], self.gaps[at], self.gaps[at + 1]
        if not word.isdigit() or self.words[at - 1] in ("Route", "Highway"):
            return False
        if gap == ":":
            return True
        if gap == "." or (gap == " " and after == "-" and len(word) == 1):
            return len(word) < 3
        return bool(_NUMBER.fullmatch(word)) and gap in (" ", " $", "$") and after[:1] in (" ", ".", ",", "-")

    def others(self, at: int, draw: Draw) -> Iterator[str]:
        """What may stand in place of a word that is free."""
        word = self.words[at]
        if word in _PEERS:
            values = _PEERS[word]
        elif self.gaps[at] == ":":
            values = _MINUTES
        elif len(word) == 1:
            values = _NUMBERS[2:10]
        else:
            value = int(word)
            if 1900 <= value < 2040:
                values = _NUMBERS[max(1900, value - 9) : min(2024, value + 9) + 1]
            elif value < 100:
                values = _NUMBERS[10 : 29 if self.words[at - 1] in _PEERS else 100]
            else:
                values = _NUMBERS[max(100, value * 2 // 3) : min(999, value * 4 // 3)]
        turn = int(draw() * len(values))
        for step in range(len(values)):
            yield values[step + turn - len(values)]

    def pauses(self, at: int) -> bool:
        """Whether a phrase that names a place can stand before the word."""
        before, gap = self.words[at - 1], self.gaps[at]
        if at == 0 or len(before) < 3 or before.lower() in _LEAN:
            return False
        if gap == " ":
            return self.words[at] in _PAUSES
        return at == len(self.words) or gap in (", ", ". ", '," ', '. "', ',"')

    def opens(self, at: int) -> bool:
        """Whether the word opens the sentence and could stand after a comma."""
        return at == 0 and not self.gaps[0] and self.words[0] in _OPENERS

    def insert(self, at: int, *words: str) -> None:
        """Put words before a word; a mark in the gap stays before that."""
        self.words[at:at] = words
        self.gaps[at:at] = [" "] * len(words)
        self.grown = len(words)

    def text(self) -> str:
        return "".join([x for pair in zip(self.gaps, [*self.words, ""], strict=True) for x in pair])


def _pick(options: list[str], draw: Draw) -> str:
    return options[int(draw() * len(options))]
