"""The documents of a simulation, one by one from the seed and their index, and the truth about them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from inchorus.schema import TIME
from inchorus.simulate.article import GRAMMAR, beat, event, headline, report
from inchorus.simulate.background import Schedule
from inchorus.simulate.compose import Setting, Source, article_text, curly, make_source, post_text
from inchorus.simulate.dialect import FEWEST_CLASSES, MOST_CLASSES
from inchorus.simulate.grammar import Context, draws, sentence
from inchorus.simulate.options import Simulation, check
from inchorus.simulate.plan import DAY, Placement, Plan, Planner, make_plan
from inchorus.simulate.plan_with_background import settled
from inchorus.simulate.tongues import CODES, speak

START = int(datetime(2024, 3, 4, tzinfo=UTC).timestamp())
BATCH = 4096
SHARED_EVENTS = 0.3
REPORTS_PER_EVENT = 6

DOCUMENTS_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.string()),
        ("time", TIME),
        ("title", pa.string()),
        ("text", pa.large_string()),
    ]
)
TRUTH_SCHEMA = pa.schema(
    [
        ("line_id", pa.string()),
        ("kind", pa.string()),
        ("doc_id", pa.string()),
        ("source", pa.string()),
        ("time", TIME),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("text", pa.large_string()),
        ("is_first", pa.bool_()),
        ("group_id", pa.string()),
        ("wording", pa.large_string()),
        ("edits", pa.string()),
        ("copied_from", pa.string()),
    ]
)


@dataclass(frozen=True)
class World:
    """All that documents share: the sources and how active they are, the acts, the plan."""

    options: Simulation
    sources: list[Source]
    weights: list[float]
    acts: list[str] | None
    plan: Plan
    schedule: Schedule | None = None
    footers: tuple[str, ...] = ()

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return self.options.documents if self.schedule is None else len(self.schedule.source)

    @property
    def languages(self) -> bool:
        """Whether a document has a language."""
        return self.schedule is not None and any(self.schedule.language)


@dataclass(frozen=True)
class Document:
    """One document, and where its planted passages lie."""

    doc_id: str
    source: str
    second: int
    title: str
    text: str
    planted: list[tuple[Placement, int, int]]
    language: str = CODES[0]


def simulate(options: Simulation) -> Iterator[pa.RecordBatch]:
    """The documents, in batches of up to 4,096: columns id, source, time (UTC, whole seconds), title, text.

    Memory holds the plan (a few hundred bytes a planted passage) and one batch, whatever `documents` is.
    Raises UsageError where the options cannot be met.

    >>> batch = next(simulate(Simulation(documents=5, lines=0, groups=0, boilerplate=False)))
    >>> batch.num_rows, batch.schema.names
    (5, ['id', 'source', 'time', 'title', 'text'])
    """
    world = _world(options)
    for low in range(0, world.documents, BATCH):
        yield _batch(world, [_document(world, i) for i in range(low, min(low + BATCH, world.documents))])


def truth(options: Simulation) -> pa.Table:
    """One row a planted passage; `text` is the document's text from `start` to `end`, in code points.

    `kind` is line, group line, quotation, syndicated, standing text or slogan, in a background
    innocent line or group line;
    `wording` what it was before edits; `edits` the level (verbatim, light, heavy); `copied_from` the doc_id of the copy
    it was made from, null for firsts, quotations and agency texts. Raises UsageError as `simulate` does.

    >>> truth(Simulation(lines=0, groups=0, boilerplate=False)).num_rows
    0
    """
    world = _world(options)
    return _truth(_document(world, index) for index in sorted(world.plan.by_document))


def simulate_with_truth(options: Simulation) -> tuple[pa.Table, pa.Table]:
    """What `simulate` and `truth` give, every document made once, and all of them in memory.

    >>> documents, planted = simulate_with_truth(Simulation(documents=5, lines=0, groups=0, boilerplate=False))
    >>> documents.num_rows, planted.num_rows
    (5, 0)
    """
    world = _world(options)
    documents = [_document(world, i) for i in range(world.documents)]
    return pa.Table.from_batches([_batch(world, documents)]), _truth(documents)


def _batch(world: World, documents: Sequence[Document]) -> pa.RecordBatch:
    schema = DOCUMENTS_SCHEMA.append(pa.field("language", pa.string())) if world.languages else DOCUMENTS_SCHEMA
    columns = [
        [d.doc_id for d in documents],
        [d.source for d in documents],
        [d.second * 1_000_000 for d in documents],
        [d.title for d in documents],
        [d.text for d in documents],
        [d.language for d in documents],
    ]
    arrays = [pa.array(c, type=f.type) for c, f in zip(columns, schema, strict=False)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _truth(documents: Iterable[Document]) -> pa.Table:
    rows = []
    for d in documents:
        for p, start, end in d.planted:
            copied = None if p.copied_from is None else _doc_id(p.copied_from)
            where = (p.line_id, p.kind, d.doc_id, d.source, d.second * 1_000_000, start, end)
            rows.append((*where, d.text[start:end], p.is_first, p.group_id, p.wording, p.edits, copied))
    columns = zip(*rows, strict=True) if rows else [()] * len(TRUTH_SCHEMA)
    arrays = [pa.array(c, type=f.type) for c, f in zip(columns, TRUTH_SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=TRUTH_SCHEMA)


def _doc_id(index: int) -> str:
    return f"d{index:07d}"


def _world(options: Simulation) -> World:
    check(options)
    draw = draws(options.seed, "world")
    names: set[str] = set()
    sources = []
    weights: list[float] = []
    classes = min(max(options.sources, FEWEST_CLASSES), MOST_CLASSES)
    for rank in range(options.sources):
        sources.append(make_source(draw, names, beat(rank % classes, classes, draw)))
        weights.append((weights[-1] if weights else 0.0) + (rank + 3) ** -0.5)
    figures = [GRAMMAR.expand("figurename", Context(draw)) for _ in range(6)]
    acts = [GRAMMAR.expand("act", Context(draw)) for _ in range(12)]
    wires = beat(0, 1, draw)
    if options.background is not None:
        plan, made, footers = settled(Planner(options, weights, figures, draws(options.seed, "plan")))
        return World(options, sources, weights, None, plan, made, tuple(footers))
    plan = make_plan(options, weights, figures, wires)
    return World(options, sources, weights, acts if options.boilerplate else None, plan)


def _document(world: World, index: int) -> Document:
    if world.schedule is not None:
        return _scheduled(world, world.schedule, index)
    options = world.options
    draw = draws(options.seed, "document", index)
    planted = world.plan.by_document.get(index, [])
    end = options.days * DAY
    if planted:
        who, second = planted[0].source, planted[0].second
        source = world.sources[who]
        at = event(draw, source.beat.names)
    else:
        who = bisect(world.weights, draw() * world.weights[-1])
        source = world.sources[who]
        n_events = max(1, int(options.documents * SHARED_EVENTS / REPORTS_PER_EVENT))
        if draw() < SHARED_EVENTS:
            number = int(draw() * n_events)
            shared = draws(options.seed, "event", number)
            second = int(shared() * end)
            at = event(shared)
            second = min(end - 1, second + int(draw() ** 2 * 1.5 * DAY))
        else:
            second = int(draw() * end)
            at = event(draw, source.beat.names)
    c = report(at, draw, source.beat)
    title = headline(c)
    if planted and planted[0].kind == "syndicated":
        title = sentence(planted[0].setting)
    compose = post_text if options.kind == "posts" else article_text
    text, spans = compose(c, planted, source, world.acts)
    return Document(_doc_id(index), source.name, START + second, title, curly(text) if source.curly else text, spans)


def _scheduled(world: World, made: Schedule, index: int) -> Document:
    """A document of a background; a version has the text of the one before it, and a sentence more."""
    options, original = world.options, made.again[index]
    draw = draws(options.seed, "document", index if original < 0 else original)
    source, language = world.sources[made.source[index]], made.language[index]
    c = report(event(draw, source.beat.names), draw, source.beat)
    title = headline(c)
    foot = world.footers[made.foot[index]] if made.foot[index] >= 0 else ""
    compose = post_text if options.kind == "posts" else article_text
    setting = Setting(foot, lambda text: speak(text, language))
    text, spans = compose(c, world.plan.by_document.get(index, []), source, world.acts, setting)
    if original >= 0:
        update = headline(report(event(draws(options.seed, "update", index)), draw, source.beat))
        text = f"{text}\n\n{speak(f'Update: {update}.', language)}"
    title = speak(title, language)
    second = START + made.second[index]
    text = curly(text) if source.curly else text
    return Document(_doc_id(index), source.name, second, title, text, spans, CODES[language])
