"""Quotations of languages that write no spaces: who speaks stands right beside a word of saying, or before a particle.

Chinese: “王明说：“…””, ““…”，王明说。”. Japanese: “山田市長は「…」と述べた”, “「…」と山田市長は述べた”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from inchorus.quote.language import Language, language
from inchorus.quote.marks import Stretch, stretches
from inchorus.quote.paragraphs import paragraphs
from inchorus.quote.quotation import Quotation, inside

Span = tuple[int, int]
_BOUND = '\\s，。！？；：、,.!?;:…—（）()「」『』“”‘’"《》〈〉'
_NARRATED = 30  # code points of a narrator between two pieces of one quotation, where no spaces are written
_LONGEST = 24  # code points that a speaker may have
_FAR = 40  # code points behind a quotation in which its word of saying stands
_FEW = 6  # letters up to which something in marks needs a word of saying
_ENDS = "。！？!?…"


class Told(NamedTuple):
    """The spans of the speaker and of the word of saying; None where the text does not say."""

    speaker: Span | None
    cue: Span | None


class _Patterns(NamedTuple):
    left: re.Pattern[str]
    right: re.Pattern[str]
    topic: re.Pattern[str]
    quoting: re.Pattern[str]
    led: re.Pattern[str]
    mixed: re.Pattern[str]
    cleft: re.Pattern[str]
    none: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


@lru_cache(8)
def _patterns(code: str) -> _Patterns:
    of = language(code)
    saying, skipped, topics = _any(of.saying), _any(of.adverbs | of.times), _any(of.topics)
    who = rf"(?P<who>[^{_BOUND}]{{1,{_LONGEST}}}?)"
    return _Patterns(
        left=re.compile(rf"(?:\A|(?<=[{_BOUND}])){who}(?:{skipped})*(?P<cue>{saying})[了道过]?[：:，,]?\s*\Z"),
        right=re.compile(rf"[，,。、]?\s*{who}(?:{skipped})*(?P<cue>{saying})"),
        topic=re.compile(rf"(?:\A|(?<=[{_BOUND}]))(?:{skipped})*[、，]?{who}(?:（[^（）]{{0,12}}）)?(?:{topics})(?=[^。]*\Z)"),
        quoting=re.compile(
            rf"(?:{_any(of.quoting)})(?:(?P<who>[^{_BOUND}]{{1,{_LONGEST}}}?)(?:{topics}))?"
            rf"[^。！？「」]{{0,{_FAR}}}?(?P<cue>{saying})"
        ),
        led=re.compile(
            rf"(?:(?:{_any(' '.join(phrase) for phrase in of.by)}){who}(?:{_any(of.by_ends)})"
            rf"|(?:\A|(?<=[{_BOUND}]))(?P<whose>[^{_BOUND}]{{1,{_LONGEST}}}?)(?:{_any(of.by_ends)}))[，,、]?"
        ),
        mixed=re.compile(rf"(?:\A|(?<=[{_BOUND}])){who}(?:{skipped})*(?P<cue>{saying})[^。！？!?“”「」]{{0,14}}\Z"),
        cleft=re.compile(rf"(?:{_any(of.quoting)})(?P<cue>{saying})のは(?P<who>[^{_BOUND}]{{1,{_LONGEST}}}?)だ"),
        none=re.compile(rf"(?:{_any(of.none_before)})\Z"),
    )  # fmt: skip


def quotations(text: str, of: Language) -> list[Quotation]:
    """The direct quotations of a text in a language without spaces."""
    out: list[Quotation] = []
    marked = [s for s in stretches(text) if s.depth == 0]
    spans = paragraphs(text)
    goes_on = False
    for stretch in marked:
        begin, end = next((span for span in reversed(spans) if span[0] <= stretch.opens), (0, len(text)))
        low, high = _sentence(text, begin, end, stretch, marked)
        who = told(text, low, stretch, high, of)
        if goes_on and out:
            last = out[-1]
            out[-1] = replace(last, spans=(*last.spans, inside(text, stretch)), speaker=last.speaker or who.speaker)
        elif _is_quotation(text, stretch, who, of):
            if out and _goes_on(text, out[-1], stretch, who.cue):
                out[-1] = replace(out[-1], spans=(*out[-1].spans, inside(text, stretch)))
                continue
            out.append(Quotation((inside(text, stretch),), True, who.speaker, who.cue, who.cue is not None))
        else:
            continue
        goes_on = stretch.goes_on
    return out


def _goes_on(text: str, last: Quotation, stretch: Stretch, cue: Span | None) -> bool:
    """Whether only the narrator stands between a quotation and the next stretch: “…,” she said, “…”."""
    end = last.spans[-1][1]
    if last.cue is None or not end <= last.cue[0] < stretch.opens or stretch.opens - end > _NARRATED:
        return False
    return not re.search("[。！？!?]", text[end + 1 : stretch.opens]) and cue in {None, last.cue}


def told(text: str, begin: int, stretch: Stretch, end: int, of: Language) -> Told:
    """Who says what stands in marks, in the sentence from `begin` to `end`.

    >>> from inchorus.quote.language import language
    >>> from inchorus.quote.marks import stretches
    >>> text = "“桥是安全的，”王明说。"
    >>> text[slice(*told(text, 0, stretches(text)[0], len(text), language("zh")).speaker)]
    '王明'
    """
    p = _patterns(of.code)
    before = text[begin : stretch.opens]
    if of.topics:
        cleft = p.cleft.match(text, stretch.closes, end)
        if cleft is not None:
            return Told(_plain(text, *cleft.span("who"), of), cleft.span("cue"))
        behind = p.quoting.match(text, stretch.closes, end)
        if behind is not None:
            if behind.group("who"):
                return Told(_plain(text, *behind.span("who"), of), behind.span("cue"))
            since = max(before.rfind(mark) for mark in "」』”") + 1  # what is said last has the first topic behind it
            topics = list(p.topic.finditer(before, since))[:1] or list(p.topic.finditer(before))[-1:]
            at = topics[0].span("who") if topics else None
            return Told(None if at is None else _plain(text, begin + at[0], begin + at[1], of), behind.span("cue"))
    left = p.left.search(before)
    if left is not None:
        a, b = left.span("who")
        return Told(_plain(text, begin + a, begin + b, of), (begin + left.start("cue"), begin + left.end("cue")))
    mixed = None if of.topics else p.mixed.search(before)
    if mixed is not None:
        a, b = mixed.span("who")
        return Told(_plain(text, begin + a, begin + b, of), (begin + mixed.start("cue"), begin + mixed.end("cue")))
    right = None if of.topics else p.right.match(text, stretch.closes, min(end, stretch.closes + _FAR))
    if right is not None:
        return Told(_plain(text, *right.span("who"), of), right.span("cue"))
    led = p.led.search(before)
    if led is not None:
        a, b = led.span("who") if led.group("who") else led.span("whose")
        return Told(_plain(text, begin + a, begin + b, of), (begin + b, begin + led.end()))
    return Told(None, None)


def _plain(text: str, a: int, b: int, of: Language) -> Span | None:
    """The span without words of time, adverbs and conjunctions at its beginning, and with what no name goes on with."""
    small = re.compile(rf"(?:{_any(of.adverbs | of.times | of.conjunctions)})")
    while (m := small.match(text, a, b)) is not None and m.end() < b:
        a = m.end()
    if of.prepositions:  # 王明在会上说
        m = re.search(rf"(?<=.)(?:{_any(of.prepositions)})", text[a:b])
        b = a + m.start() if m is not None else b
    return (a, b) if a < b else None


def _is_quotation(text: str, stretch: Stretch, who: Told, of: Language) -> bool:
    """Whether what stands in marks is a quotation, and not a name or a word held at a distance."""
    inner = text[stretch.start : stretch.end].strip()
    letters = sum(c.isalpha() for c in inner)
    if not letters or _patterns(of.code).none.search(text, max(0, stretch.opens - 12), stretch.opens):
        return False
    if not stretch.closed and not stretch.goes_on:
        return letters > _FEW and who.cue is not None
    return who.cue is not None or (inner[-1] in _ENDS and letters > _FEW)


def _sentence(text: str, begin: int, end: int, stretch: Stretch, marked: Sequence[Stretch]) -> Span:
    """The sentence that a stretch stands in, between two places; what ends inside of marks ends none."""
    ends = re.compile(r"[。！？!?]")
    first = begin
    for m in ends.finditer(text, begin, stretch.opens):
        if not any(s.opens <= m.start() < s.closes for s in marked):
            first = m.end()
    later = ends.finditer(text, stretch.closes, end)
    last = next((m.end() for m in later if not any(s.opens <= m.start() < s.closes for s in marked)), end)
    return first, last


def name_of(mention: str, of: Language) -> str | None:
    """The name in a mention, without titles before or behind it; None where nothing is left of it.

    >>> from inchorus.quote.language import language
    >>> name_of("山田市長", language("ja")), name_of("他", language("zh"))
    ('山田', None)
    """
    name = mention.strip()
    if name in of.pronouns:
        return None
    titles = sorted(of.titles, key=len, reverse=True)
    for title in titles:
        if name.endswith(title):
            name = name[: -len(title)]
            break
    for title in titles:
        at = name.rfind(title)
        if at >= 0 and len(name) - at - len(title) >= 2:  # 市长王明
            name = name[at + len(title) :]
            break
    return name if len(name) > 1 and name not in of.pronouns else None
