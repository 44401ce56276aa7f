"""Text that may stand in XML 1.0."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

# Forbidden by the specification (production Char), and the control codes that it advises against (C1 and delete).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LAYOUT = {"\r": "&#13;"}


def allowed(text: str) -> str:
    r"""The text with U+FFFD for each character that XML 1.0 forbids, or advises against as a control code.

    >>> allowed("a\x00b\x1b\x9b\ufffe\n")
    'a�b���\n'
    """
    return _FORBIDDEN.sub("\ufffd", text)


def content(text: str) -> str:
    """The text as the content of an element."""
    return escape(allowed(text), _LAYOUT)


def quoted(text: str) -> str:
    """The text as the value of an attribute, with its quotation marks.

    >>> print(quoted("a & <b>"))
    "a &amp; &lt;b&gt;"
    """
    return quoteattr(allowed(text))
