"""Times that are written in another language or wrapped by a program, as the same time in a form that is read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from importlib.resources import files

import pyarrow as pa
import pyarrow.compute as pc

_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# what may stand before a month, and before an hour
_OF = r"(?:de |di |del |d'|of )?"
_AT = re.compile(
    r"(?<=\d),? +(?:à|a las|a la|às|as|alle ore|alle|ore|um|om|kl\.?|klo|в|о|o godz\.|saat|la|at) +(?=\d)", re.I
)
# day, month, year, behind a day of the week or not; or year, month, day
_DAY_FIRST = re.compile(
    rf"(?:[^\W\d]+\.?,? +)?(\d\d?)(?:\.|º|°|er|-?го)? {_OF}([^\W\d]+)\.?,? (?:de |del )?(\d{{4}})(?:г\.?| г\.?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})\.? ([^\W\d]+) (\d\d?)\.?(?!\d)")
_WRAPPED = re.compile(
    r"(?:/Date\((?P<ms>\d{13})(?:[+-]\d{4})?\)/"
    r"|(?:ISODate|Timestamp|new Date|Date|DateTime|datetime64)\(\s*[\"'](?P<said>[^\"']+)[\"']"
    r"(?:,\s*(?:tz=)?[\"'](?:UTC|Z|[a-z]{1,2})[\"'])?\s*\))"
)
_WEEK = re.compile(r"(\d{4})-?W(\d\d)-?([1-7])")
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})")
# RE2: whether a value may be one of these; what is written in English or in numbers must not be looked at one by one
_MAY_BE = (
    r"^(?:/Date\(|[A-Za-z0-9 ]+\(|\d{4}-?W\d\d-?\d$|\d{4}-\d{3}$)"
    r"|\d,? +(?:à|às|в|о|a las?|alle(?: ore)?|ore|klo|saat|o godz\.) +\d"
)


def reworded(array: pa.Array) -> pa.Array:
    """Large strings without nulls, those of other languages and programs written anew; the rest as it is.

    >>> given = ["lundi 24 octobre 2016 à 21h04", "24. Oktober 2016", "/Date(1477343045000)/", "2016-W43-1", "soon"]
    >>> reworded(pa.array(given, pa.large_string())).to_pylist()
    ['24 Oct 2016 21h04', '24 Oct 2016', '1477343045000', '2016-10-24', 'soon']
    """
    which = pc.match_substring_regex(array, f"{_MAY_BE}|{_named()}")
    if not pc.any(which).as_py():
        return array
    encoded = array.filter(which).dictionary_encode()
    anew = pa.array([_anew(value) for value in encoded.dictionary.to_pylist()], pa.large_string())
    return pc.replace_with_mask(array, which, anew.take(encoded.indices))


@cache
def _months() -> dict[str, int]:
    """The numbers of months by their names, without those that name two."""
    found: dict[str, set[int]] = {}
    text = files("inchorus.read").joinpath("months.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            for number, names in enumerate(line.partition(": ")[2].split()):
                for name in names.split("|"):
                    found.setdefault(_bare(name), set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


@cache
def _named() -> str:
    """What matches a day or a year beside a month that is not written in English."""
    english = {name.lower() for name in _ENGLISH} | {"april", "august", "september", "november", "december", "sept"}
    # accents may be there or not: what is told by the rest of the letters is enough to look closer
    names = sorted(set(_months()) - english, key=lambda name: (-len(name), name))
    loose = ("".join(_LOOSE.get(c, re.escape(c)) for c in name) for name in names)
    return rf"(?i)\d\.?(?:º|°|er|-?го)? +(?:de |di |del |d')?(?:{'|'.join(loose)})\.?(?:[ ,]|$)"


_LOOSE = {
    "a": "[aáàâäãăąå]", "e": "[eéèêëęě]", "i": "[iíìîïıİ]", "o": "[oóòôöõő]", "u": "[uúùûüűů]", "c": "[cçčć]",
    "s": "[sşšśș]", "z": "[zžźż]", "r": "[rř]", "n": "[nñńň]", "g": "[gğ]", "y": "[yý]", "и": "[ий]", "ا": "[اأإآ]",
    "ι": "[ιίϊΐ]", "ο": "[οό]", "α": "[αά]", "υ": "[υύϋ]", "ε": "[εέ]", "ω": "[ωώ]", "η": "[ηή]",
}  # fmt: skip


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("İ", "i").casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("ł", "l")


def _anew(value: str) -> str:
    if match := _WRAPPED.fullmatch(value):
        return match["ms"] or match["said"]
    try:
        if match := _WEEK.fullmatch(value):
            return date.fromisocalendar(int(match[1]), int(match[2]), int(match[3])).isoformat()
        if (match := _DAY_OF_YEAR.fullmatch(value)) and 1 <= int(match[2]) <= 365 + (
            date(int(match[1]), 12, 31).timetuple().tm_yday == 366
        ):
            return date.fromordinal(date(int(match[1]), 1, 1).toordinal() + int(match[2]) - 1).isoformat()
    except ValueError:
        return value
    said = _AT.sub(" ", " ".join(value.split()))
    for form, day, month, year in ((_DAY_FIRST, 1, 2, 3), (_YEAR_FIRST, 3, 2, 1)):
        match = form.match(said)
        number = _months().get(_bare(match[month])) if match else None
        if match and number is not None:
            return f"{match[day]} {_ENGLISH[number]} {match[year]}{_AT.sub(' ', '0' + said[match.end() :])[1:]}".strip()
    return said
