"""Cues of subtitles, with their times, from SRT and WebVTT."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from inchorus.read.formats.format import Broken, Passed

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?", re.ASCII)
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]*>|\{\\[^{}]*\}")  # of HTML and WebVTT, and of SubStation in braces
_VOICE = re.compile(r"(<v(?:\.[^\s>]*)?\s+[^>]*>|</v>)")
_NO_CUE = ("NOTE", "STYLE", "REGION")
_TOUCH = 0.25  # seconds between two cues of which the second goes on with the first
_ROLLING = 1 / 3  # of the cues that touch


@dataclass
class Cue:
    """What is said from `start` to `end`, in seconds: its lines, and who says each where that is marked.

    A line of which several say a part is a line for each of them.
    """

    start: float
    end: float
    line: int
    lines: list[str] = field(default_factory=list)
    voices: list[str | None] = field(default_factory=list)
    speaks: str | None = None

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(self.lines)


def cues_of(lines: Iterable[str]) -> Iterator[Cue | Passed | Broken]:
    """The cues of SRT or WebVTT, in order; what is neither cue nor part of one is said.

    A blank line inside the text of an SRT cue does not end it, as what follows has no times of its own.

    >>> [cue.text for cue in cues_of(["1", "00:00:01,500 --> 00:00:02,000", "<i>Rain</i>", "again.", ""])]
    ['Rain again.']
    """
    cue: Cue | None = None
    web = False
    for at, block in _blocks(lines):
        if at == 1 and block[0].removeprefix("\ufeff").startswith("WEBVTT"):
            web = True
            continue
        if web and block[0].split()[0] in _NO_CUE:
            yield Passed("notes and styles of WebVTT")
            continue
        if not any("-->" in line for line in block):
            if web or (cue is None and at == 1) or all(line.strip().isdecimal() for line in block):
                yield Passed("lines of subtitles that belong to no time")
            elif cue is None:
                yield Broken(
                    "text without a time", "write times before it: 00:01:02,500 --> 00:01:04,000", block[0], at
                )
            else:
                _say(cue, block)
            continue
        before: list[str] = []
        for number, line in enumerate(block, at):
            if "-->" not in line:
                before.append(line)
                continue
            begun = _begun(line, number)
            if before and (number - at == len(before) or before[-1].strip().isdecimal()):
                before.pop()  # its number or its name
            if cue is not None:
                _say(cue, before)
                yield cue
            cue, before = (begun, []) if isinstance(begun, Cue) else (None, [])
            if isinstance(begun, Broken):
                yield begun
        if cue is not None:
            _say(cue, before)
    if cue is not None:
        yield cue


def without_repeats(cues: list[Cue]) -> list[Cue]:
    """The cues without lines that the one before has shown, where they scroll, as captions made by machines do.

    >>> cues = [Cue(0, 1, 1, ["a"]), Cue(1, 2, 4, ["a", "b"]), Cue(2, 3, 8, ["b", "c"])]
    >>> [cue.text for cue in without_repeats(cues)]
    ['a', 'b', 'c']
    """
    touching = [(a, b) for a, b in pairwise(cues) if b.start - a.end < _TOUCH and a.lines and b.lines]
    again = sum(_shown(a.lines, b.lines) > 0 for a, b in touching)
    if len(touching) < 2 or again < _ROLLING * len(touching):
        return cues
    kept, before = [], cues[:1]
    for cue in cues:
        last = before[-1]
        n = 0 if last is cue or cue.start - last.end >= _TOUCH else _shown(last.lines, cue.lines)
        kept.append(replace(cue, lines=cue.lines[n:], voices=cue.voices[n:]))
        before = [cue]
    return [cue for cue in kept if cue.lines]


def _shown(before: list[str], lines: list[str]) -> int:
    """How many lines at the start of a cue are the last ones of the cue before."""
    most = min(len(before), len(lines))
    return next((n for n in range(most, 0, -1) if before[-n:] == lines[:n]), 0)


def _blocks(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines up to a blank one, and the number of the first; a line of spaces below the times ends no cue.

    YouTube writes captions that scroll so: the line that is to fill is above, and empty at first.
    """
    block: list[str] = []
    number = 0
    for number, line in enumerate(lines, 1):
        bare = line.rstrip("\r\n")
        if line.strip() or (bare and block and "-->" in block[-1]):
            block.append(bare)
        elif block:
            yield number - len(block), block
            block = []
    if block:
        yield number + 1 - len(block), block


def _begun(line: str, number: int) -> Cue | Broken:
    match = _TIMES.fullmatch(line)
    if match is None:
        return Broken("the times of a cue cannot be read", "write them as 00:01:02,500 --> 00:01:04,000", line, number)
    parts = match.groups()
    return Cue(_seconds(parts[:4]), _seconds(parts[4:]), number)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (part or "0" for part in parts)
    return (
        int(hours) * 3_600_000 + int(minutes) * 60_000 + int(seconds) * 1000 + int(thousandths.ljust(3, "0"))
    ) / 1000


def _say(cue: Cue, lines: list[str]) -> None:
    """Add the words of lines to the cue, without marks, and who says them: a voice goes on until another begins."""
    for line in lines:
        for part in _VOICE.split(line):
            if _VOICE.fullmatch(part):
                cue.speaks = html.unescape(part.partition(" ")[2][:-1]).strip() or None
                continue
            words = " ".join(html.unescape(_TAG.sub("", part)).replace("\u200b", "").split())
            if words:
                cue.lines.append(words)
                cue.voices.append(cue.speaks)
