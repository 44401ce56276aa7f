"""Languages that do not exist: every word of a text has one of its own in each."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

# English, and codes that ISO 639 leaves to everybody's own use.
CODES = ("en", "qaa", "qab", "qac")
_BEGINS = ("b d g l m n r v".split(), "k p t s sh ch f z".split(), "br dr gr kl pr st tr zv".split())
_VOWELS = (["a", "e", "o"], ["i", "u", "ai"], ["ou", "ie", "a"])
_WORD = re.compile(r"[A-Za-z]+")


def speak(text: str, language: int) -> str:
    """The text with its words as they are in a language, a number from 0 (as it is) to 3.

    >>> speak("The water rose.", 0), speak("The water, the water", 1) == speak("The water, the water", 2)
    ('The water rose.', False)
    >>> len(set(speak("water Water water", 1).lower().split()))
    1
    """
    return text if language == 0 else _WORD.sub(lambda m: _word(m[0], language), text)


@lru_cache(100_000)
def _word(word: str, language: int) -> str:
    digest = blake2b(f"{language} {word.lower()}".encode(), digest_size=8).digest()
    begins, vowels = _BEGINS[language - 1], _VOWELS[language - 1]
    said = ""
    for i in range(min(3, 1 + len(word) // 4 + digest[0] % 2)):
        said += begins[digest[1 + i] % len(begins)] + vowels[digest[4 + i] % len(vowels)]
    return said.capitalize() if word[0].isupper() else said
