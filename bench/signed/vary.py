"""Changes of a line: harmless ones, and those that make another statement of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bench.signed.vocabulary import Changes, Line, Token

Draw = Callable[[], float]

SEVERAL = "several"
NAMES = ("name", "place", "date")


@dataclass(frozen=True)
class Said:
    """A line as one source says it.

    `change` is the class of what differs from the line (empty where nothing does), `kinds` the kinds of harmless
    edits, `low` and `high` where the difference lies in the text, and `place` whether that is the line's first or last
    word, outside or in the middle; `word` is what is different, `was` what stands there in the line, `alike` what says
    the same as that. `changes` has each difference: where it lies, and what the line has there with a word either side.
    """

    text: str
    change: str = ""
    kinds: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    place: str = ""
    word: str = ""
    was: str = ""
    alike: tuple[str, ...] = ()
    changes: tuple[tuple[int, int, str], ...] = ()


def said(line: Line) -> Said:
    """The line as it stands."""
    return Said(_joined(line)[0])


def edited(line: Line, rate: float, draw: Draw) -> tuple[Line, tuple[str, ...]]:
    """The line with about `rate` of its words edited so that it says the same, at least one; and the kinds of edits."""
    words = sum(len(t.text.split()) for t in line)
    able = [i for i, t in enumerate(line) if t.same]
    tokens, kinds = list(line), list[str]()
    for _ in range(min(len(able), max(1, int(rate * words + 0.5)))):
        at = able.pop(int(draw() * len(able)))
        kind, text = _pick(line[at].same, draw)
        tokens[at], kinds = replace(line[at], text=text), [*kinds, kind]
    return tuple(tokens), tuple(kinds)


def harmless(line: Line, rate: float, draw: Draw) -> Said:
    """The line edited so."""
    tokens, kinds = edited(line, rate, draw)
    return Said(_joined(tokens)[0], kinds=kinds)


def alone(line: Line, draw: Draw) -> list[Said]:
    """The line with one harmless edit, once for each kind that it allows."""
    by_kind: dict[str, list[tuple[int, str]]] = {}
    for i, token in enumerate(line):
        for kind, text in token.same:
            by_kind.setdefault(kind, []).append((i, text))
    out = []
    for kind, places in by_kind.items():
        at, text = places[int(draw() * len(places))]
        out.append(Said(_joined([*line[:at], Token(text), *line[at + 1 :]])[0], kinds=(kind,)))
    plain = _joined(line)[0]
    upper = plain.upper()
    if upper != plain:
        out.append(Said(upper, kinds=("case",)))
    out.append(Said(plain.replace(",", " –").rstrip(".") + "!!", kinds=("punctuation",)))
    return out


def classes(line: Line) -> list[str]:
    """The classes of changes that the line allows."""
    return sorted({change for token in line for change, _ in token.near})


def near(line: Line, change: str, draw: Draw) -> Said:
    """The line with one change of that class."""
    at, text = _place(line, change, draw)
    return _changed(line, {at: text}, change)


def several(line: Line, draw: Draw) -> Said | None:
    """The line with two changes at different places; None where it has only one that can change."""
    places = [i for i, t in enumerate(line) if t.near]
    if len(places) < 2:
        return None
    first = places.pop(int(draw() * len(places)))
    second = places[int(draw() * len(places))]
    return _changed(line, {i: _pick(line[i].near, draw)[1] for i in (first, second)}, SEVERAL)


def turned(line: Line, before: Changes, draw: Draw) -> Said:
    """The line behind words that turn it round."""
    change, words = _pick(before, draw)
    text = _joined(line)[0]
    is_name = any(c in NAMES for c, _ in line[0].near)
    first = text[0] if is_name or words.endswith(":") else text[0].lower()
    return Said(f"{words} {first}{text[1:]}", f"{change} outside", (), 0, len(words), "outside", words)


def filled(line: Line, filler: str) -> Said:
    """A frame with that filler in its slot."""
    at = next(i for i, t in enumerate(line) if t.is_slot)
    return _changed(line, {at: filler}, "frame")


def fillers(line: Line) -> list[str]:
    """What the slot of a frame may be filled with, the present filler first."""
    slot = next(t for t in line if t.is_slot)
    return [slot.text, *(text for _, text in slot.near)]


def updated(line: Line, draw: Draw) -> Said:
    """A long text with every number replaced by another."""
    numbers = {i: _pick(t.near, draw)[1] for i, t in enumerate(line) if any(c == "number" for c, _ in t.near)}
    return _changed(line, numbers, "updated")


def _changed(line: Line, new: dict[int, str], change: str) -> Said:
    tokens = [Token(new[i]) if i in new else t for i, t in enumerate(line)]
    text, spans = _joined(tokens)
    chosen = [spans[i] for i in new]
    at = min(new)
    place = "first" if at == 0 else "last" if max(new) == len(line) - 1 else "middle"
    word = " ".join(new[i] or line[i].text for i in sorted(new))
    was = " ".join(line[i].text for i in sorted(new))
    alike = tuple(text for i in new for _, text in line[i].same)
    changes = tuple((*spans[i], _beside(line, i)) for i in sorted(new))
    low, high = min(a for a, _ in chosen), max(b for _, b in chosen)
    return Said(text, change, (), low, high, place, word, was, alike, changes)


def _beside(line: Line, at: int) -> str:
    """What the line has at a token, with the word before it and the word after."""
    before = " ".join(t.text for t in line[:at]).split()[-1:]
    after = " ".join(t.text for t in line[at + 1 :]).split()[:1]
    return " ".join([*before, *line[at].text.split(), *after])


def _place(line: Line, change: str, draw: Draw) -> tuple[int, str]:
    places = [(i, text) for i, t in enumerate(line) for c, text in t.near if c == change]
    return places[int(draw() * len(places))]


def _joined(tokens: Line | list[Token]) -> tuple[str, list[tuple[int, int]]]:
    """The text, a capital first and a full stop last, and where each token lies in it."""
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for token in tokens:
        if not token.text:
            spans.append((length, length))
            continue
        length += 1 if out else 0
        spans.append((length, length + len(token.text)))
        out.append(token.text)
        length += len(token.text)
    text = " ".join(out)
    text = text[0].upper() + text[1:]
    return (text if text[-1] in ".!?:" else text + "."), spans


def _pick(options: Changes, draw: Draw) -> tuple[str, str]:
    return options[int(draw() * len(options))]
