"""Values of a column that Arrow keeps as lists or structs, laid out flat as text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import UsageError
from inchorus.read.batches import json_text
from inchorus.read.notation import item_of


def flat_text(array: pa.Array, column: str) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """The values of a column as strings, and for each the row that it stands in; lists inside lists are laid out.

    A struct counts as what it has under the first of `notation.KEYS`. UsageError for values that are no text.

    >>> values, rows = flat_text(pa.array([["a", "b"], None, ["c"]]), "tags")
    >>> values.to_pylist(), rows.tolist()
    (['a', 'b', 'c'], [0, 0, 2])
    """
    rows = np.arange(len(array), dtype=np.int64)
    while True:
        type_ = array.type
        if isinstance(type_, pa.BaseExtensionType):
            array = array.storage
        elif pa.types.is_dictionary(type_):
            array = array.dictionary_decode()
        elif pa.types.is_map(type_):
            array = pa.array([None if v is None else json_text(dict(v)) for v in array.to_pylist()], pa.large_string())
        elif pa.types.is_fixed_size_list(type_):
            array = pc.cast(array, pa.list_(type_.value_type))
        elif pa.types.is_list_view(type_) or pa.types.is_large_list_view(type_):
            # PyArrow's cast loses the items of views
            array = pa.array(array.to_pylist(), pa.large_list(type_.value_type))
        elif pa.types.is_list(type_) or pa.types.is_large_list(type_):
            rows = rows[pc.list_parent_indices(array).to_numpy(zero_copy_only=False).astype(np.int64)]
            array = array.flatten()
        elif pa.types.is_struct(type_):
            array = pa.array([None if v is None else item_of(v) for v in array.to_pylist()], pa.large_string())
        else:
            break
    try:
        return pc.cast(array, pa.large_string()), rows
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as e:
        raise UsageError(f"column {column!r} holds {array.type}, not text", fix="name another column") from e
