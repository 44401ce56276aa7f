"""Lists in cells: what was written comes back, in every notation, and nothing that is no list is cut."""

from __future__ import annotations

import json
import re
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.errors import UsageError
from inchorus.read import lists
from inchorus.read.lists import ONE, about, read_lists
from inchorus.read.nested import flat_text
from inchorus.read.notation import item_of, read_written

A, B = "https://a.example/x,y?b=1;2|3", "https://b.example/"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool)
PATH = st.text("abcxyz019-_,;|?=&/.%~", max_size=12)
ADDRESS = st.builds("https://{}.example/{}".format, st.sampled_from("abc"), PATH).map(lambda a: a.rstrip(",;|"))


@given(st.lists(st.lists(TEXT, max_size=4), min_size=1, max_size=6).filter(any))
def test_json_and_python_come_back(lists: list[list[str]]) -> None:
    assert read_lists([json.dumps(v) for v in lists]).items == lists
    assert read_lists([json.dumps(v, ensure_ascii=False) for v in lists]).items == lists
    for wrap in (list, tuple):
        assert read_lists([repr(wrap(v)) for v in lists]).items == lists


@given(st.lists(st.lists(st.dictionaries(TEXT, TEXT, max_size=2), max_size=3), min_size=1, max_size=4))
def test_objects_are_the_same_in_json_and_python(lists: list[list[dict[str, str]]]) -> None:
    assert read_lists([json.dumps(v) for v in lists]).items == read_lists([repr(v) for v in lists]).items


@given(
    st.lists(st.lists(ADDRESS, min_size=1, max_size=4), min_size=3, max_size=8).filter(
        lambda v: sum(len(several) > 1 for several in v) > 1
    ),
    st.sampled_from([" ", "\n", "\r\n", ", ", "; ", " | ", "  "]),
)
def test_addresses_come_back_whatever_marks_they_hold(lists: list[list[str]], between: str) -> None:
    assert read_lists([between.join(v) for v in lists]).items == lists


@given(st.lists(ADDRESS, min_size=1, max_size=8))
def test_single_addresses_are_never_cut(addresses: list[str]) -> None:
    assert read_lists(addresses).items == [[a] for a in addresses]


FORMS = {
    "bullets": ("- {0}\n- {1}", "line ends"),
    "numbers": ("1. {0}\n2. {1}", "line ends"),
    "numbers in a line": ("1. {0} 2. {1}", "line ends"),
    "breaks": ("{0}<br>{1}", "line ends"),
    "full-width commas": ("{0}，{1}", "commas"),
    "Japanese commas": ("{0}、{1}", "commas"),
    "Arabic commas": ("{0}، {1}", "commas"),
    "a slash": ("{0} / {1}", "blanks"),
    "doubled bars": ("{0}||{1}", "bars"),
    "Markdown": ("[one]({0}) [two]({1})", "Markdown"),
    "a page": ('<a href="{0}">one</a>, <a class="x" href="{1}">two</a>', "HTML"),
    "Spark": ("WrappedArray({0}, {1})", "commas"),
    "by place": ('{{"0": "{0}", "1": "{1}"}}', "JSON"),
    "in an object": ('{{"urls": [{{"url": "t.co/1", "expanded_url": "{0}"}}, {{"expanded_url": "{1}"}}]}}', "JSON"),
}


@pytest.mark.parametrize("form", FORMS)
def test_addresses_in_a_frame(form: str) -> None:
    written, kind = FORMS[form]
    pairs = [(f"https://a.example/{i}?x=1,2", f"https://b.example/{i}_(c)") for i in range(6)]
    if form == "Markdown":
        pairs = [(a, b.replace("(", "").replace(")", "")) for a, b in pairs]
    found = read_lists([written.format(*pair) for pair in pairs])
    assert (found.kind, found.items) == (kind, [list(pair) for pair in pairs])


def test_tags_in_a_frame() -> None:
    assert read_lists(["#one#two", "#three"]).items == [["#one", "#two"], ["#three"]]
    assert read_lists(["@ann@mastodon.example", "@joe@x.example @ann"]).items == [
        ["@ann@mastodon.example"], ["@joe@x.example", "@ann"],
    ]  # fmt: skip
    assert read_lists(["<python><pandas>", "<r>"]).items == [["python", "pandas"], ["r"]]
    assert read_lists(["a.example,b.example", "c.example"]).items == [["a.example", "b.example"], ["c.example"]]
    assert read_lists(["Doe,Jane", "Roe,Jane"]).kind == ONE


