"""A list written out as JSON, as Python or R print it: its items as text. Nothing is evaluated."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from inchorus.read.batches import clean

JSON, PYTHON, R = "JSON", "Python", "R"
# what an object stands for, the first that it has: entities of posts, then what other exports call an address or a name
KEYS = ("expanded_url", "expanded", "url", "text", "tag", "href", "uri", "screen_name", "username", "name", "id")
_DEPTH = 32
_OPENS = re.compile(r"\s*(?:[\[({]|(?:c|list|character|array|set|frozenset|tuple)\s*\()")
_OF_R = re.compile(r"\s*(?:c|list|character)\s*\(")
# ['a', 'b'] without escapes, by far the most frequent
_PLAIN = re.compile(r"""\[(?:'[^'\\]*'|"[^"\\]*")(?:,\s*(?:'[^'\\]*'|"[^"\\]*"))*\]""")
_QUOTED = re.compile(r"""'[^'\\]*'|"[^"\\]*\"""")
_TOKEN = re.compile(
    r"""\s*(?:[bBuUrR]{0,2}(?P<string>'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*")"""
    r"""|(?P<number>[+-]?(?:\d[\w.]*(?:[eE][+-]\d+)?|\.\d+|inf|Inf))|(?P<name>[A-Za-z_.][\w.]*)|(?P<mark>[\[\](){},:=]))""",
    re.DOTALL,
)
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SAID = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}
_NOTHING = frozenset({"None", "NULL", "NA", "NA_character_", "nan", "NaN", "NaT", "null", "none"})
_TRUTH = frozenset({"True", "False", "TRUE", "FALSE", "true", "false"})
_LISTS = frozenset({"c", "list", "character", "set", "frozenset", "tuple"})


class Written(NamedTuple):
    """A list: the notation that it is in, its items, and whether any of them stands in quotation marks."""

    notation: str
    items: list[str]
    quoted: bool


def looks_written(value: str) -> bool:
    """Whether a value begins as a list that is written out does.

    >>> looks_written('c("a", "b")'), looks_written("carts (two)")
    (True, False)
    """
    return _OPENS.match(value) is not None


def read_written(value: str) -> Written | None:
    """The list that a value is, with lists inside it laid out flat; None where it is none.

    An object counts as what it has under the first of KEYS, else as itself in JSON. Nothing, NaN and truth values
    are no items.

    >>> read_written("['a', 'b;c']").items, read_written('c("a", "b")').notation
    (['a', 'b;c'], 'R')
    >>> read_written('[{"url": "t.co/1", "expanded_url": "https://a.example"}]').items
    ['https://a.example']
    >>> read_written("[Update] the bridge") is None
    True
    """
    if not looks_written(value):
        return None
    if value[0] == "[" and "'" in value and _PLAIN.fullmatch(value):
        return Written(PYTHON, [item for q in _QUOTED.findall(value) if (item := q[1:-1].strip())], True)
    items: list[str] = []
    try:
        try:
            found = json.loads(value, parse_int=str, parse_float=str, parse_constant=lambda _: None)
            notation = JSON
        except ValueError:
            found = _Printed(value).whole()
            notation = R if _OF_R.match(value) else PYTHON
        _lay_out(found, items)
    except (ValueError, RecursionError, MemoryError):
        return None
    return Written(notation, items, '"' in value or "'" in value)


def item_of(given: dict[str, Any]) -> str:
    """What an object stands for: its value under the first of KEYS that it has, else all of it as JSON.

    >>> item_of({"indices": [0, 3], "text": "vote"}), item_of({"b": 1, "a": 2})
    ('vote', '{"a": 2, "b": 1}')
    """
    for key in KEYS:
        value = given.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    held = {key: value for key, value in given.items() if value not in (None, "")}
    return json.dumps(held, ensure_ascii=False, sort_keys=True, default=str) if held else ""


