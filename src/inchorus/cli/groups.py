"""What `inchorus ties` prints of groups of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inchorus.evidence.quotes import set_off
from inchorus.text.harmless import harmless, shown_time

if TYPE_CHECKING:
    from rich.console import Console


def print_groups(console: Console, groups: list[dict[str, Any]], limit: int) -> None:
    """Print groups, the lines that their members share, and how many groups there are."""
    shown = groups[: limit or None]
    for group in shown:
        names = ", ".join(f"{harmless(x['source'])} ({x['stability']:.0%})" for x in group["members"])
        console.print(f"group {harmless(group['group_id'])}, {len(group['members'])} sources: {names}")
        if group.get("days"):
            span = f"{shown_time(group['first'])} to {shown_time(group['last'])}"
            console.print(f"  shared lines on {group['days']:,} days, {span}")
        for line in group.get("lines", []):
            use = f"{line['members']} of {line['n_sources']}"
            console.print(f"  {line['tp_id'][:8]}  {use:>9}  {harmless(set_off(line['quote_parts'], 90))}")
    if groups:
        console.print("after each member: how often the others stay with it when the evidence is drawn again")
    if len(groups) > len(shown):
        console.print(f"{len(shown):,} of {len(groups):,} groups; all of them with --limit 0")
