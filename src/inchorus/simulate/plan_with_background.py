"""The plan of a corpus with an innocent background: its lines, and groups that are planted among them or none."""

from __future__ import annotations

from dataclasses import replace

from inchorus.errors import UsageError
from inchorus.simulate.background import DAY, Schedule, schedule
from inchorus.simulate.grammar import draws, shuffle
from inchorus.simulate.plan import Placement, Plan, Planner
from inchorus.simulate.tongues import speak

_WITHIN = 1.5 * DAY  # a group prints a line
_LEAST = 2 * DAY  # for each of its lines
_TRIES = 500


def settled(planner: Planner) -> tuple[Plan, Schedule, list[str]]:
    """Who publishes when, what is planted where (by document), and the footers of the platform.

    UsageError where no group of that size is there for long enough, or the documents do not suffice.
    """
    options = planner.options
    draw = draws(options.seed, "background")
    carrying = options.groups * options.group_size * options.group_lines
    if carrying >= options.documents:
        raise UsageError(
            f"{carrying:,} documents would carry lines of groups, and there are {options.documents:,}",
            fix="raise documents, or lower groups or group_lines",
        )
    made = schedule(str(options.background), options.sources, options.days, options.documents - carrying, draw)
    for k, documents in enumerate(made.lines):
        users = sorted(documents, key=lambda d: (made.second[d], d))
        carriers = [(d, made.source[d], made.second[d]) for d in users]
        planner.carry(f"innocent{k + 1}", "innocent line", carriers, None)
    used: set[int] = set()
    for g in range(options.groups):
        members, begin, end = _together(made, planner, used)
        used |= set(members)
        _group(made, planner, g + 1, members, (begin, end))
    footers = [planner.line() for _ in range(made.footers)]
    by_document: dict[int, list[Placement]] = {}
    for p in planner.placements:
        language = made.language[p.slot]
        p.text, p.wording = speak(p.text, language), speak(p.wording, language)
        if p.copied_from is not None:
            p.copied_from = planner.placements[p.copied_from].slot
        by_document.setdefault(p.slot, []).append(p)
    for d, original in enumerate(made.again):
        if original >= 0 and original in by_document:
            by_document[d] = [
                replace(p, slot=d, second=made.second[d], is_first=False, copied_from=original)
                for p in by_document[original]
            ]
    return Plan(by_document, list(range(len(made.source)))), made, footers


def _group(made: Schedule, planner: Planner, number: int, members: list[int], span: tuple[int, int]) -> None:
    options, draw, (begin, end) = planner.options, planner.draw, span
    language = made.language[made.source.index(members[0])]
    step = (end - begin) / max(1, options.group_lines)
    for k in range(options.group_lines):
        users = [s for s in members if draw() >= options.left_out]
        users = users if len(users) >= 2 else members
        at = begin + k * step + draw() * max(0.0, step - _WITHIN)
        times = sorted((int(at + draw() * _WITHIN), s) for s in users)
        carriers = []
        for second, source in times:
            d = made.add(source, second, language)
            carriers.append((d, source, made.second[d]))
        planner.carry(f"group{number}-line{k + 1}", "group line", carriers, f"group{number}")


def _together(made: Schedule, planner: Planner, used: set[int]) -> tuple[list[int], int, int]:
    """Sources of one language that are there for long enough together, and from when to when."""
    options = planner.options
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    spoken: dict[int, int] = {}
    for source, second, language in zip(made.source, made.second, made.language, strict=True):
        first[source] = min(second, first.get(source, second))
        last[source] = max(second, last.get(source, second))
        spoken[source] = language
    free, needed = sorted(set(first) - used), int(options.group_lines * _LEAST)
    for _ in range(_TRIES if free else 0):
        shuffle(free, planner.draw)
        members, begin, end = [free[0]], first[free[0]], last[free[0]]
        for source in free[1:]:
            low, high = max(begin, first[source]), min(end, last[source])
            if len(members) < options.group_size and spoken[source] == spoken[members[0]] and high - low >= needed:
                members.append(source)
                begin, end = low, high
        if len(members) == options.group_size and end - begin >= needed:
            return members, begin, end
    raise UsageError(
        f"no {options.group_size} sources are there together for the {options.group_lines} lines of a group",
        fix="raise sources or days, or lower groups, group_size or group_lines",
    )
