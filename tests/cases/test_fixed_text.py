"""Footers that change every month are boilerplate by their place; versions of an article are one document."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cases.case import rows, run

START = datetime(2023, 1, 2, tzinfo=UTC)


class Words:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def sentence(self, low: int = 9, high: int = 18) -> str:
        words = (f"w{self.chance.randrange(4000)}x" for _ in range(self.chance.randint(low, high)))
        return " ".join(words).capitalize() + "."

    def text(self, n: int) -> list[str]:
        return [self.sentence() for _ in range(n)]


def study(file: Path, documents: list[tuple[str, float, list[str]]]) -> Path:
    lines = [
        {"source": s, "time": (START + timedelta(seconds=int(86_400 * day))).isoformat(), "text": " ".join(body)}
        for s, day, body in documents
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run("find", file, "--out", file.with_suffix(""), "--quiet").code == 0
    return file.with_suffix("")


def test_a_footer_of_a_platform(tmp_path: Path) -> None:
    for a_month, share in ((3, 1.0), (1, 1.0), (4, 0.75)):
        w, documents = Words(1), []
        for month in range(10):
            footer = w.sentence(12, 16)
            for s in range(14):
                for _ in range(a_month):
                    has = s < 5 and w.chance.random() < share
                    body = w.text(5) + ([footer] if has else [])
                    documents.append((f"Outlet{s:02}", 30 * month + w.chance.uniform(0, 30), body))
        found = study(tmp_path / f"footer{a_month}.jsonl", documents)
        assert Counter(r["label"] for r in rows(found, "talking_points")) == {"boilerplate": 10}
        ties = json.loads(run("ties", found, "--quiet", "--json").out)["ties"]
        assert ties == []


def test_corrected_versions(tmp_path: Path) -> None:
    w, first = Words(2), []
    for s in range(16):
        first += [(f"{'Again' if s < 6 else 'Once'}{s:02}", w.chance.uniform(0, 180), w.text(6)) for _ in range(15)]
    first.sort(key=lambda d: d[1])
    for _ in range(50):
        line, i = w.sentence(12, 18), w.chance.randrange(len(first) - 40)
        for _, _, body in w.chance.sample(first[i : i + 40], w.chance.randint(2, 7)):
            body.insert(w.chance.randint(1, len(body) - 1), line)
    documents = list(first)
    for source, day, body in first:
        if source.startswith("Again"):
            text = list(body)
            for v in range(w.chance.randint(2, 6)):
                i = w.chance.randrange(len(text))
                words = text[i].split()
                words[w.chance.randrange(len(words))] = "corrected"
                text = [*text[:i], " ".join(words), *text[i + 1 :]]
                documents.append((source, day + (v + 1) * w.chance.uniform(0.01, 1), text))
    found = study(tmp_path / "versions.jsonl", documents)
    labels = Counter(r["label"] for r in rows(found, "talking_points"))
    assert labels["boilerplate"] == 0
    assert labels["line"] >= 40
    assert labels["line"] >= 0.95 * labels.total()
