"""Posts of X as its own pages load them, which programs in a web browser (Zeeschuimer, for 4CAT) keep."""

from __future__ import annotations

from typing import Any

from inchorus.read.formats.post import inner, plain

_INSIDE = ("tweet_results", "tweetResult", "tweet", "result")


def web_post(value: Any) -> dict[str, Any] | None:
    """The post in what a page of X loads, as v1.1 of the interface has posts; None where there is none.

    >>> made = web_post({"rest_id": "9", "legacy": {"full_text": "Rain."}, "core": {"user_results": {"result": {
    ...     "rest_id": "5", "core": {"screen_name": "harbour"}}}}})
    >>> made["id_str"], made["full_text"], made["user"]["screen_name"]
    ('9', 'Rain.', 'harbour')
    """
    for _ in range(len(_INSIDE)):
        if not isinstance(value, dict) or isinstance(value.get("legacy"), dict):
            break
        value = next((value[name] for name in _INSIDE if isinstance(value.get(name), dict)), None)
    legacy = inner(value, "legacy")
    if not isinstance(legacy, dict) or "full_text" not in legacy:
        return None
    user = inner(value, "core", "user_results", "result")
    of = legacy.get("retweeted_status_result") or inner(value, "retweeted_status_result")
    long = inner(value, "note_tweet", "note_tweet_results", "result")
    made = {
        **legacy,
        "id_str": plain(value.get("rest_id")) or plain(legacy.get("id_str")),
        "user": {
            "id_str": plain(inner(user, "rest_id")) or plain(legacy.get("user_id_str")),
            # what stood in legacy until 2025 stands in core
            "screen_name": plain(inner(user, "core", "screen_name")) or plain(inner(user, "legacy", "screen_name")),
            "name": plain(inner(user, "core", "name")) or plain(inner(user, "legacy", "name")),
        },
    }
    if plain(inner(long, "text")):
        made["extended_tweet"] = {
            "full_text": inner(long, "text"),
            "entities": inner(long, "entity_set") or legacy.get("entities"),
        }
    if (reposted := web_post(of)) is not None:
        made["retweeted_status"] = reposted
    return made
