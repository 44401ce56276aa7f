"""The name of a speaker: what of a mention is the name, and the fullest form of it that the document has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from inchorus.quote.language import Language

Span = tuple[int, int]

# A run of words with capitals, joined by the small words of names.
_SMALL = "de|del|della|di|da|dos|du|la|las|los|le|van|von|der|den|zu|ten|ter|bin|bint|al|el|ibn|y"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿα-ωа-џ]"  # or a letter of a script that has none
_RUN = re.compile(
    rf"(?<![\w@#])(?<![^\W\d_]\.)(?:(?:{_CAPITAL}\.){{2,}}|{_CAPITAL}[\w’'\-]*\.?)"
    rf"(?:[ \u00a0](?:(?:{_SMALL})[ \u00a0]){{0,2}}"
    rf"(?:al-|el-|d[’'])?(?:(?:{_CAPITAL}\.){{2,}}|{_CAPITAL}[\w’'\-]*\.?(?<![’']s)))*"
)
_OFFICE = re.compile(r"[^\W\d_]\w+ of (?:the )?\Z")  # Secretary of
_STARTS = re.compile(r"(?:\A|[.!?:\n\r•*–—-]\W{0,6})\Z")  # before what begins a sentence or a line
_NEAR = 600  # code points that a pronoun may stand behind the name it means
_LONGEST = 6  # words of a name, with what its bearer is: more with capitals are a headline
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def name_in(mention: str, of: Language) -> str | None:
    """The name in a mention, without titles; None where there is none.

    >>> from inchorus.quote.language import language
    >>> name_in("Rep. Glenn Ash, R-Pa.,", language("en"))
    'Glenn Ash'
    >>> name_in("a spokesman", language("en")) is None
    True
    """
    runs = list(_runs(mention, of))
    if _two(mention, runs, of):
        return None
    for n, found in enumerate(runs):
        before, name, after = mention[: found[0]].rstrip(), mention[slice(*found)], mention[found[1] :]
        follows = after.lstrip(" \u00a0")
        head = not follows or not follows[0].isalnum() or follows.split()[0].casefold() in of.inside | of.relatives
        possessive = after.startswith(("’", "'")) or name.endswith(("’s", "'s"))
        if possessive or not head or (runs[n + 1 :] and name.split()[-1].casefold() in of.titles):
            continue  # President and CEO Ada Ash
        if of.capital_nouns and " " not in name and before:
            continue
        if _belongs(before, of) or (" " not in name and _goes_on(before, after, of)):
            continue
        numbered = before.split()[-1:] if " " not in name else []
        return f"{numbered[0]} {name}" if numbered and numbered[0][:1].isdigit() else name  # the 9/11 Commission
    return None


def _two(mention: str, runs: Sequence[Span], of: Language) -> bool:
    """Whether two say it together, and neither alone: "Senators Ash and Oak"."""
    if len(runs) < 2 or of.capital_nouns:
        return False
    (begin, end), (then, last) = runs[:2]
    before = mention[:begin].split()
    led = not before or before[-1].casefold().strip(".") in of.titles | of.determiners
    rest = mention[last:].strip(" .,").split()
    return (
        led
        and (not rest or (len(rest) <= 2 and rest[0] not in of.inside and rest[0].islower()))  # Ash and Oak last May
        and mention[end:then].casefold().split() in [[word] for word in of.conjunctions]
        and mention[begin:end].rsplit(maxsplit=1)[-1].casefold() not in of.titles
    )


def _belongs(before: str, of: Language) -> bool:
    """Whether a name is of what somebody belongs to, and not of the speaker: "members of the House"."""
    words = [word.casefold() for word in before.split()]
    while words and words[-1] in of.articles:
        words.pop()
    return bool(words) and words[-1] in of.prepositions


def _goes_on(before: str, after: str, of: Language) -> bool:
    """Whether a word is only the head of a longer name: "the University of …"."""
    first, then = before.split()[-1:], after.split()[:1]
    return (
        bool(first and then)
        and first[0].casefold() in of.articles
        and then[0].casefold() in of.inside & of.prepositions
    )


def _runs(text: str, of: Language) -> Iterable[Span]:
    """The runs of capitals that may be names, without titles before them and what is no name."""
    for m in _RUN.finditer(text):
        for begin, end in _parted(m, of):
            yield from _name(text, begin, end, of)


def _parted(run: re.Match[str], of: Language) -> Iterable[Span]:
    """A run, in two where a sentence ends in it: the word after a point begins no name."""
    begin, words = run.start(), run.group().split()
    at = 0
    for word, after in pairwise(words):
        at = run.string.index(word, max(at, begin)) + len(word)
        low = after.casefold()
        if word.endswith(".") and low in of.determiners | of.pronouns | of.prepositions | of.conjunctions | of.adverbs:
            yield begin, at
            begin = run.string.index(after, at)
    yield begin, run.end()


def _name(text: str, begin: int, end: int, of: Language) -> Iterable[Span]:
    """What of a run is a name, if anything."""
    words = [(w.start() + begin, w.end() + begin) for w in re.finditer(r"\S+", text[begin:end])]
    lows = [text[a:b].casefold().strip(".,'’") for a, b in words]
    titled = [i for i, low in enumerate(lows[:-1]) if low in of.titles or low.endswith(of.title_endings)]
    first = titled[-1] + 1 if titled else 0
    if of.offices and not titled and _OFFICE.search(text, max(0, begin - 40), begin):
        while first < len(words) - 1 and lows[first] in of.offices:
            first += 1
    held = text[max(0, begin - 8) : begin].casefold().split()[-1:]
    inside = bool(held) and held[0] in of.articles  # the First Amendment
    while first < len(words) and (
        lows[first] in of.determiners
        or lows[first] in of.times
        or lows[first] in of.prepositions
        or lows[first] in of.conjunctions
        or lows[first] in of.pronouns
        or re.split("['’]", lows[first])[0] in of.pronouns  # I've, you're
        or (not inside and (lows[first] in of.adverbs or lows[first] in of.numbers))
        or lows[first] in of.saying
        or (text[words[first][1] - 1] in "'’" and first < len(words) - 1)
        or (lows[first].endswith(("'s", "’s")) and first < len(words) - 1)
    ):
        first += 1
    last = next((i for i in range(first + 1, len(words)) if lows[i].endswith("ed") and _verb(lows[i], of)), len(words))
    if last < len(words) and last - first > 1 and of.adverb_endings and lows[last - 1].endswith(of.adverb_endings):
        last -= 1
    while last > first and lows[last - 1] in of.times:
        last -= 1
    if text[begin:end].isupper() and _headline(text, begin, end):
        return
    if last - first == 1 and (len(lows[first]) == 1 or ("-" in lows[first] and text[begin:end].isupper())):
        return  # of (R-N.M.)
    if first < last and not (last - first == 1 and lows[first] in of.titles):
        stop = words[last - 1][1]
        if text[stop - 1] == "." and lows[last - 1] not in _SUFFIXES and len(lows[last - 1]) > 1:
            stop -= 1
        yield words[first][0], stop


def _verb(word: str, of: Language) -> bool:
    """Whether a word is one of saying though it has a capital: a headline, "Ash Sharply Criticized …"."""
    return word in of.saying or word in of.naming


def _headline(text: str, begin: int, end: int) -> bool:
    """Whether words in capitals stand in a line of nothing else."""
    stop = text.find("\n", end)
    line = text[text.rfind("\n", 0, begin) + 1 : stop if stop >= 0 else len(text)]
    return line.isupper() and len(line.split()) > 3


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name).removesuffix("’s").removesuffix("'s")


class Names:
    """The names in one document, for looking up fuller forms."""

    def __init__(self, text: str, of: Language) -> None:
        self._text, self._of = text, of
        self._spans = list(_runs(text, of))
        self._by_last: dict[str, dict[str, None]] = defaultdict(dict)
        self._titled: dict[str, dict[str, None]] = defaultdict(dict)
        for begin, end in self._spans:
            name = _plain(text[begin:end])
            words = name.split()
            if 1 < len(words) <= _LONGEST:
                last = words[-2] if words[-1].casefold().strip(".") in _SUFFIXES and len(words) > 2 else words[-1]
                self._by_last[last.casefold()][name] = None
            title = text[max(0, begin - 30) : begin].split()
            if title:
                self._titled[title[-1].casefold().strip(".,")][name] = None

    def full(self, name: str) -> str:
        """The fullest form of a name that the document has, if there is one and only one person of it.

        >>> from inchorus.quote.language import language
        >>> Names("Ada Ash came. Ash spoke.", language("en")).full("Ash")
        'Ada Ash'
        """
        name = _plain(name)
        if " " in name:
            return name
        fuller = list(self._by_last.get(name.casefold(), ()))
        people = {tuple(full.split()[:1]) for full in fuller}
        if len(people) == 1:
            return max(fuller, key=len)
        return name

    def known(self, name: str, at: int) -> bool:
        """Whether a word is a name, and has its capital not only as it begins what starts at `at`."""
        if " " in name or not _STARTS.search(self._text, max(0, at - 8), at):
            return True
        for begin, end in self._spans:
            if name in self._text[begin:end].split() and not _STARTS.search(self._text, max(0, begin - 8), begin):
                return True
        return False

    def titled(self, mention: str) -> str | None:
        """The name that the document puts after a title, where the mention is the title and there is one such name."""
        words = mention.casefold().split()
        if len(words) != 2 or words[0] not in self._of.determiners or words[1] not in self._of.titles:
            return None
        names = {self.full(name) for name in self._titled.get(words[1], ())}
        return names.pop() if len(names) == 1 else None

    def pronoun(self, at: int, last: tuple[str, int] | None, quoted: Iterable[Span]) -> str | None:
        """The name that a pronoun at `at` stands for: of the last speaker, or of the one person named before it.

        None where another name stands between, outside quotations.
        """
        near = last if last is not None and 0 <= at - last[1] <= _NEAR else None
        since = near[1] if near is not None else at - _NEAR
        inside = list(quoted)
        others = {
            self.full(self._text[begin:end])
            for begin, end in self._spans
            if since <= begin < at and not any(a <= begin < b for a, b in inside)
        }
        others = {name for name in others if " " in name}
        if near is None:
            return others.pop() if len(others) == 1 else None
        of_speaker = set(near[0].split())
        return near[0] if all(name == near[0] or name.split()[-1] in of_speaker for name in others) else None
