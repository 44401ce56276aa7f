"""Days as news databases write them, with the names of months in several languages."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from inchorus.read.zones import ZONES

# English, German, French, Spanish, Italian, Portuguese, Dutch, Russian; without accents, and short forms by their
# beginnings
_MONTHS = (
    "january januar janvier enero gennaio janeiro januari jan janner января",
    "february februar fevrier febrero febbraio fevereiro februari feb fev февраля",
    "march marz mars marzo marco maart mar mrt maerz марта",
    "april avril abril aprile apr abr avr апреля",
    "may mai mayo maggio maio mei мая",
    "june juni juin junio giugno junho jun июня",
    "july juli juillet julio luglio julho jul июля",
    "august aout agosto augustus aug ago августа",
    "september septembre septiembre settembre setembro sept sep сентября",
    "october oktober octobre octubre ottobre outubro oct okt ott out октября",
    "november novembre noviembre novembro nov ноября",
    "december dezember decembre diciembre dicembre dezembro dec dez dic декабря",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_SIGNS = re.compile(r"(?<!\d)(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NUMBERS = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::\d{2})?(?:\s*([AaPp])\.?[Mm]\.?)?(?:\s+([A-Z]{2,5}))?(?![\d:])")


def day_in(text: str) -> str | None:
    """The first day that stands in a text, in ISO 8601; None where there is none.

    >>> day_in("Wednesday, May 1, 2024"), day_in("1. März 2024"), day_in("4 oktober 2017 woensdag"), day_in("May 2024")
    ('2024-05-01', '2024-03-01', '2017-10-04', None)
    """
    for pattern, (d, m, y) in (
        (_MONTH_FIRST, (2, 1, 3)),
        (_DAY_FIRST, (1, 2, 3)),
        (_NUMBERS, (3, 2, 1)),
        (_SIGNS, (3, 2, 1)),
    ):
        for match in pattern.finditer(text):
            month = int(match[m]) if match[m].isdecimal() else _MONTH.get(_plain(match[m]))
            try:
                return date(int(match[y]), month or 0, int(match[d])).isoformat()
            except ValueError:
                continue
    return None


def time_said(text: str) -> str | None:
    """The day that stands in a text, with the time of the day where that has a zone that is known or none.

    >>> time_said("May 1, 2024 Wednesday 8:30 PM EST"), time_said("1 May 2024 8:30 BST")
    ('2024-05-01T20:30 EST', '2024-05-01')
    """
    day = day_in(text)
    match = _CLOCK.search(text)
    if day is None or match is None:
        return day
    hour, minute, half, zone = int(match[1]), int(match[2]), (match[3] or "").lower(), match[4]
    if zone is not None and zone not in ZONES:
        return day
    if half:
        if not 1 <= hour <= 12:
            return day
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return day
    return f"{day}T{hour:02}:{minute:02}" + (f" {zone}" if zone else "")


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
