"""What comments on regulations have in common: who wrote them, days in Washington, and what is no wording."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from inchorus.read.formats.format import later
from inchorus.read.formats.post import plain

text_of = later("inchorus.read.markup:text_of_markup")
FURTHER = (
    "title", "url", "docket", "agency", "comment_on", "posted", "organization", "city", "state", "country", "category",
    "duplicates", "attachments",
)  # fmt: skip
NO_WORDING = "comments that say no more than that something is attached"
NO_WORDS = "comments without words"
_SHOWN = 3
# the midnight of Washington, in winter and in summer: a day, and no hour
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T0[45]:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)")
_WORD = re.compile(r"[^\W_]+")
_ATTACHED = frozenset("attach attached attachment attachments enclosed enclosure enclosures upload uploaded".split())
_BESIDE = frozenset(
    "a an and also are as at be below by comment comments detailed details document documents file files find "
    "following for form from full here herein herewith i in is it letter letters my of on our pdf please read refer "
    "response see submission submitted text thank thanks the these this to uploaded view we with word you your".split()
)
_BY = re.compile(
    r"(?:(?:public |anonymous )?comments?|submission) (?:submitted )?(?:by|from|of)\s+(.+)|"
    r"(anonymous)(?: public)? comment",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"anonymous", "anonymous anonymous", "n/a", "na", "none", "no name", "private citizen", "unknown", "not provided"}
)


def day(written: Any) -> str | None:
    """A time as it stands there; of a midnight in Washington the day.

    >>> day("2021-02-10T05:00Z"), day("2021-07-10T04:00:00Z"), day("2021-07-10T13:20:00Z")
    ('2021-02-10', '2021-07-10', '2021-07-10T13:20:00Z')
    """
    time = plain(written)
    found = _MIDNIGHT.fullmatch(time) if time else None
    return found[1] if found else time


def is_wording(text: str) -> bool:
    """Whether a text says more than where the comment is to be found.

    >>> is_wording("Please see the attached letter (PDF)."), is_wording("See attached: we oppose it.")
    (False, True)
    """
    # of "file(s)" and "Attachment 1" neither the letter nor the number says anything
    words = {word.casefold() for word in _WORD.findall(text) if not word.isdecimal() and word not in {"s", "S"}}
    return bool(words - _ATTACHED - _BESIDE) or (bool(words) and not words & _ATTACHED)


def author(number: Any, organization: Any, first: Any, last: Any, title: Any) -> str | None:
    """Whose comment it is: an organization, a person, or who stands in the title; of nobody's, the comment itself.

    >>> author("EPA-1", None, "Ann", "Lee", None), author("EPA-1", None, None, None, "Comment submitted by B. Roe")
    ('Ann Lee', 'B. Roe')
    >>> author("EPA-1", None, "Anonymous", "Anonymous", "Anonymous public comment")
    'EPA-1'
    """
    person = " ".join(part.strip() for part in (plain(first), plain(last)) if part and part.strip())
    for name in (plain(organization), person, _named(plain(title))):
        if name and name.strip() and name.strip().casefold() not in _NOBODY:
            return name.strip()
    return plain(number)


def _named(title: str | None) -> str | None:
    found = _BY.fullmatch(title.strip()) if title else None
    return (found[1] or found[2]).strip(" .") if found else None


class Counted:
    """What the user should know of comments: copies that are not there, and words that are elsewhere."""

    def __init__(self) -> None:
        self.alike = 0
        self.handed_in = 0
        self.attached: list[str] = []

    def see(self, duplicates: int | None) -> None:
        """Count a comment and those that are like it."""
        if duplicates is not None and duplicates > 1:
            self.alike += 1
            self.handed_in += duplicates

    def notes(self, where: str) -> Iterable[str]:
        """The sentences."""
        if self.alike:
            who = "1 comment" if self.alike == 1 else f"{self.alike:,} comments"
            yield (
                f"{who} in {where} stand{'s' * (self.alike == 1)} for {self.handed_in:,} that were handed in, as the "
                "agency counts those that are alike: the column duplicates has how many"
            )
        if self.attached:
            more = " …" if len(self.attached) > _SHOWN else ""
            yield (
                f"the words of comments in {where} stand in {len(self.attached):,} files that are attached to them: "
                f"{', '.join(self.attached[:_SHOWN])}{more}; fetch these, and give them besides"
            )


def copies(written: Any) -> int | None:
    """How often a comment was handed in besides; None where that is not said.

    >>> copies("12"), copies(0), copies("")
    (12, 0, None)
    """
    value = plain(written)
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 16 else None
