"""`inchorus ties`: pairs of sources that share more than chance gives, their evidence, and groups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inchorus.cli.common import Manual, limit_option, option, output_options
from inchorus.cli.edges import all_edges, small
from inchorus.manifest import there
from inchorus.thresholds import LEVEL

if TYPE_CHECKING:
    from rich.console import Console

    from inchorus.evidence.asking import Query
    from inchorus.study import Study


HOW = "How ties are tested"
ROWS = "Which rows"
_SWAPPED = ", where sources of like activity swapped names every week"


@click.command(
    cls=Manual,
    short_help="Show which sources share more than chance gives, and groups of them.",
    examples=(
        "inchorus ties study",
        "inchorus ties study --without quotation,syndicated,boilerplate,phrase",
        "inchorus ties study --pair 'Daily Courier' 'Valley Post'",
        "inchorus ties study --json | jq '.ties[] | [.source_a, .source_b, .q_value]'",
    ),
)
@click.argument("study", type=click.Path(path_type=Path))
@option(
    "--without",
    metavar="LAYERS",
    section=HOW,
    help="Leave these out, separated by commas: boilerplate, syndicated, title, quotation, phrase, standing, "
    "'one day', 'whole post'; none leaves nothing out. [default: boilerplate,syndicated,phrase; of posts, "
    "boilerplate,phrase]",
)
@option(
    "--width",
    metavar="NAME",
    section=HOW,
    help="Documents of one hour, '6 hours', day, week, '4 weeks', quarter or year may exchange their sources. "
    "[default: the narrowest that leaves enough sources to exchange with]",
)
@option(
    "--exchange-within",
    metavar="COLUMN",
    multiple=True,
    section=HOW,
    help="Only documents with the same value here, such as a region or a beat, may exchange their sources. "
    "Languages, and days of the week that sources keep to, are found out. May be given several times.",
)
@option(
    "--kinds",
    metavar="KINDS",
    section=HOW,
    help="Talking points that count as shared: wording, paraphrase, or both, separated by a comma; a wording inside a "
    "paraphrase then counts with it, once. [default: wording]",
)
@option(
    "--objects",
    metavar="COLUMN",
    multiple=True,
    section="Shared objects",
    help="Also test who shares the same values of this column within the window: links, hashtags, reposts, media; "
    "posts stands for near-identical posts. May be given several times.",
)
@option(
    "--window",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    section="Shared objects",
    help="At most so far apart. [default: 60]",
)
@option(
    "--min-participation",
    type=click.IntRange(min=1),
    metavar="N",
    section="Shared objects",
    help="Only sources with so many documents that share an object. [default: 1]",
)
@option(
    "--attributes",
    metavar="FILE",
    type=click.Path(path_type=Path),
    section="Declared of sources",
    help="A table in any format keyed by source. [default: the further columns of the documents]",
)
@option(
    "--same",
    metavar="COLUMN",
    multiple=True,
    section="Declared of sources",
    help="A tie of two sources with the same value here, such as an owner, is explained by it. "
    "May be given several times.",
)
@option("--seed", type=int, metavar="N", section=HOW, help="Start chance from here. [default: 0]")
@option("--threads", type=click.IntRange(min=1), metavar="N", section=HOW, help="Use so many cores. [default: all]")
@option("--pair", nargs=2, metavar="A B", section=ROWS, help="Only these two sources, with every line they share.")
@option("--source", metavar="NAME", section=ROWS, help="Only ties of this source. [default: all]")
@limit_option(section=ROWS)
@output_options(quiet=True)
def ties(
    study: Path,
    pair: tuple[str, str] | None,
    source: str | None,
    limit: int,
    quiet: bool,
    as_json: bool,
    **how: Any,
) -> int:
    """Test every pair of sources of STUDY, and show those that share more wording than chance gives.

    find has tested them; with other options they are tested again and written into the study, and what is not
    said stays as it was the last time. q is the
    share of false ties to expect among all ties with a q as low. A tie says that two sources share wording
    more than sources of their activity do; it does not say why: docs/ties.md has the reasons to think of.
    """
    there(study)
    from inchorus import flow
    from inchorus.cli.groups import print_groups
    from inchorus.cli.pair import print_pair
    from inchorus.cli.terminal import progress_for, stdout_console
    from inchorus.compiled import ahead
    from inchorus.evidence.asking import asking
    from inchorus.evidence.groups import group_rows
    from inchorus.evidence.ties import of_pair, tie_rows
    from inchorus.study import open_study
    from inchorus.text.harmless import to_json

    opened, progress = open_study(study), progress_for(quiet)
    ahead.begin(progress, how["threads"], "ties", *(["objects"] if how["objects"] else []))
    opened = flow.ties(opened, how, progress)
    facts = opened.manifest["ties"]
    if "coortweet" in facts and not pair:
        return all_edges(opened, source, limit, as_json)
    rows = asking(opened)
    if pair:
        found = of_pair(rows, pair, limit)
    else:
        found = {
            "ties": tie_rows(rows, source, limit),
            "groups": group_rows(rows, source),
        }
    if as_json:
        click.echo(to_json({"study": str(study), "test": facts, **found}))
        return 0
    _add_quotes(found, opened, rows)
    console = stdout_console()
    _print_test(console, facts)
    if pair:
        print_pair(console, found, pair, opened)
    else:
        _print_ties(console, found["ties"], facts)
        print_groups(console, found["groups"], limit)
    return 0


def _add_quotes(found: dict[str, Any], study: Study, rows: Query) -> None:
    """Give the lines of ties, groups or a pair the sentences that people read of them."""
    from inchorus.evidence.quotes import add_quotes, texts_of

    held = [*found.get("ties", []), *found.get("groups", []), *found.get("left_out", [])]
    lines = [line for row in held for line in row.get("lines", [])] + found.get("shared", [])
    add_quotes(lines, rows, texts_of(study))


def _print_test(console: Console, facts: dict[str, Any]) -> None:
    from inchorus.cli.terminal import shortened
    from inchorus.evidence.controls import beside
    from inchorus.labels import OBJECT_LAYERS
    from inchorus.text.harmless import harmless

    without = ", ".join(facts["without"]) or "nothing"
    tested, sources = facts["tested"], facts["sources"]
    of = f"{sources:,} sources"
    if tested < sources * (sources - 1) // 2:
        of = f"the sources with three documents or more, of {of}"
    console.print(f"tested {tested:,} pairs of {of}; left out: {without}")
    width = facts["strata"]
    when = width if width in {"no times", "all times together"} else f"the same {width}"
    parted = "".join(f" and the same {harmless(name)}" for name in facts.get("parted_by", []))
    console.print(f"chance sources exchanged among documents of {when}{parted}; what travels together stays together")
    if facts.get("spread"):
        console.print(
            f"       pairs differ more than that gives, by a spread of {facts['spread']:.2f}, which is allowed for"
        )
    if facts.get("story_days"):
        console.print(f"       stories last {facts['story_days']:g} days; what two share within that counts once")
    more = facts.get("one_model_only", 0)
    also = f"; {more:,} more under one of the two null models only, which are no ties" if more else ""
    controls = beside(facts)
    if controls and controls["suspect"]:
        console.print(f"found  {facts['tied']:,} pairs at q <= {LEVEL:g}{also}")
        console.print(f"       but {controls['said']}")
    else:
        console.print(f"found  {facts['tied']:,} ties at q <= {LEVEL:g}{also}")
        if facts.get("as_in_controls"):
            console.print(f"       {facts['as_in_controls']:,} more would be, but controls have ties as easily")
        if controls:
            console.print(f"       {controls['said']}{_SWAPPED if controls['made'] else ''}")
    if facts.get("only_in_sets"):
        console.print(f"       {facts['only_in_sets']:,} of them as members of sets that come together again and again")
    if facts.get("alone"):
        names = ", ".join(harmless(name) for name in facts["alone"][:5])
        console.print(
            f"       no tie can be claimed of {len(facts['alone']):,} sources that hardly anybody was beside: {names}"
        )
    for name, objects in facts["objects"].items():
        console.print(
            f"       {harmless(name)}, at most {objects['window']:g} s apart: {objects['tied']:,} ties"
            + (
                f"; {objects['unlisted']:,} pairs of shares in crowds are of pairs not listed, "
                f"at most {objects['most_unlisted']:,} of one pair"
                if objects["unlisted"]
                else ""
            )
            + (
                f"; {objects['uncounted']:,} pairs are listed without what they share in crowds"
                if objects.get("uncounted")
                else ""
            )
        )
        for layer, which in objects.get("set_aside", {}).items():
            some = shortened(harmless(", ".join(which["some"])), 60)
            console.print(f"         set aside: {which['objects']:,} {OBJECT_LAYERS[layer]} ({some})")
    console.print()


def _print_ties(console: Console, rows: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    from inchorus.cli.terminal import Column, print_table
    from inchorus.evidence.quotes import set_off
    from inchorus.text.harmless import harmless

    if not rows:
        console.print("no two sources share more than chance gives")
        return
    columns = [
        Column("sources", wide=True),
        Column("kind", most=12),
        Column("shared", right=True),
        Column("chance", right=True),
        Column("occasions", right=True),
        Column("chance", right=True),
        Column("q", right=True),
        Column("q of pair", right=True),
        Column("first", right=True),
        Column("delay", right=True),
        Column("leads", most=18),
        Column("not without"),
    ]
    for row in rows:
        lost = [layer["layer"] for layer in row["layers"] or [] if layer["q_without"] > LEVEL]
        cells = [
            f"{harmless(row['source_a'])} - {harmless(row['source_b'])}",
            harmless(row["kind"]),
            f"{row['observed']:,}",
            f"{row['expected']:.1f}",
            f"{row['occasions']:,}",
            f"{row['expected_occasions']:.1f}",
            small(row["q_value"]),
            small(max(row["q_documents"], row["q_sharing"])),
            f"{row['first_a']:,}:{row['first_b']:,}",
            _delay(row["median_delay"]),
            harmless(row["leads"] or ""),
            ", ".join(lost),
        ]
        row["cells"] = cells
    print_table(console, columns, [row.pop("cells") for row in rows])
    console.print()
    console.print("the rarest lines that they share")
    for row in rows:
        if row["lines"]:
            console.print(f"{harmless(row['source_a'])} - {harmless(row['source_b'])}")
        for line in row["lines"]:
            of = f"{line['n_sources']:,} sources"
            console.print(f"  {line['tp_id'][:8]}  {of:>11}  {harmless(set_off(line['quote_parts'], 90))}")
    console.print()
    total = facts["tied"] + sum(o["tied"] for o in facts["objects"].values())
    if total > len(rows):
        console.print(f"{len(rows):,} of {total:,} ties; all of them with --limit 0")


def _delay(seconds: float | None) -> str:
    if seconds is None:
        return ""
    for name, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.1f} {name}"
    return f"{seconds:.0f} s"
