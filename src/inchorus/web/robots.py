"""What a server's robots.txt lets a collection ask for, and how often (RFC 9309)."""

from __future__ import annotations

from typing import NamedTuple

from protego import Protego

from inchorus.web.address import asked_form
from inchorus.web.fetch import Answer, Failed, Fetch
from inchorus.web.manners import BUSY
from inchorus.web.unpacked import PackedError, unpacked

NAME = "inchorus"
MOST_BYTES = 512 << 10  # the RFC asks for 500 kibibytes at least
REDIRECTS = 5  # as the RFC has it


class Rules(NamedTuple):
    """What may be asked of one origin: everything or nothing where there is nothing `parsed`.

    `delay` are the seconds between two requests that it asks for. `again`: it may well be otherwise another time.
    """

    parsed: Protego | None
    all_or_none: bool
    delay: float = 0.0
    why: str = "robots.txt does not allow it"
    again: bool = False

    def allows(self, url: str) -> bool:
        """Whether the address may be asked for."""
        return self.all_or_none if self.parsed is None else bool(self.parsed.can_fetch(url, NAME))


ALL = Rules(None, True)


def ask_robots(fetch: Fetch, origin: str) -> Answer | Failed:
    """What an origin answers when its robots.txt is asked for, wherever that lies."""
    url = f"{origin}/robots.txt"
    for _ in range(REDIRECTS + 1):
        answer = fetch(url, {})
        if isinstance(answer, Failed) or not 300 <= answer.status < 400:
            break
        target = asked_form(answer.header("Location") or "", url)
        if target is None:
            break
        url = target
    return answer


def rules_of(answer: Answer | Failed) -> Rules:
    r"""The rules in that answer: of 4xx and of redirects that do not end, none; of 5xx, that nothing may be asked for.

    >>> rules = rules_of(Answer("", 200, "", (), b"User-agent: *\nDisallow: /private\nCrawl-delay: 3", "", 0.0))
    >>> rules.allows("http://a.example/private/x"), rules.allows("http://a.example/x"), rules.delay
    (False, True, 3.0)
    >>> rules_of(Failed("no connection", True)).why
    'its robots.txt may forbid it, and cannot be had: no connection'
    """
    if isinstance(answer, Failed):
        # what may not be reached is no matter of robots.txt
        why = f"its robots.txt may forbid it, and cannot be had: {answer.why}" if answer.again else answer.why
        return Rules(None, False, why=why, again=answer.again)
    if answer.status >= 500 or answer.status in BUSY:
        why = f"its robots.txt may forbid it, and cannot be had: it answers {answer.status}"
        return Rules(None, False, why=why, again=True)
    if answer.status != 200:
        return ALL
    body = _plain(answer)
    # the last line of what is cut may be half a rule
    text = body if len(body) <= MOST_BYTES else body[:MOST_BYTES].rpartition(b"\n")[0]
    parsed = Protego.parse(text.decode("utf-8", "replace").removeprefix("\ufeff").replace("\0", ""))
    rate = parsed.request_rate(NAME)
    per_request = rate.seconds / rate.requests if rate is not None and rate.requests else 0.0
    return Rules(parsed, False, max(0.0, float(parsed.crawl_delay(NAME) or 0), per_request))


def _plain(answer: Answer) -> bytes:
    """The body; what cannot be unpacked may forbid everything."""
    try:
        return unpacked(answer)
    except PackedError:
        return b"User-agent: *\nDisallow: /"
