"""A small grammar for text: rules written as plain lines, compiled once to closures.

A rule starts with `= name`; its alternatives follow, one a line or several on a line parted by `;`.
Inside an alternative: `{rule}` another rule, `{.rule}` a rule of the current topic, `{12-90}` a number
(below ten in words), `{d12-90}` a number in digits without separators, `<fact>` a fact of the event,
`(a|b)` one of several, `[a]` a or nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeVar

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(slots=True)
class Context:
    """What an expansion may look at: the random draw, the facts of the event, the topic.

    A rule that is named in the palette gives one of the texts there: a story keeps to its few places and people.
    """

    draw: Callable[[], float]
    facts: dict[str, str] = field(default_factory=dict)
    topic: str = ""
    palette: dict[str, list[str]] = field(default_factory=dict)


T = TypeVar("T")
Expand = Callable[[Context], str]
Node = str | Expand

_TOKEN = re.compile(r"\{[^{}]*\}|<[^<>]*>|[()\[\]|]|[^{}<>()\[\]|]+")
_RANGE = re.compile(r"\{(d?)(\d+)-(\d+)\}")


def draws(*key: int | str) -> Callable[[], float]:
    """A stream of uniform numbers in [0, 1) that depends on the key alone, on every platform.

    >>> draws(1, "a")() == draws(1, "a")(), draws(1, "a")() == draws(2, "a")()
    (True, False)
    """
    digest = blake2b(repr(key).encode(), digest_size=8).digest()
    return random.Random(int.from_bytes(digest, "big")).random  # noqa: S311 - simulation, not secrets


def shuffle(items: list[T], draw: Callable[[], float]) -> None:
    """Fisher-Yates in place, by our own draws so that every Python release gives the same order."""
    for i in range(len(items) - 1, 0, -1):
        j = int(draw() * (i + 1))
        items[i], items[j] = items[j], items[i]


class Grammar:
    r"""Named rules.

    >>> g = Grammar("= s\nThe {animal} sat; The {animal} ran\n= animal\ncat; dog")
    >>> g.expand("s", Context(draws(0))).startswith("The ")
    True
    """

    def __init__(self, *sources: str, palette: frozenset[str] = frozenset()) -> None:
        self.palette = palette
        self.raw: dict[str, list[str]] = {}
        for source in sources:
            self._load(source)
        self.rules: dict[str, list[Node]] = {name: [] for name in self.raw}
        for name, alternatives in self.raw.items():
            self.rules[name].extend(self._compile(a) for a in alternatives)
        for name, nodes in self.rules.items():
            if not nodes:
                raise ValueError(f"rule {name!r} has no alternative")

    def expand(self, name: str, context: Context) -> str:
        """One text of a rule."""
        nodes = self.rules[name]
        node = nodes[int(context.draw() * len(nodes))]
        return node if isinstance(node, str) else node(context)

    def deck(self, name: str, context: Context, known: Collection[int] = ()) -> Iterator[tuple[int, str]]:
        """A text of each alternative of a rule and its number, in random order, but for those `known`."""
        nodes = [(i, node) for i, node in enumerate(self.rules[name]) if i not in known]
        while nodes:
            i, node = nodes.pop(int(context.draw() * len(nodes)))
            yield i, node if isinstance(node, str) else node(context)

    def _load(self, source: str) -> None:
        alternatives: list[str] | None = None
        for line in source.splitlines():
            row = line.strip()
            if row.startswith("= "):
                if row[2:] in self.raw:
                    raise ValueError(f"rule {row[2:]!r} is written twice")
                alternatives = self.raw[row[2:]] = []
            elif row and alternatives is not None:
                alternatives.extend(a.strip() for a in row.split(";") if a.strip())

    def _compile(self, text: str) -> Node:
        tokens = _TOKEN.findall(text)
        if "".join(tokens) != text:
            raise ValueError(f"unbalanced braces in {text!r}")
        node, at = self._sequence(tokens, 0)
        if at != len(tokens):
            raise ValueError(f"unbalanced brackets in {text!r}")
        return node

    def _sequence(self, tokens: list[str], at: int) -> tuple[Node, int]:
        parts: list[Node] = []
        while at < len(tokens) and tokens[at] not in ")|]":
            token = tokens[at]
            if token in ("(", "["):
                options: list[Node] = []
                while tokens[at] not in (")", "]"):
                    option, at = self._sequence(tokens, at + 1)
                    options.append(option)
                    if at >= len(tokens):
                        raise ValueError(f"unbalanced brackets in {''.join(tokens)!r}")
                if token == "[":  # noqa: S105 - a bracket
                    options = [*options, *[""] * len(options)]
                parts.append(_choice(options))
            else:
                parts.append(self._atom(token))
            at += 1
        return _join(parts), at

    def _atom(self, token: str) -> Node:
        if token[0] == "<":
            name = token[1:-1]
            return lambda c: c.facts[name]
        if token[0] != "{":
            return token
        number = _RANGE.fullmatch(token)
        if number:
            return _number(int(number[2]), int(number[3]), digits=bool(number[1]))
        name = token[1:-1]
        if name[0] == ".":
            names = {rule.partition(".")[0]: rule for rule in self.raw if rule.endswith(name)}
            nodes = {topic: _choice(self.rules[rule]) for topic, rule in names.items()}
            return lambda c: _from(c, name) if name in c.palette else nodes[c.topic](c)
        if name not in self.palette:
            return _choice(self.rules[name])
        node = _choice(self.rules[name])
        return lambda c: _from(c, name) if name in c.palette else node(c)


def _from(c: Context, name: str) -> str:
    texts = c.palette[name]
    return texts[int(c.draw() * len(texts))]


def _choice(options: list[Node]) -> Expand:
    def expand(c: Context) -> str:
        node = options[int(c.draw() * len(options))]
        return node if isinstance(node, str) else node(c)

    return expand


def _join(parts: list[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    if all(isinstance(p, str) for p in parts):
        return "".join(p for p in parts if isinstance(p, str))
    template = "".join(p.replace("%", "%%") if isinstance(p, str) else "%s" for p in parts)
    drawn = [p for p in parts if not isinstance(p, str)]
    return lambda c: template % tuple([p(c) for p in drawn])


def _number(low: int, high: int, *, digits: bool) -> Expand:
    def expand(c: Context) -> str:
        n = low + int(c.draw() * (high - low + 1))
        if digits:
            return str(n)
        return SMALL[n] if n < len(SMALL) else f"{n:,}"

    return expand


# A pattern that begins with a letter is looked for fast, one that begins with \b is not.
_AN = re.compile(r"([Aa]) (?<!\w. )(?=(?!one|uni|use|usu|eu|U\.)[aeiouAEIOU]|hour|honest|8\b|8[\d,.]*\b|11\b|18\b)")
_SPACES = re.compile(r" {2,}| (?=[,.?!])")


def sentence(text: str) -> str:
    """A finished sentence: one space between words, a or an, a capital first.

    >>> sentence("a old mill  reopened .")
    'An old mill reopened.'
    """
    if "  " in text or " ," in text or " ." in text or " ?" in text or " !" in text:
        text = _SPACES.sub(lambda m: " " if len(m[0]) > 1 else "", text)
    text = _AN.sub(lambda m: f"{m[1]}n ", text).strip().replace("..", ".")
    if text[0] in '“"':
        return text[0] + text[1].upper() + text[2:]
    return text[0].upper() + text[1:]
