"""Where and when words are said to have been spoken, where the sentence of the speaker says so.

“wrote in his 2011 book”, “told reporters on Tuesday”, “tweeted”: what stands between the marks and the end of the
sentence, or before the word of saying; never what stands inside of the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from inchorus.quote.language import Language, language

Span = tuple[int, int]
_FAR = 200  # code points on either side of the word of saying
_END = re.compile(r"[.!?…。！？؟۔;\n\r](?=[\s”“\"»«]|\Z)")
_NAMES = r"(?:[A-ZÄÖÜÉА-Я][\w’'.-]*(?:[ \xa0](?:of[ \xa0]the[ \xa0])?[A-ZÄÖÜÉА-Я][\w’'-]*){0,4})"


def circumstances(
    text: str, cue: Span | None, speaker: Span | None, spans: Iterable[Span], of: Language
) -> list[str | None]:
    """Where, to whom or in what it was said, and when, as written; None for what the sentence does not say.

    >>> text = "“Nobody pays,” Ada Ash told reporters on Tuesday in Oldford."
    >>> circumstances(text, (23, 27), (15, 22), [(1, 13)], language("en"))
    ['reporters', 'on Tuesday']
    """
    if cue is None or not (of.venues or of.whens or of.times):
        return [None, None]
    where, when, means = _patterns(of.code)
    zones = _zones(text, cue, speaker, list(spans))
    said_when = next((m.group().strip() for a, b in zones if (m := when.search(text, a, b))), None)
    said_where = next((_where(m) for a, b in zones if (m := where.search(text, a, b))), None)
    if said_where is None and means.fullmatch(text, *cue):
        said_where = text[slice(*cue)]
    return [said_where, said_when]


def _where(found: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", found.group("to") or found.group("at")).strip()


def _zones(text: str, cue: Span, speaker: Span | None, spans: list[Span]) -> list[Span]:
    """What the narrator says beside the word of saying: behind it, then before it."""
    first, last = min(cue[0], speaker[0] if speaker else cue[0]), max(cue[1], speaker[1] if speaker else cue[1])
    if first - cue[0] > _FAR or last - first > _FAR:
        first, last = cue
    stop = min([len(text), last + _FAR, *(a for a, _ in spans if a >= last)])
    end = _END.search(text, last, stop)
    begin = max([0, first - _FAR, *(b for _, b in spans if b <= first)])
    for m in _END.finditer(text, begin, first):
        begin = m.end()
    return [(cue[0], end.start() if end is not None else stop), (begin, first)]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


@lru_cache(16)
def _patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    of = language(code)
    small = of.prepositions | of.that | of.conjunctions | of.pronouns | of.relatives | of.times
    word = rf"(?!(?i:{_any(small - of.determiners)})(?!\w))[\w’'-]+[ \xa0]"
    with_whom = rf"(?:[ \xa0](?:{_any(of.venue_with)})[ \xa0](?:(?:{_any(of.determiners)})[ \xa0])?{_NAMES})?"
    hearers = rf"(?:(?i:{_any(of.determiners)})[ \xa0])?(?i:{_any(of.hearers)})(?!\w)"
    where = re.compile(
        rf"(?<!\w)(?:(?i:{_any(of.telling)})[ \xa0](?P<to>{hearers}|(?:(?i:the)[ \xa0])?{_NAMES})"
        rf"|(?P<at>(?i:{_any(of.venue_in)})[ \xa0](?:{word}){{0,4}}?(?i:{_any(of.venues)})(?!\w){with_whom}"
        rf"|(?i:{_any(of.hearers_to)})[ \xa0]{hearers}))"
    )
    days = "(?:" + _any({form for day in of.days for form in (day, day[:1].upper() + day[1:])}) + ")"
    number = r"\d{1,2}(?:st|nd|rd|th|er|\.)?"
    when = re.compile(
        rf"(?<!\w)(?:(?:(?i:{_any(of.when_before)})[ \xa0]){{0,2}}(?:{number}[ \xa0](?:de[ \xa0])?)?{days}(?!\w)"
        rf"(?:[ \xa0]{number}(?!\w))?(?:,?[ \xa0](?:de[ \xa0])?(?:19|20)\d\d(?!\w))?"
        rf"|(?i:{_any(' '.join(phrase) for phrase in of.whens)})(?!\w)"
        rf"|(?:(?i:{_any(of.when_before)})[ \xa0])(?:19|20)\d\d(?!\w))"
    )
    return where, when, re.compile(rf"(?i:{_any(of.means)})")
