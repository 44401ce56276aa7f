"""The tables of ties as they were asked for, made if they are not there."""

from __future__ import annotations

import os
from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.progress import Progress
from inchorus.relate.attributes import attribute, read_attributes
from inchorus.relate.layers import known
from inchorus.relate.ties import Asked, default_layers, relate
from inchorus.relate.wording import TieOptions
from inchorus.study import Study, add_tables

DEFAULTS: dict[str, Any] = {
    "without": None,
    "width": None,
    "draws": 100,
    "seed": 0,
    "threads": None,
    "objects": (),
    "window": 60.0,
    "min_participation": 1,
    "attributes": None,
    "same": (),
}


def ready(study: Study, given: dict[str, Any], progress: Progress) -> Study:
    """The study with the tables ties and groups as asked for; they are made if they are not there."""
    how = {**DEFAULTS, **given}

    without = None if how["without"] is None else known(how["without"].split(","))
    options = TieOptions(how["draws"], how["width"], seed=how["seed"], threads=how["threads"] or os.cpu_count() or 1)
    options.check()
    objects = tuple(dict.fromkeys(how["objects"]))
    columns = [*study.documents.columns, "posts"]
    for name in objects:
        if name not in columns:
            raise UsageError(f"no column {name!r}", fix=nearest(name, columns) or f"there are {', '.join(columns)}")
    table = read_attributes(how["attributes"]) if how["attributes"] else None
    declared = {name: attribute(study, name, table) for name in how["same"]}
    asked = {
        "same": {name: values.tolist() for name, values in declared.items()},
        "objects": list(objects),
        "window": how["window"],
        "min_participation": how["min_participation"],
        "without": list(default_layers(study) if without is None else without),
        "width": how["width"],
        "draws": how["draws"],
        "seed": how["seed"],
    }
    facts = study.manifest.get("ties", {})
    if "ties" in study.manifest["tables"] and facts.get("asked") == asked:
        return study
    related = relate(
        study, Asked(without, objects, how["window"], how["min_participation"], declared, options), progress
    )
    tables = {"ties": related.ties, "groups": related.groups}
    return add_tables(study, tables, {"ties": {**related.facts, "asked": asked}})
