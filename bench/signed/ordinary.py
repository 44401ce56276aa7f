"""Ordinary sentences of which no run of words stands twice but by rare chance: what planted text stands among."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.signed import vary
from bench.signed.vocabulary import Vocabulary
from inchorus.simulate import Simulation, simulate

AROUND = 0.4
SENTENCES = {"posts": 2, "articles": 8}

# A word for "near", and the syllables of the names of places and people that stand between the phrases of a sentence.
_NEAR = {"de": "bei", "ru": "близ", "ar": "قرب"}
_SYLLABLES = {
    "de": ("al ber dor eck fal gri hol im jor kel lan mar nie ost pol rau sel tram ul vor wend zell bro kra",
           "berg bach dorf feld hausen heim hof ingen kirch leben mar muehl ow rode stedt stein tal walde weiler"),
    "ru": ("ал бор вел гор дол ер жел зар ил кор лам мир нов ол пес рад сол тур ул фед хол чер шум яр",
           "аново ашино ево екино ерово идово икино илово имово ино ихино ково лево ново олово орино скино цево"),
    "ar": ("با تا جا دا را زا سا شا صا طا عا فا قا كا لا ما نا ها وا يا بو تو دو رو",
           "بان تور جيل دين رام زيد سور شاد فيل قار كوت لان مون نيم هار وين ياس"),
}  # fmt: skip

Draw = Callable[[], float]


def documents(words: Vocabulary, kind: str, count: int, seed: int, sources: int, draw: Draw) -> Iterator[list[str]]:
    """The sentences of so many documents, posts or articles; some name who and what the planted lines name."""
    if words.language == "en":
        options = Simulation(
            documents=2 * count if kind == "posts" else count,
            lines=0, groups=0, boilerplate=False, kind=kind, sources=sources, seed=seed,
        )  # fmt: skip
        texts = (text for batch in simulate(options) for text in batch["text"].to_pylist())
        for text in texts:
            yield _with_around([text, next(texts)] if kind == "posts" else text.split("\n\n"), words, draw)
        return
    for _ in range(count):
        yield _with_around([_sentence(words, draw) for _ in range(SENTENCES[kind])], words, draw)


def _sentence(words: Vocabulary, draw: Draw) -> str:
    slots = [f"{{{name}}}" for name, (change, _) in words.slots.items() if change == "ordinary"]
    near = _NEAR[words.language]
    names = [_name(words.language, draw) for _ in range(3)]
    who, does, third, fourth, last = slots
    template = f"{who} {names[0]} {does} {third} {near} {names[1]} {fourth} {near} {names[2]} {last}"
    return vary.said(words.line(template, draw)).text


def _name(language: str, draw: Draw) -> str:
    starts, ends = (s.split() for s in _SYLLABLES[language])
    parts = (starts[int(draw() * len(starts))], starts[int(draw() * len(starts))], ends[int(draw() * len(ends))])
    return "".join(parts).capitalize()


def _with_around(own: list[str], words: Vocabulary, draw: Draw) -> list[str]:
    if draw() < AROUND:
        templates = words.templates["around"]
        said = vary.said(words.line(templates[int(draw() * len(templates))], draw)).text
        own.insert(int(draw() * (len(own) + 1)), said)
    return own
