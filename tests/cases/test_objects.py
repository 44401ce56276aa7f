"""Ties of objects: what a source repeats, exports twice or copies is one occasion; an event is no tie."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from cases.case import rows, run

START = dt.datetime(2024, 1, 1)
WORDS = "harbor council signal orchard meadow quarry ferry lantern timber copper window bridge saddle river".split()
Row = tuple[str, float, str, str]


def own_links(rng: random.Random, accounts: int = 40) -> list[Row]:
    """Accounts with five links of their own each."""
    own = [(f"a{a:02d}", f"https://own.example/{a}/{n}") for a in range(accounts) for n in range(5)]
    return [(account, rng.randrange(864_000), " ".join(rng.choices(WORDS, k=12)), url) for account, url in own]


def burst(links: list[str], times: int = 5, text: str = "see this") -> list[Row]:
    """Two accounts that post the same again and again, three seconds apart."""
    value = links[0] if len(links) == 1 else "[" + ", ".join(f'"{link}"' for link in links) + "]"
    return [(f"a0{who}", 5 * 86_400 + 3 * k + who, text, value) for k in range(times) for who in (0, 1)]


def ties(folder: Path, posts: Iterable[Row], *more: object) -> list[dict[str, Any]]:
    """The rows of `ties` of these posts, written as a table."""
    with (folder / "in.csv").open("w", newline="") as file:
        to = csv.writer(file)
        to.writerow(("id", "source", "time", "text", "url"))
        for n, (source, seconds, text, url) in enumerate(posts):
            to.writerow((f"p{n}", source, (START + dt.timedelta(seconds=seconds)).isoformat(), text, url))
    said = run("find", folder / "in.csv", "--out", folder / "study", "--preset", "posts", "--quiet", *more)
    assert said.code == 0, said.err
    return rows(folder / "study", "ties")


ONE = ["https://shared.example/one"]
FIVE = [f"https://shared.example/{k}" for k in range(5)]
SENTENCE = "the harbor council will vote on the copper bridge before the ferry leaves on friday"


@pytest.mark.parametrize(
    "change",
    [
        lambda posts: posts,
        lambda posts: [post for post in posts for _ in range(2)],
        lambda posts: posts + [(s, t + 7 * 86_400, text, url) for s, t, text, url in posts if "shared" in url],
    ],
    ids=["as it is", "every row twice", "again a week later"],
)
@pytest.mark.parametrize("links", [ONE, FIVE], ids=["a link", "five links"])
def test_what_two_accounts_post_again_and_again_is_one_occasion(
    tmp_path: Path, change: Callable[[list[Row]], list[Row]], links: list[str]
) -> None:
    posts = change(own_links(random.Random(1)) + burst(links))
    (row,) = ties(tmp_path, posts, "--objects", "url", "--window", "60")
    assert (row["source_a"], row["source_b"], row["occasions"], row["q_value"]) == ("a00", "a01", 1, 1.0)
    assert row["observed"] == len(links) <= row["weight"] <= 2 * len(links)


@pytest.mark.parametrize("twice", [False, True])
def test_the_same_holds_of_posts(tmp_path: Path, twice: bool) -> None:
    posts = own_links(random.Random(1)) + burst(ONE, text=SENTENCE)
    found = ties(tmp_path, posts * (1 + twice), "--objects", "posts", "--window", "60")
    (row,) = (row for row in found if row["kind"] == "posts")
    assert (row["observed"], row["occasions"], row["weight"], row["q_value"]) == (1, 1, 1, 1.0)


def test_tags_of_one_event_in_one_hour_are_no_tie(tmp_path: Path) -> None:
    rng = random.Random(2)
    posts: list[Row] = [(f"a{a:02d}", rng.uniform(0, 30) * 86_400, "", "") for a in range(60) for _ in range(10)]
    for account in range(0, 60, 4):
        times = [12 * 86_400 + rng.uniform(0, 3600) for _ in range(rng.randint(4, 15))]
        posts += [(f"a{account:02d}", time, "", f"event{rng.randrange(12)}") for time in times]
    posts = [(source, time, " ".join(rng.choices(WORDS, k=12)), tag) for source, time, _, tag in posts]
    found = [row for row in ties(tmp_path, posts, "--objects", "url", "--window", "300") if row["kind"] == "url"]
    assert found
    assert min(row["q_value"] for row in found) > 0.05


def test_five_accounts_that_share_five_links_at_five_times_are_tied(tmp_path: Path) -> None:
    rng = random.Random(3)
    posts = own_links(rng, 60)
    for k in range(5):
        posts += [(f"a{a:02d}", (k + 1) * 86_400 + rng.uniform(0, 50), "look", FIVE[k]) for a in range(5)]
    found = [row for row in ties(tmp_path, posts, "--objects", "url", "--window", "60") if row["q_value"] <= 0.05]
    assert {(row["source_a"], row["source_b"]) for row in found} == {
        (f"a{a:02d}", f"a{b:02d}") for a in range(5) for b in range(a + 1, 5)
    }
    assert all(row["occasions"] == 5 for row in found)


def test_what_everybody_shares_is_set_aside_and_said(tmp_path: Path) -> None:
    """Thirty accounts with tags of their own; two tags that all use in one hour, and one that all use at any time."""
    rng = random.Random(4)
    made: list[tuple[str, float, str]] = []
    for a in range(30):
        made += [(f"a{a:02d}", rng.uniform(0, 60) * 86_400, f"own{a}x{k}") for k in range(10)]
        made += [(f"a{a:02d}", 20 * 86_400 + rng.uniform(0, 3000), tag) for tag in ("verdict", "court")]
        made.append((f"a{a:02d}", rng.uniform(0, 60) * 86_400, "news"))
    with (tmp_path / "in.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "source", "time", "text", "tag"))
        for n, (source, second, tag) in enumerate(made):
            time = (START + dt.timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")
            writer.writerow((f"p{n}", source, time, " ".join(rng.choices(WORDS, k=14)), tag))
    study = tmp_path / "study"
    assert run("find", tmp_path / "in.csv", "--out", study, "--objects", "tag", "--window", 300, "--quiet").code == 0
    said = " ".join(run("ties", study, "--quiet").out.split())
    assert "set aside: 2 that more than half of the sources share, all within one hour (court, verdict)" in said
    assert "set aside: 1 that more than half of the sources share (news)" in said
    assert not [row for row in rows(study, "ties") if row["kind"] == "tag" and row["q_value"] <= 0.05]
    assert max(row["observed"] for row in rows(study, "ties") if row["kind"] == "tag") >= 2
    with_all = " ".join(run("ties", study, "--quiet", "--without", "none").out.split())
    assert "set aside" not in with_all
    assert "set aside" not in " ".join(run("ties", study, "--quiet").out.split())  # as it was the last time
