"""Lines of the simulator's grammar as templates: every rule a slot, so that a near miss of each is known."""

from __future__ import annotations

import re
from dataclasses import replace

from bench.signed.vocabulary import Changes, Vocabulary
from inchorus.simulate.article import LINES, rules
from inchorus.simulate.edits import synonyms

# What another alternative of a rule changes; that of any other rule is the content.
_CLASSES = {
    "actor": "subject", "folk": "subject", "insiders": "subject", "sum": "number", "smallsum": "number",
    "years": "number", "deadline": "date", "season": "date",
    # Of these many say nearly the same: none is a near miss of another.
    "tired": "ordinary", "wait": "ordinary", "dull": "ordinary", "quickly": "ordinary", "quarrel": "ordinary",
    "scandal": "ordinary", "notice": "ordinary", "strong": "ordinary", "honest": "ordinary", "thank": "ordinary",
    "neglect": "ordinary", "pay": "ordinary", "repair": "ordinary", "confessed": "ordinary", "voted": "ordinary",
}  # fmt: skip
_VERBS = (
    (" must ", " <neg:must|must not> "),
    (" should ", " <neg:should|should not> "),
    (" will ", " <neg:will|will not> "),
    (" can ", " <neg:can|cannot> "),
    (" are ", " <neg:are|are not> "),
    (" is ", " <neg:is|is not> "),
)
_FIGURES = ("17", "43", "60", "88")


def with_grammar(words: Vocabulary, half: int) -> Vocabulary:
    """An English vocabulary with lines of the simulator's grammar besides: those of the one half of it or the other."""
    openings, turns = LINES.raw["opening"][half::2], LINES.raw["turn"][half::2]
    lines = [_turnable(f"{opening}, {turn}") for opening, turn in zip(openings, turns, strict=False)]
    named = {name: (_CLASSES.get(name, "content"), _fillers(raw, half)) for name, raw in LINES.raw.items()}
    table = synonyms(rules("synonyms"))
    same: dict[str, Changes] = {word: tuple(("synonym", o) for o in others) for word, others in table.items()}
    templates = {**words.templates, "lines": [*words.templates["lines"], *lines]}
    return replace(words, templates=templates, slots={**named, **words.slots}, same={**same, **words.same})


def _turnable(template: str) -> str:
    for verb, toggle in _VERBS:
        if verb in template:
            return template.replace(verb, toggle, 1)
    return template


def _fillers(raw: list[str], half: int) -> list[list[str]]:
    """The alternatives of a rule that belong to the half, each with one of the numbers that it allows."""
    chosen = raw[half::2] if len(raw) > 3 else raw
    return [[re.sub(r"\{d\d+-\d+\}", _FIGURES[i % len(_FIGURES)], text)] for i, text in enumerate(chosen)]
