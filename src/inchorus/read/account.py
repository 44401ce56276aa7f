"""The account of reading: how many rows every format had, how many became documents, and why the others did not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

import numpy as np
import numpy.typing as npt

from inchorus.read.inputs import Input
from inchorus.read.opened import sha256
from inchorus.read.options import ReadOptions

REASONS = 20  # of each format that are named, the commonest
OTHER = "other reasons"
WITHOUT_TEXT = "without text"


@dataclass(frozen=True)
class Accounted:
    """What came of the files of one format.

    `files`: how many; `rows`: rows in them, whatever a row of the format is; `documents`: how many of these are
    documents; `left_out`: how many are none, by reason, the commonest first. `rows` is the sum of the two.
    """

    format: str
    files: int
    rows: int
    documents: int
    left_out: dict[str, int] = field(default_factory=dict)


def account(
    files: Sequence[Input],
    rows: npt.NDArray[np.int64],
    documents: npt.NDArray[np.int64],
    left_out: Counter[tuple[int, str]],
) -> list[Accounted]:
    """The account of every format that was read, in the order of their names.

    `rows` and `documents` have the number of each file, `left_out` that of each file (by its index) and reason. Files
    without any are not counted.

    >>> from pathlib import Path
    >>> from inchorus.read.formats import named
    >>> files = [Input(Path("a.csv"), "a.csv", named("csv"))]
    >>> account(files, np.array([3]), np.array([2]), Counter({(0, "without text"): 1}))
    [Accounted(format='csv', files=1, rows=3, documents=2, left_out={'without text': 1})]
    """
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for (file, reason), n in left_out.items():
        reasons[files[file].format.name][reason] += n
    indices: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(files):
        if rows[i]:
            indices[one.format.name].append(i)
    return [
        Accounted(
            format=name,
            files=len(of),
            rows=int(rows[of].sum()),
            documents=int(documents[of].sum()),
            left_out=dict(sorted(reasons[name].items(), key=lambda item: (-item[1], item[0]))),
        )
        for name, of in sorted(indices.items())
    ]


def shortened(of: Accounted, without: str) -> Accounted:
    """An account with its commonest reasons, the rest of them together; `without` is said of rows without text.

    >>> shortened(Accounted("csv", 1, 2, 1, {WITHOUT_TEXT: 1}), "without an object").left_out
    {'without an object': 1}
    """
    named = {without if why == WITHOUT_TEXT else why: n for why, n in of.left_out.items()}
    most = dict(list(named.items())[:REASONS])
    rest = sum(named.values()) - sum(most.values())
    return replace(of, left_out={**most, **({OTHER: rest} if rest else {})})


def said(options: ReadOptions) -> dict[str, object]:
    """The options as a manifest has them: a table that is named among them by its name and SHA-256.

    >>> said(ReadOptions(text="body"))["text"]
    'body'
    """
    same = options.same_source
    return {
        **asdict(options),
        "same_source": None if same is None else {"name": same.name, "sha256": sha256(same)},
    }
