"""What a language says with: its words of saying, and the words that stand around speakers, from one file each."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any

_FOLDER = files("inchorus.quote") / "languages"
_SAMPLE = 4000  # code points by which the language of a text is told
_OWN = 0.15  # share of the letters of a text that are the language's own, where no spaces part its words
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Language:
    """The lists of one language; words are in lower case where the case does not matter."""

    code: str
    common: frozenset[str]
    abbreviations: tuple[str, ...]
    saying: frozenset[str]
    naming: frozenset[str]
    by: tuple[tuple[str, ...], ...]
    by_after_comma: tuple[tuple[str, ...], ...]
    postposed: tuple[tuple[str, ...], ...]
    alone: frozenset[str]
    impersonal: frozenset[str]
    that: frozenset[str]
    pronouns: frozenset[str]
    persons: frozenset[str]
    determiners: frozenset[str]
    articles: frozenset[str]
    prepositions: frozenset[str]
    inside: frozenset[str]
    conjunctions: frozenset[str]
    relatives: frozenset[str]
    infinitives: frozenset[str]
    works: frozenset[str]
    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    adverb_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    times: frozenset[str]
    titles: frozenset[str]
    offices: frozenset[str]
    none_before: frozenset[str]
    as_before: frozenset[str]
    of: frozenset[str]
    oblique: frozenset[str]
    indefinite: frozenset[str]
    subjunctives: frozenset[str]
    parted: Mapping[str, frozenset[str]]
    joining: frozenset[str]
    things: tuple[str, ...]
    worded: tuple[tuple[str, ...], ...]
    genitive: frozenset[str]
    definite: frozenset[str]
    views: frozenset[str]
    passive: frozenset[str]
    agents: frozenset[str]
    quoted: frozenset[str]
    subordinating: frozenset[str]
    relative_articles: frozenset[str]
    reflexive: frozenset[str]
    as_told: frozenset[str]
    pointing: frozenset[str]
    view_verbs: frozenset[str]
    bare_sources: bool
    inverted: bool
    venues: frozenset[str]
    venue_with: frozenset[str]
    venue_in: frozenset[str]
    hearers: frozenset[str]
    hearers_to: frozenset[str]
    days: tuple[str, ...]
    telling: frozenset[str]
    means: frozenset[str]
    when_before: frozenset[str]
    whens: tuple[tuple[str, ...], ...]
    topics: frozenset[str]
    quoting: frozenset[str]
    by_ends: frozenset[str]
    letters: str
    unspaced: bool
    plural_articles: frozenset[str]
    plural_endings: tuple[str, ...]
    opening_participles: frozenset[str]
    ambiguous: frozenset[str]
    oblique_endings: tuple[str, ...]
    feminine_endings: tuple[str, ...]
    weak_endings: tuple[str, ...]
    adjective_endings: tuple[str, ...]
    subject: str
    capital_nouns: bool
    dialogue: bool
    title_endings: tuple[str, ...]
    negations: frozenset[str]
    negation_endings: tuple[str, ...]
    modals: frozenset[str]
    numbers: Mapping[str, str]
    clitics: tuple[str, ...]
    begin_cues: frozenset[str]
    cues: re.Pattern[str]

    def skipped(self, word: str) -> bool:
        """Whether a word may stand between a subject and its verb."""
        return (
            word in self.adverbs
            or word in self.auxiliaries
            or (bool(self.adverb_endings) and len(word) > 4 and word.endswith(self.adverb_endings))
        )


@lru_cache(1)
def codes() -> tuple[str, ...]:
    """The languages there are files of."""
    return tuple(sorted(path.name.removesuffix(".toml") for path in _FOLDER.iterdir() if path.name.endswith(".toml")))


@lru_cache(None)
def language(code: str) -> Language:
    """The language of a code.

    >>> "said" in language("en").saying
    True
    """
    given = tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    words = {name: frozenset(value.lower().split()) for name, value in given.items() if isinstance(value, str)}
    phrases = {
        name: tuple(tuple(p.lower().split()) for p in given.get(name, ()))
        for name in ("by", "by_after_comma", "postposed", "worded")
    }

    def of(name: str) -> frozenset[str]:
        return words.get(name, frozenset())

    whens = tuple(tuple(p.lower().split()) for p in given.get("whens", ()))
    cues = [*of("saying"), *of("naming"), *of("alone"), *(p[0] for several in phrases.values() for p in several)]
    sets = {field.name: of(field.name) for field in fields(Language) if field.type == "frozenset[str]"}
    tuples = {
        field.name: tuple(sorted(of(field.name)))
        for field in fields(Language)
        if field.name.endswith("_endings") or field.name == "things"
    }
    made: dict[str, Any] = {
        **sets,
        **tuples,
        **phrases,
        "code": code,
        "whens": whens,
        "days": tuple(given.get("times", "").split()),
        "clitics": tuple(sorted(given.get("clitics", "").split(), key=len, reverse=True)),
        "abbreviations": tuple(given.get("abbreviations", "").split()),
        "subject": given.get("subject", "before"),
        "capital_nouns": bool(given.get("capital_nouns", False)),
        "dialogue": bool(given.get("dialogue", False)),
        "unspaced": bool(given.get("unspaced", False)),
        "bare_sources": bool(given.get("bare_sources", False)),
        "inverted": bool(given.get("inverted", False)),
        "letters": given.get("letters", ""),
        "parted": {
            verb: frozenset(parts.split(","))
            for verb, _, parts in (pair.partition("=") for pair in given.get("parted", "").lower().split())
        },
        "numbers": dict(pair.split("=") for pair in given.get("numbers", "").split()),
        "begin_cues": frozenset(cues),
        "cues": _any_of({*cues, *of("subjunctives")}),
    }
    return Language(**made)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of any of the words, as they are or with a capital."""
    forms = {form for word in words for form in (word, word[:1].upper() + word[1:])}
    return re.compile(rf"(?<!\w)(?:{_trie(sorted(forms))})(?!\w)")


