"""What the negative controls say beside the ties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inchorus.thresholds import SUSPECT


def beside(facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """What negative controls say beside the ties, from what the manifest has of the test; None where there were none.

    How many were `made`, how many are `with_ties`, and both in words (`said`). `suspect`: more than half have ties,
    so that ties of the corpus must not be claimed without saying so.

    >>> beside({"controls": {"made": 20, "with_ties": 0, "ties": [0] * 20}, "tied": 7})["said"]
    'in 20 controls from this corpus 0 had ties'
    >>> beside({"controls": {"made": 20, "with_ties": 2, "ties": [0] * 18 + [1, 2]}, "tied": 7})["said"]
    'in 20 controls from this corpus 2 had ties, 0.15 each on average beside 7 here'
    """
    found = facts.get("controls")
    if found is None:
        return None
    made, tied = int(found["made"]), int(found["with_ties"])
    suspect = tied > SUSPECT * made
    if not made:
        said = "no controls could be made: fewer than eight sources publish about the same time"
    elif suspect:
        said = f"{tied} of {made} controls from this corpus have ties, too, so that its ties are no evidence alone"
    else:
        said = f"in {made} controls from this corpus {tied} had ties"
        if tied:
            said += f", {sum(found['ties']) / made:.2g} each on average beside {facts['tied']} here"
    return {"made": made, "with_ties": tied, "suspect": suspect, "said": said}
