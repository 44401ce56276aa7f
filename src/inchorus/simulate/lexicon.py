"""What the dialects of all classes have in common: the hash of each word, and what can be put in before which."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

Words = dict[str, list[str]]


class _Codes(dict[str, int]):
    """The hash of each word of the vocabulary, worked out when it is first met."""

    def __missing__(self, word: str) -> int:
        code = self[word] = crc32(word.lower().encode())
        return code


CODES = _Codes()


class _Kinds(dict[str, int]):
    """What a word may be the first of: 0 of no pair, 1 of a mark, 2 of one if it is a number that stands alone."""

    def __init__(self, marks: frozenset[str]) -> None:
        self._marks = marks

    def __missing__(self, word: str) -> int:
        kind = self[word] = 1 if word in self._marks else 2 if word.isdigit() and 2 <= len(word) <= 4 else 0
        return kind


class Lexicon:
    """What the dialects of so many classes have in common.

    `words` holds the modifiers and what they go with; `plain` are the words that need no capital inside a sentence,
    `names` the first words of names.
    """

    def __init__(
        self, words: Words, classes: int, plain: frozenset[str] = frozenset(), names: frozenset[str] = frozenset()
    ) -> None:
        self.classes = classes
        self.plain = plain
        self.targets = {w: kind for kind in ("verb", "folk", "thing") for w in words[f"{kind}word"]}
        self.sets = {name: frozenset(of) for name, of in words.items()}
        self.modifiers: dict[str, dict[int, list[str]]] = {}
        for kind, name in (("verb", "adverb"), ("folk", "folkadj"), ("thing", "thingadj")):
            found: dict[int, list[str]] = {}
            for word in words[name]:
                if word.isalpha() and word not in plain:
                    found.setdefault(CODES[word] % classes, []).append(word)
            self.modifiers[kind] = found
        put_in = {w for found in self.modifiers.values() for of in found.values() for w in of}
        self.marks = names | put_in
        self.kinds = _Kinds(self.marks)
        self.numbers: dict[int, list[int]] = {}
        for value in (*range(10, 1000), *range(1900, 2025)):
            self.numbers.setdefault(CODES[str(value)] % classes, []).append(value)


@lru_cache(maxsize=64)
def last_codes(firsts: tuple[str, ...]) -> list[int]:
    """The hash of the last word of each."""
    return [CODES[a.split()[-1]] for a in firsts]


@lru_cache(maxsize=64)
def by_half(seconds: tuple[str, ...], classes: int) -> dict[int, list[str]]:
    """Texts by the half of the pair that their first word gives to a class."""
    found: dict[int, list[str]] = {}
    for b in seconds:
        found.setdefault(CODES[b.split()[0]] // classes % classes, []).append(b)
    return found