def _only_list(given: dict[str, Any]) -> list[Any] | None:
    """The list that an object is put around, as {"urls": [...]} is, or written as, by place: {"0": ..., "1": ...}."""
    if given and list(given) == [str(n) for n in range(len(given))]:
        return list(given.values())
    held = [value for value in given.values() if value not in (None, "", [], {})]
    return held[0] if len(held) == 1 and isinstance(held[0], list) else None


def _lay_out(value: Any, items: list[str], depth: int = 0) -> None:
    if isinstance(value, list):
        if depth >= _DEPTH:
            raise ValueError
        for each in value:
            _lay_out(each, items, depth + 1)
    elif isinstance(value, dict) and (inside := _only_list(value)) is not None:
        _lay_out(inside, items, depth + 1)
    elif isinstance(value, dict | str):
        text = item_of(value) if isinstance(value, dict) else value
        # an escape in JSON can name half a character
        text, _ = clean(text.strip())
        if text:
            items.append(text)


class _Printed:
    """A value as Python, NumPy or R print it. ValueError where it is not."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        at, end = 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None or match.lastgroup is None:
                raise ValueError(text)
            self._tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        self._tokens.append(("end", ""))
        self._at = 0

    def whole(self) -> Any:
        """The value that all of the text is."""
        value = self._value(0)
        if self._tokens[self._at][0] != "end":
            raise ValueError
        return value

    def _value(self, depth: int) -> Any:
        if depth > _DEPTH:
            raise ValueError
        kind, text = self._next()
        if kind == "string":
            return _unescaped(text[1:-1])
        if kind == "number":
            # R marks whole numbers with an L
            return text.removesuffix("L")
        if kind == "mark" and text in _CLOSING:
            return self._several(_CLOSING[text], depth)
        if kind == "name" and self._tokens[self._at] == ("mark", "("):
            self._at += 1
            arguments = self._several(")", depth)
            return _called(text, arguments)
        if kind == "name" and text in _NOTHING | _TRUTH:
            return None
        raise ValueError

    def _several(self, closing: str, depth: int) -> Any:
        """Values up to the closing mark: a list, or a dictionary where each has a key before it."""
        values: list[Any] = []
        named: dict[str, Any] = {}
        while self._tokens[self._at] != ("mark", closing):
            kind, text = self._tokens[self._at]
            after = self._tokens[self._at + 1] if kind != "end" else ("end", "")
            if after == ("mark", "=") and kind in {"name", "string"}:
                self._at += 2
                named[text.strip("\"'")] = self._argument(depth + 1)
            else:
                value = self._value(depth + 1)
                if closing == "}" and self._tokens[self._at] == ("mark", ":"):
                    self._at += 1
                    named[str(value)] = self._value(depth + 1)
                else:
                    values.append(value)
            before, (kind, text) = self._tokens[self._at - 1], self._tokens[self._at]
            if (kind, text) == ("mark", ","):
                self._at += 1
            # NumPy prints an array without commas
            elif (kind, text) != ("mark", closing) and not (closing == "]" and before[0] == kind == "string"):
                raise ValueError
        self._at += 1
        if named and values:
            return [*values, named]
        return named or values

    def _argument(self, depth: int) -> Any:
        kind, text = self._tokens[self._at]
        if kind == "name" and text not in _NOTHING and self._tokens[self._at + 1] != ("mark", "("):
            # dtype=object
            self._at += 1
            return None
        return self._value(depth)

    def _next(self) -> tuple[str, str]:
        token = self._tokens[self._at]
        if token[0] == "end":
            raise ValueError
        self._at += 1
        return token


def _called(name: str, given: Any) -> Any:
    """What a function that only puts together gives; of any other nothing is known."""
    if name == "character":
        return []
    if name == "array":
        return given[0] if isinstance(given, list) and given else []
    if name not in _LISTS:
        return None
    if name == "c" and isinstance(given, dict):
        return list(given.values())
    return given


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text

    def said(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        if code:
            number = int(code, 16)
            return chr(number) if number < 0x110000 else match[0]
        return _SAID.get(match[4], match[4])

    replaced = _ESCAPE.sub(said, text)
    # two escapes can be the halves of one character
    return replaced.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
