"""From where on two sources are said to be tied; every page, export and test takes these numbers from here."""

from __future__ import annotations

# Two sources are called tied up to this q_value: of all that are, about one in twenty by chance.
LEVEL = 0.05
# Occasions of a tie: one or two texts in common are a fact about texts, not about two sources.
FEWEST_OCCASIONS = 3
# Occasions with a first, from which on it is tested who leads.
FEWEST_FIRSTS = 5
# More sources than these use a wording that says nothing of a pair.
MOST_SOURCES = 32
# Of the controls: where more have ties, the test does not fit the corpus, and no correction by controls mends it.
SUSPECT = 0.5
