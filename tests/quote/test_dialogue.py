"""Speech that dashes mark."""

from __future__ import annotations

import pytest

from inchorus.quote.document import quotations
from inchorus.quote.language import language


def told(text: str, code: str) -> list[tuple[list[str], str | None]]:
    return [
        ([text[a:b] for a, b in q.spans], q.speaker and text[slice(*q.speaker)])
        for q in quotations(text, language(code))
        if q.direct
    ]


@pytest.mark.parametrize(
    ("code", "text", "pieces", "speaker"),
    [
        ("fr", "— Le pont est sûr, dit Ada Frêne.", ["Le pont est sûr"], "Ada Frêne"),
        ("fr", "— Qui paiera ? demanda le préfet.", ["Qui paiera ?"], "le préfet"),
        (
            "es", "—El puente es seguro —dijo Ada Fresno—. Nadie pagará dos veces.",
            ["El puente es seguro", "Nadie pagará dos veces."], "Ada Fresno",
        ),
        (
            "ru", "– Мост безопасен, – сказала Ада Ясенева. – Никто не заплатит дважды.",
            ["Мост безопасен", "Никто не заплатит дважды."], "Ада Ясенева",
        ),
        ("ru", "— Кто заплатит за плотину? — спросил губернатор.", ["Кто заплатит за плотину?"], "губернатор"),
        ("fr", "— « Sûr » est le mot, dit Ada Frêne.", ["« Sûr » est le mot"], "Ada Frêne"),
    ],
)  # fmt: skip
def test_speech_after_a_dash_without_its_narrator(code: str, text: str, pieces: list[str], speaker: str) -> None:
    assert told(f"{text}\n\nFin.", code) == [(pieces, speaker)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "— Le pont : 12 mètres\n\n— La digue : 40 mètres, en bois"),
        ("ru", "— мост и дамба\n\n— рынок - 12 лавок"),
        ("es", "El pueblo —que es viejo— tiene un puente."),
        ("en", "— The bridge is safe, said Ash."),
    ],
)
def test_a_list_is_no_speech(code: str, text: str) -> None:
    assert told(text, code) == []
