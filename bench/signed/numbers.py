"""Numbers as people write them: the same value in several notations, by language."""

from __future__ import annotations

from collections.abc import Callable

Draw = Callable[[], float]

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def notations(kind: str, language: str, draw: Draw) -> tuple[str, ...]:
    """A value of a kind (money, percent, count or year) in every notation that the language has for it.

    Raises KeyError where the language is none of en, de, ru and ar.

    >>> notations("money", "en", lambda: 0.0)
    ('$15 million', '$15,000,000', '15 million dollars')
    """
    if kind == "year":
        return (str(1961 + int(draw() * 60)),)
    if kind == "percent":
        whole, tenth = 11 + int(draw() * 80), 1 + int(draw() * 9)
        return _PERCENT[language](whole, tenth)
    if kind == "money":
        # Multiples of five take the same form of the noun in Russian, and numbers from eleven in Arabic.
        return _MONEY[language](15 + 5 * int(draw() * 17))
    thousands, rest = 11 + int(draw() * 80), 101 + int(draw() * 890)
    plain = f"{thousands}{rest}"
    marked = f"{thousands}{_MARK[language]}{rest}"
    if language == "ar":
        return marked, plain, plain.translate(ARABIC), plain.translate(PERSIAN)
    return marked, plain


_MARK = {"en": ",", "de": ".", "ru": " ", "ar": ","}


def _arabic(number: str, noun: str) -> tuple[str, ...]:
    return f"{number} {noun}", f"{number.translate(ARABIC)} {noun}", f"{number.translate(PERSIAN)} {noun}"


_PERCENT: dict[str, Callable[[int, int], tuple[str, ...]]] = {
    "en": lambda a, b: (f"{a}.{b} percent", f"{a}.{b}%", f"{a}.{b} per cent", f"{a} {b} percent"),
    "de": lambda a, b: (f"{a},{b} Prozent", f"{a},{b}%", f"{a},{b} %", f"{a}.{b} Prozent"),
    "ru": lambda a, b: (f"{a},{b} процента", f"{a},{b}%", f"{a}.{b} процента", f"{a},{b} %"),
    "ar": lambda a, b: (
        f"{a}.{b} في المئة",
        f"{a}.{b}%",
        f"{a}٫{b} في المئة".translate(ARABIC),
        f"{a}٫{b} في المئة".translate(PERSIAN),
    ),
}
_MONEY: dict[str, Callable[[int], tuple[str, ...]]] = {
    "en": lambda n: (f"${n} million", f"${n},000,000", f"{n} million dollars"),
    "de": lambda n: (f"{n} Millionen Euro", f"{n}.000.000 Euro", f"{n} Mio. Euro"),
    "ru": lambda n: (f"{n} миллионов рублей", f"{n} млн рублей", f"{n} 000 000 рублей"),
    "ar": lambda n: (*_arabic(str(n), "مليون دولار"), f"{n},000,000 دولار"),
}
