"""The text of a piece of HTML, as posts and comments have it: lines and paragraphs, no marks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_PARAGRAPHS = frozenset("p div blockquote ul ol pre h1 h2 h3 h4 h5 h6 table section article hr".split())
_LINES = frozenset({"br", "li", "tr"})
_PLAIN = frozenset(
    "a abbr b big center cite code col colgroup dd del dl dt em font i img ins kbd mark q s small span strike strong "
    "sub sup tbody td tfoot th thead tt u var wbr".split()
)
_HIDDEN = frozenset({"script", "style", "head", "title"})
_BLANKS = re.compile(r"[ \t\f\v]*\n[ \t\f\v]*")
_EMPTY = re.compile(r"\n{3,}")


def text_of_markup(written: str) -> str:
    r"""The text: a paragraph behind an empty line, entities as their characters; what only looks like a mark stays.

    >>> text_of_markup("<p>Rain &amp; <b>hail</b><br/>are near.</p><p>Ask <ann@example.org>, x < y.</p>")
    'Rain & hail\nare near.\n\nAsk <ann@example.org>, x < y.'
    """
    if "<" not in written and "&" not in written:
        return written
    parser = _Text()
    parser.feed(written)
    parser.close()
    return _EMPTY.sub("\n\n", _BLANKS.sub("\n", "".join(parser.parts))).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Python's own ends with AssertionError at what only begins like a section, as `<![;` does."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")
        elif tag not in _PLAIN:
            self.handle_data(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _PARAGRAPHS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
