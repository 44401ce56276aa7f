"""Saved pages: the article and nothing of its frame."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError
from read.conftest import Read
from read.formats.pages import FRAME, PARAGRAPHS, page


def test_the_article_is_read_and_nothing_of_its_frame(read: Read, folder: Path) -> None:
    (folder / "a.html").write_text(page())
    (found,) = read(folder).table.to_pylist()
    assert found["text"].split("\n") == list(PARAGRAPHS)
    assert not any(text in found["text"] for text in FRAME)
    assert (found["doc_id"], found["source"], found["title"]) == (
        "a.html",
        "courier.example",
        "Bridge closes on Monday",
    )
    assert found["url"] == "https://www.courier.example/2024/05/bridge"
    assert (found["author"], found["site"], found["language"]) == ("Ada Lovelace", "Courier", "en")
    assert (found["time"].isoformat(), found["time_precision"]) == ("2024-05-01T06:30:00+00:00", "second")
    assert found["tags"] in (["bridge", "rain"], '["bridge", "rain"]')


@pytest.mark.parametrize("n", [1, 2, 12])
def test_nothing_of_the_frame_is_read_of_short_and_long_articles(read: Read, folder: Path, n: int) -> None:
    paragraphs = (PARAGRAPHS * 4)[:n]
    (folder / "a.html").write_text(page(paragraphs))
    assert read(folder / "a.html").table["text"].to_pylist()[0].split("\n") == list(paragraphs)


def test_a_day_stays_a_day_and_what_is_not_said_is_null(read: Read, folder: Path) -> None:
    (folder / "herald").mkdir()
    (folder / "herald" / "a.htm").write_text(page(head='<meta name="date" content="2024-05-01">'))
    (folder / "herald" / "b.htm").write_text(page(head="", lang=""))
    (folder / "herald" / "2024-05-03 c.htm").write_text(page(head=""))
    found = {d["doc_id"]: d for d in read(folder).table.to_pylist()}
    assert {d["source"] for d in found.values()} == {"herald"}
    times = {i: (str(d["time"])[:10], d["time_precision"]) for i, d in found.items()}
    assert times == {
        "herald/a.htm": ("2024-05-01", "day"),
        "herald/b.htm": ("None", None),
        "herald/2024-05-03 c.htm": ("2024-05-03", "day"),
    }
    assert found["herald/b.htm"]["language"] is None


@pytest.mark.parametrize(
    "mark",
    [
        "<!-- saved from url=(0042)https://www.courier.example/2024/05/bridge -->",
        "<!--\n Page saved with SingleFile \n url: https://www.courier.example/2024/05/bridge \n date: 2024\n-->",
    ],
)
def test_where_a_page_was_saved_from_is_its_address(read: Read, folder: Path, mark: str) -> None:
    (folder / "a.html").write_text(page(head="").replace("<head>", f"{mark}<head>"))
    (found,) = read(folder / "a.html").table.to_pylist()
    assert (found["source"], found["url"]) == ("courier.example", "https://www.courier.example/2024/05/bridge")


def test_a_page_with_all_in_one_file_is_read(read: Read, folder: Path) -> None:
    body = page(head="").replace("=", "=3D").replace("“", "=E2=80=9C").replace("”", "=E2=80=9D")
    (folder / "a.mhtml").write_text(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://courier.example/a\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="xx"\n\n\n--xx\nContent-Type: text/html\n'
        "Content-Transfer-Encoding: quoted-printable\nContent-Location: https://courier.example/a\n\n"
        + body
        + "\n--xx--\n"
    )
    for name in ("a.mhtml", "b"):
        (folder / name).write_bytes((folder / "a.mhtml").read_bytes())
        (found,) = read(folder / name).table.to_pylist()
        assert (found["source"], found["text"].split("\n")) == ("courier.example", list(PARAGRAPHS))


@pytest.mark.parametrize(
    ("encoding", "meta"), [("koi8-r", "koi8-r"), ("cp1251", None), ("utf-16", None), ("gb18030", "gb2312")]
)
def test_pages_in_any_encoding_are_read(read: Read, folder: Path, encoding: str, meta: str | None) -> None:
    text = "Старый мост закроют на ремонт с понедельника, сообщили в городском совете, паромы будут ходить чаще."
    if encoding == "gb18030":
        text = "市政府周一宣布，这座旧桥将从下周起关闭维修，直到月底才重新开放，渡轮将每十分钟一班。"
    content = page((text, text[::-1]), head="").replace(
        '<meta charset="utf-8">', f"<meta charset={meta}>" if meta else ""
    )
    (folder / "a.html").write_bytes(content.replace("“", "").replace("”", "").encode(encoding, "ignore"))
    assert read(folder / "a.html").table["text"].to_pylist()[0].split("\n")[0] == text


def test_a_page_without_an_article_is_counted(read: Read, folder: Path) -> None:
    (folder / "a.html").write_text(page())
    (folder / "b.html").write_text("<!doctype html><title>Log in</title><form><input></form>")
    (folder / "c.html").write_text("")
    found = read(folder)
    assert found.table.num_rows == 1
    assert found.passed == {"pages in which there is no article": 2}
    assert found.n_rows == 3


def test_what_is_not_installed_is_named(read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inchorus.read.formats.format.find_spec", lambda name: None)
    (folder / "a.html").write_text(page())
    with pytest.raises(Exception, match=r"pip install 'inchorus\[web\]'"):
        read(folder)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cut=st.integers(0, 3000),
    parts=st.lists(
        st.sampled_from(["<div>" * 300, "</p>", "<table><tr>", "\0", "&#0;", "<![CDATA[", "<!--", "<svg><p>", "\ud7ff"])
    ),
)
def test_no_foreign_error_comes_of_a_broken_page(read: Read, folder: Path, cut: int, parts: list[str]) -> None:
    content = page()
    (folder / "a.html").write_text(content[:cut] + "".join(parts) + content[cut:])
    try:
        found = read(folder / "a.html", bad_rows="skip")
    except InputError:
        return
    assert found.n_rows == found.table.num_rows + found.skipped.n + sum(found.passed.values())
