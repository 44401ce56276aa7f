"""Exports of news databases: one file, many articles, each with its outlet, day and author."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError
from read.conftest import Read

NEXIS = [
    (
        "Bridge closes on Monday",
        "The Courier (London)",
        "May 1, 2024 Wednesday 8:30 PM GMT",
        "By ADA LOVELACE",
        "ENGLISH",
    ),
    ("De brug gaat dicht", "NRC Handelsblad", "4 oktober 2017 woensdag", "Jan Jansen", "DUTCH; NEDERLANDS"),
]
BODY = ("The bridge will be closed.", "Length: a mile, said the mayor.")


def nexis(articles: list[tuple[str, str, str, str, str]] = NEXIS, cover: bool = True) -> list[tuple[str, bool]]:
    lines: list[tuple[str, bool]] = []
    if cover:
        lines += [("User Name: =", False), ("Date and Time: Thursday, May 2, 2024 10:00:00 AM EDT", False)]
        lines += [("Documents (2)", False), ("1. Bridge closes on Monday", False), ("Client/Matter: -None-", False)]
    for title, outlet, day, author, language in articles:
        lines += [
            (title, True),
            (outlet, False),
            (day, False),
            ("Copyright 2024 All Rights Reserved", False),
            ("", False),
        ]
        lines += [
            ("Section: NEWS; Pg. 5", False),
            ("Length: 12 words", False),
            (f"Byline:\xa0{author}", False),
            ("Body", False),
        ]
        lines += [("", False), *((text, False) for text in BODY), ("Graphic", False), ("PHOTO: A bridge", False)]
        lines += [("Classification", False), (f"Language: {language}", False), ("Load-Date: May 2, 2024", False)]
        lines += [("End of Document", False)]
    return lines


def as_docx(path: Path, lines: list[tuple[str, bool]]) -> Path:
    made: Any = docx.Document()
    for text, heading in lines:
        made.add_paragraph(text, style="Heading 1" if heading else None)
    made.save(str(path))
    return path


def as_rtf(path: Path, lines: list[str]) -> Path:
    escaped = (line.replace("\\", "\\\\").replace("\xa0", "\\~") for line in lines)
    text = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in "\\par\n".join(escaped))
    path.write_text("{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0 Arial;}}\n" + text + "\\par}")
    return path


def check_nexis(found: list[dict[str, Any]], name: str) -> None:
    by = {d["source"]: d for d in found}
    one, two = by["The Courier (London)"], by["NRC Handelsblad"]
    assert (one["doc_id"], two["doc_id"]) == (f"{name}#1", f"{name}#2")
    assert one["text"] == two["text"] == "\n".join(BODY)
    assert (one["title"], one["author"], one["language"]) == ("Bridge closes on Monday", "ADA LOVELACE", "english")
    assert (one["time"].isoformat(), one["time_precision"]) == ("2024-05-01T20:30:00+00:00", "minute")
    assert (str(two["time"])[:10], two["time_precision"], two["author"]) == ("2017-10-04", "day", "Jan Jansen")
    assert one["section"] == "NEWS; Pg. 5"


def test_nexis_uni_gives_every_article(read: Read, folder: Path) -> None:
    check_nexis(read(as_docx(folder / "a.docx", nexis())).table.to_pylist(), "a.docx")
    check_nexis(read(as_docx(folder / "b.DOCX", nexis(cover=False))).table.to_pylist(), "b.DOCX")
    check_nexis(read(as_rtf(folder / "c.rtf", [text for text, _ in nexis(cover=False)])).table.to_pylist(), "c.rtf")


def test_nexis_without_a_text_or_without_its_end_is_said(read: Read, folder: Path) -> None:
    lines = nexis()
    cut = as_docx(folder / "a.docx", lines[:-6])
    with pytest.raises(InputError, match=r"a\.docx, row 2: an article without its end: the file was cut"):
        read(cut)
    found = read(cut, bad_rows="skip")
    assert (found.table.num_rows, found.skipped.n, found.n_rows) == (1, 1, 2)
    bare = [line for line in nexis(NEXIS[:1]) if line[0] not in {"Body", *BODY}]
    found = read(as_docx(folder / "b.docx", bare + nexis(NEXIS[1:], cover=False)))
    assert (found.table.num_rows, found.passed) == (1, {"articles without their text": 1})


def factiva_html(index: bool) -> str:
    made = []
    for n, (title, outlet) in enumerate((("Bridge closes", "Reuters News"), ("Brücke zu", "Der Bote")), 1):
        paragraphs = "".join(f'<p class="articleParagraph enarticleParagraph">{text}\n again.</p>' for text in BODY)
        number = f"Document LBA000002024050{n}ek5100{n}ab"
        if index:
            rows = {
                "HD": f"<span class='enHeadline'>{title}</span>", "BY": "By Ada Lovelace", "WC": "12 words",
                "PD": f"{n} May 2024", "ET": "08:30", "SN": outlet, "SC": "LBA", "LA": "English",
                "CY": "(c) 2024 Reuters", "LP": paragraphs, "TD": "", "NS": "gcat : Political", "AN": number,
            }  # fmt: skip
            cells = "".join(f"<tr><td><b>{tag}</b>&nbsp;</td><td>{value}</td></tr>" for tag, value in rows.items())
            made.append(f'<div class="article enArticle"><table>{cells}</table></div>')
        else:
            made.append(
                f'<div class="article enArticle"><p><div id="hd"><span class="enHeadline">{title}</span></div>'
                f'<div class="author">By Ada Lovelace</div><div>12 words</div><div>{n} May 2024</div><div>08:30</div>'
                f"<div>{outlet}</div><div>LBA</div><div>English</div><div>(c) 2024 Reuters</div></p>{paragraphs}"
                f"<p>{number}</p></div>"
            )
    return "<!DOCTYPE html><html><head><title>Factiva</title></head><body>" + "<br>".join(made) + "</body></html>"


def factiva_lines(index: bool, rights: bool = True) -> list[str]:
    lines = []
    for n, (title, outlet) in enumerate((("Bridge closes", "Reuters News"), ("Brücke zu", "Der Bote")), 1):
        body = [f"{text} again." for text in BODY]
        if index:
            lines += [
                "HD",
                title,
                "BY By Ada Lovelace",
                "WC | 12 words|",
                "PD",
                f"{n} May 2024",
                "ET",
                "08:30",
                "SN",
                outlet,
            ]
            lines += ["SC", "LBA", "LA", "English", "LP", body[0], "TD", body[1], "NS", "gcat : Political", "AN"]
        else:
            lines += [title, "By Ada Lovelace", "12 words", f"{n} May 2024", "08:30", outlet, "LBA", "English"]
            lines += [*(["(c) 2024 Reuters"] if rights else []), "", *body, ""]
        lines += [f"Document LBA000002024050{n}ek5100{n}ab"]
    return [*lines, "", "Search Summary", "Text bridge"]


def check_factiva(found: list[dict[str, Any]]) -> None:
    assert [(d["source"], d["title"], d["text"]) for d in sorted(found, key=lambda d: d["time"])] == [
        ("Reuters News", "Bridge closes", "\n".join(f"{text} again." for text in BODY)),
        ("Der Bote", "Brücke zu", "\n".join(f"{text} again." for text in BODY)),
    ]
    assert {(d["author"], d["time_precision"]) for d in found} == {("Ada Lovelace", "minute")}
    assert sorted(d["number"] for d in found) == ["LBA0000020240501ek51001ab", "LBA0000020240502ek51002ab"]
    assert sorted(d["time"].isoformat() for d in found) == ["2024-05-01T08:30:00+00:00", "2024-05-02T08:30:00+00:00"]


@pytest.mark.parametrize("index", [True, False])
def test_factiva_gives_every_article(read: Read, folder: Path, index: bool) -> None:
    (folder / "a.html").write_text(factiva_html(index))
    check_factiva(read(folder / "a.html").table.to_pylist())
    found = read(as_rtf(folder / "b.rtf", factiva_lines(index)))
    check_factiva(found.table.to_pylist())
    assert found.passed == {"lines behind the last article, such as the summary of the search": 1}
    check_factiva(read(as_rtf(folder / "c.rtf", factiva_lines(index, rights=False))).table.to_pylist())


def test_other_rich_text_is_a_document(read: Read, folder: Path) -> None:
    (found,) = read(as_rtf(folder / "2024-05-01 note.rtf", ["Déjà vu", "Rain — again."])).table.to_pylist()
    assert (found["text"], found["source"], found["time_precision"]) == (
        "Déjà vu\nRain — again.",
        "2024-05-01 note",
        "day",
    )
    (folder / "b.rtf").write_text("no rich text")
    with pytest.raises(InputError, match=r"b\.rtf: this is no rich text"):
        read(folder / "b.rtf")


PROQUEST = """\ufeff____________________________________________________________

