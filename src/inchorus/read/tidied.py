"""Strings of a column of times without what is no part of a time."""

from __future__ import annotations

import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.read.reworded import reworded

_OCLOCK = r"(?i)(\d) ?(?:uhr|hrs?\.?|hours)$"


def tidied(array: pa.Array) -> pa.Array:
    """Strings without what is no part of a time: white space, an apostrophe before it, the word for o'clock behind it.

    Digits of any script are plain.

    >>> tidied(pa.array(["'2016-10-24 ", "٢٠١٦-١٠-٢٤", None, "24.10.2016, 21:04 Uhr"], pa.large_string())).to_pylist()
    ['2016-10-24', '2016-10-24', '', '24.10.2016, 21:04']
    """
    array = pc.fill_null(array, "")
    plain = pc.string_is_ascii(array)
    if not pc.all(plain).as_py():
        encoded = array.dictionary_encode()
        known = [v if v.isascii() else _plain(v) for v in encoded.dictionary.to_pylist()]
        array = pa.array(known, pa.large_string()).take(encoded.indices)
    array = pc.ascii_trim_whitespace(array)
    quoted = pc.starts_with(array, "'")
    if pc.any(quoted).as_py():
        array = pc.if_else(quoted, pc.ascii_ltrim(array, "'"), array)
    if any(pc.any(pc.ends_with(array, end)).as_py() for end in ("hr", "HR", "hrs", "hrs.", "hours")):
        array = pc.replace_substring_regex(array, _OCLOCK, r"\1")
    return reworded(array)


def _plain(value: str) -> str:
    kept = (c for c in unicodedata.normalize("NFKC", value) if unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.decimal(c, c)) for c in kept).replace("\u2212", "-")
