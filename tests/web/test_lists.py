"""Feeds and sitemaps as publishers write them, and as nobody should."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.web.lists import Entry, feed_in, is_json_feed, json_feed_in, root_of, sitemap_in, sitemaps_named

FEED = "https://courier.example/feed/all"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Courier</title><link>https://courier.example/</link>
<item><title>Rain &amp; snow</title><link>https://courier.example/rain?a=1&amp;b=2</link>
<pubDate>Mon, 06 May 2024 10:00:00 +0200</pubDate><dc:creator>Ada Lovelace</dc:creator><category>Weather</category>
<category>Weather</category><category>Coast</category></item>
<item><title>Bridge</title><guid isPermaLink="true">https://courier.example/bridge</guid><pubDate>2024-05-07</pubDate></item>
<item><title>Ferry</title><link>/ferry#comments</link></item>
<item><title>Nothing</title><guid isPermaLink="false">tag:1</guid></item>
<item><title>Rain again</title><link>https://courier.example/rain?a=1&amp;b=2</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://herald.example/news/">
<link rel="self" href="https://herald.example/feed"/><link rel="next" href="?page=2"/><link rel="alternate" href="/"/>
<entry><title type="html">A &lt;b&gt;bridge&lt;/b&gt;</title><link rel="enclosure" href="/a.mp3"/>
<link rel="alternate" href="bridge"/><published>2024-05-06T10:00:00Z</published><updated>2024-06-01T00:00:00Z</updated>
<author><name>Ben Oak</name></author></entry>
<entry><title>Ferry</title><link href="https://herald.example/ferry"/><updated>2024-06-01T00:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old</title></channel>
<item rdf:about="https://old.example/a"><title>A</title><link>https://old.example/a</link><dc:date>2024-05-06T10:00:00+02:00</dc:date></item>
</rdf:RDF>"""


def test_rss_is_read_with_what_it_says() -> None:
    found = feed_in(RSS.encode(), FEED)
    assert found is not None
    assert found.broken == 1
    assert found.entries == (
        Entry(
            "https://courier.example/rain?a=1&b=2", False, "Rain & snow", "2024-05-06T08:00:00+00:00", "Ada Lovelace",
            ("Weather", "Coast"),
        ),
        Entry("https://courier.example/bridge", False, "Bridge", "2024-05-07"),
        Entry("https://courier.example/ferry", False, "Ferry"),
    )  # fmt: skip


def test_atom_is_read_and_goes_on_where_it_says() -> None:
    found = feed_in(ATOM.encode(), "https://herald.example/feed")
    assert found is not None
    first, second, on = found.entries
    assert (first.url, first.time, first.author) == (
        "https://herald.example/news/bridge",
        "2024-05-06T10:00:00+00:00",
        "Ben Oak",
    )
    # that it was changed is no time of publication
    assert (second.url, second.time) == ("https://herald.example/ferry", None)
    assert (on.url, on.more) == ("https://herald.example/news/?page=2", True)


JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Courier",
    "home_page_url": "https://courier.example/",
    "next_url": "?page=2",
    "items": [
        {
            "id": "1", "url": "https://courier.example/rain#top", "title": "Rain & snow", "content_html": "<p>No.</p>",
            "date_published": "2024-05-06T10:00:00+02:00", "date_modified": "2024-06-01T00:00:00Z",
            "authors": [{"name": "Ada Lovelace"}, {"name": "Ben Oak"}], "tags": ["Coast", "Coast", 1],
        },
        {"id": "https://courier.example/bridge", "author": {"name": "Ben Oak"}, "content_text": "Closed."},
        {"id": "urn:1", "title": "Nothing"},
        "no item",
    ],
}  # fmt: skip


@pytest.mark.parametrize("escaped", [False, True])
def test_a_json_feed_is_read_with_what_it_says(escaped: bool) -> None:
    written = json.dumps(JSON)
    data = (written.replace("/", "\\/") if escaped else written).encode()
    found = json_feed_in(data, "https://courier.example/feed.json")
    assert is_json_feed(data)
    assert found is not None
    rain, bridge, on = found.entries
    assert rain == Entry(
        "https://courier.example/rain",
        False,
        "Rain & snow",
        "2024-05-06T10:00:00+02:00",
        "Ada Lovelace",
        ("Coast", "1"),
    )
    assert (bridge.url, bridge.author, bridge.time) == ("https://courier.example/bridge", "Ben Oak", None)
    assert (on.url, on.more) == ("https://courier.example/feed.json?page=2", True)
    assert found.broken == 2


