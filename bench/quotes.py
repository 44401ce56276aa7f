"""Quotations: which words are quoted, whose they are, and which were changed, against people's annotations.

    python -m bench.quotes           the half of each corpus that figures are reported on
    python -m bench.quotes --half 0  the half that rules were written on

`polnear_train` is English, `german_quotes_train` German. An article is of a half by a hash of its id.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from bench import quotes_planted, quotes_written
from bench.corpora import corpus
from bench.rows import Row
from bench.table import print_table
from inchorus.quote.document import quotations
from inchorus.quote.language import language
from inchorus.quote.quotation import Quotation

Span = tuple[int, int]
_MARKS = " \t\r\n\xa0\u200b\u202f\"“”„‟«»‹›'‘’‚`"
_IN_MARKS = re.compile(r"“[^“”\n]+[”\"“]?|\"[^\"\n]+[\"”]?|\'\'(?:(?!\'\')[^\n])+(?:\'\')?")
_TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
_WORD = re.compile(r"\w+")
REPORTED = 1  # the half that figures are of


class Told(NamedTuple):
    """What the annotations say of one article."""

    text: str
    direct: list[tuple[Span, list[Span]]]  # a stretch in marks, the mentions of its speaker
    content: list[Span]  # of all attributions


def half(article: str) -> int:
    """0 or 1, by a hash of the id."""
    return hashlib.sha256(article.encode()).digest()[0] % 2


def english(which: int) -> Iterator[Told]:
    """Articles of PolNeAR: what stands in double marks is quoted where most of it is content of an attribution."""
    of = _grouped("polnear_train/attributions.parquet")
    for article in _rows("polnear_train/articles.parquet"):
        if half(article["id"]) != which:
            continue
        text = article["text"]
        untagged = _TAG.sub(lambda tag: " " * len(tag.group()), text)
        content = [(begin, end, a["source"]) for a in of[article["id"]] for begin, end in a["content"]]
        direct: list[tuple[Span, list[Span]]] = []
        for found in _IN_MARKS.finditer(untagged):
            begin, end = trimmed(text, found.start(), found.end())
            over = [(min(b, end) - max(a, begin), who) for a, b, who in content if a < end and begin < b]
            if begin < end and 2 * max((n for n, _ in over), default=0) >= end - begin:
                direct.append(((begin, end), [tuple(span) for _, who in over for span in who]))
        yield Told(text, direct, [(begin, end) for begin, end, _ in content])


def german(which: int) -> Iterator[Told]:
    """Articles of German Wikinews: what is of type Direct is quoted; all types are attributions."""
    of = _grouped("german_quotes_train/quotations.parquet")
    for article in _rows("german_quotes_train/articles.parquet"):
        if half(article["id"]) != which:
            continue
        text = article["text"]
        direct: dict[Span, list[Span]] = {}
        content = []
        for annotation in of[article["id"]]:
            content += [tuple(span) for span in annotation["quote"]]
            if annotation["type"] == "Direct":
                for begin, end in annotation["quote"]:
                    span = trimmed(text, begin, end)
                    direct.setdefault(span, []).extend(tuple(s) for s in annotation["speaker"])
        yield Told(text, list(direct.items()), content)


def trimmed(text: str, begin: int, end: int) -> Span:
    """The span without marks and spaces at its ends."""
    while begin < end and text[begin] in _MARKS:
        begin += 1
    while begin < end and text[end - 1] in _MARKS:
        end -= 1
    return begin, end


class Counted(NamedTuple):
    """What was found of one article: hits, found, told of spans; speakers right, told; tokens shared, found, told."""

    hits: int
    found: int
    told: int
    speakers: int
    with_speaker: int
    shared: int
    tokens: int
    told_tokens: int


def counted(told: Told, found: Iterable[Quotation]) -> Counted:
    """Compare the quotations of one article with its annotations."""
    direct: dict[Span, Quotation] = {}
    covered: set[int] = set()
    for quotation in found:
        for begin, end in quotation.spans:
            covered.update(_tokens(told.text, begin, end))
            if quotation.direct:
                direct[trimmed(told.text, begin, end)] = quotation
    gold = {span for span, _ in told.direct}
    with_speaker = [(span, mentions) for span, mentions in told.direct if mentions]
    speakers = sum(span in direct and _overlaps(direct[span].speaker, mentions) for span, mentions in with_speaker)
    wanted = {token for begin, end in told.content for token in _tokens(told.text, begin, end)}
    return Counted(
        len(gold & set(direct)), len(direct), len(gold), speakers, len(with_speaker),
        len(wanted & covered), len(covered), len(wanted),
    )  # fmt: skip


def _tokens(text: str, begin: int, end: int) -> list[int]:
    return [m.start() for m in _WORD.finditer(text, begin, end)]


def _overlaps(speaker: Span | None, mentions: list[Span]) -> bool:
    return speaker is not None and any(speaker[0] < end and begin < speaker[1] for begin, end in mentions)


def f1(hits: int, found: int, told: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * hits / max(1, found + told)


def _scored(name: str, articles: Callable[[int], Iterator[Told]], code: str, which: int) -> Iterator[Row]:
    of = language(code)
    total = [0] * len(Counted._fields)
    for told in articles(which):
        total = [a + b for a, b in zip(total, counted(told, quotations(told.text, of)), strict=True)]
    c = Counted(*total)
    yield Row("direct quotations, span F1", name, f1(c.hits, c.found, c.told))
    yield Row("direct quotations, precision", name, c.hits / max(1, c.found), floored=False)
    yield Row("direct quotations, recall", name, c.hits / max(1, c.told), floored=False)
    yield Row("speaker of a direct quotation overlaps", name, c.speakers / max(1, c.with_speaker))
    yield Row("all attributions, content token F1", name, f1(c.shared, c.tokens, c.told_tokens))
    yield Row("all attributions, precision", name, c.shared / max(1, c.tokens), floored=False)
    yield Row("all attributions, recall", name, c.shared / max(1, c.told_tokens), floored=False)


def measure(which: int = REPORTED) -> Iterator[Row]:
    """Every figure of quotations."""
    yield from _scored("polnear", english, "en", which)
    yield from _scored("german_quotes", german, "de", which)
    yield from quotes_written.measure(which)
    yield from quotes_planted.measure()


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(corpus(name)).to_pylist()
    return rows


def _grouped(name: str) -> defaultdict[str, list[dict[str, Any]]]:
    of = defaultdict(list)
    for row in _rows(name):
        of[row["id"]].append(row)
    return of


def main() -> int:
    """Print the figures of one half."""
    parser = argparse.ArgumentParser(prog="bench.quotes", description=__doc__)
    parser.add_argument("--half", type=int, choices=(0, 1), default=REPORTED)
    rows = measure(parser.parse_args().half)
    print_table(("measure", "corpus", "figure"), [(r.measure, r.corpus, f"{r.value:.4f}") for r in rows])
    return 0


if __name__ == "__main__":
    sys.exit(main())
