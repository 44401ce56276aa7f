"""`collect` from Python."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Never

from inchorus.api.given import AnyPath, none_wrong, own_errors, said
from inchorus.options import checked, path_of
from inchorus.progress import Silent

if TYPE_CHECKING:
    from inchorus.web.collection import Collected


def collect(
    addresses: str | AnyPath | Iterable[str | AnyPath],
    out: AnyPath,
    *,
    url: str | None = None,
    max_pages: int | None = None,
    max_bytes: str | None = None,
    refresh: bool | None = None,
    delay: float | None = None,
    servers: int | None = None,
    contact: str | None = None,
    allow_private: bool | None = None,
    **wrong: Never,
) -> Collected:
    """Collect articles from the web into the folder `out`, as `inchorus collect` does; `find(out)` reads it.

    `addresses` is one or several: pages, feeds, sitemaps, or files with lists of addresses. The options are the
    command's. Raises UsageError where an address, an option or `out` is wrong, or what the extra `web` brings is not
    installed; InputError where no article is found.

    >>> collect("courier.example", "collected")
    Traceback (most recent call last):
    ...
    inchorus.errors.UsageError: there is no file 'courier.example'; if it is an address, write https://courier.example
    """
    options = said(locals(), "addresses", "out")
    from inchorus.web.place import check_folder, check_installed

    target = path_of(out, "out")
    check_installed()
    check_folder(target)
    from inchorus.web import collection
    from inchorus.web.options import CollectOptions

    none_wrong(options, {f.name for f in fields(CollectOptions)})
    named = [addresses] if isinstance(addresses, str | os.PathLike) else list(addresses)
    with own_errors():
        settings = CollectOptions(**checked(CollectOptions, options))
        return collection.collect([os.fspath(name) for name in named], target, settings, Silent())
