"""Encodings that bytes are in: by a mark, by their zeros, by their script."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # its mark begins as that of UTF-16 does
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_WIDE_SAMPLE = 1 << 12  # bytes
# of the characters of a table or a text in any language, those that are ASCII: delimiters, digits, spaces, line ends
_LEAST_ASCII = 0.02
_LEAST_IN_COMPANY = 0.6
_SINGLE_BYTE = re.compile(r"(cp(125\d|437|8\d\d|100\d\d)|iso8859.*|koi8.*|mac.*|latin.*|hp.*|ptcp154|tis.620)", re.I)
_ESCAPED = re.compile("[\udc80-\udcff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u4e00-\u9fff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_GREEK = re.compile("[\u0370-\u03ff]")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_COMMON_HAN = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着下自之年"
)
# Of one byte each, with Latin letters: Windows and ISO of the west, of central Europe, Turkish; old Macintosh and DOS.
_LATIN = ("cp1252", "cp1250", "cp1254", "mac_roman", "cp850")
_TURKISH, _IN_ITS_PLACE = frozenset("ğışĞİŞ"), frozenset("ðýþÐÝÞ")
_ICELANDIC = frozenset("áíóúæÁÍÓÚÆ")
_IN_WORDS = frozenset("’‘'´`·-–—_@/")
_SCRIPTS = (
    ("shift_jis", _KANA, 0.2),
    ("euc_jp", _KANA, 0.2),
    ("euc_kr", _HANGUL, 0.7),
    ("gb18030", _HAN, 0.6),
    ("big5", _HAN, 0.6),
    ("cp1251", _CYRILLIC, 0.8),
    ("koi8_r", _CYRILLIC, 0.8),
    ("cp866", _CYRILLIC, 0.8),
    ("cp1253", _GREEK, 0.8),
    ("cp1255", _HEBREW, 0.99),
    ("cp1256", _ARABIC, 0.8),
)


def marked(head: bytes) -> str | None:
    """The encoding that a byte order mark names.

    >>> marked("id".encode("utf-32")), marked(b"id")
    ('utf-32', None)
    """
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def wide(head: bytes) -> str | None:
    """The form of UTF-16 or UTF-32 that bytes without a mark are in; None where they are in neither.

    >>> wide("source,text".encode("utf-16-le")), wide(b"source,text")
    ('utf-16-le', None)
    """
    head = head[:_WIDE_SAMPLE]
    head = head[: len(head) // 4 * 4]
    if b"\0" not in head:
        return None
    for name in _WIDE:
        text = codecs.getincrementaldecoder(name)("replace").decode(head)
        if not text or "\0" in text or "\ufffd" in text:
            continue
        plain = sum(c.isascii() and (c.isprintable() or c in "\t\r\n") for c in text)
        # Latin bytes taken for UTF-16 make Han characters, and with swapped bytes hardly any ASCII
        if plain >= max(1, _LEAST_ASCII * len(text)) and text[0].isascii():
            return name
    return None


def certain(head: bytes, encoding: str) -> str | None:
    """The encoding that these first bytes of a file are in beyond doubt, where it is another than `encoding`.

    >>> certain("é,text".encode(), "cp1252"), certain("é,text".encode("cp1252"), "cp1252")
    ('utf-8', None)
    """
    name = codecs.lookup(encoding).name
    found = marked(head)
    if found is not None:
        same = name.startswith(found) or (name == "utf-8-sig" and found == "utf-8")
        return None if same else found
    if b"\x1b$B" in head and b"\x1b(" in head and not name.startswith("iso2022"):
        # nothing else switches to and fro between two tables of characters
        return "iso2022_jp"
    found = wide(head)
    if found is not None:
        # utf-16 and utf-32 by themselves say nothing of the order of the bytes: that is what the mark is for
        return None if name == found else found
    if name.startswith(("utf-16", "utf-32")) or _SINGLE_BYTE.fullmatch(name):
        valid, wrong = _utf8(head)
        # no table of bytes in any of these gives UTF-8 by accident
        if not wrong and (valid or not _SINGLE_BYTE.fullmatch(name)):
            return "utf-8"
    return None


def mixed(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 are so in places only: others are UTF-8 of more than one byte."""
    valid, wrong = _utf8(data)
    return valid > 1 and valid * 2 >= wrong


