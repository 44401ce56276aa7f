"""The edits that a study has stored of a wording, shown in the text of a passage that has this wording."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from inchorus.text.differences import Pieces, differences, words


class Stored(NamedTuple):
    """A row of the table variants: its text, and its edits, each with `op`, `from` and `to`."""

    text: str
    edits: Sequence[Mapping[str, str]]


def marked(canonical: str, stored: Stored, passage: str) -> Pieces:
    """Cut `passage` into what is the `same` as in the canonical wording and what is `added`, with what was `removed`.

    `stored` is the wording of the passage, which has the same words, but may have other capitals and other punctuation
    between them. The same and added pieces joined give the passage. A wording without edits has no marks.

    >>> edits = [{"op": "keep", "from": "We will", "to": "we will"}, {"op": "insert", "from": "", "to": "never"}]
    >>> marked("We will", Stored("we will never", edits), "We WILL, never!")
    [('same', 'We WILL, '), ('added', 'never!')]
    """
    if not stored.edits:
        return [("same", passage)]
    theirs = words(stored.text)
    own = theirs if passage == stored.text else words(passage)
    if len(own) != len(theirs):  # a word is another where the text around it is missing
        return differences(canonical, passage)
    starts = [start for start, _ in theirs]
    pieces: Pieces = []
    done = at = word = 0
    for edit in stored.edits:
        if edit["op"] in ("delete", "replace"):
            space = " " if done and passage[:done].endswith(" ") else ""
            pieces.append(("removed", edit["from"] + space))
        if edit["op"] != "delete":
            first = starts[word] if word < len(starts) else at
            if not stored.text.startswith(edit["to"], first):
                first = max(at, stored.text.find(edit["to"], at))
            at = first + len(edit["to"])
            word = bisect_left(starts, at)
            end = own[word][0] if word < len(own) else len(passage)
            pieces.append(("same" if edit["op"] == "keep" else "added", passage[done:end]))
            done = end
    if done < len(passage):
        pieces.append(("same", passage[done:]))
    return pieces
