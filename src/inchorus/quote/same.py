"""Which quotations are the same one: trimmed, edited, in other marks, in many documents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

_WORD = re.compile(  # a letter is a word where no spaces part them
    r"[\u3040-\u30ff\u3400-\u9fff]"
    r"|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:(?:['’.,]|(?<=\[\w)\])[^\W_\u3040-\u30ff\u3400-\u9fff]+)*"
)  # [Y]ou is one word
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,2000}>")
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640]")  # accents, vowel signs and what only stretches
_GRAM = 3  # words in a row that two forms of one quotation share
_SHARE = 0.5  # of the shorter one's n-grams
_SHARE_OF_OTHERS = 0.8  # of them, and of the length, where two speakers are named: else one quotes, or uses a formula
_PART = 0.2  # of a quotation's length: of less, nobody named, none can tell whose it is
ALONE = 5  # words from which the same words are one quotation though no passage holds them
_COMMON = 400  # leaders of one talking point that hold an n-gram, beyond which it tells nothing


@lru_cache(1 << 16)
def _folded(word: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", word.casefold())).replace("’", "'").replace("]", "")
    return plain.replace(",", "") if plain[:1].isdigit() else plain


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded: case, accents and marks make no difference.

    >>> words("“We’ll see,” 1,000 said"), words("Мы не")
    (("we'll", 'see', '1000', 'said'), ('мы', 'не'))
    """
    return tuple(_folded(word) for word in _WORD.findall(untagged(text)))


def untagged(text: str) -> str:
    """The text with a space for each sign of a tag, which is none of its words.

    >>> untagged("it is <b>safe</b>")
    'it is    safe    '
    """
    return _TAG.sub(lambda tag: " " * len(tag.group()), text) if "<" in text else text


def digest(of: Sequence[str], kind: str) -> str:
    """BLAKE2b-64 of words, in hexadecimal."""
    return blake2b("\0".join((kind, *of)).encode(), digest_size=8).hexdigest()


def families(
    forms: Sequence[tuple[str, ...]], points: Sequence[Iterable[str]], whose: Sequence[str | None] = (),
    own: Sequence[tuple[str, ...]] = (),
) -> list[int]:  # fmt: skip
    """A number for each quotation; those of one family have the same, that of the first of them.

    `forms` are the words of each, `points` the talking points whose passages hold it. Two are of one family if they are
    the same `ALONE` words or more, or if a talking point holds both and they share half of the shorter one's n-grams.
    `whose` says whose each is, as surely as its sentence does; what others say has to be as long, and nearly the same.
    `own` are the words of each without those that it quotes.

    >>> a, b = words("nobody here will pay twice for water"), words("nobody will pay twice for water")
    >>> families([a, b, a], [["x"], ["x"], []])
    [0, 0, 0]
    """
    parent = list(range(len(forms)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(i: int, j: int) -> None:
        a, b = root(i), root(j)
        parent[max(a, b)] = min(a, b)

    said_by: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for form, name in zip(forms, whose, strict=False):
        if name is not None:
            said_by[form].add(name)
    first: dict[tuple[str, ...], int] = {}
    of_point: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for i, form in enumerate(forms):
        if len(form) >= ALONE:
            join(first.setdefault(form, i), i)
        for point in points[i]:
            same = of_point[point].setdefault(form, i)
            if same != i:
                join(same, i)
    held: dict[int, list[str]] = defaultdict(list)
    for point, members in of_point.items():
        for i in {root(i) for i in members.values()} if len(members) > 1 else ():
            held[i].append(point)
    alike = [_Form(i, forms[i], own[i] if own else forms[i], of) for i, of in held.items()]
    _join_alike(alike, said_by, join)
    return [root(i) for i in range(len(forms))]


class _Form(NamedTuple):
    """The words of a quotation, those of them that it does not quote, and the talking points whose passages hold it."""

    at: int
    form: tuple[str, ...]
    own: tuple[str, ...]
    points: list[str]


def _join_alike(
    members: Sequence[_Form], said_by: Mapping[tuple[str, ...], Set[str]], join: Callable[[int, int], None]
) -> None:
    """Join each form to the longest of its talking points that it shares enough with.

    None joins two families: a formula that two quotations end with does not make them one.
    """
    leaders: list[int] = []
    lengths: list[int] = []
    whose: list[set[str]] = []
    holders: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for i, form, words_of_it, points in sorted(members, key=lambda member: (-len(member.form), member.at)):
        grams = set(_grams(words_of_it))
        own = said_by.get(form, frozenset())
        shared = Counter(
            at for gram in grams for at in {at for point in points for at in holders.get((point, gram), ())}
        )
        for best in sorted(shared, key=lambda at: (-shared[at], at)):
            others = bool(own and whose[best] and not own & whose[best])
            least = _SHARE_OF_OTHERS if others else _SHARE
            if shared[best] < least * len(grams):
                continue
            part = len(form) < least * lengths[best] if others else len(form) < _PART * lengths[best] and not own
            if not part:
                join(leaders[best], i)
                whose[best] |= own
                break
        else:
            for point in points:
                for gram in grams:
                    if len(holders[point, gram]) < _COMMON:
                        holders[point, gram].append(len(leaders))
            leaders.append(i)
            lengths.append(len(form))
            whose.append(set(own))


def _grams(form: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    if len(form) < _GRAM:
        return [form]
    return (form[i : i + _GRAM] for i in range(len(form) - _GRAM + 1))