def likely(data: bytes) -> str:
    """The encoding that bytes may be in which are not UTF-8; cp1252 where nothing speaks for another.

    >>> likely("Привет, мир".encode("cp1251")), likely("Straße, déjà".encode("latin-1"))
    ('cp1251', 'cp1252')
    >>> likely("naïve cafés".encode("mac_roman")), likely("Łódź, most i źródło".encode("cp1250"))
    ('mac_roman', 'cp1250')
    """
    best, most = _latin(data), 0.0
    if _in_company(data) < _LEAST_IN_COMPANY:
        return best
    for name, script, least in _SCRIPTS:
        text = _decodes(data, name)
        if text is None:
            continue
        others = [c for c in text if not c.isascii()]
        share = sum(bool(script.match(c)) for c in others) / max(len(others), 1)
        score = share + _habit(text, script)
        if share >= least and score > most:
            best, most = name, score
    return best


def _latin(data: bytes) -> str:
    """The encoding of Latin letters in which the fewest characters are out of place; the first of equals."""
    texts = {name: text for name in _LATIN if (text := _decodes(data, name)) is not None}
    return min(texts, key=lambda name: _out_of_place(texts[name]), default="latin-1")


def _out_of_place(text: str) -> int:
    """How many characters stand where none of their kind does: signs and capitals after small letters, in a word."""
    wrong = 0
    for before, c, after in zip(text, text[1:], text[2:], strict=False):
        if (before.isascii() and c.isascii()) or not before.isalpha():
            continue
        if c.isalpha():
            wrong += c.isupper() and before.islower()
        elif not c.isascii():
            wrong += after.isalpha() and c not in _IN_WORDS
    seen = set(text)
    icelandic, turkish = sum(text.count(c) for c in _IN_ITS_PLACE), sum(text.count(c) for c in _TURKISH)
    return wrong + (turkish if seen & _ICELANDIC else 0) + (0 if seen & _ICELANDIC else icelandic)


def _habit(text: str, script: re.Pattern[str]) -> float:
    """How much the characters are used as in that script, from -1 to 1."""
    letters = script.findall(text)
    if script is _HAN:
        return sum(c in _COMMON_HAN for c in letters) / max(len(letters), 1)
    if script in {_KANA, _HANGUL}:
        return 1.0
    if script is _HEBREW:
        return 0.6  # its letters are small ones of Cyrillic, which has others besides
    # small letters of one encoding are capitals of another
    capitals = sum(c.isupper() and a.isalpha() for a, c in pairwise(text))
    return 0.5 - 2 * capitals / max(len(letters), 1)


def _in_company(data: bytes) -> float:
    """The share of the bytes beyond ASCII that stand beside another: accented Latin letters mostly stand alone."""
    import numpy as np

    high = np.frombuffer(data, np.uint8) >= 0x80
    beside = np.zeros(len(high), np.bool_)
    beside[1:] |= high[:-1]
    beside[:-1] |= high[1:]
    return float((high & beside).sum() / max(int(high.sum()), 1))


def _decodes(data: bytes, name: str) -> str | None:
    try:
        # what is cut off at the end of a sample is no mistake
        return codecs.getincrementaldecoder(name)("strict").decode(data)
    except UnicodeDecodeError:
        return None


def _utf8(data: bytes) -> tuple[int, int]:
    """How many characters of more than one byte there are, and how many bytes that belong to none."""
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(data)
    wrong = len(_ESCAPED.findall(text))
    return sum(not c.isascii() for c in text) - wrong, wrong