@pytest.mark.parametrize("value", ["NA", "NaN", "null", "None", "N/A", r"\N"])
def test_what_stands_for_nothing_is_shared_by_nobody(value: str) -> None:
    assert read_lists([value, "bridge"]).items == [[], ["bridge"]]
    assert read_lists([value]).items == [[]]


@pytest.mark.parametrize("value", ["See [the map](https://a.example) first", "1. May", "- and that was it", "a <b> c"])
def test_what_only_looks_framed_is_one_item(value: str) -> None:
    assert read_lists([value, "Rain"]).items == [[value], ["Rain"]]


@given(st.lists(st.text(), max_size=8), st.one_of(st.none(), st.text(min_size=1, max_size=2)))
def test_anything_can_be_a_column(values: list[str], separator: str | None) -> None:
    found = read_lists(values, separator)
    assert len(found.items) == len(values)
    assert all(item and item == item.strip() for several in found.items for item in several)
    assert about("c", values, found)


@given(st.text("[](){}'\",:=\\ abNc1"))
def test_no_text_breaks_the_notations(text: str) -> None:
    read_written("[" + text)
    read_written("c(" + text + ")")


@pytest.mark.parametrize(
    "deep", ["[" * 100_000, "[" * 900 + "]" * 900, "c(" * 500 + ")" * 500, "{'a':" * 400 + "1" + "}" * 400]
)
def test_depth_has_an_end(deep: str) -> None:
    assert read_lists([deep]).items == [[deep]]


@pytest.mark.parametrize(
    ("values", "kind", "items"),
    [
        (['c("a", "b")', "one that is alone", "character(0)", "NA"], "R", [["a", "b"], ["one that is alone"], [], []]),
        (['list(list(url = "a", text = "x"), list(url = "b"))'], "R", [["a", "b"]]),
        (["c(1L, 2L)"], "R", [["1", "2"]]),
        (["['a' 'b'\n 'c']", "nan"], "Python", [["a", "b", "c"], []]),
        (["array(['a', 'b'], dtype=object)"], "Python", [["a", "b"]]),
        (["{'a', 'b'}", "set()"], "Python", [["a", "b"], []]),
        ([r"['it\'s', 'a\\b', '\u00e9']"], "Python", [["it's", "a\\b", "é"]]),
        (['["a", ["b", null, true]]', '"c"'], "JSON", [["a", "b"], ['"c"']]),
        (['["\\ud83d\\ude00", "\\ud83d"]'], "JSON", [["😀", "�"]]),
        (["[12345678901234567890, 1.50]"], "JSON", [["12345678901234567890", "1.50"]]),
        (['{"url": "a"}'], "JSON", [["a"]]),
        (["[{'tag': 'x', 'at': datetime.datetime(2024, 5, 1)}]"], "Python", [["x"]]),
        ([f"[{A}, {B}]", f"[{B}]"], "commas", [[A, B], [B]]),
        (["{climate change,water}", "{rain}"], "commas", [["climate change", "water"], ["rain"]]),
        (['{' + A.replace(",", ";") + ',' + B + '}', f'{{"{A}",NULL,{B}}}', "{}"], "commas",
         [[A.replace(",", ";"), B], [A, B], []]),
        ([r'{"a \"b\", c",d}', "{e f}"], "commas", [['a "b", c', "d"], ["e f"]]),
        ([json.dumps(json.dumps([A, B])), json.dumps("[]"), '"no list"'], "JSON", [[A, B], [], ['"no list"']]),
        (["#a #b", "@c", ""], "blanks", [["#a", "#b"], ["@c"], []]),
        (["#a,#b", "#c"], "commas", [["#a", "#b"], ["#c"]]),
        (["bridge,mayor,water", "mayor"], "commas", [["bridge", "mayor", "water"], ["mayor"]]),
        (["bridge;mayor", "mayor"], "semicolons", [["bridge", "mayor"], ["mayor"]]),
        (["a.example/1 b.example/2", "c.example"], "blanks", [["a.example/1", "b.example/2"], ["c.example"]]),
        ([f"www.a.example|{A}", A], "bars", [["www.a.example", A], [A]]),
    ],
)  # fmt: skip
def test_lists(values: list[str], kind: str, items: list[list[str]]) -> None:
    found = read_lists(values)
    assert (found.kind, found.items) == (kind, items)


