"""A column `source` that names no sources: of posts of X it is the program that each was sent with."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from inchorus.errors import InputError, Where

# as X calls them, bare or as its interface gives them, with a link
_PROGRAM = r"^(?:<a href=|Twitter (?:for (?:iPhone|iPad|Android|Mac|Websites)|Web (?:App|Client))$|TweetDeck$)"
_ACCOUNTS = (
    "screen_name", "username", "user_username", "user_screen_name", "author_username", "author.username",
    "user.screen_name", "user_name", "account", "handle", "user", "author", "user_id", "author_id",
)  # fmt: skip
_LOOKED_AT = 1_000  # rows of a batch
_SHARE = 0.1  # others use programs of their own, and the names of these are any words


def check_no_programs(file: str, sources: pa.Array, columns: Collection[str]) -> None:
    """Raise InputError where the column `source`, which nobody named, holds programs and not who wrote.

    All who use one program would be one source, and two programs would share what two people say.

    >>> check_no_programs("a.csv", pa.array(["Herald", "Courier"]), ["source", "text"])
    """
    first = sources.slice(0, _LOOKED_AT)
    found = first.filter(pc.fill_null(pc.match_substring_regex(first, _PROGRAM), False))
    if len(found) <= _SHARE * len(first):
        return
    account = next((name for name in _ACCOUNTS if name in columns), None)
    raise InputError(
        f"the column 'source' holds the programs that posts were sent with, such as {found[0].as_py()!r}, and not who "
        "wrote them",
        where=Where(file),
        fix="--source names the column that says who did" + (f": did you mean {account!r}?" if account else ""),
    )
