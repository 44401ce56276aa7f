"""A corpus in which everything that a document can bring is an attack: texts, sources, titles, addresses, ids.

It has what every page and file can show: talking points with variants, firsts, ties, groups, declared attributes.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from inchorus.api import Study, find

# What must never reach a reader unescaped. MARK stands in all scripts, so that a test can look for one that ran.
MARK = "inchorus_hostile"
SCRIPT = f"<script>window.{MARK}=1</script>"
IMAGE = f'"><img src=x onerror="window.{MARK}=2">'
QUOTED = f"' onmouseover='window.{MARK}=3' x='"
CLOSING = f"</script></style></textarea></title><svg/onload=window.{MARK}=4>"
JSON_END = f'\\u003c/script>\\"}}]}};window.{MARK}=5;//<!--'
TEMPLATE = "{{7*7}}${7*7}<%= 7*7 %>{% raw %}"
FORMULA = "=cmd|' /C calc'!A0"
TERMINAL = "\x1b[31m\x1b]0;owned\x07\x1b[2J\x9b1m\x08\r"
BIDI = "\u202edetrevni\u202c\u2066isolated\u200f\u061c"
NUL = "nul\x00nul"
CDATA = "]]><![CDATA[<a/>]]>"
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;&amp;&#0;'
SQL = "'; DROP TABLE documents; --\""
NONCHARACTERS = "\ufffe\uffff\ufdd0\U0001ffff\u2028\u2029\ufeff\u0085"
MARKUP = "[bold red]no markup[/] :warning: [link=https://evil.example]here[/link]"
ATTACKS = (
    SCRIPT, IMAGE, QUOTED, CLOSING, JSON_END, TEMPLATE, FORMULA, TERMINAL, BIDI, NUL, CDATA, ENTITY, SQL, NONCHARACTERS,
    MARKUP,
)  # fmt: skip

# Two groups of sources that share wording of their own.
GROUPS = (
    (f"{SCRIPT} Herald", f"{FORMULA}", f"Post {TERMINAL}", f"{IMAGE} Times"),
    (f"{BIDI} Gazette", f"{CDATA}{ENTITY}", f"{SQL} {NUL}", "@SUM(1+1)*cmd|' /C calc'!A0"),
)
OTHERS = (
    "+1+1", "-2+3", "\t=1+1", "\r=1+1", "../../etc/passwd", "a/b?c=d&e#f%2e%2e%2f", CLOSING, JSON_END, TEMPLATE,
    NONCHARACTERS, MARKUP, QUOTED, "L" + "o" * 2000 + "ng", "null", "0", "__proto__", "constructor", "Ordinary Courier",
    "جريدة الوادي", "山谷日报",
)  # fmt: skip
ADDRESSES = (
    f"javascript:window.{MARK}=6", f" JaVaScRiPt:window.{MARK}=7", f"java\nscript:window.{MARK}=8",
    f"\x01javascript:window.{MARK}=9", f"data:text/html,{SCRIPT}", f"vbscript:window.{MARK}=10",
    "//evil.example/", "/\\evil.example/", "file:///etc/passwd", f'https://example.org/"{QUOTED}', "=HYPERLINK(\"https://evil.example\")",
    "https://user:secret@example.org/", "https://example.org/a b?c=<d>&e", "", None, "https://example.org/",
)  # fmt: skip
# Further columns: declared of a source where they do not change within it, and with names that are attacks too.
PARTY, WIDTH = f"{SCRIPT}party", "=width"
LINES = 9
START = datetime(2024, 1, 1, 8)
DAYS = 182
COMMON = 30
_SYLLABLES = [c + v + e for c in "bdfgklmnprstv" for v in "aeiou" for e in ("", "n", "r", "s", "l")]


def documents(background: int = 25, seed: int = 0) -> list[dict[str, Any]]:
    """The corpus, about 800 documents: `background` ordinary ones a source, and those that carry the lines.

    Each group has LINES wordings of its own, used by every member within two days, some edited;
    others are used by sources of all kinds, as chance has it: what a group shares is told from that. The same
    arguments give the same documents.
    """
    chance = random.Random(seed)
    sources = [name for group in GROUPS for name in group] + list(OTHERS)
    rows = [_document(chance, source, _prose(chance, 60)) for source in sources for _ in range(background)]
    for group in GROUPS:
        for k in range(LINES):
            rows += _uses(chance, k, _line(chance, k), group)
    for k in range(LINES, LINES + COMMON):
        rows += _uses(chance, k, _line(chance, k), chance.sample(sources, 5))
    rows.append(_document(chance, OTHERS[0], "w" * 100_000 + " " + _prose(chance, 20), title="t" * 100_000))
    for i, row in enumerate(rows):
        row["id"] = _id(i)
    return rows


def _uses(chance: random.Random, k: int, line: str, users: Any) -> list[dict[str, Any]]:
    day = chance.randrange(DAYS - 20)
    rows = []
    for i, source in enumerate(chance.sample(list(users), len(users))):
        words = line.split(" ")
        if i and k % 3 == 0:  # an edit: a variant
            words[-3] = ATTACKS[(k + i) % len(ATTACKS)] + _word(chance)
        text = f"{_prose(chance, 25)} {ATTACKS[(k + i) % len(ATTACKS)]}. {' '.join(words)}. {_prose(chance, 20)}"
        rows.append(_document(chance, source, text, day + i // 2))
    return rows


def _line(chance: random.Random, k: int) -> str:
    """Wording of 16 words or more, with an attack in its middle."""
    return f"{_sentence(chance, 8)} {ATTACKS[k % len(ATTACKS)]} {_sentence(chance, 8)}"


def _document(
    chance: random.Random, source: str, text: str, day: int | None = None, title: str | None = None
) -> dict[str, Any]:
    time = START + timedelta(days=chance.randrange(DAYS) if day is None else day, minutes=chance.randrange(600))
    return {
        "source": source,
        "time": time.isoformat(),
        "title": chance.choice(ATTACKS) if title is None else title,
        "text": text,
        "url": chance.choice(ADDRESSES),
        "language": chance.choices(("en", SCRIPT, None), (8, 1, 1))[0],
        PARTY: ATTACKS[len(source) % len(ATTACKS)],
        WIDTH: len(source),
        "tags": [chance.choice(ATTACKS), "plain"],
    }


def _id(i: int) -> str:
    shapes = (
        "../{}",
        "=1+{}",
        "<b>{}</b>",
        "{}\x1b[31m",
        "{}/?a=b&c#d",
        "\"{}'",
        "d {}",
        "%00{}",
        "\u202e{}",
        "{}\x00",
        "{}",
    )
    return shapes[i % len(shapes)].format(i)


def _prose(chance: random.Random, words: int) -> str:
    return " ".join(_sentence(chance, 10).capitalize() + "." for _ in range(words // 10 + 1))


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(_word(chance) for _ in range(words))


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3)))


def study(out: Path) -> Study:
    """The study of these documents at `out`, with its ties and groups."""
    return find(documents(), out=out)
