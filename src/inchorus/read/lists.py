"""A column in which a cell may hold a list: what kind of list, told from the column as a whole, and the items.

Text is cut only where the column shows that it holds lists. An address is never cut at a comma, a semicolon or a bar
of its own, and text whose items cannot be told from words of a sentence is one item, unless the user names what
stands between items.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from inchorus.read.list_frames import framed, unframed
from inchorus.read.notation import PYTHON, R, Written, looks_written, read_written

ONE, GIVEN = "one", "given"
# The share of values that must fit a kind of list. Exports cut long cells short, so a few do not.
FIT = 0.95
# what programs write for nothing
MISSING = frozenset(
    "nan NaN NA N/A n/a None none null NULL NaT <NA> \\N [] {} () [null] [None] set() c() list() character(0)".split()
)
# what stands between items, in other scripts, too
_MARKS = str.maketrans({"，": ",", "、": ",", "،": ",", "；": ";", "؛": ";", "｜": "|"})
_EDGES = ",;|，、،；؛｜ "
_APART = r"\s,;|，、،；؛｜"
_START = re.compile(rf"(?:[A-Za-z][A-Za-z0-9+.\-]{{1,15}}://|www\.)(?=[^{_APART}])")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}(?::\d+)?(?:[/?#]\S*)?")
_GAP = re.compile(rf"(?:[{_APART}]+|\s+[^\w\s]\s+)$")
_ASKED = re.compile(r"[=&][A-Za-z][A-Za-z0-9+.\-]{1,15}://")
_LONGEST_ASKED = 20
_TAG = rf"[#@$＃＠][^{_APART}#＃]+"
_SIGIL = re.compile(rf"{_TAG}(?:[{_APART}]+{_TAG}|[#＃][^{_APART}#＃]+)*[{_APART}]*")
_BETWEEN = re.compile(rf"[{_APART}]+")
_BETWEEN_TAGS = re.compile(rf"[{_APART}]+|(?<=[^#＃{_APART}])(?=[#＃])")
# an array of PostgreSQL: what holds a comma, a brace or a blank at its ends stands in quotation marks
_ELEMENT = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,{}"\\](?:[^,{}"\\]*[^\s,{}"\\])?', re.DOTALL)
_ARRAY = re.compile(rf"\{{(?:(?:{_ELEMENT.pattern})(?:,(?:{_ELEMENT.pattern}))*)?\}}", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BRACKETS = {"[": "]", "{": "}", "(": ")", "<": ">"}
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+,\d+")
_NAMES = {",": "commas", ";": "semicolons", "|": "bars", "\n": "line ends", " ": "blanks"}
_SHOWN = 60


@dataclass(frozen=True)
class Lists:
    """The items of every value of a column.

    `kind`: JSON, Python or R, what stands between items ("commas", "semicolons", "bars", "line ends", "blanks", or
    `given` for what the user named), or `one`: a value is one item. `items`: by value; `apart`: how many values are no
    list of that kind and were taken for one item each.
    """

    kind: str
    items: list[list[str]]
    apart: int = 0


def read_lists(values: Sequence[str], separator: str | None = None) -> Lists:
    r"""The items of each of the distinct values of a column; without items where there is nothing.

    Lists in the notation of JSON, Python or R are recognised by their brackets and quotation marks, addresses and
    words with # or @ by their beginnings, words without blanks by what stands between them. `separator` is what the
    user says stands between items of lists that are in none of the three notations; \n and \t may be written so.

    >>> read_lists(['["a", "b"]', "[]"]).items
    [['a', 'b'], []]
    >>> read_lists(["https://a.example/1,2 https://b.example", "https://a.example/1,2"])
    Lists(kind='blanks', items=[['https://a.example/1,2', 'https://b.example'], ['https://a.example/1,2']], apart=0)
    >>> read_lists(["Rain, snow and hail", "Rain"]).kind
    'one'
    """
    held = _unwrapped([value.strip() for value in values])
    found = _written(held)
    if found is None and separator is not None:
        between = separator.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r")
        return Lists(GIVEN, [_kept(v.split(between)) for v in held])
    if found is None:
        plain = [unframed(v) for v in held]
        found = _framed(held) or _announced(plain) or _in_brackets(plain) or _words(plain)
    return found or Lists(ONE, [_whole(v) for v in held])


def about(column: str, values: Sequence[str], lists: Lists) -> str:
    """What to tell the user of how a column was read, with a value of it and its items.

    >>> about("urls", ["https://a.example https://b.example"], read_lists(["https://a.example https://b.example"]))
    "column 'urls' holds lists, separated by blanks: 'https://a.example https://b.example' is 2 items, \
'https://a.example' and 'https://b.example'"
    """
    longest = min(
        range(len(values)), key=lambda i: (-min(len(lists.items[i]), 2), len(values[i]), values[i]), default=-1
    )
    if longest < 0 or not lists.items[longest]:
        return f"column {column!r} holds nothing that could be shared"
    value, items = _cut(values[longest]), [_cut(i) for i in lists.items[longest]]
    if lists.kind == ONE:
        some = any(_BETWEEN.search(v.strip()) or v.count("://") > 1 for v in values)
        hint = "; if it holds lists, name what stands between their items with --list-separator" if some else ""
        return f"a value of column {column!r} is one item, as {value} is{hint}"
    how = {GIVEN: "cut at --list-separator"}.get(
        lists.kind, f"separated by {lists.kind}" if lists.kind in _NAMES.values() else f"written as in {lists.kind}"
    )
    shown = " and ".join(items) if len(items) < 3 else f"{items[0]}, {items[1]} …"
    counted = "1 item" if len(items) == 1 else f"{len(items)} items"
    apart = f"; no such list, and one item each: {lists.apart:,}" if lists.apart else ""
    return f"column {column!r} holds lists, {how}: {value} is {counted}, {shown}{apart}"


def _cut(value: str) -> str:
    return repr(value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…")


def _kept(items: Sequence[str]) -> list[str]:
    return [item for each in items if (item := each.strip())]


def _fits(fitting: int, of: int) -> bool:
    return fitting > 0 and fitting >= FIT * of


def _is_missing(value: str) -> bool:
    return not value or value in MISSING


def _whole(value: str) -> list[str]:
    return [] if _is_missing(value) else [value]


def _unwrapped(held: list[str]) -> list[str]:
    """The values, those that are a string of JSON in which a list is written as what the string says."""
    return [_string(v) if v[:1] == v[-1:] == '"' and v[1:].lstrip()[:1] == "[" else v for v in held]


def _string(value: str) -> str:
    try:
        said: str = json.loads(value)
    except ValueError:
        return value
    return said.strip()


def _written(held: list[str]) -> Lists | None:
    """Lists in the notation of JSON, Python or R, beside single values that stand without."""
    begun = [i for i, v in enumerate(held) if not _is_missing(v) and looks_written(v)]
    read = {i: written for i in begun if (written := read_written(held[i])) is not None}
    if not read:
        return None
    single = [v for i, v in enumerate(held) if i not in read and not _is_missing(v)]
    # quotation marks inside brackets are no accident; brackets alone may be, as titles begin with [1] or (two)
    if not (all(w.quoted for w in read.values()) and 2 * len(read) >= len(begun)) and not _fits(len(read), len(begun)):
        return None
    if any(" " in v for v in single) and not any(w.quoted and len(w.items) > 1 for w in read.values()):
        return None
    notations = {w.notation for w in read.values()}
    kind = R if R in notations else PYTHON if PYTHON in notations else next(iter(notations))
    nothing = Written(kind, [], False)
    items = [read.get(i, nothing).items if i in read or _is_missing(v) else [v] for i, v in enumerate(held)]
    return Lists(kind, items, len(begun) - len(read))


def _framed(held: list[str]) -> Lists | None:
    """Items that each stand in a frame, as links of a page do."""
    found = framed([v for v in held if not _is_missing(v)], FIT)
    if found is None:
        return None
    kind, items = found
    apart = sum(not _is_missing(v) and v not in items for v in held)
    return Lists(kind, [_kept(items[v]) if v in items else _whole(v) for v in held], apart)


def _announced(held: list[str]) -> Lists | None:
    """Items that tell by their beginning what they are: addresses, hashtags and mentions."""
    some = [v for v in held if not _is_missing(v)]
    if _fits(sum(_SIGIL.fullmatch(v) is not None for v in some), len(some)):
        items = [_kept(_BETWEEN_TAGS.split(v)) if _SIGIL.fullmatch(v) else _whole(v) for v in held]
        return _if_lists(_usual(_BETWEEN.search(v) for v in some), items)
    if _fits(sum(_DOMAIN.match(v) is not None or _START.match(v) is not None for v in some), len(some)):
        return _addresses(held, some)
    return None


def _addresses(held: list[str], some: list[str]) -> Lists | None:
    gaps = {v: _gaps(v) for v in some}
    glued = Counter(c for found in gaps.values() for c in {g for _, _, g, apart in found if not apart})
    loose = Counter(c for found in gaps.values() for c in {g for _, _, g, apart in found if apart})
    ranked = glued.most_common(2)
    glue = None
    # without a blank, only what most values of the column have between addresses cuts
    if ranked and (len(ranked) < 2 or ranked[0][1] > ranked[1][1]) and ranked[0][1] > loose[" "] + loose["\n"]:
        glue = ranked[0][0]

    def cut(value: str) -> list[str]:
        pieces, start, asked, seen = [], 0, False, 0
        for a, b, mark, apart in gaps.get(value, []):
            # an address may have a list of addresses in its query
            asked = asked or _ASKED.search(value, max(start, seen - _LONGEST_ASKED), a) is not None
            seen = a
            if apart or (mark == glue and not asked):
                pieces.append(value[start:a])
                start, asked = b, False
        return _kept([*pieces, value[start:].rstrip(_EDGES)])

    items = [cut(v) if not _is_missing(v) else [] for v in held]
    pieces = [p for several in items for p in several]
    if not _fits(sum(not re.search(r"\s", p) for p in pieces), len(pieces)):
        return None
    kinds = glued + loose
    return _if_lists(kinds.most_common(1)[0][0] if kinds else " ", items)


def _gaps(value: str) -> list[tuple[int, int, str, bool]]:
    """Where addresses may meet: start and end, the mark between them, and whether a blank is there, too."""
    found = []
    tokens = value.split()
    bare = len(tokens) > 1 and all(_START.match(t) or _DOMAIN.fullmatch(t.rstrip(_EDGES)) for t in tokens)
    starts = [m.end() for m in re.finditer(r"\s+", value)] if bare else [m.start() for m in _START.finditer(value)]
    for at in sorted({*starts, *(m.start() for m in _START.finditer(value))} if bare else starts):
        gap = _GAP.search(value[max(0, at - 16) : at])
        if gap is None or at == 0:
            continue
        marks = "".join(gap[0].split()).translate(_MARKS)
        if len(set(marks)) > 1:
            continue
        apart = len(gap[0]) > len(marks)
        mark = marks[0] if marks[:1] in _NAMES else "\n" if "\n" in gap[0] or "\r" in gap[0] else " "
        found.append((at - len(gap[0]), at, mark, apart))
    return found


def _in_brackets(held: list[str]) -> Lists | None:
    """Lists in brackets without quotation marks, as [a, b], or of a database, as {a,"b, c"}: the brackets say it."""
    some = [v for v in held if not _is_missing(v)]
    if _fits(sum(_ARRAY.fullmatch(v) is not None for v in some), len(some)):
        return _if_lists(",", [_elements(v) if _ARRAY.fullmatch(v) else _whole(v) for v in held])
    closed = [v for v in some if _BRACKETS.get(v[0]) == v[-1] and not any(c in "[]{}<>" for c in v[1:-1])]
    if not _fits(len(closed), len(some)) or len(some) < 2:
        return None
    known = set(closed)
    inside = [v[1:-1].strip() if v in known else v for v in held]
    found = _announced(inside)
    if found is not None:
        return found
    marks = [m for m in ",;|" if any(m in v for v in inside)]
    if len(marks) != 1 or any("://" in v for v in inside):
        return None
    return _if_lists(marks[0], [_kept(v.split(marks[0])) if not _is_missing(v) else [] for v in inside])


def _elements(array: str) -> list[str]:
    found = (m[0] for m in _ELEMENT.finditer(array[1:-1]))
    return _kept([_ESCAPED.sub(r"\1", e[1:-1]) if e[0] == '"' else e for e in found if e != "NULL"])


def _words(held: list[str]) -> Lists | None:
    """Words without blanks, one mark between them, and not the same number of them in every value."""
    held = [v.translate(_MARKS) for v in held]
    some = [v for v in held if not _is_missing(v)]
    marks = [m for m in ",;|\n" if any(m in v for v in some)]
    if len(marks) != 1 or any("://" in v for v in some):
        return None
    mark = marks[0]
    items = [_kept(v.split(mark)) if not _is_missing(v) else [] for v in held]
    if any(re.search(r"\s", p) for several in items for p in several):
        return None
    sizes = {len(several) for several in items if several}
    # two words and a comma may be a name or a place; more, in another number each time, are a list
    if all(_DOMAIN.fullmatch(p) for several in items for p in several):
        return _if_lists(mark, items)
    if len(sizes) < 2 or (mark == "," and max(sizes) < 3) or all(_THOUSANDS.fullmatch(v) for v in some if mark in v):
        return None
    return _if_lists(mark, items)


def _usual(matches: object) -> str:
    found: Counter[str] = Counter()
    for match in matches:  # type: ignore[attr-defined]
        if match is not None:
            marks = "".join(match[0].split()).translate(_MARKS)
            found[marks[0] if marks else "\n" if "\n" in match[0] else " "] += 1
    return found.most_common(1)[0][0] if found else " "


def _if_lists(mark: str, items: list[list[str]]) -> Lists | None:
    """Lists, if any value has two items."""
    if all(len(several) < 2 for several in items):
        return None
    return Lists(_NAMES[mark], items)