@pytest.mark.parametrize(
    "values",
    [
        ["Rain, snow and hail", "Rain"],
        ["[Update] the bridge", "[Video] the bridge"],
        ["[1]", "what is left of it", "[2]"],
        ["The mayor resigns | Herald", "Cuts | Courier"],
        ["Smith, John", "Reuters"], ["Smith,John", "Reuters"], ["Berlin,Germany", "Germany"],
        ["1,000", "2,000,000", "7"], ["user|post", "user|other"],
        ["#MeToo is here", "#MeToo again"], ["$5,000 for a bridge", "$6"],
        [A, "https://w.example/?urls=https://a.example,https://b.example"],
        ["https://web.example/2020/https://a.example/"],
        ["a (b), c", "carts (two)"], ['("The end")', "What is left of it"],
    ],
)  # fmt: skip
def test_what_is_no_list_is_one_item(values: list[str]) -> None:
    found = read_lists(values)
    assert (found.kind, found.items) == (ONE, [[v] for v in values])


def test_a_cell_that_was_cut_short_does_not_undo_the_column() -> None:
    values = [f'["https://a.example/{i}", "https://b.example/{i}"]' for i in range(40)] + ['["https://a.exam']
    found = read_lists(values)
    assert (found.kind, found.apart, found.items[-1]) == ("JSON", 1, ['["https://a.exam'])
    assert "one item each: 1" in about("urls", values, found)


def test_the_user_has_the_last_word() -> None:
    assert read_lists(["a, b;c", "d"], ";").items == [["a, b", "c"], ["d"]]
    assert read_lists(["a\nb"], r"\n").items == [["a", "b"]]
    assert read_lists(["a b", "c"], " ").items == [["a", "b"], ["c"]]
    assert "cut at --list-separator: 'a;b' is 2 items, 'a' and 'b'" in about("c", ["a;b"], read_lists(["a;b"], ";"))
    # commas inside quotation marks are no separators
    assert read_lists(['["a,b", "c"]'], ",").items == [["a,b", "c"]]


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ({"url": "t.co/1", "expanded_url": "x"}, "x"), ({"url": "t.co/1", "expanded_url": None}, "t.co/1"),
        ({"tag": "x", "start": 1}, "x"), ({"screen_name": "x", "id": 5}, "x"), ({"id": 5}, "5"),
        ({"b": 1, "a": None}, '{"b": 1}'), ({"a": None}, ""), ({}, ""),
    ],
)  # fmt: skip
def test_an_object_stands_for_its_address_or_name(given_: dict[str, Any], wanted: str) -> None:
    assert item_of(given_) == wanted


@pytest.mark.parametrize(
    ("array", "values", "rows"),
    [
        (pa.array([["a"], ["b", "c"], None]).slice(1), ["b", "c"], [0, 0]),
        (pa.array([[{"url": "x"}, None], None, [{"url": None}]]), ["x", None, ""], [0, 0, 2]),
        (pa.array([[["a"], ["b"]], []]), ["a", "b"], [0, 0]),
        (pa.array([["a", "b"]], pa.list_(pa.string(), 2)), ["a", "b"], [0, 0]),
        (pa.array([["a"]], pa.list_view(pa.string())), ["a"], [0]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"], [0, 1, 2]),
        (pa.array([7, None]), ["7", None], [0, 1]),
    ],
)
def test_arrow_values_become_text(array: pa.Array, values: list[str | None], rows: list[int]) -> None:
    found, at = flat_text(array, "c")
    assert (found.to_pylist(), at.tolist()) == (values, rows)


def test_bytes_are_no_text() -> None:
    with pytest.raises(UsageError, match="column 'c' holds binary, not text"):
        flat_text(pa.array([b"\xff"]), "c")


class _Counting:
    """A pattern that counts the characters it is asked to search."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self.searched = 0

    def search(self, value: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        self.searched += (len(value) if end is None else end) - start
        return self._pattern.search(value, start, len(value) if end is None else end)


@pytest.mark.parametrize("first", ["https://a.example/?u=", ""])
def test_a_list_of_many_addresses_is_looked_through_once(first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = _Counting(lists._ASKED)
    monkeypatch.setattr(lists, "_ASKED", counting)
    long = first + ",".join(f"https://b{i}.example/x" for i in range(500))
    found = read_lists([long, "https://c.example,https://d.example", "https://c.example,https://e.example"])
    # What an address has in its query is part of it.
    assert [len(items) for items in found.items] == [1 if first else 500, 2, 2]
    assert counting.searched <= 2 * len(long)