Report Information from ProQuest

May 02 2024 10:00

____________________________________________________________

Document 1 of 3

Bridge closes on Monday

Author: Lovelace, Ada

Publication info: The Courier ; London (UK) [London (UK)]. 01 May 2024: A5.

https://www.proquest.com/docview/12345

Abstract: A bridge.

Links: https://resolver.example

Full text: The bridge will be closed.

Subject: to change, said the mayor, who was born here.

Ferries run.

Subject: Bridges

Location: London

Title: Bridge closes on Monday

Publication title: The Courier; London (UK)

First page: A5

Publication date: May 1, 2024

Section: News

Language of publication: English

ProQuest document ID: 12345

Document URL: https://www.proquest.com/docview/12345

Last updated: 2024-05-01

Database: Global Newsstream

____________________________________________________________

Document 2 of 3

No text

Full text: Not available.

Title: No text

Publication title: The Herald

Publication date: May 1, 2024

ProQuest document ID: 12346

____________________________________________________________

Document 3 of 3

Ferries run

Full text: Ferries will run.

Title: Ferries run

Publication title: The Herald

Publication date: Apr 30, 2024

ProQuest document ID: 12347
____________________________________________________________

Contact us at: http://about.proquest.example
"""


@pytest.mark.parametrize("name", ["a.txt", "a"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_proquest_gives_every_article(read: Read, folder: Path, name: str, end: str) -> None:
    (folder / name).write_text(PROQUEST.replace("\n", end), encoding="utf-8", newline="")
    found = read(folder / name)
    one, two = sorted(found.table.to_pylist(), key=lambda d: str(d["doc_id"]))
    assert (
        one["text"]
        == "The bridge will be closed.\nSubject: to change, said the mayor, who was born here.\nFerries run."
    )
    assert (one["doc_id"], one["source"], one["title"]) == ("12345", "The Courier", "Bridge closes on Monday")
    assert (one["author"], one["section"], one["language"]) == ("Lovelace, Ada", "News", "english")
    assert one["url"] == "https://www.proquest.com/docview/12345"
    assert [(str(d["time"])[:10], d["time_precision"]) for d in (one, two)] == [
        ("2024-05-01", "day"),
        ("2024-04-30", "day"),
    ]
    assert two["text"] == "Ferries will run."
    assert found.passed == {"covers and lists of contents of exports": 2, "articles without their full text": 1}
    assert found.n_rows == 5


def test_proquest_may_end_without_a_line_before_its_terms(read: Read, folder: Path) -> None:
    before, _, _ = PROQUEST.rpartition("_" * 60)
    terms = "Contact us at: http://about.example\nDatabase copyright © 2024 ProQuest\nTerms and Conditions: http://a.example\n"
    (folder / "a.txt").write_text(f"{before}\n{terms}", encoding="utf-8")
    found = {d["doc_id"]: d for d in read(folder / "a.txt").table.to_pylist()}
    assert (found["12347"]["text"], found["12347"]["source"]) == ("Ferries will run.", "The Herald")


LEXISNEXIS = """\ufeff