NAMES = st.sampled_from([*JSON, "url", "id", "authors", "name", "tags"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
)


@given(VALUES)
def test_no_other_error_comes_of_a_json_feed(value: object) -> None:
    made = {**JSON, "items": [value, {"url": value, "id": value, "authors": value, "tags": value}], "next_url": value}
    found = json_feed_in(json.dumps(made).encode(), "https://courier.example/")
    assert found is not None
    assert all(entry.url.startswith(("http://", "https://")) for entry in found.entries)
    assert json_feed_in(json.dumps(value).encode(), "") is None or isinstance(value, dict)


def test_the_oldest_rss_is_read() -> None:
    found = feed_in(RDF.encode(), FEED)
    assert found is not None
    assert [entry.url for entry in found.entries] == ["https://old.example/a"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251", "koi8-r"])
def test_a_feed_in_another_encoding_is_read(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><item><title>Мост</title>'
    data = f"{text}<link>https://courier.example/a</link></item></channel></rss>".encode(encoding)
    found = feed_in(data, FEED)
    assert root_of(data) == "rss"
    assert found is not None
    assert found.entries[0].title == "Мост"


BROKEN = {
    "an ampersand": RSS.replace("Rain &amp; snow", "Rain & snow"),
    "an entity of HTML": RSS.replace("Rain &amp; snow", "Rain&nbsp;& snow"),
    "cut short": RSS[:-60],
    "blanks before it": "\n\n  " + RSS,
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_feed_that_is_broken_gives_what_it_has(text: str) -> None:
    found = feed_in(text.encode(), FEED)
    assert found is not None
    assert found.entries[0].url == "https://courier.example/rain?a=1&b=2"
    assert found.entries[0].time == "2024-05-06T08:00:00+00:00"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize("of", ["rss", "urlset"])
def test_entities_are_neither_loaded_nor_multiplied(of: str) -> None:
    def made(inner: str) -> bytes:
        head = f'<!DOCTYPE {of} [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        if of == "urlset":
            return f"{head}<urlset><url><loc>https://courier.example/{inner}</loc></url></urlset>".encode()
        item = f"<item><title>{inner}</title><link>https://courier.example/a</link></item>"
        return f"{head}<rss version='2.0'><channel>{item}</channel></rss>".encode()

    for inner in ("&l9;", "&f;"):
        data = made(inner)
        assert root_of(data) == of
        found = feed_in(data, FEED) if of == "rss" else sitemap_in(data)
        said = repr(found)
        assert "root:" not in said
        assert len(said) < 10_000


AGES = [RSS.replace("UTF-8", "UTF-\x80"), RSS.replace('"UTF-8"', '"UTF\0-8"')]


@pytest.mark.parametrize("text", AGES)
def test_an_encoding_that_is_none_raises_nothing(text: str) -> None:
    feed_in(text.encode("latin-1"), FEED)


NEWS = """<?xml version="1.0" encoding="UTF-8"?><!-- made by a plug-in -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><image:image><image:loc>https://courier.example/a.jpg</image:loc></image:image><loc>
 https://courier.example/a?x=1&amp;y=2 </loc><lastmod>2025-01-01</lastmod>
 <news:news><news:publication><news:name>Courier</news:name></news:publication><news:publication_date>2024-05-06T10:00:00+02:00</news:publication_date>
 <news:title>Bridge</news:title><news:keywords>bridge, rain,</news:keywords></news:news></url>
<url><loc>/b</loc></url><url><loc>https://courier.example/c</loc><lastmod>2025-01-01</lastmod></url></urlset>"""


def test_a_sitemap_is_read_with_what_it_says_for_news() -> None:
    found = sitemap_in(NEWS.encode())
    assert found is not None
    assert found.broken == 1
    assert found.entries == (
        Entry(
            "https://courier.example/a?x=1&y=2", False, "Bridge", "2024-05-06T10:00:00+02:00", None, ("bridge", "rain")
        ),
        Entry("https://courier.example/c"),
    )


def test_an_index_of_sitemaps_lists_lists() -> None:
    index = "<sitemapindex><sitemap><loc>https://courier.example/1.xml.gz</loc></sitemap><!-- end --></sitemapindex>"
    found = sitemap_in(index.encode())
    assert found is not None
    assert (found.entries, found.broken) == ((Entry("https://courier.example/1.xml.gz", more=True),), 0)


def test_a_sitemap_that_is_broken_is_none() -> None:
    assert sitemap_in(NEWS.encode()[:-20]) is None


def test_sitemaps_are_named_in_robots() -> None:
    text = "User-agent: *\nDisallow: /\nSITEMAP : https://courier.example/a.xml\n# Sitemap: https://courier.example/b.xml\nsitemap:/c"
    found = sitemaps_named(text)
    assert ([entry.url for entry in found.entries], found.broken) == (["https://courier.example/a.xml"], 1)


@settings(deadline=None, max_examples=25)
@given(st.sampled_from([RSS, ATOM, NEWS]), st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=3)), max_size=4))
def test_damage_raises_nothing(text: str, edits: list[tuple[int, bytes]]) -> None:
    data = text.encode()
    for at, new in edits:
        data = data[:at] + new + data[at + 1 :]
    root_of(data)
    for found in (feed_in(data, FEED), sitemap_in(data)):
        for entry in found.entries if found is not None else ():
            assert entry.url.startswith("http")
            assert entry.url.isascii()
