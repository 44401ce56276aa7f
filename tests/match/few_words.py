"""Corpora of few words in which sources copy from each other, which chance alone would not make them do."""

from __future__ import annotations

import random


def few_words(rng: random.Random) -> list[tuple[str, str]]:
    """(source, text) rows, 4 to 20 of them: texts of 8 to 1,000 different words and copies, whole, cut and edited."""
    vocabulary = rng.choice([8, 12, 20, 50, 200, 1000])
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
                words += [w if rng.random() >= edits else f"v{rng.randrange(vocabulary)}" for w in copied]
            else:
                words += [f"v{rng.randrange(vocabulary)}" for _ in range(rng.randrange(1, 30))]
            if rng.random() < 0.1:
                words += words[-rng.randrange(1, 12) :] * rng.randrange(1, 6)
        texts.append(words)
    return sorted((f"s{rng.randrange(sources):02}", " ".join(words)) for words in texts)
