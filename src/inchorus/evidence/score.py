"""Why a talking point ranks where it does, in words: the parts of its score with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from inchorus.labels import KINDS

FEW = 0.05  # of a part: differences below it are not told


def reasons(point: Mapping[str, Any]) -> list[str]:
    """What speaks for and against reading a talking point (a row of its table) first; nothing of an older study.

    >>> for reason in reasons({"n_sources": 9, "n_documents": 9, "first_time": None, "last_time": None,
    ...     "independent": 6.9, "burst": None, "said": 0.9, "own": 0.3, "whole": 1.0, "topic": 0.6, "across": None,
    ...     "label": "line"}):
    ...     print(reason)
    9 sources at unknown times; by what else their documents share, as good as 6.9 that write by themselves
    reads like what people are quoted with: 0.90 of 1
    made of common words, or of names: 0.30 of 1
    what is shown is short and shared as a whole: 1.00 of 1
    its subject: 60% of all sources use its words, the rarer counting more
    """
    if point.get("independent") is None:
        return []
    return [*_users(point), *_time(point), *_words(point), *_label(point)]


def _users(point: Mapping[str, Any]) -> list[str]:
    n, alone = point["n_sources"], point["independent"]
    first, last = point["first_time"], point["last_time"]
    when = " at unknown times"
    if isinstance(first, datetime) and isinstance(last, datetime):
        days = (last.date() - first.date()).days + 1
        when = " in one day" if days == 1 else f" in {days:,} days"
    said = f"{n:,} sources{when}"
    if alone < n - 2 * FEW:
        said += f"; by what else their documents share, as good as {alone:.1f} that write by themselves"
    out = [said]
    if point["n_documents"] > n:
        out.append(f"each uses it {point['n_documents'] / n:.1f} times")
    if point["across"] is not None:
        out.append("used across declared groups" if point["across"] > 0 else "used within one declared group alone")
    return out


def _time(point: Mapping[str, Any]) -> list[str]:
    burst = point["burst"]
    if burst is None:
        return []
    if burst < FEW:
        return ["no burst: its uses are no nearer to each other than the activity of its sources has it"]
    return [f"in a burst: {burst:.0%} of its uses are near another source's, beyond what their activity gives"]


def _words(point: Mapping[str, Any]) -> list[str]:
    high = {
        "said": ("reads like what people are quoted with", "reads like what is told, not said"),
        "own": ("made of rare words, few of them names", "made of common words, or of names"),
        "whole": (
            "what is shown is short and shared as a whole",
            "what is shown is long, partly shared, or half a sentence",
        ),
    }
    said = [f"{yes if point[name] >= 0.5 else no}: {point[name]:.2f} of 1" for name, (yes, no) in high.items()]
    return [*said, f"its subject: {point['topic']:.0%} of all sources use its words, the rarer counting more"]


def _label(point: Mapping[str, Any]) -> list[str]:
    kind = next((kind for kind in KINDS if kind.name == point["label"]), None)
    return [] if kind is None or kind.below == 1 else [f"{kind.many} come after lines"]
