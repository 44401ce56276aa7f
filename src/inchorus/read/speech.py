"""What is said, with the moments at which it is: subtitles, and transcripts with a speaker before each turn."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from inchorus.read.compressed import plain_name
from inchorus.read.cues import Cue, cues_of, without_repeats
from inchorus.read.formats.format import Broken, Document, Found, Passed
from inchorus.read.records import File
from inchorus.read.text import time_in

_CLOCK = re.compile(r"[\[(]?(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,]\d+)?[\])]?\s+", re.ASCII)
_SAID_AT = re.compile(r"\s*[\[(](?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,]\d+)?[\])]\s*$", re.ASCII)
_TURN = re.compile(
    r"(?P<speaker>[^\W\d_][^:：\n]{0,60}?(?:\s*[\[(][\d:.,]+[\])])?)\s*(?:：|:(?=\s|$))\s*(?P<text>\S.*)?$"
)
_CHANGE = re.compile(r"\s*(?:>{2,}|[-–—](?=\s|[^\W\d_]))\s*")  # before what another says, whom nothing names
_ARROWS = re.compile(r"\s*>{2,}\s*")
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*")
_SMALL = frozenset("of the and for de la le du von van der den di da al el bin ibn y e".split())
# what stands before a colon in mail and notes, and is nobody's name
_NO_SPEAKER = frozenset(
    "subject date from to cc bcc re fw fwd sent reply-to note notes source sources photo credit updated published "
    "copyright correction time location place title author abstract keywords tel phone email e-mail contact web http "
    "https duration language url topic topics agenda tags summary caption file".split()
)
_MOST_ABOUT = 64 << 20  # bytes
_MOST_WORDS = 6
_OF_CLOCKS = frozenset("0123456789([")
_TURNS = 3
_IN_A_CUE = 1_000  # turns that are counted
_SHARE = 0.6


@dataclass
class _Turn:
    """What one speaker says at a stretch: words, and the moments at which parts of them begin."""

    speaker: str | None
    line: int
    text: str = ""
    moments: list[list[float]] = field(default_factory=list)

    def say(self, words: str, between: str, moment: float | None) -> None:
        """Add words."""
        self.text += between if self.text and words else ""
        if moment is not None and words:
            self.moments.append([len(self.text), moment])
        self.text += words


def read_subtitles(file: File) -> Iterator[Found]:
    """The documents of SRT or WebVTT: the whole file; where its cues name who speaks, a turn each."""
    cues: list[Cue] = []
    with file.text() as lines:
        for found in cues_of(lines):
            if isinstance(found, Cue):
                cues.append(found)
            else:
                yield found
    cues = without_repeats([cue for cue in cues if cue.lines])
    if not cues:
        yield Broken("no subtitles in it", "fetch it again")
        return
    said = _said(cues)
    if sum(any(part.speaker is not None for part in parts) for parts in said) < _SHARE * len(cues):
        whole = _Turn(None, cues[0].line)
        for cue in cues:
            whole.say(cue.text, " ", cue.start)
        yield _document(file, [whole], 0)
        return
    turns: list[_Turn] = []
    for cue, parts in zip(cues, said, strict=True):
        for part in parts:
            if not turns or (part.anew and part.speaker != turns[-1].speaker):
                turns.append(_Turn(part.speaker, cue.line))
            turns[-1].say(part.words, " ", cue.start)
    for i in range(len(turns)):
        yield _document(file, turns, i)


class _Part(NamedTuple):
    """A part of a cue: who says it, None where nothing says who; `anew` where it is said that somebody begins."""

    speaker: str | None
    words: str
    anew: bool


def _said(cues: Sequence[Cue]) -> list[list[_Part]]:
    """The parts of each cue, each of one speaker.

    Where cues mark voices, one without a mark is nobody's; else one without a name goes on with what is said before, if
    no dash or arrows before it say that another begins.
    """
    voices = any(voice is not None for cue in cues for voice in cue.voices)
    known = {name for cue in cues if (name := _named(cue.lines[0])[0]) is not None}
    return [_parts(cue, voices, known) for cue in cues]


def _parts(cue: Cue, voices: bool, known: set[str]) -> list[_Part]:
    parts: list[_Part] = []
    speaker: str | None
    for i, (line, voice) in enumerate(zip(cue.lines, cue.voices, strict=True)):
        if voice is not None:
            speaker, words, anew = voice, line, True
        else:
            speaker, words, anew = _named(line)
            if i and speaker is not None and speaker not in known and not anew:
                speaker, words = None, line  # a line goes on, and has a colon
            anew = anew or speaker is not None or (voices and not (parts and parts[-1].speaker is None))
        if parts and not (anew and speaker != parts[-1].speaker):
            parts[-1] = parts[-1]._replace(words=f"{parts[-1].words} {words}".strip())
        else:
            parts.append(_Part(speaker, words, anew))
    return parts


def _named(line: str) -> tuple[str | None, str, bool]:
    """Who is named before a line, what is said, and whether a mark before it says that another begins."""
    change = _CHANGE.match(line)
    speaker, words, _ = _spoken(line[change.end() :] if change else line, None)
    return speaker, words if speaker is not None else line, change is not None


def read_transcript(file: File) -> Iterator[Found]:
    """Every turn of a transcript as a document by its speaker; what nobody says, as `(APPLAUSE)`, is passed."""
    turns: list[_Turn] = []
    with file.text() as lines:
        for number, raw in enumerate(lines, 1):
            line, moment = _clock(raw.strip())
            if not line:
                continue
            if _ASIDE.fullmatch(line):
                yield Passed("lines in brackets, which nobody says")
                continue
            other = _ARROWS.match(line)
            speaker, words, moment = _spoken(line[other.end() :] if other else line, moment)
            if speaker is not None or (other and turns):
                turns.append(_Turn(speaker, number))
            elif not turns:
                yield Passed("lines before the first speaker")
                continue
            turns[-1].say(words, "\n", moment)
    if not turns:
        yield Broken("nobody speaks in it", "write a name and a colon before each turn: Ada Lovelace: What she said")
    for i in range(len(turns)):
        yield _document(file, turns, i)


def looks_like_transcript(text: str) -> bool:
    r"""Whether most lines of a text begin with the name of a speaker, two of whom speak twice.

    >>> looks_like_transcript("ADA: Rain?\nBOB: Snow.\nADA: Why?\nBOB: Winter.\n")
    True
    """
    # of a folder of texts each is looked at: most lines are told without an expression
    bare = (raw.strip() for raw in text.splitlines())
    clocked = (_clock(line)[0] if line[:1] in _OF_CLOCKS else line for line in bare if line)
    lines = [line for line in clocked if line and not (line[0] in "([" and _ASIDE.fullmatch(line))]
    named = (line.lstrip("> ") if line.startswith(">>") else line for line in lines if ":" in line or "：" in line)
    speakers = Counter(speaker for line in named if (speaker := _spoken(line, None)[0]) is not None)
    again = sum(n > 1 for n in speakers.values())
    return again > 1 and speakers.total() > _TURNS and speakers.total() >= _SHARE * len(lines)


def _document(file: File, turns: Sequence[_Turn], i: int) -> Document:
    turn, place = turns[i], file.place
    stem = PurePosixPath(plain_name(place.name)).stem
    again = sum(1 for _ in takewhile(lambda one: one.line == turn.line, reversed(turns[max(0, i - _IN_A_CUE) : i])))
    at = f":{turn.line}" + (f".{again + 1}" if again else "")
    own = {
        "id": f"{place.as_posix()}{'' if len(turns) == 1 and turn.speaker is None else at}",
        "source": turn.speaker or (place.parts[0] if len(place.parts) > 1 else stem),
        "time": time_in(stem),
        "text": turn.text,
        "title": stem,
        "moments": turn.moments or None,
    }
    about = {name: value for name, value in _about(file).items() if value and not (name == "source" and turn.speaker)}
    return Document(own | about, turn.line)


def _about(file: File) -> dict[str, Any]:
    """What yt-dlp wrote of the recording beside its subtitles, `talk.info.json` beside `talk.en.vtt`."""
    path = file.input.path
    names = dict.fromkeys((path.stem, PurePosixPath(path.stem).stem))
    beside = (path.with_name(f"{name}.info.json") for name in names)
    found = next((one for one in beside if one.is_file() and one.stat().st_size <= _MOST_ABOUT), None)
    try:
        about = {} if found is None else json.loads(found.read_bytes())
    except (ValueError, RecursionError, OSError):
        about = {}
    if not isinstance(about, dict):
        return {}
    wanted = {
        "source": about.get("channel") or about.get("uploader"),
        "time": about.get("timestamp") or about.get("upload_date"),
        "title": about.get("title"),
        "url": about.get("webpage_url"),
    }
    return {name: value for name, value in wanted.items() if isinstance(value, str | int)}


def _spoken(line: str, moment: float | None) -> tuple[str | None, str, float | None]:
    """The speaker whom a line names, or None, what is said, and when."""
    match = _TURN.match(line)
    if match is None:
        return None, line, moment
    speaker = match["speaker"]
    if at := _SAID_AT.search(speaker):
        speaker, moment = speaker[: at.start()], _seconds(at)
    speaker = _ASIDE.sub(" ", speaker).strip()
    return (speaker, match["text"] or "", moment) if _is_name(speaker) else (None, line, moment)


def _is_name(name: str) -> bool:
    words = name.split()
    if not 0 < len(words) <= _MOST_WORDS or name.casefold() in _NO_SPEAKER:
        return False
    return all(word.casefold() in _SMALL or not word[0].islower() for word in words) and any(c.isalpha() for c in name)


def _clock(line: str) -> tuple[str, float | None]:
    """A line without the time before it, and that time in seconds."""
    match = _CLOCK.match(line)
    return (line[match.end() :], _seconds(match)) if match else (line, None)


def _seconds(match: re.Match[str]) -> float:
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float(hours * 3600 + minutes * 60 + seconds)
