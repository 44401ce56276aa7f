"""The separation of sources by each declared attribute of a study, and the lines that tell the groups apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import F64
from inchorus.evidence.separating import activity_and_language, by_id, uses
from inchorus.progress import Progress
from inchorus.read.attributes import read_attributes
from inchorus.relate.attributes import attribute, columns
from inchorus.relate.opportunity import Opportunity, opportunities
from inchorus.relate.separate import alike, goes_with, separation, telling
from inchorus.relate.tables import strengths
from inchorus.relate.up_to_date import ready
from inchorus.study import Study


def separations(
    study: Study, by: str | None, attributes: Path | None, seed: int, lines: int, progress: Progress
) -> tuple[dict[str, Any], Study]:
    """`separations`, a row for the attribute `by` or for each, and `lines`, which tell the values of `by` apart.

    Ties are tested first where they were not: the second value is the study as it is then. `attributes` is a table
    keyed by source; without it the further columns of the documents count. UsageError for an attribute that there is
    not.
    """
    table = read_attributes(attributes) if attributes else None
    names = [by] if by else columns(study, table)
    if by:
        attribute(study, by, table)  # before the work
    study = study if "ties" in study.usable else ready(study, {}, progress)
    pairs, sources = strengths(study)
    together = opportunities(study, tuple(study.manifest["ties"].get("asked", {}).get("exchange_within", ())))
    found = [_row(study, name, table, (pairs, together), sources, seed) for name in names]
    told = _told(study, by, table, lines) if by and lines else []
    return {"separations": [row for row in found if row is not None], "lines": told}, study


def _strata(study: Study, values: Any) -> tuple[Any, str]:
    """By source, in order of their names, a number that sources which are alike share; and in what they are alike."""
    counted = activity_and_language(study)
    documents = counted["n"].to_numpy().astype(np.int64)
    said = counted["language"].to_pylist()
    language = np.array(said, dtype=object) if any(v is not None for v in said) else None
    busy = goes_with(values, documents)
    names = [name for name, used in (("language", language is not None), ("activity", busy)) if used]
    return alike(documents if busy else np.ones_like(documents), language), " and ".join(names)


def _row(
    study: Study, name: str, table: pa.Table | None, pairs: tuple[F64, Opportunity], sources: int, seed: int
) -> dict[str, Any] | None:
    values = attribute(study, name, table)
    strata, within = _strata(study, values)
    strength, together = pairs
    found = separation(strength, sources, values, seed, strata, together)
    if not found.same or not found.different:
        return None
    return {"by": name, "within": within, "values": len({v for v in values if v is not None}), **found._asdict()}


def _told(study: Study, by: str, table: pa.Table | None, limit: int) -> list[dict[str, Any]]:
    used = uses(study)
    found = telling(used["number"].to_numpy(), used["place"].to_numpy(), attribute(study, by, table))[:limit]
    points = by_id(study)
    return [
        {**points.slice(t.point, 1).to_pylist()[0], **{k: v for k, v in t._asdict().items() if k != "point"}}
        for t in found
    ]
