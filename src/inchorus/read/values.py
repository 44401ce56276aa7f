"""Values of records as columns of text, with what they were, so that a column gets the type that fits them all."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

import pyarrow as pa

from inchorus.read.batches import Kind, json_text

_EXACT_IN_FLOAT = 1 << 53


def written_column(values: Sequence[Any]) -> tuple[Sequence[str | None], set[Kind]]:
    """The values as text, lists and objects as JSON, and the kinds of what they were.

    >>> written_column(["a", 1, None])[0], written_column([[1, "é"]])[0]
    (['a', '1', None], ['[1, "é"]'])
    """
    types = set(map(type, values)) - {type(None)}
    if types <= {str}:
        return values, {pa.string()} if types else set()
    kinds: set[Kind] = set()
    for t in types:
        if t is int:
            kinds |= {_integer_kind(v) for v in values if type(v) is int}
        else:
            kinds.add(pa.float64() if t is float else pa.bool_() if t is bool else pa.string())
    return [_written(v) for v in values], kinds


def _written(value: Any) -> str | None:
    # NaN is how tables write that there is no value
    if value is None or (type(value) is float and isnan(value)):
        return None
    return value if type(value) is str else json_text(value)


def _integer_kind(value: int) -> Kind:
    if abs(value) <= _EXACT_IN_FLOAT:
        return pa.int64()
    return "wide" if -(1 << 63) <= value < 1 << 63 else pa.string()
