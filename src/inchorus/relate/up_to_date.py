"""The tables of ties as they were asked for, made if they are not there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inchorus.errors import UsageError, nearest
from inchorus.evidence.paraphrases import KINDS, PARAPHRASE, WORDING
from inchorus.labels import check_layers
from inchorus.progress import Progress
from inchorus.read.attributes import read_attributes
from inchorus.relate.attributes import attribute
from inchorus.relate.ties import Asked, default_layers, relate
from inchorus.relate.wording import TieOptions
from inchorus.study import OLDER, Study, add_tables

DEFAULTS: dict[str, Any] = {
    "without": None,
    "width": None,
    "exchange_within": (),
    "kinds": (WORDING,),
    "seed": 0,
    "threads": None,
    "objects": (),
    "window": 60.0,
    "min_participation": 1,
    "attributes": None,
    "same": (),
}
_TAKEN = ("wording", "all")
KEPT = ("without", "width", "exchange_within", "kinds", "seed", "objects", "window", "min_participation")


def ready(study: Study, given: Mapping[str, Any], progress: Progress) -> Study:
    """The study with the tables ties, groups and occasions as asked for: `made_for` it, if they are not there."""
    made = made_for(study, given, progress)
    return study if made is None else add_tables(study, *made)


def made_for(
    study: Study, given: Mapping[str, Any], progress: Progress
) -> tuple[dict[str, pa.Table], dict[str, Any]] | None:
    """The tables ties, groups and occasions as asked for, and what the manifest says of them; None if they are there.

    Ties that an older inchorus tested are tested again, as they were asked for then.

    `given` may hold what DEFAULTS holds. What is not given, or None, is as it was the last time, else as in DEFAULTS.
    UsageError for a value that is not known.
    """
    said = {name: value for name, value in given.items() if value is not None and value != ()}
    facts = study.manifest.get("ties", {})
    made = "ties" in study.manifest["tables"]
    complete = "occasions" in study.usable
    if "coortweet" in facts:
        _refuse(study, said)
        return None
    before = facts.get("asked", {}) if made else {}
    how = {**DEFAULTS, **{name: before[name] for name in KEPT if name in before}, **said}
    if study.older:
        progress.note(f"{OLDER}; they are tested again")
    without = how["without"]
    if isinstance(without, str):
        without = check_layers(without.split(","))
    options = TieOptions(how["width"], how["seed"])
    options.check()
    objects = tuple(dict.fromkeys(how["objects"]))
    check_objects(objects, study.documents.columns)
    table = read_attributes(how["attributes"]) if how["attributes"] else None
    if "same" in said:
        same = {name: attribute(study, name, table).tolist() for name in how["same"]}
    else:
        same = before.get("same", {})
    within = tuple(dict.fromkeys(how["exchange_within"]))
    check_columns(within, study.documents.columns)
    kinds = _kinds(study, how["kinds"])
    asked = {
        "same": same,
        "objects": list(objects),
        "window": how["window"],
        "min_participation": how["min_participation"],
        "without": list(default_layers(study) if without is None else without),
        "width": how["width"],
        "exchange_within": list(within),
        "seed": how["seed"],
        **({} if kinds == (WORDING,) else {"kinds": list(kinds)}),
    }
    if complete and before == asked:
        return None
    declared = {name: _values(values) for name, values in same.items()}
    left_out = None if without is None else tuple(without)
    threads = how["threads"] or os.cpu_count() or 1
    wanted = Asked(
        left_out,
        within,
        objects,
        how["window"],
        how["min_participation"],
        declared,
        options,
        threads=threads,
        kinds=kinds,
    )
    related = relate(study, wanted, progress)
    tables = {"ties": related.ties, "groups": related.groups, "occasions": related.occasions}
    return tables, {"ties": {**related.facts, "asked": asked}}


def _kinds(study: Study, given: str | Sequence[str]) -> tuple[str, ...]:
    """The kinds of talking points that are asked for; UsageError for one that is none, or that the study lacks."""
    names = tuple(dict.fromkeys(name.strip() for name in (given.split(",") if isinstance(given, str) else given)))
    for name in names:
        if name not in KINDS:
            raise UsageError(f"no kind {name!r} of talking points", fix=f"there are {', '.join(KINDS)}")
    if PARAPHRASE in names and "paraphrase" not in study.manifest:
        raise UsageError(
            "this study has no paraphrases", fix="make it with inchorus find --paraphrase MODEL, or leave out --kinds"
        )
    return names or (WORDING,)


def check_objects(objects: Sequence[str], columns: Sequence[str]) -> None:
    """Raise UsageError for the first of `objects` that is neither one of the documents' `columns` nor `posts`.

    A column has its name for the kind of its ties, so it cannot be one of the names that kinds have besides.
    """
    known = [*columns, "posts"]
    for name in objects:
        if name in _TAKEN and name in columns:
            raise UsageError(f"{name!r} is the name of a kind of ties already", fix="give the column another name")
        if name not in known:
            raise UsageError(f"no column {name!r}", fix=nearest(name, known) or f"there are {', '.join(known)}")


def check_columns(names: Sequence[str], columns: Sequence[str]) -> None:
    """Raise UsageError for the first of `names` that is no column of the documents."""
    for name in names:
        if name not in columns:
            fix = nearest(name, columns) or f"there are {', '.join(columns)}"
            raise UsageError(f"no column {name!r} to exchange sources within", fix=fix)


def _refuse(study: Study, said: Mapping[str, Any]) -> None:
    for name in said:
        if name not in {"threads", "attributes"}:
            raise UsageError(
                f"this study has the pairs of CooRTweet's rules, and --{name.replace('_', '-')} would change them",
                fix="run inchorus find again, with --coortweet and other options or with --objects",
            )


def _values(values: list[Any]) -> NDArray[np.object_]:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out
