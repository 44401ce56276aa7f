"""The servers that are asked: when each may be asked again, and what its robots.txt says."""

from __future__ import annotations

from dataclasses import dataclass, field

from inchorus.web.fetch import Answer, Failed
from inchorus.web.manners import BUSY, LONGEST, TRIES, asked_to_wait, back_off
from inchorus.web.robots import Rules, rules_of


@dataclass
class Server:
    """One server. It is not asked before `ready`, nor while it is `busy`, nor in this run once it is `closed`."""

    ready: float = 0.0
    busy: bool = False
    closed: bool = False
    rules: dict[str, Rules] = field(default_factory=dict)
    _tries: dict[str, int] = field(default_factory=dict)

    def done(self, now: float, delay: float, origin: str) -> None:
        """A request is over."""
        rules = self.rules.get(origin)
        wait = max(delay, rules.delay if rules is not None else 0.0)
        self.busy, self.ready = False, max(self.ready, now + wait)
        self.closed = self.closed or wait > LONGEST

    def told(self, origin: str, answer: Answer | Failed, now: float) -> None:
        """What was answered when robots.txt was asked for; what failed is asked for again, a few times."""
        tries = self._tries[origin] = self._tries.get(origin, 0) + 1
        busy = isinstance(answer, Answer) and answer.status in BUSY
        if (busy or (isinstance(answer, Failed) and answer.again)) and tries < TRIES:
            self.ready = now + self.pause(answer, tries, now)
            return
        self.rules[origin] = rules_of(answer)

    def pause(self, answer: Answer | Failed, tries: int, now: float) -> float:
        """Seconds until what failed is asked for again. A server that asks for too long a wait is closed."""
        asked = asked_to_wait(answer.header("Retry-After"), now) if isinstance(answer, Answer) else None
        if asked is None:
            return back_off(tries)
        self.closed = self.closed or asked > LONGEST
        self.ready = max(self.ready, now + min(asked, LONGEST))
        return max(asked, back_off(tries))
