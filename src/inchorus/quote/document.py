"""The quotations of one text: direct, indirect and mixed, each with its speaker as written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from inchorus.quote import unspaced
from inchorus.quote.attribute import attribution
from inchorus.quote.attributed import Attribution
from inchorus.quote.blocks import BLOCK, blocks, signed
from inchorus.quote.clause import clause_subject, opening_subject
from inchorus.quote.cues import cues
from inchorus.quote.dialogue import turns
from inchorus.quote.indirect import contents
from inchorus.quote.language import Language
from inchorus.quote.marks import Stretch, stretches
from inchorus.quote.nominative import thing
from inchorus.quote.paragraphs import paragraphs, sentence_ends, sentence_of
from inchorus.quote.phrases import with_name
from inchorus.quote.quotation import Quotation, inside
from inchorus.quote.subject import subject
from inchorus.quote.tokens import QUOTED, TERMINAL, Token, sentences, tokens
from inchorus.quote.worth import is_name, is_quotation

Span = tuple[int, int]
_LONGEST = 1200  # code points that a sentence may have


def quotations(text: str, of: Language) -> list[Quotation]:
    """The quotations of a text, by where they begin.

    >>> from inchorus.quote.language import language
    >>> text = 'The bridge is safe, the mayor said. "Nobody will pay twice," Ada Ash told reporters.'
    >>> [(q.direct, text[slice(*q.speaker)]) for q in quotations(text, language("en"))]
    [(False, 'the mayor'), (True, 'Ada Ash')]
    """
    if of.unspaced:
        return unspaced.quotations(text, of)
    spans = paragraphs(text)
    marked = [s for s in stretches(text) if s.depth == 0]
    spoken = turns(text, spans, of)
    if spoken:  # what stands in marks inside of speech is part of it
        marked = sorted([*(s for s in marked if not any(_meet(s, turn) for turn in spoken)), *spoken])
    blocked = blocks(text, spans, marked)
    if blocked:
        marked = sorted([*(s for s in marked if not any(_meet(s, block) for block in blocked)), *blocked])
    starts = [s.opens for s in marked]
    out: list[Quotation] = []
    before: Quotation | None = None  # the direct quotation before, for those that go on with it
    distance = 0  # paragraphs since
    goes_on = False
    for number, (begin, end) in enumerate(spans):
        here = marked[bisect_left(starts, begin) : bisect_left(starts, end)]
        if not here:
            said = _chained(text, _unmarked(text, begin, end, of), before if distance <= 1 else None, of)
            if said:
                before, distance = next(((q, 0) for q in reversed(said) if q.speaker is not None), (before, distance))
            out += said
            distance += 1
            continue
        named = [not (goes_on and i == 0) and is_name(text, begin, s, of) for i, s in enumerate(here)]
        marks = [(s.opens, s.closes, -1 if name else i) for i, (s, name) in enumerate(zip(here, named, strict=True))]
        t = tokens(text, begin, end, of, marks)
        found: list[Quotation] = []
        earlier = before if distance <= 1 else None
        used: set[int] = set()  # tokens of words of saying that a direct quotation has
        last: tuple[int, Quotation] | None = None  # in this paragraph: the token of the quotation, and the quotation
        ranges = sentences(t, of)
        for low, high in ranges:
            for k in range(low, high):
                if t[k].kind != QUOTED:
                    continue
                stretch = here[t[k].of]
                told = attribution(t, k, low, high, of) or _pointed(t, k, low, high, of)
                if goes_on and k == 0 and before is not None:
                    before = _longer(before, text, stretch, told, t, of)
                    before = _by_signature(before, text, stretch)
                    found.append(before)
                    last = (k, before)
                    goes_on = stretch.goes_on
                    continue
                if stretch.mark != BLOCK and not is_quotation(
                    text, t, k, low, high, stretch, told, last is not None, of
                ):
                    continue
                quotation = _made(text, stretch, told, t, of)
                if k == 0 and number and (told is None or not told.near):
                    quotation = _led_in(text, spans[number - 1], stretch, of) or quotation
                quotation = _by_signature(quotation, text, stretch)
                if told is not None:
                    used.update(range(*told.cue))
                if last is not None and _continues(t, last[0], k, told, last[1]):
                    joined = replace(last[1], spans=last[1].spans + quotation.spans)
                    joined = replace(
                        joined, speaker=joined.speaker or quotation.speaker, cue=joined.cue or quotation.cue,
                        near=joined.near or quotation.near,
                    )  # fmt: skip
                    found[found.index(last[1])] = joined
                    quotation = joined
                else:
                    if quotation.speaker is None and stretch.mark != BLOCK:
                        quotation = _from_before(quotation, told, last, before if distance <= 1 else None)
                        if told is None and (k > low or (last is None and low > 0)):
                            reported = any(w.low in of.subjunctives for w in t[low : min(high, k + 3)])
                            own = _subject_of(t, (low, k), of) if k > low and not reported else None
                            if reported:
                                own = _sentence_before(t, ranges, low, of, said=True) or quotation.speaker
                            nearest = own or _sentence_before(t, ranges, low, of) or quotation.speaker
                            quotation = replace(quotation, speaker=nearest)
                    found.append(quotation)
                last = (k, quotation)
                before, distance = quotation, -1
                goes_on = stretch.goes_on
        if last is not None:
            before, distance = last[1], -1
        distance += 1
        indirect = [Quotation(c.spans, False, c.speaker, c.cue) for c in contents(text, t, of, used)]
        if indirect and (last is None or (indirect[-1].cue or (0, 0)) > (last[1].cue or (-1, -1))):
            before, distance = (indirect[-1], 0) if indirect[-1].speaker is not None else (before, distance)
        found += indirect
        out += _chained(text, found, earlier, of)
    return sorted(_last_forms(out), key=lambda q: (q.spans[0], not q.direct))


def _meet(one: Stretch, other: Stretch) -> bool:
    return one.opens < other.closes and other.opens < one.closes


def _chained(text: str, found: list[Quotation], before: Quotation | None, of: Language) -> list[Quotation]:
    """Sentences in the mood of reported speech that name nobody have the speaker of what is said before them."""
    if not of.subjunctives:
        return found
    out: list[Quotation] = []
    for q in sorted(found, key=lambda q: q.spans[0]):
        mood = not q.direct and q.speaker is None and q.cue and text[slice(*q.cue)].lower() in of.subjunctives
        last = replace(q, speaker=before.speaker) if mood and before is not None else q
        out.append(last)
        before = last if last.speaker is not None else before
    return out


def _unmarked(text: str, begin: int, end: int, of: Language) -> list[Quotation]:
    """The quotations of a paragraph that has no marks, from its sentences that have a word of saying."""
    found: list[Quotation] = []
    ends: list[int] = []
    done = begin
    for cue in of.cues.finditer(text, begin, end):
        if cue.start() < done:
            continue
        past = done
        ends = ends or sentence_ends(text, begin, end, of.abbreviations)
        first, done = sentence_of(ends, begin, cue.start())
        if done - first > _LONGEST:  # no sentence, but a list or the remains of a page
            first = max(first, past, cue.start() - _LONGEST // 2)
            done = min(done, cue.end() + _LONGEST // 2)
        t = tokens(text, first, done, of)
        found += [Quotation(c.spans, False, c.speaker, c.cue) for c in contents(text, t, of, set())]
    return found


def _last_forms(found: Sequence[Quotation]) -> list[Quotation]:
    """Of a quotation that grew from paragraph to paragraph only what it became."""
    longest: dict[tuple[bool, Span], Quotation] = {}
    for quotation in found:
        key = (quotation.direct, quotation.spans[0])
        if key not in longest or len(longest[key].spans) <= len(quotation.spans):
            longest[key] = quotation
    return list(longest.values())


def _made(text: str, stretch: Stretch, told: Attribution | None, t: Sequence[Token], of: Language) -> Quotation:
    who = None if told is None or told.speaker is None else with_name(t, told.speaker, of)
    speaker = None if who is None else (t[who[0]].start, t[who[1] - 1].end)
    cue = None if told is None else (t[told.cue[0]].start, t[told.cue[1] - 1].end)
    said = told is not None and told.near
    if told is not None and told.speaker is not None and t[told.cue[0]].text == ":":
        said = said and told.speaker[1] >= told.cue[0]  # a colon alone, behind other words, says less
    return Quotation((inside(text, stretch),), True, speaker, cue, said)


def _led_in(text: str, before: Span, stretch: Stretch, of: Language) -> Quotation | None:
    """The quotation with the speaker of the paragraph before it, if that ends with a colon."""
    if not text[before[0] : before[1]].rstrip().endswith(":"):
        return None
    begin = sentence_of(sentence_ends(text, *before, of.abbreviations), before[0], before[1] - 1)[0]
    t = tokens(text, max(begin, stretch.opens - _LONGEST), stretch.closes, of, [(stretch.opens, stretch.closes, 0)])
    told = attribution(t, len(t) - 1, 0, len(t), of)
    return None if told is None or told.speaker is None else _made(text, stretch, told, t, of)


def _by_signature(quotation: Quotation, text: str, stretch: Stretch) -> Quotation:
    """A block has the speaker whose name stands behind a dash in the line after it."""
    name = signed(text, stretch.closes) if stretch.mark == BLOCK and not stretch.goes_on else None
    return quotation if name is None else replace(quotation, speaker=name, near=True)


def _longer(
    before: Quotation, text: str, stretch: Stretch, told: Attribution | None, t: Sequence[Token], of: Language
) -> Quotation:
    more = _made(text, stretch, told, t, of)
    spans = before.spans + tuple(span for span in more.spans if span[0] < span[1])
    return replace(
        before, spans=spans, speaker=before.speaker or more.speaker, cue=before.cue or more.cue,
        near=before.near or more.near,
    )  # fmt: skip


def _continues(t: Sequence[Token], first: int, k: int, told: Attribution | None, last: Quotation) -> bool:
    """Whether only the narrator's "she said" stands between two pieces of one quotation."""
    if last.speaker is None and last.cue is None:
        return False
    between = t[first + 1 : k]
    if told is not None and told.cue[0] > k:
        return False
    if not between or last.cue is None or not (between[0].start <= last.cue[0] < t[k].start):
        return False
    return told is None or t[told.cue[0]].start == last.cue[0]


