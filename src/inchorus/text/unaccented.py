"""Words as they are compared where an accent may be there or not, as in names."""

from __future__ import annotations

import unicodedata


def unaccented(word: str) -> str:
    """A word in small letters, without accents.

    >>> unaccented("Calderón")
    'calderon'
    """
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