Download Request: Selected Items: 1-4
Time Of Request: Friday, March 20, 2018  16:51:31

Terms: (DATE(>=2009-12-01 and <=2010-05-11) and (bridge))


                               1 of 4 DOCUMENTS



                              The Courier (London)

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Bridge closes on
Monday

BYLINE: ADA Lovelace

SECTION: NEWS; Pg. 6

LENGTH: 355 words

DATELINE: LONDON


The bridge will be closed on Monday, said the mayor, who was born
here, and then it will be opened again.

SUBJECT: to change, he said.

Ferries run.

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                        Copyright 2010 The Courier Ltd
                              All Rights Reserved

                               2 of 4 DOCUMENTS


                        Copyright 2010 The Herald Company
                              All Rights Reserved
                                   The Herald

                             May 1, 2010 Saturday
                              Late Edition - Final

SECTION: Section A; Column 1; Pg. 4
LENGTH: 12 words
HEADLINE: Ferries run again
BODY:
   Ferries will run.

URL: http://www.herald.example
SUBJECT: FERRIES (90%)

                               3 of 4 DOCUMENTS


                                   The Herald

                             May 2, 2010 Sunday

A picture of a ferry

LENGTH: 0 words

GRAPHIC: PHOTO: A ferry

LANGUAGE: ENGLISH

                                Dokument 4 von 4


                                   Der Bote

                           11. Januar 2010 Montag

