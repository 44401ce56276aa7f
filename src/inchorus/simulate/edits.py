"""Word-level edits of a planted line, kept as a script against the original so that a chain cannot drift.

A script maps a word's position to what it has become: other words, nothing, or itself and one more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

RATES = {"verbatim": 0.0, "light": 0.10, "heavy": 0.25}
CUT_SHARE = 0.35
KEPT_BY_CUT = 0.7

Script = dict[int, str]
Draw = Callable[[], float]

# Words that can go, and words that an adverb can follow, without the sentence falling apart or saying something else;
# and words that another beside them, or their loss, would make say something else.
DROPPED = frozenset(["a", "an", "her", "his", "now", "our", "same", "still", "that", "the", "their", "very"])
LED = frozenset(["and", "but", "has", "have", "is", "must", "should", "that", "they", "we", "who", "will", "yet"])
TURNING = frozenset(["not", "only"])
ADVERBS = ["certainly", "clearly", "finally", "frankly", "honestly", "openly", "plainly", "surely", "truly"]


class Editor:
    """Edits lines: `table` gives each lower-case word the words or phrases that may stand for it."""

    def __init__(self, table: Mapping[str, list[str]]) -> None:
        self.table = table

    def script(self, words: list[str], count: int, start: Script, draw: Draw, limit: int) -> Script:
        """`start` with `count` more edits, at most `limit` in all: beyond that an edited place is edited anew."""
        script = dict(start)
        able = [i for i, word in enumerate(words) if _core(word).lower() in self.table]
        for _ in range(count):
            places = list(script)
            if len(script) < limit:
                free = [i for i in range(len(words) - 1) if i not in script and words[i].lower() not in TURNING]
                places = [i for i in able if i not in script] or free
            if not places:
                break
            at = places[int(draw() * len(places))]
            script[at] = self._edit(words[at], draw)
        return script

    def _edit(self, word: str, draw: Draw) -> str:
        core = _core(word)
        tail = word[len(core) :]
        kind = draw()
        if kind < 0.45 and core in DROPPED and not tail:
            return ""
        others = self.table.get(core.lower())
        if not others or (kind < 0.5 and core in LED and not tail):
            return f"{core} {_pick(ADVERBS, draw)}{tail}"
        other = _pick(others, draw)
        return (other[0].upper() + other[1:] if core[:1].isupper() else other) + tail


def synonyms(rows: str) -> dict[str, list[str]]:
    r"""A table for the editor: rows of `word:other,other`, of words that say the same in a line.

    What a rule of the grammar has as alternatives says something else: another subject, another thing.

    >>> synonyms("must:should,has to\nstop:quit")["must"]
    ['should', 'has to']
    """
    split = (row.partition(":") for row in rows.splitlines())
    return {word: others.split(",") for word, _, others in split if others}


def apply(words: list[str], script: Script, keep: tuple[int, int] | None = None) -> str:
    """The edited line; with `keep`, only the words of that range of positions.

    >>> apply(["We", "can", "wait."], {1: "must", 0: ""})
    'Must wait.'
    """
    low, high = keep or (0, len(words))
    out = " ".join(w for i in range(low, high) if (w := script.get(i, words[i])))
    out = out.rstrip(",;:")
    if out[-1] not in ".?!":
        out += "."
    return out[0].upper() + out[1:]


def clause(words: list[str], draw: Draw) -> tuple[int, int] | None:
    """Which words stay when one clause is cut: at least 70 % of them; None where no clause can go."""
    stops = [i + 1 for i, w in enumerate(words[:-1]) if w[-1] in ",;:"]
    stops += [i for i, w in enumerate(words) if w in ("and", "while", "until", "when", "before", "yet")]
    ranges = [(0, s) for s in stops if s >= KEPT_BY_CUT * len(words)]
    ranges += [(s, len(words)) for s in stops if len(words) - s >= KEPT_BY_CUT * len(words)]
    return ranges[int(draw() * len(ranges))] if ranges else None


def _core(word: str) -> str:
    return word.rstrip(".,:;!?")


def _pick(options: list[str], draw: Draw) -> str:
    return options[int(draw() * len(options))]
