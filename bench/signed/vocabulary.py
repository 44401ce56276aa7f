"""Templates of lines, frames and formulas, with what may change in them and what that does to their meaning.

A file of `words` has sections that begin with `= name`:

- `lines`, `frames`, `formulas`, `long`, `around`: templates. `{slot}` is filled from a slot, `{slot!}` besides is
  what a frame is filled with, `{#money}`, `{#percent}`, `{#count}`, `{#year}` are numbers, `(word)` may be left out,
  `[a & b]` may stand the other way round, `<neg:a|b>` and `<only:a|b>` say the one or its contrary.
- `slot NAME CLASS`: its fillers, parted by semicolons; those that mean the same by commas. CLASS is what kind of change
  another filler is: direction, name, subject, place, date, number, negation or content.
- `same KIND`: rows `word: other, other` of words that may stand for each other.
- `before`: rows `CLASS: words`, which turn round the line that follows.
- `heads`, `tails`, `titles`, `calls`: generic text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from bench.signed.numbers import notations

Draw = Callable[[], float]
# What a change of meaning is called, and what is used instead.
Changes = tuple[tuple[str, str], ...]

AND = {"en": "{} and {}", "de": "{} und {}", "ru": "{} и {}", "ar": "{} و{}"}
CONTRARY = {"neg": "negation", "only": "only"}
# Words of the longest line that another verb or noun makes a different one.
SHORT = 14
# Letters from which on a word is likely to be mistyped.
LONG_WORD = 7
_ITEM = re.compile(r"[^\s{<(\[]*(?:\{[^}]*\}|<[^>]*>|\([^)]*\)|\[[^\]]*\])[^\s]*|\S+")
_MARKUP = re.compile(r"\{([^}]*)\}|<([^>]*)>|\(([^)]*)\)|\[([^\]]*)\]")


@dataclass(frozen=True)
class Token:
    """A piece of a line: its text, what may stand for it (kind, text), and what turns it (class, text)."""

    text: str
    same: Changes = ()
    near: Changes = ()
    is_slot: bool = False


Line = tuple[Token, ...]


@dataclass(frozen=True)
class Vocabulary:
    """One file of templates, read."""

    language: str
    templates: dict[str, list[str]]
    slots: dict[str, tuple[str, list[list[str]]]]
    same: dict[str, Changes]
    before: Changes

    def line(self, template: str, draw: Draw) -> Line:
        """A template with its slots filled."""
        taken: set[str] = set()
        tokens = [self._token(item, draw, taken) for item in _ITEM.findall(template)]
        if sum(len(t.text.split()) for t in tokens) > SHORT:
            tokens = [Token(t.text, t.same, tuple(c for c in t.near if c[0] != "content"), t.is_slot) for t in tokens]
        return tuple(tokens)

    def _token(self, item: str, draw: Draw, taken: set[str]) -> Token:
        found = _MARKUP.search(item)
        if not found:
            return Token(item, self._alike(item))
        slot, contrary, option, order = found.groups()
        head, tail = item[: found.start()], item[found.end() :]
        if slot is not None:
            token = self._filled(slot.rstrip("!"), draw, taken, is_slot=slot.endswith("!"))
        elif contrary is not None:
            name, _, both = contrary.partition(":")
            says = both.split("|")
            at = int(draw() * 2)
            token = Token(says[at], self._alike(says[at]), ((CONTRARY[name], says[1 - at]),))
        elif option is not None:
            inner = self._token(option, draw, taken)
            kind = "number lost" if option.startswith("{#") else "adjective"
            token = Token(inner.text, (*inner.same, (kind, "")), inner.near)
        else:
            a, b = order.split(" & ")
            token = Token(AND[self.language].format(a, b), (("order", AND[self.language].format(b, a)),))
        if not head and not tail:
            return token
        return Token(
            head + token.text + tail,
            tuple((kind, head + text + tail if text else "") for kind, text in token.same),
            tuple((kind, head + text + tail) for kind, text in token.near),
            token.is_slot,
        )

    def _filled(self, name: str, draw: Draw, taken: set[str], *, is_slot: bool) -> Token:
        if name.startswith("#"):
            kind = name[1:]
            said = notations(kind, self.language, draw)
            others = [notations(kind, self.language, draw)[0] for _ in range(3)]
            change = "date" if kind == "year" else "number"
            return Token(
                said[0],
                tuple(("number notation", text) for text in said[1:]),
                tuple((change, text) for text in others if text != said[0]),
                is_slot,
            )
        change, fillers = self.slots[name]
        free = [f for f in fillers if f[0] not in taken] or fillers
        # The first fillers are the frequent ones, the last ones rare.
        chosen = free[int(draw() ** 1.5 * len(free))]
        taken.add(chosen[0])
        kind = "number notation" if change == "number" else "synonym"
        others = [f[0] for f in fillers if f is not chosen and f[0] not in taken]
        near = () if change == "ordinary" else tuple((change, text) for text in others)
        return Token(chosen[0], tuple((kind, text) for text in chosen[1:]), near, is_slot)

    def _alike(self, text: str) -> Changes:
        word = text.strip(".,:;!?").lower()
        found = self.same.get(word, ())
        if not word:
            return ()
        tail = text[len(text.rstrip(".,:;!?")) :]
        options = tuple((kind, (t.capitalize() if text[:1].isupper() else t) + tail) for kind, t in found)
        if not options and len(word) >= LONG_WORD and " " not in word:
            middle = len(word) // 2
            options = (("typo", text[:middle] + text[middle + 1] + text[middle] + text[middle + 2 :]),)
        return options


def read(name: str) -> Vocabulary:
    """The vocabulary of a file: its name is the language, a low line, and what it is for.

    >>> read("en_choose").language
    'en'
    """
    text = (files("bench.signed") / "words" / f"{name}.txt").read_text("utf-8")
    return parsed(text, name.partition("_")[0])


def parsed(text: str, language: str) -> Vocabulary:
    r"""The vocabulary that a text describes.

    >>> words = parsed("= lines\nWe will {move} (the) tax\n= slot move direction\nraise, lift; lower", "en")
    >>> [t.text for t in words.line(words.templates["lines"][0], lambda: 0.0)]
    ['We', 'will', 'raise', 'the', 'tax']
    """
    templates: dict[str, list[str]] = {}
    slots: dict[str, tuple[str, list[list[str]]]] = {}
    same: dict[str, Changes] = {}
    before: list[tuple[str, str]] = []
    section: list[str] = []
    for row in filter(None, map(str.strip, text.splitlines())):
        if row.startswith("= "):
            section = row[2:].split()
        elif section[0] == "slot":
            slots[section[1]] = (section[2], [_parts(f, ",") for f in _parts(row, ";")])
        elif section[0] == "same":
            word, others = row.split(":")
            same[word.strip()] = (*same.get(word.strip(), ()), *((section[1], o) for o in _parts(others, ",")))
        elif section[0] == "before":
            change, words = row.split(": ", 1)
            before.append((change, words))
        else:
            templates.setdefault(section[0], []).append(row)
    return Vocabulary(language, templates, slots, same, tuple(before))


def _parts(text: str, mark: str) -> list[str]:
    return [p.strip() for p in text.split(mark) if p.strip()]
