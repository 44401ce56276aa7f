"""What a page is: an address that asks, and data that a template, JSON and CSV show alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from inchorus.errors import InchorusError, UsageError, nearest

if TYPE_CHECKING:
    from inchorus.ui.reader import Reader
    from inchorus.ui.table import TableRows

MOST = 400  # characters of one value in an address


class MissingError(InchorusError):
    """An address names something that the study does not hold."""


@dataclass(frozen=True)
class Ask:
    """What an address asks for: its path and its query, in the order given.

    `whole` is set where all rows are wanted and not one page of them, as for CSV.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    whole: bool = False

    def text(self, name: str, default: str = "") -> str:
        """The last value of that name, at most 400 characters."""
        values = [value for key, value in self.query if key == name]
        return values[-1][:MOST].strip() if values else default

    def exact(self, name: str, default: str | None = None) -> str:
        """The last value of that name exactly as given, as ids and names are; UsageError without one or `default`."""
        values = [value for key, value in self.query if key == name]
        if not values and default is not None:
            return default
        if not values:
            raise UsageError(f"the address lacks {name!r}", fix=f"add ?{name}=… to it")
        return values[-1]

    def many(self, name: str, choices: Sequence[str]) -> list[str]:
        """All values of that name, each one of `choices`; UsageError for another."""
        values = [value for key, value in self.query if key == name and value]
        for value in values:
            _check(name, value, choices)
        return list(dict.fromkeys(values))

    def choice(self, name: str, choices: Sequence[str], default: str) -> str:
        """One of `choices`; UsageError for another value."""
        value = self.text(name) or default
        return value if value == default else _check(name, value, choices)

    def number(self, name: str, default: int, least: int = 1, most: int = 1 << 31) -> int:
        """A whole number, brought into `least` to `most`; UsageError for what is none."""
        value = self.text(name)
        if not value:
            return default
        try:
            return min(max(int(value), least), most)
        except ValueError:
            raise UsageError(f"{name}={value!r} is not a whole number") from None

    def day(self, name: str) -> datetime | None:
        """A date as 2024-05-01, at midnight UTC; None without one; UsageError for what is none."""
        value = self.text(name)
        if not value:
            return None
        try:
            return datetime.combine(date.fromisoformat(value), time(), UTC)
        except ValueError:
            raise UsageError(f"{name}={value!r} is not a date such as 2024-05-01") from None

    def to(self, **changes: object) -> str:
        """The address with some values changed; None takes one away, and so does the number of the page.

        >>> Ask("/talking-points", (("label", "line"), ("page", "3"))).to(sort="words")
        '/talking-points?label=line&sort=words'
        """
        kept = [(k, v) for k, v in self.query if k not in changes and k != "page" and v]
        for key, value in changes.items():
            values = value if isinstance(value, list | tuple) else [value]
            kept += [(key, str(v)) for v in values if v is not None and v != ""]
        return self.path + ("?" + urlencode(kept) if kept else "")

    def file(self, ending: str, **changes: object) -> str:
        """The address of the same as a file, with some values changed as by `to`.

        >>> Ask("/talking-points", (("q", "a b"),)).file(".csv", table="talking_points")
        '/talking-points.csv?q=a+b&table=talking_points'
        """
        path = "/overview" if self.path == "/" else self.path
        return f"{path}{ending}{self.to(**changes)[len(self.path) :]}"


@dataclass(frozen=True)
class Page:
    """What one address shows.

    `data` holds plain values (str, numbers, bool, None, datetime, lists, dicts): the template gets them by their
    names, and `.json` prints them. `tables` maps the name of each table that can be downloaded to its rows, a list of
    dictionaries or, where they may be many, an Arrow table; the first is what `.csv` gives without ?table=. A page
    without a template of its own has `tables.html`, which shows `data["about"]`, if there is such, and every table.
    """

    title: str
    template: str
    data: Mapping[str, Any]
    tables: Mapping[str, TableRows] = field(default_factory=dict)


PageFunction = Callable[["Reader", Ask], Page]


@dataclass(frozen=True)
class Address:
    """Where a page is; `menu` is what the head of every page calls it, empty where it is not named there.

    `takes` says that a form may be sent to it (POST): what is asked for is then in no address, nor kept.
    """

    path: str
    page: PageFunction
    menu: str = ""
    takes: bool = False


def _check(name: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        hint = nearest(value, choices) or f"one of {', '.join(choices)}"
        raise UsageError(f"{name}={value!r} is not known", fix=hint)
    return value
