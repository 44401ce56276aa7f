"""Where and when words are said to have been spoken: as written, and never from inside of the quotation."""

from __future__ import annotations

import pytest

from inchorus.quote.circumstance import circumstances
from inchorus.quote.document import quotations
from inchorus.quote.language import language


@pytest.mark.parametrize(
    ("code", "text", "where", "when"),
    [
        ("en", "“Nobody pays twice,” Ada Ash told reporters on Tuesday.", "reporters", "on Tuesday"),
        ("en", "Ada Ash wrote in his 2011 book: “Nobody pays twice.”", "in his 2011 book", None),
        ("en", "“Nobody pays twice,” Ada Ash tweeted.", "tweeted", None),
        ("en", "In a speech last week, Ada Ash said: “Nobody pays twice.”", "In a speech", "last week"),
        ("en", "“Nobody pays twice,” said Ada Ash in an interview with the Courier.",
         "in an interview with the Courier", None),
        ("en", "“Nobody pays twice,” Ada Ash told the Daily Courier yesterday.", "the Daily Courier", "yesterday"),
        ("en", "“Nobody pays twice,” Ada Ash said on March 3, 2011.", None, "on March 3, 2011"),
        ("en", "“It opens on Tuesday,” Ada Ash said.", None, None),
        ("de", "„Niemand zahlt doppelt“, sagte Ada Ulme am Dienstag in einem Interview.", "in einem Interview",
         "am Dienstag"),
        ("de", "„Niemand zahlt doppelt“, twitterte Ada Ulme.", "twitterte", None),
        ("fr", "« Personne ne paie », a déclaré Jeanne Dupont mardi dans un entretien.", "dans un entretien", "mardi"),
        ("es", "«Nadie paga», dijo Ana López ayer en una entrevista.", "en una entrevista", "ayer"),
        ("ru", "«Никто не платит», — заявила Анна Петрова вчера в интервью.", "в интервью", "вчера"),
    ],
)  # fmt: skip
def test_where_and_when(code: str, text: str, where: str | None, when: str | None) -> None:
    of = language(code)
    (found,) = (q for q in quotations(text, of) if q.direct)
    assert circumstances(text, found.cue, found.speaker, found.spans, of) == [where, when]
