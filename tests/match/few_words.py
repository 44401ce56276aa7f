"""Corpora of few words in which sources copy from each other, which chance alone would not make them do."""

from __future__ import annotations

import random

TURNING = (
    "not",
    "never",
    "only",
    "denied",
    "40",
    "70",
    "seven",
    "raise",
    "lower",
    "open",
    "close",
    "without",
    "Norwick",
)


def few_words(rng: random.Random, turning: float = 0) -> list[tuple[str, str]]:
    """(source, text) rows, 4 to 20 of them: texts of 8 to 1,000 different words and copies, whole, cut and edited.

    Of the words so many in one are words that turn a claim, and copies may gain and lose these; a few end a sentence.
    """
    vocabulary = rng.choice([8, 12, 20, 50, 200, 1000])

    def word() -> str:
        if rng.random() < turning:
            return rng.choice(TURNING)
        return f"v{rng.randrange(vocabulary)}" + ("." if rng.random() < turning / 4 else "")

    documents = rng.randrange(4, 21)
    sources = rng.randrange(2, documents + 1)
    texts: list[list[str]] = []
    for _ in range(documents):
        words: list[str] = []
        for _ in range(rng.randrange(1, 5)):
            if texts and rng.random() < 0.7:
                other = rng.choice(texts)
                begin = rng.randrange(len(other))
                copied = other[begin : begin + rng.randrange(4, 50)]
                edits = rng.choice([0, 0, 0.05, 0.15])
                words += [w if rng.random() >= edits else word() for w in copied]
            else:
                words += [word() for _ in range(rng.randrange(1, 30))]
            if rng.random() < turning:
                words.append(rng.choice(TURNING))
            if rng.random() < 0.1:
                words += words[-rng.randrange(1, 12) :] * rng.randrange(1, 6)
        texts.append(words)
    return sorted((f"s{rng.randrange(sources):02}", " ".join(words)) for words in texts)