def _trie(words: list[str]) -> str:
    """The alternatives with common beginnings told once: the engine then tries few of them."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def told(node: dict[str, Any]) -> str:
        ends = "" in node
        branches = [re.escape(char) + told(after) for char, after in sorted(node.items()) if char]
        if not branches:
            return ""
        one = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
        return one + ("?" if ends else "")

    return told(root)


def told(text: str, given: str | None = None) -> Language | None:
    """The language of a text: the one that is given if there is a file of it, else the one whose common words it has.

    None where the text has too few of any.

    >>> told("Er sagte, dass die Brücke nicht für den Verkehr ist.").code
    'de'
    """
    known = codes()
    if given:
        code = given.casefold()[:2]
        return language(code) if code in known else None
    for one in _unspaced():
        letters = sum(c.isalpha() for c in text[:_SAMPLE])
        if letters and len(re.findall(f"[{one.letters}]", text[:_SAMPLE])) >= _OWN * letters:
            return one
    words = _WORD.findall(text[:_SAMPLE].casefold())
    common = _common()
    counts: Counter[str] = Counter()
    for word in words:
        if word in common:
            counts.update(common[word])
    best = max(known, key=lambda code: counts[code])
    return language(best) if counts[best] * 12 >= len(words) and counts[best] else None


@lru_cache(1)
def _unspaced() -> tuple[Language, ...]:
    """The languages that are told by their letters, those of Japanese before the ones that Chinese has too."""
    return tuple(of for code in codes() if (of := language(code)).unspaced)


@lru_cache(1)
def _common() -> dict[str, list[str]]:
    """The languages of each common word."""
    of: dict[str, list[str]] = defaultdict(list)
    for code in codes():
        for word in () if language(code).unspaced else language(code).common:
            of[word].append(code)
    return dict(of)