def _from_before(
    quotation: Quotation, told: Attribution | None, last: tuple[int, Quotation] | None, before: Quotation | None
) -> Quotation:
    """A quotation without a speaker of its own has that of the one before, in the paragraph or the one before it."""
    if told is not None:
        return quotation
    taken = last[1] if last is not None else before
    return quotation if taken is None else replace(quotation, speaker=taken.speaker)


def _sentence_before(
    t: Sequence[Token], ranges: Sequence[tuple[int, int]], low: int, of: Language, said: bool = False
) -> Span | None:
    """Who says something in the sentence before, else its subject, in code points; what is reported is passed over.

    With `said` only who says something counts.
    """
    for span in reversed([span for span in ranges if span[1] <= low]):
        speaker = next((s for c in cues(t, *span, of) if (s := subject(t, c, *span, of)) is not None), None)
        if speaker is not None:
            return (t[speaker[0]].start, t[speaker[1] - 1].end)
        if not any(w.low in of.subjunctives for w in t[slice(*span)]):
            return None if said else _subject_of(t, span, of)
    return None


def _pointed(t: Sequence[Token], k: int, low: int, high: int, of: Language) -> Attribution | None:
    """Who says it in a sentence behind one that is all quotation: "“…” Das sagte Ash", "“…” So kommentierte Ash"."""
    if k > low or high > k + 1 or high + 2 >= len(t) or t[high].low not in of.pointing:
        return None
    end = next((i for i in range(high, len(t)) if t[i].text in TERMINAL or t[i].kind == QUOTED), len(t))
    cue = next(iter(cues(t, high + 1, min(end, high + 3), of)), None)
    speaker = None if cue is None else clause_subject(t, cue.first, cue.first, end, of)
    return None if cue is None or speaker is None else Attribution((cue.first, cue.end), speaker, True)


def _subject_of(t: Sequence[Token], sentence: tuple[int, int], of: Language) -> Span | None:
    found = opening_subject(t, *sentence, of)
    if found is not None and of.subject == "both" and thing(t, found, of):
        return None  # "Ihr Urteil: …"
    return None if found is None else (t[found[0]].start, t[found[1] - 1].end)
