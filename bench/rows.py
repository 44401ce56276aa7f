"""One figure of a measure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured: the measure, the corpus, the figure.

    `low` says that less is better: its floor is then the most that is allowed. `floored` is False for
    a figure that is only reported.
    """

    measure: str
    corpus: str
    value: float
    low: bool = False
    floored: bool = True

    @property
    def key(self) -> str:
        """What the floor is filed under."""
        return f"{self.measure} | {self.corpus}"
