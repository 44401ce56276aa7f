"""Sentences of courts, sport, politics and messages: who is said to say it, and never somebody who only stands near."""

from __future__ import annotations

import pytest

from inchorus.quote.document import quotations
from inchorus.quote.language import language


@pytest.mark.parametrize(
    ("code", "text", "begins", "who"),
    [
        ("en", "“It was a wild night,” skipper Ben Oak reflected afterwards.", "It was", "Oak"),
        ("en", "The judge, Ada Ash, told the jury the case was “not about money.”", "not about", "Ash"),
        ("en", "Oak’s lawyer, Eve Elm, declined to comment beyond saying “the truth will come out.”",
         "the truth", "Elm"),
        ("en", "Q: Are you tired?\n\nASH: “I am not tired.”", "I am not", "ASH"),
        ("en", "“We lost because we slept,” conceded a rueful Oak.", "We lost", "Oak"),
        ("en", "“We lost because we slept” was how Oak explained the defeat.", "We lost", "Oak"),
        ("en", "In a post on her website, Ash described the ruling as “a dark day for rivers.”", "a dark day", "Ash"),
        ("en", "“Rivers,” Ash writes in her memoir, “do not forgive.”", "Rivers", "Ash"),
        ("en", "Critics say the plan is “dead on arrival.”", "dead on", "Critics"),
        ("en", "A spokesperson for the ministry confirmed that the file had been “misplaced.”",
         "misplaced", "spokesperson"),
        ("en", "“No comment,” was all the chairman would say.", "No comment", "chairman"),
        ("en", "“This is not over,” vowed Eve Elm, who leads the union.", "This is", "Elm"),
        ("en", "The report finds “serious and repeated failures” in the home.", "serious", "report"),
        ("en", "The report, written by Eve Elm, finds “serious and repeated failures” in the home.",
         "serious", "report"),
        ("en", "Ash, 54, recalls her mother saying: “Do not look down.”", "Do not", "mother"),
        ("en", "“Do not look down,” her mother used to say, Ash recalls.", "Do not", "mother"),
        ("en", "According to the lawsuit, the firm “knew of the leak for years.”", "knew of", "lawsuit"),
        ("en", "Elm — a farmer from Oldford — said: “We will march.”", "We will", "Elm"),
        ("en", "It is “a scandal,” in the words of Eve Elm.", "a scandal", "Elm"),
        ("en", "Eve Elm (D-Oldford) said the bill was “a gift to polluters.”", "a gift", "Elm"),
        ("en", "Echoing Oak, Elm said the bill was “a gift to polluters.”", "a gift", "Elm"),
        ("en", "Elm praised Oak as “a man of his word.”", "a man", "Elm"),
        ("en", "Oak was praised by Elm as “a man of his word.”", "a man", "Elm"),
        ("en", "Said Elm: “We will march.”", "We will", "Elm"),
        ("en", "“We will march!” shouted one of the farmers.", "We will", "farmers"),
        ("en", "“We will march,” the farmers chanted as Oak arrived.", "We will", "farmers"),
        ("en", "Elm’s message to Oak was simple: “We will march.”", "We will", "Elm"),
        ("en", "The sign on the door read “Back in five minutes.”", "Back", "sign"),
        ("en", "Elm, speaking through an interpreter, said she was “not afraid of anyone.”", "not afraid", "Elm"),
        ("en", "While Oak called it “a done deal,” Elm disagreed.", "a done", "Oak"),
        ("en", "Oak declined to speak. But Elm did: “We will march.”", "We will", "Elm"),
        ("en", "“Oak lied to us,” said Elm. “He lied for years.”", "Oak lied", "Elm"),
        ("en", "The bishop warned on Sunday that “greed is a patient god,” drawing applause.", "greed", "bishop"),
        ("en", "Neither Oak nor Elm would comment. “It is private,” said a neighbour, Ivy Fir.", "It is", "Fir"),
        ("fr", "« C'est une honte », s'emporte Paul Martin.", "C'est", "Martin"),
        ("fr", "Pour Paul Martin, c'est « une honte pour la ville ».", "une honte", "Martin"),
        ("fr", "Paul Martin dénonce « une honte pour la ville ».", "une honte", "Martin"),
        ("fr", "Le maire, Paul Martin, a qualifié le projet de « folie ».", "folie", "Martin"),
        ("fr", "Dans une lettre, Paul Martin écrit : « C'est une honte. »", "C'est", "Martin"),
        ("fr", "« C'est une honte », a réagi sur Twitter la députée Jeanne Dupont.", "C'est", "Dupont"),
        ("fr", "Selon un porte-parole de la mairie, le pont est « sûr ».", "sûr", "porte-parole"),
        ("fr", "Jeanne Dupont juge le projet « dangereux et inutile ».", "dangereux", "Dupont"),
        ("fr", "« On verra », sourit Jeanne Dupont.", "On verra", "Dupont"),
        ("es", "«Es una vergüenza», lamentó Pedro Ruiz.", "Es una", "Ruiz"),
        ("es", "Para Pedro Ruiz, es «una vergüenza para el pueblo».", "una verg", "Ruiz"),
        ("es", "Pedro Ruiz calificó el plan de «locura».", "locura", "Ruiz"),
        ("es", "El alcalde, Pedro Ruiz, denunció «una vergüenza para el pueblo».", "una verg", "Ruiz"),
        ("es", "“Es una vergüenza”, escribió en Twitter la diputada Ana López.", "Es una", "López"),
        ("es", "Según fuentes del ministerio, el plan está «muerto».", "muerto", "fuentes"),
        ("es", "«Ya veremos», bromeó Ana López.", "Ya veremos", "López"),
        ("es", "Ana López considera que el plan es «peligroso e inútil».", "peligroso", "López"),
        ("ru", "«Это позор», — возмутился Иван Смирнов.", "Это", "Смирнов"),
        ("ru", "Иван Смирнов назвал план «позором для города».", "позором", "Смирнов"),
        ("ru", "По мнению Анны Петровой, план «опасен и бесполезен».", "опасен", "Петровой"),
        ("ru", "«Посмотрим», — улыбнулась Анна Петрова.", "Посмотрим", "Петрова"),
        ("ru", "Как отметила депутат Анна Петрова, план «опасен и бесполезен».", "опасен", "Петрова"),
        ("ru", "В письме Иван Смирнов пишет: «Это позор».", "Это", "Смирнов"),
        ("en", "“Elections matter,” Kelly said. “Look at the records.”", "Elections", "Kelly"),
        ("en", "“Elections matter,” said Reilly.", "Elections", "Reilly"),
        ("en", "Ben Oak, 31, a local photographer, said the hall had a “perfect storm” of sound.", "perfect", "Oak"),
        ("en", "Sen. Clara Ash (D-Mo.), who backs Elm, said Oak pushed “a bit too far” last week.", "a bit", "Ash"),
        ("fr", "« Le pont est sûr », a dit Clément.", "Le pont", "Clément"),
    ],
)  # fmt: skip
def test_who_says_it(code: str, text: str, begins: str, who: str) -> None:
    found = [q for q in quotations(text, language(code)) if q.direct]
    (one,) = (q for q in found if any(text[a:b].startswith(begins) for a, b in q.spans))
    assert one.speaker is not None
    assert who in text[slice(*one.speaker)]
