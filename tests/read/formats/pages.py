"""Web pages as the tests write them: an article within what a site puts around it."""

from __future__ import annotations

PARAGRAPHS = (
    "The old bridge over the river will be closed for repairs from Monday until the end of May, the council said.",
    "Ferries will run every ten minutes, and buses will be diverted through the northern part of the town.",
    "“We know that this is hard for people who live there,” said the mayor, who opened the bridge in 1998.",
)
FRAME = (
    "Subscribe to our newsletter and never miss a story from the region again.",
    "We use cookies to improve your experience on this site and to show adverts.",
    "Mayor resigns after a long dispute about the budget of the city theatre",
    "This is an outrage, and I have said so for years to everybody who would listen.",
    "Copyright 2024 Courier Media. All rights reserved. No part may be reproduced.",
    "Share on social media",
    "Most read today",
)
_HEAD = """<title>Bridge closes on Monday - Courier</title>
<meta property="og:site_name" content="Courier">
<link rel="canonical" href="https://www.courier.example/2024/05/bridge">
<meta property="article:published_time" content="2024-05-01T08:30:00+02:00">
<meta name="author" content="Ada Lovelace"><meta name="keywords" content="bridge, rain">"""


def page(paragraphs: tuple[str, ...] = PARAGRAPHS, head: str = _HEAD, lang: str = "en-GB") -> str:
    """A page with the article of these paragraphs in its frame."""
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs)
    newsletter, cookies, related, comment, rights, share, read = FRAME
    return f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li>
<li><a href="/sport">Sport</a></li></ul></nav></header>
<div id="cookie-consent" class="cookie-banner" role="dialog"><p>{cookies}</p><button>Accept all</button></div>
<main><article class="article"><h1>Bridge closes on Monday</h1>
<div class="share"><a href="#">{share}</a></div>
{body}
<div class="newsletter-signup"><p>{newsletter}</p><form><input type="email"></form></div>
</article>
<aside class="related"><h3>{read}</h3><ul><li><a href="/a">{related}</a></li>
<li><a href="/b">{related} again</a></li></ul></aside>
<section id="comments" class="comments"><h3>Comments</h3><div class="comment"><p>{comment}</p></div></section></main>
<footer><p>{rights}</p></footer><script>var a = "<p>no text</p>";</script></body></html>"""