Die Brücke wird geschlossen

AUTOR: Von Ada Lovelace

RUBRIK: POLITIK; S. 2

LÄNGE: 120 Wörter

Die Brücke wird geschlossen.

UPDATE: 12. Januar 2010

SPRACHE: GERMAN; DEUTSCH
"""


@pytest.mark.parametrize("name", ["a.txt", "a"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lexisnexis_gives_every_article(read: Read, folder: Path, name: str, end: str) -> None:
    (folder / name).write_text(LEXISNEXIS.replace("\n", end), encoding="utf-8", newline="")
    found = read(folder / name)
    said = ["source", "title", "author", "section", "language", "text"]
    assert [
        [row[column] for column in said] for row in sorted(found.table.to_pylist(), key=lambda d: str(d["doc_id"]))
    ] == [
        [
            "The Courier (London)",
            "Bridge closes on Monday",
            "ADA Lovelace",
            "NEWS; Pg. 6",
            "english",
            "The bridge will be closed on Monday, said the mayor, who was born here, and then it will be opened "
            "again.\nSUBJECT: to change, he said.\nFerries run.",
        ],
        ["The Herald", "Ferries run again", None, "Section A; Column 1; Pg. 4", None, "Ferries will run."],
        [
            "Der Bote",
            "Die Brücke wird geschlossen",
            "Ada Lovelace",
            "POLITIK; S. 2",
            "german",
            "Die Brücke wird geschlossen.",
        ],
    ]
    assert sorted(str(row["time"])[:10] for row in found.table.to_pylist()) == [
        "2010-01-11",
        "2010-01-11",
        "2010-05-01",
    ]
    assert found.passed == {"covers and lists of contents of exports": 1, "articles without their text": 1}


def test_lexisnexis_without_its_spaces_and_without_days(read: Read, folder: Path) -> None:
    plain = "\n".join(line.strip() for line in LEXISNEXIS.splitlines())
    monthly = LEXISNEXIS.replace("May 1, 2010 Saturday", "May 2010")
    for text, n_times in ((plain, 3), (monthly, 2)):
        (folder / "a.txt").write_text(text, encoding="utf-8")
        found = read(folder / "a.txt").table.to_pylist()
        assert {row["source"] for row in found} == {"The Courier (London)", "The Herald", "Der Bote"}
        assert {row["text"].split()[0] for row in found} == {"The", "Ferries", "Die"}
        assert sum(row["time"] is not None for row in found) == n_times


@pytest.mark.parametrize("day", ["28 May 2018", "28 мая 2018", "2018 年 5 月 28 日", "2018년 5월 28일", "28 mai 2018"])
def test_factiva_in_other_languages(read: Read, folder: Path, day: str) -> None:
    words = "952 字" if "年" in day else "952 слов"
    head = ["Bridge closes", "By Ada Lovelace", words, day, "Reuters News", "LBA", "English", "(c) 2018 Reuters"]
    lines = [*head, *BODY, "Dokument LBA0000020180528ee5s001ab"]
    (one,) = read(as_rtf(folder / "a.rtf", lines)).table.to_pylist()
    assert (one["source"], one["text"], str(one["time"])[:10]) == ("Reuters News", "\n".join(BODY), "2018-05-28")
    assert one["number"] == "LBA0000020180528ee5s001ab"


def test_factiva_may_have_a_section_above_the_title(read: Read, folder: Path) -> None:
    made = factiva_html(False).replace('<p><div id="hd">', '<p><div>World News</div><div id="hd">')
    (folder / "a.html").write_text(made)
    check_factiva(read(folder / "a.html").table.to_pylist())


def test_a_list_of_addresses_is_said_to_be_one(read: Read, folder: Path) -> None:
    (folder / "a.csv").write_text(
        "id,publish_date,title,url,language,media_name,media_url\n1,2024-05-01,T,u,en,The Courier,m\n"
    )
    with pytest.raises(InputError, match=r"this table has addresses of articles and not their texts"):
        read(folder / "a.csv", source="media_name")
    with pytest.raises(InputError, match=r"no column 'text': .*collect the articles: inchorus collect FILE --out DOCS"):
        read(folder / "a.csv")
    assert read(folder / "a.csv", source="media_name", text="title").table["text"].to_pylist() == ["T"]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drop=st.sets(st.integers(0, 60), max_size=20), cut=st.integers(1, 80))
def test_no_foreign_error_and_no_row_lost(read: Read, folder: Path, drop: set[int], cut: int) -> None:
    texts = [text for text, _ in nexis()]
    for name, lines in (
        ("n.rtf", texts),
        ("f.rtf", factiva_lines(False)),
        ("g.rtf", factiva_lines(True)),
        ("p.txt", PROQUEST.splitlines()),
    ):
        kept = [line for i, line in enumerate(lines[:cut]) if i not in drop]
        if name.endswith(".rtf"):
            as_rtf(folder / name, kept)
        else:
            (folder / name).write_text("\n".join(kept))
        try:
            found = read(folder / name, bad_rows="skip", format="rtf" if name.endswith("rtf") else "proquest")
        except InputError:
            continue
        assert found.n_rows == found.table.num_rows + found.skipped.n + found.n_empty + sum(found.passed.values())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_export_of_nexis_uni_that_was_saved_as_text_gives_every_article(read: Read, folder: Path, end: str) -> None:
    article = (
        "{title}\n{outlet}\nMay {day}, 2024 Wednesday\n\nCopyright 2024 {outlet} All Rights Reserved\n\n"
        "Section: NEWS; Pg. 1\nLength: 1,020 words\nByline: By Ada Lovelace\n\nBody\n\n{text}\n\nSecond paragraph.\n\n"
        "Load-Date: May 9, 2024\n\nEnd of Document\n\n"
    )
    text = "Date and Time: Thursday, May 9, 2024\nJob Number: 12\n\n" + "".join(
        article.format(title=f"Rain {day}", outlet=outlet, day=day, text=f"It rains on day {day}.")
        for day, outlet in ((1, "The Courier (London)"), (2, "The Herald"))
    )
    (folder / "a.txt").write_text(text.replace("\n", end), encoding="utf-8", newline="")
    found = read(folder / "a.txt")
    rows = [
        (d["source"], str(d["time"])[:10], d["title"], d["text"], d["author"], d["section"])
        for d in found.table.to_pylist()
    ]
    assert sorted(rows) == [
        (
            outlet,
            f"2024-05-0{day}",
            f"Rain {day}",
            f"It rains on day {day}.\nSecond paragraph.",
            "Ada Lovelace",
            section,
        )
        for day, outlet, section in ((1, "The Courier (London)", "NEWS; Pg. 1"), (2, "The Herald", "NEWS; Pg. 1"))
    ]
