"""The options of a simulation, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

from inchorus.errors import UsageError, nearest
from inchorus.simulate.background import BACKGROUNDS

EDITS = ("verbatim", "light", "heavy", "mixed")
KINDS = ("articles", "posts")


@dataclass(frozen=True)
class Simulation:
    """What to simulate. The same options give the same corpus on every platform.

    `documents` and `sources` size it; `lines` are planted, each used by `users` (fewest, most) sources;
    `edits` is verbatim, light (1 word in 10 replaced, deleted or inserted), heavy (1 word in 4, and clauses
    cut) or mixed (each line one of the three); `days` is the span of time; `groups` sets of `group_size`
    sources share `group_lines` lines each, of which a member leaves out the share `left_out`, and the share
    `doubled` goes into a document that has one already; `boilerplate` adds letterheads, footers, stock sentences,
    titles of acts, agency texts that are copied whole, and quotations that many sources print; `kind` is
    articles (about 2,000 characters) or posts (10 to 30 words). `standing` texts are used by three to six sources,
    twice to four times each, at any time; as many `slogans` as asked for likewise, in two to four waves of ten days.

    `background` names one of BACKGROUNDS, in which sources share lines for an innocent reason (one line for every eight
    documents); then there are neither `lines`, boilerplate, standing texts nor slogans, a group's lines are spread over
    the time in which all of its members are there, each in documents of its own within a day and a half, and `doubled`
    is not used.

    >>> Simulation(lines=0, groups=0).documents
    2000
    """

    documents: int = 2000
    sources: int = 40
    lines: int = 60
    users: tuple[int, int] = (3, 12)
    edits: str = "mixed"
    days: int = 120
    groups: int = 3
    group_size: int = 5
    group_lines: int = 5
    left_out: float = 0.1
    doubled: float = 0.3
    boilerplate: bool = True
    kind: str = "articles"
    standing: int = 0
    slogans: int = 0
    background: str | None = None
    seed: int = 0


def check(options: Simulation) -> None:
    """Raise UsageError where the options cannot be met."""
    for name, low in (
        ("documents", 1),
        ("sources", 1),
        ("lines", 0),
        ("days", 1),
        ("groups", 0),
        ("group_lines", 0),
        ("standing", 0),
        ("slogans", 0),
    ):
        if getattr(options, name) < low:
            raise UsageError(f"{name} is {getattr(options, name)}", fix=f"give {low} or more")
    if options.background is not None and options.background not in BACKGROUNDS:
        raise UsageError(
            f"no background {options.background!r}",
            fix=nearest(options.background, BACKGROUNDS) or f"there are {', '.join(BACKGROUNDS)}",
        )
    for name in ("left_out", "doubled"):
        if not 0 <= getattr(options, name) <= 1:
            raise UsageError(f"{name} is {getattr(options, name)}", fix="give a share from 0 to 1")
    for name, known in (("edits", EDITS), ("kind", KINDS)):
        value = getattr(options, name)
        if value not in known:
            raise UsageError(f"{name} is {value!r}", fix=nearest(value, known) or f"give one of {', '.join(known)}")
    low, high = options.users
    if options.lines and not 2 <= low <= high <= options.sources:
        raise UsageError(
            f"users is ({low}, {high}) and sources {options.sources}",
            fix="give 2 <= fewest <= most <= sources",
        )
    if options.groups and not 2 <= options.group_size * options.groups <= options.sources:
        raise UsageError(
            f"{options.groups} groups of {options.group_size} need more than the {options.sources} sources",
            fix="raise sources, or lower groups or group_size",
        )
    if options.groups and options.group_size < 2:
        raise UsageError(f"group_size is {options.group_size}", fix="give 2 or more")
