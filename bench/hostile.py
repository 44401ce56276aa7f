"""Inputs that are made to cost the square of their size, each with the command that they are made for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

Texts = tuple[list[str], int]  # of the documents, and how many sources take turns


class Hostile(NamedTuple):
    """An input: `make` gives it for an n of at most `full`, which is counted in `unit`.

    It is a table, or the text of a CSV file. `find` takes `options`; where there is a command for `then`, after it,
    that is what counts: `STUDY` and `FILE` in it stand for the study, and for a file to be written.
    """

    make: Callable[[int], pa.Table | str]
    full: int
    unit: str
    options: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


def _words(n: int, kinds: int, seed: int = 1) -> list[str]:
    """Words of a made vocabulary, each as likely as any other."""
    return [f"w{k:x}" for k in np.random.default_rng(seed).integers(0, kinds, n).tolist()]


def _edited(words: list[str], every: int) -> list[str]:
    return [f"edit{i}" if i % every == every - 1 else word for i, word in enumerate(words)]


def one_word(n: int) -> Texts:
    """Two documents of one word, again and again; `n` words together."""
    return ["again " * (n // 2)] * 2, 2


def period_of_two(n: int) -> Texts:
    """Two documents of two words in turn, one with an edit in its middle; `n` words together."""
    half = "to and " * (n // 8)
    return [half * 2, f"{half} fro {half}"], 2


def long_document(n: int) -> Texts:
    """One document of `n` words, of which another source has a tenth."""
    words = _words(n, 50_000)
    return [" ".join(words), " ".join(words[: n // 10])], 2


def next_version(n: int) -> Texts:
    """A text of `n` words, and the same with each thousandth word edited."""
    words = _words(n, 50_000)
    return [" ".join(words), " ".join(_edited(words, 1000))], 2


def repeated_passage(n: int) -> Texts:
    """One passage, `n` times in one document and once in another."""
    passage = " ".join(_words(20, 5000))
    return [". ".join(f"{passage} own{i}" for i in range(n)), passage], 2


def equal_posts(n: int) -> Texts:
    """Posts that are all the same."""
    return [" ".join(_words(12, 5000))] * n, 1000


def equal_beginnings(n: int) -> Texts:
    """Posts that begin alike and end in words of their own."""
    beginning, own = " ".join(_words(8, 5000)), _words(8 * n, 100_000, 2)
    return [f"{beginning} {' '.join(own[8 * i : 8 * i + 8])}" for i in range(n)], 1000


def one_gram(n: int) -> Texts:
    """Documents with nothing in common but six words in their middle."""
    common, own = " ".join(_words(6, 5000)), _words(30 * n, 200_000, 2)
    starts = range(0, 30 * n, 30)
    return [f"{' '.join(own[k : k + 15])} {common} {' '.join(own[k + 15 : k + 30])}" for k in starts], 1000


def many_sources(n: int) -> Texts:
    """A source a document, each with one of a hundred sentences."""
    said = _words(1200, 5000)
    return [" ".join(said[12 * (i % 100) : 12 * (i % 100) + 12]) for i in range(n)], n


def own_links(n: int) -> Texts:
    """Posts of eight words, each followed by a link of its own."""
    own = _words(8 * n, 30_000)
    return [f"{' '.join(own[8 * i : 8 * i + 8])} https://example.org/{i * 7919:010x}" for i in range(n)], 997


def other_order(n: int) -> Texts:
    """Two documents of `n` sentences together: three of ten are those of the other, in another order."""
    own = _words(12 * n, 30_000)
    a = [f"The {' '.join(own[12 * i : 12 * i + 12])}." for i in range(n // 2)]
    b = [f"The {' '.join(own[12 * i : 12 * i + 12])}." for i in range(n // 2, n)]
    chance = np.random.default_rng(2)
    for i in np.flatnonzero(chance.random(n // 2) < 0.3):
        b[i] = a[i]
    return [" ".join(a), " ".join(b[i] for i in chance.permutation(n // 2))], 2


def on_a_chain(n: int) -> Texts:
    """Copies of a text of `n` words that differ in each fiftieth, and `n / 50` documents that have its last words."""
    own = _words(n, 30_000)
    copies = [" ".join(_edited(own, every)) for every in (50, 70)]
    return [" ".join(own), *copies, *(" ".join(own[-20:]) for _ in range(n // 50))], 997


def same_line(n: int) -> Texts:
    """Posts of words of their own, with one line that all have."""
    line, own = " ".join(_words(10, 5000)), _words(6 * n, 100_000, 2)
    return [f"{' '.join(own[6 * i : 6 * i + 6])} {line}" for i in range(n)], 1000


def a_seed_at_a_time(n: int) -> Texts:
    """Two documents of `n` sentences together, some of them alike: each that a gap parts off makes a gap in the other.

    Of seed k the place is k + 1 or k - 1 in either document, the one where k is odd, the other where it is even.
    """
    k = np.arange(1, n // 6 + 1)
    places = 3 * (k - 1 + 2 * (k % 2)), np.where(k == 1, 0, 3 * (k + 1 - 2 * (k % 2)) + 30)
    alike, texts = _words(12 * len(k), 30_000), []
    for side, place in enumerate(places):
        own = _words(12 * (int(place.max()) + 1), 30_000, 3 + side)
        said = [f"The {' '.join(own[12 * i : 12 * i + 12])}." for i in range(int(place.max()) + 1)]
        for i, at in enumerate(place.tolist()):
            said[at] = f"The {' '.join(alike[12 * i : 12 * i + 12])}."
        texts.append(" ".join(said))
    return texts, 2


def overlapping_cuts(n: int) -> Texts:
    """Cuts of one text, `n` words together, each a word on from the last: any two share a wording of their own."""
    width = int(n**0.5)
    own = _words(2 * width, 5000)
    return [" ".join(own[i : i + width]) for i in range(width)], width


def shared_runs(n: int) -> Texts:
    """Two documents that have `n` runs of ten words in common, in another order, with words of their own between."""
    runs = _words(10 * n, 50_000)
    texts = []
    for side in range(2):
        own = _words(10 * n, 5000, 2 + side)
        order = np.random.default_rng(side).permutation(n).tolist()
        said = (w for k, i in enumerate(order) for w in runs[10 * i : 10 * i + 10] + own[10 * k : 10 * k + 10])
        texts.append(" ".join(said))
    return texts, 2


def ten_runs(n: int) -> Texts:
    """Documents that all have the same ten runs of ten words, each in an order of its own."""
    runs, own, chance = _words(100, 50_000), _words(50 * n, 200_000, 2), np.random.default_rng(3)
    texts = []
    for d in range(n):
        said = []
        for k, i in enumerate(chance.permutation(10).tolist()):
            said += runs[10 * i : 10 * i + 10] + own[50 * d + 5 * k : 50 * d + 5 * k + 5]
        texts.append(" ".join(said))
    return texts, 1000


def one_sentence(n: int) -> Texts:
    """One sentence of twelve words, again and again: `n` words of one document, three and one times of two others."""
    sentence = " ".join(_words(12, 5000)) + ". "
    return [sentence * (n // 12), sentence * 3, sentence], 3


def table(texts: Texts) -> pa.Table:
    """Documents whose sources take turns and whose times rise by a second."""
    said, sources = texts
    n = len(said)
    return pa.table(
        {
            "id": [f"d{i}" for i in range(n)],
            "source": [f"s{i % sources}" for i in range(n)],
            "time": pa.array(np.arange(n) * 1_000_000 + 1_700_000_000_000_000, pa.timestamp("us", tz="UTC")),
            "text": pa.array(said, pa.large_string()),
        }
    )


def tied_sources(n: int) -> pa.Table:
    """Groups of four sources that say forty lines together, one a week; `n` ties of them."""
    said, texts, sources, times = _words(12 * 40 * (n // 6), 50_000), [], [], []
    for group in range(n // 6):
        for week in range(40):
            line = " ".join(said[12 * (40 * group + week) :][:12])
            for member in range(4):
                texts.append(f"{line} own{group}x{week}x{member}")
                sources.append(f"g{group}m{member}")
                times.append(1_700_000_000 + week * 604_800 + group % 100 * 3600 + member)
    when = pa.array(np.array(times) * 1_000_000, pa.timestamp("us", tz="UTC"))
    return table((texts, 1)).set_column(1, "source", pa.array(sources)).set_column(2, "time", when)


def addresses_in_one_cell(n: int) -> pa.Table:
    """A cell of `n` addresses with commas between them, the first of which could have all others in its query."""
    cells = ["https://a.example/?u=" + ",".join(f"https://b{i}.example" for i in range(n)), *["https://b.example"] * 2]
    cells[1:] = [f"https://c.example,https://d{i}.example" for i in range(2)]
    return table((["one two three"] * 3, 3)).append_column("links", pa.array(cells, pa.large_string()))


def one_object(n: int) -> pa.Table:
    """Posts that all have one hashtag, a second apart, and one of twenty others."""
    tags = pa.array([f"#all #{i // 20}" for i in range(n)])
    return table((["one two three"] * n, max(2, n // 10))).append_column("tags", tags)


def wide_row(n: int) -> str:
    """CSV with a field of `n` words, a line each."""
    return 'source,text\na,"' + "word\n" * n + '"\nb,two\n'


def many_columns(n: int) -> str:
    """CSV with `n` columns and two rows."""
    names = ",".join(f"c{i}" for i in range(n))
    return f"source,text,{names}\n" + "".join(f"{s},two{',1' * n}\n" for s in "ab")


def open_quotes(n: int) -> str:
    """CSV in which `n` quotation marks are not closed."""
    return "source,text\n" + 'a,"one\nb,two three\nc,four\n' * n


def empty_texts(n: int) -> str:
    """CSV with `n` rows without a text."""
    line = " ".join(_words(12, 5000))
    return f"source,text\na,{line}\nb,{line}\n" + "c,\n" * n


def _of(make: Callable[[int], Texts]) -> Callable[[int], pa.Table]:
    return lambda n: table(make(n))


_ARTICLES, _POSTS, _EDITED = (("--preset", preset) for preset in ("articles", "posts", "edited"))
_TAGS = (*_POSTS, "--objects", "tags", "--window", "86400")
INPUTS: dict[str, Hostile] = {
    "one word": Hostile(_of(one_word), 20_000_000, "words", _ARTICLES),
    "period of two": Hostile(_of(period_of_two), 20_000_000, "words", _ARTICLES),
    "one document of 50 MB": Hostile(_of(long_document), 10_000_000, "words", _ARTICLES),
    "a bill and its next version": Hostile(_of(next_version), 2_400_000, "words", _ARTICLES),
    "one passage again and again": Hostile(_of(repeated_passage), 200_000, "times", _ARTICLES),
    "equal posts": Hostile(_of(equal_posts), 1_000_000, "posts", _POSTS),
    "posts of equal beginning": Hostile(_of(equal_beginnings), 1_000_000, "posts", _POSTS),
    "one n-gram in all documents": Hostile(_of(one_gram), 200_000, "documents", _ARTICLES),
    "sources": Hostile(_of(many_sources), 200_000, "sources", _POSTS),
    "links of their own": Hostile(_of(own_links), 1_000_000, "posts", _POSTS),
    "sentences in another order": Hostile(_of(other_order), 200_000, "sentences", _EDITED),
    "sentences that part one another": Hostile(_of(a_seed_at_a_time), 200_000, "sentences", _EDITED),
    "the end of a long text": Hostile(_of(on_a_chain), 1_000_000, "words", _ARTICLES),
    "cuts that overlap": Hostile(_of(overlapping_cuts), 1_000_000, "words", _ARTICLES),
    "runs that two share": Hostile(_of(shared_runs), 40_000, "runs", _ARTICLES),
    "ten runs in all documents": Hostile(_of(ten_runs), 40_000, "documents", _ARTICLES),
    "one sentence again and again": Hostile(_of(one_sentence), 8_000_000, "words", _ARTICLES),
    "one line in all posts, exported": Hostile(
        _of(same_line), 400_000, "posts", _POSTS, ("export", "STUDY", "--format", "annotations", "FILE.jsonl")
    ),
    "one line in all posts, reported": Hostile(
        _of(same_line), 400_000, "posts", _POSTS, ("report", "STUDY", "FILE.html")
    ),
    "one line in all posts, tied": Hostile(_of(same_line), 400_000, "posts", _POSTS, ("ties", "STUDY")),
    "all ties": Hostile(tied_sources, 3000, "ties", _POSTS, ("ties", "STUDY", "--limit", "0")),
    "one hashtag": Hostile(one_object, 400_000, "posts", _TAGS),
    "addresses in one cell": Hostile(addresses_in_one_cell, 200_000, "addresses", ("--objects", "links")),
    "a CSV row of 50 MB": Hostile(wide_row, 10_000_000, "words"),
    "columns": Hostile(many_columns, 40_000, "columns"),
    "open quotation marks": Hostile(open_quotes, 500_000, "marks", ("--bad-rows", "skip")),
    "empty texts": Hostile(empty_texts, 2_000_000, "rows"),
}


def write(made: pa.Table | str, folder: Path) -> Path:
    """Write an input to `folder`, as Parquet or CSV."""
    if isinstance(made, str):
        path = folder / "made.csv"
        path.write_text(made, encoding="ascii")
    else:
        path = folder / "made.parquet"
        pq.write_table(made, path)
    return path
