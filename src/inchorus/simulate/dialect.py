"""Keeps sources from writing the same eight words by chance.

A mark is a pair of neighbouring words that opens with a name, a number of three digits or an adverb or
adjective of a list whose words stand nowhere else. Its hash gives it to one class of sources. A source takes
its names and numbers from its own pairs, and where eight words in a row hold no mark, an adverb, an adjective
or a place is put in. Sources of different classes then share no run of eight words, but for those in which
all marks are names that reports of one event share.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from inchorus.simulate.lexicon import CODES, Lexicon, by_half, last_codes

WINDOW = 8
# After this many words without a mark the next sentence has room to begin, and up to that many it may.
ROOM, MOST_ROOM = 3, 4
FEWEST_CLASSES, MOST_CLASSES = 24, 200

_TOKEN = re.compile(r"(\w+)")
Draw = Callable[[], float]


@dataclass
class Dialect:
    """The pairs of one class of sources, and what can be put in to make one.

    `places` are phrases that end with a pair of the class, `people` names.
    """

    lexicon: Lexicon
    number: int
    places: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    def owns(self, first: str, second: str) -> bool:
        """Whether the pair of words is this class's; case does not matter."""
        classes = self.lexicon.classes
        return (CODES[first] + CODES[second] // classes) % classes == self.number

    def pairs(self, firsts: Sequence[str], seconds: Sequence[str], draw: Draw, count: int) -> list[tuple[str, str]]:
        """Up to `count` pairs of the class, of the last word of one and the first word of the other."""
        number, classes = self.number, self.lexicon.classes
        halves = by_half(tuple(seconds), classes)
        found: list[tuple[str, str]] = []
        for a, code in zip(firsts, last_codes(tuple(firsts)), strict=True):
            fitting = halves.get((number - code) % classes)
            if fitting:
                found += [(a, b) for b in fitting]
        while len(found) > count:
            found.pop(int(draw() * len(found)))
        return found

    def settle(self, line: _Line, run: int, left: str, draw: Draw) -> int:
        """Mend each stretch without a mark of the class; how long the last one is, -1 where one stays.

        `run` and `left` are the stretch that the sentences before end with, and the last word of them.
        """
        words, classes, number, kinds = line.words, self.lexicon.classes, self.number, self.lexicon.kinds
        at = 0
        while at < len(words):
            run += 1
            word = words[at]
            kind = kinds[left]
            if kind == 1:
                if (CODES[left] + CODES[word] // classes) % classes == number:
                    run = 0
            elif kind and at and line.free(at - 1) and self._swap(line, at - 1, draw):
                run = 0
            if run >= WINDOW - 1:
                made = self._add(line, max(0, at - WINDOW + 2), at, draw)
                if made < 0:
                    return -1
                at += line.grown
                run = at - made
                word = words[at]
            left = word
            at += 1
        return self._close(line, run, draw)

    def _close(self, line: _Line, run: int, draw: Draw) -> int:
        """End a sentence so that the next one has room."""
        end = len(line.words)
        if run <= ROOM:
            return run
        if run <= MOST_ROOM and (not self.places or not self._pauses(line, end)):
            return run
        if run <= MOST_ROOM:
            phrase = self.places
            if self.people and not self.lexicon.sets["speech"] & set(line.words):
                phrase = self.people
            line.insert(end, *_pick(phrase, draw).split())
            if phrase is self.people:
                line.gaps[end] = ", "
                line.insert(len(line.words), "said")
            return 1 if phrase is self.people else 0
        made = self._add(line, max(0, end - run), end - 1, draw)
        left = len(line.words) - 1 - made
        return left if made >= 0 and left <= MOST_ROOM else -1

    def _swap(self, line: _Line, at: int, draw: Draw) -> bool:
        """Let a number make a pair of the class with the word after it, as it is or changed to one near it."""
        lexicon = self.lexicon
        value = int(line.words[at])
        wanted = (self.number - CODES[line.words[at + 1]] // lexicon.classes) % lexicon.classes
        if CODES[line.words[at]] % lexicon.classes == wanted:
            return True
        if value < 100:
            low, high = 10, 28 if line.words[at - 1] in lexicon.sets["month"] else max(40, min(99, 2 * value))
        elif value < 1000:
            low, high = max(100, value * 2 // 3), min(999, value * 4 // 3)
        else:
            low, high = max(1900, value - 9), min(2024, value + 9)
        numbers = lexicon.numbers.get(wanted, [])
        first, last = bisect_left(numbers, low), bisect_right(numbers, high)
        if first < last and value < 2040:
            line.words[at] = str(numbers[first + int(draw() * (last - first))])
            return True
        return False

    def _add(self, line: _Line, low: int, high: int, draw: Draw) -> int:
        """Put in words so that a pair that ends after `low` and by `high` is the class's: which, or -1."""
        words, gaps = line.words, line.gaps
        places = [k for k in range(max(1, low), high) if gaps[k] == " "]
        while places:
            k = places.pop(int(draw() * len(places)))
            kind = self._kind(words[k - 1], words[k])
            if kind and self._insert(line, k, kind, draw):
                return k + 1
        pause = self.lexicon.sets["pause"]
        places = [k for k in range(max(1, low + 1), high - 1) if words[k] in pause and self._pauses(line, k)]
        if low == 0 and 1 < high < WINDOW - 2 and line.opens():
            places.append(0)
        if not places or not self.places:
            return -1
        k = places[int(draw() * len(places))]
        phrase = _pick(self.places, draw).split()
        if k == 0:
            opening, gaps[0] = gaps[0], ", "
            if words[0].lower() in self.lexicon.plain:
                words[0] = words[0].lower()
            line.insert(0, phrase[0].capitalize(), *phrase[1:])
            gaps[0] = opening
        else:
            line.insert(k, *phrase)
        return k + len(phrase) - 1

    def _pauses(self, line: _Line, at: int) -> bool:
        """Whether a phrase that names a place can stand before the word, or after the last one."""
        if at == 0:
            return False
        sets = self.lexicon.sets
        before, gap = line.words[at - 1], line.gaps[at]
        low = before.lower()
        if at == len(line.words):
            return low not in sets["holds"] and gap in (".", '."', "?", '?"')
        if len(before) < 3 or low in sets["lean"] or low in sets["holds"]:
            return False
        return gap == " " and line.words[at] in sets["pause"]

    def _kind(self, before: str, word: str) -> str:
        """What can be put in between two words: something that goes with a `verb`, `folk` or a `thing`, or nothing."""
        sets = self.lexicon.sets
        low = before.lower()
        if low in sets["aux"]:
            return "verb" if word not in sets["auxholds"] and word.islower() and low != "not" else ""
        kind = self.lexicon.targets.get(word, "")
        return "" if kind == "verb" and low in sets["holds"] else kind

    def _insert(self, line: _Line, at: int, kind: str, draw: Draw) -> bool:
        """Put a modifier before a word, an adjective only where none stands yet."""
        lexicon = self.lexicon
        before, word = line.words[at - 1], line.words[at]
        options = lexicon.modifiers[kind].get((self.number - CODES[word] // lexicon.classes) % lexicon.classes)
        if not options or before in lexicon.marks:
            return False
        free = before.lower() in lexicon.sets["leads"] or before.isdigit() or lexicon.targets.get(before) == "verb"
        if not (free or kind == "verb"):
            return False
        modifier = _pick(options, draw)
        if before in ("a", "an"):
            line.words[at - 1] = "an" if modifier[0] in "aeio" or modifier[:2] in ("un", "up", "ur") else "a"
        line.insert(at, modifier)
        return True


class Voice:
    """One text in a dialect, sentence after sentence."""

    def __init__(self, dialect: Dialect, draw: Draw) -> None:
        self.dialect = dialect
        self.draw = draw
        # The first word ends no pair.
        self.run = -1
        self.left = ""

    def say(self, text: str) -> str:
        """The sentence in the dialect; empty, and as if never said, where it cannot be said so."""
        line = _Line(text)
        run = self.dialect.settle(line, self.run, self.left, self.draw)
        if run < 0:
            return ""
        self.run, self.left = run, line.words[-1]
        return line.text()


class _Line:
    """A sentence as words and the gaps before them (and after the last)."""

    def __init__(self, text: str) -> None:
        parts = _TOKEN.split(text)
        self.words = parts[1::2]
        self.gaps = parts[::2]
        self.grown = 0

    def free(self, at: int) -> bool:
        """Whether the number stands alone: not part of a name, a decimal or a route."""
        gap, after = self.gaps[at], self.gaps[at + 1]
        return (
            (gap in (" ", " $", "$") or (gap == "." and len(self.words[at]) == 2))
            and after[:1] in (" ", ".", ",", "-")
            and self.words[at - 1] not in ("Route", "Highway", "Room", "or", "a", "an", "A", "An")
        )

    def opens(self) -> bool:
        """Whether a phrase can open the sentence."""
        return self.gaps[0] in ("", '"') and self.words[0] not in ("In", "Near")

    def insert(self, at: int, *words: str) -> None:
        """Put words before a word; a mark in the gap stays before that."""
        self.words[at:at] = words
        self.gaps[at:at] = [" "] * len(words)
        self.grown = len(words)

    def text(self) -> str:
        parts = [*self.gaps, *self.words]
        parts[::2], parts[1::2] = self.gaps, self.words
        return "".join(parts)


def _pick(options: list[str], draw: Draw) -> str:
    return options[int(draw() * len(options))]
