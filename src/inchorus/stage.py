"""A stage: one step of the flow, as a record that says what it takes and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inchorus.progress import Progress

# What stages hand on, by name: tables of the study, and what is in memory only.
Things = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """One step: `run(things, asked, progress)` is given what the stage `takes` and returns what it `gives`.

    `does` says in a sentence what; the documentation has it. `options` are those that its result depends on. What it
    gives under the name of a table is written into the study; `study` stands for all that is written so far. Under
    `facts` it may give what the manifest is to say.
    """

    name: str
    does: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    options: tuple[str, ...]
    run: Callable[[Things, Any, Progress], Things]


def run(
    stages: Sequence[Stage],
    asked: Any,
    progress: Progress,
    write: Callable[[Things], Mapping[str, Any]],
) -> None:
    """Run stages in their order, each with what it takes, and `write` what each has given.

    `write` returns what stands for it from then on. What no later stage takes is let go, as it may be large.

    >>> from inchorus.progress import Silent
    >>> double = Stage("double", "Twice the number.", ("n",), ("twice",), (), lambda t, asked, p: {"twice": 2 * t["n"]})
    >>> begin = Stage("begin", "The number asked for.", (), ("n",), (), lambda t, asked, p: {"n": asked})
    >>> seen: list[Things] = []
    >>> run([begin, double], 4, Silent(), lambda given: seen.append(dict(given)) or given)
    >>> seen
    [{'n': 4}, {'twice': 8}]
    """
    things: Things = {}
    for at, stage in enumerate(stages):
        given = stage.run({name: things[name] for name in stage.takes}, asked, progress)
        assert set(given) - {"facts"} == set(stage.gives), f"{stage.name} gives {sorted(given)}"
        things |= write(given)
        del given
        wanted = {name for later in stages[at + 1 :] for name in later.takes}
        things = {name: thing for name, thing in things.items() if name in wanted}
