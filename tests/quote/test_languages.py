"""The files of languages: each has what the rules ask for, and is told by its common words."""

from __future__ import annotations

import pytest

from inchorus.quote.altered import changes
from inchorus.quote.document import quotations
from inchorus.quote.found import named
from inchorus.quote.language import codes, language, told


@pytest.mark.parametrize("code", codes())
def test_a_language_has_what_the_rules_ask_for(code: str) -> None:
    of = language(code)
    assert len(of.common) >= 20
    assert of.saying
    assert of.that
    assert of.negations
    assert of.modals
    assert of.subject in {"before", "after", "both"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The bridge is safe and nobody in the town has to pay for it.", "en"),
        ("Die Brücke ist sicher, und niemand in der Stadt muss für sie bezahlen.", "de"),
    ],
)
def test_a_text_tells_its_language(text: str, code: str) -> None:
    found = told(text)
    assert found is not None
    assert found.code == code


def test_the_column_of_languages_comes_first() -> None:
    given = told("The bridge is safe and nobody in the town pays.", "de-AT")
    assert given is not None
    assert given.code == "de"


def test_a_text_in_no_language_that_there_is_has_none() -> None:
    assert told("xyzzy plugh 12345 qwrty") is None
    assert told("") is None
    assert told("The bridge is safe", "xx") is None


@pytest.mark.parametrize(
    ("code", "text", "said", "who"),
    [
        ("fr", "« Personne ne paiera deux fois pour l'eau », a déclaré Jeanne Dupont, maire de Valbois.",
         "Personne ne paiera deux fois pour l'eau", "Jeanne Dupont"),
        ("fr", "Le ministre Paul Martin a écrit : « Nous ne vendrons pas la mairie. »",
         "Nous ne vendrons pas la mairie.", "Paul Martin"),
        ("fr", "Jeanne Dupont a affirmé que le pont était sûr pour les chevaux.",
         "que le pont était sûr pour les chevaux", "Jeanne Dupont"),
        ("fr", "Selon Paul Martin, le pont est sûr pour les chevaux.",
         "le pont est sûr pour les chevaux", "Paul Martin"),
        ("es", "«Nadie pagará dos veces por el agua», dijo Ana López, alcaldesa de Valverde.",
         "Nadie pagará dos veces por el agua", "Ana López"),
        ("es", "El ministro Pedro Ruiz escribió: “No venderemos el ayuntamiento a nadie”.",
         "No venderemos el ayuntamiento a nadie", "Pedro Ruiz"),
        ("es", "Ana López aseguró que el puente es seguro para los caballos.",
         "que el puente es seguro para los caballos", "Ana López"),
        ("es", "Según el ministro Pedro Ruiz, el puente es seguro para los caballos.",
         "el puente es seguro para los caballos", "Pedro Ruiz"),
        ("ru", "«Никто не заплатит за воду дважды», — сказала Анна Петрова, мэр города.",
         "Никто не заплатит за воду дважды", "Анна Петрова"),
        ("ru", "Министр Иван Смирнов написал: «Мы не продадим ратушу никому».",
         "Мы не продадим ратушу никому", "Иван Смирнов"),
        ("ru", "Анна Петрова заявила, что мост безопасен для лошадей.",
         "что мост безопасен для лошадей", "Анна Петрова"),
        ("ru", "По словам Ивана Смирнова, мост безопасен для лошадей и телег.",
         "мост безопасен для лошадей и телег", "Ивана Смирнова"),
        ("ar", "قال حسن الوادي: «لن يدفع أحد ثمن الماء مرتين».", "لن يدفع أحد ثمن الماء مرتين", "حسن الوادي"),
        ("ar", "«لن نبيع دار البلدية لأحد أبدا»، قالت ليلى الجبل.", "لن نبيع دار البلدية لأحد أبدا", "ليلى الجبل"),
        ("ar", "وأضاف الوزير حسن الوادي أن الجسر آمن للخيول والعربات.", "أن الجسر آمن للخيول والعربات", "حسن الوادي"),
        ("ar", "وبحسب ليلى الجبل، الجسر آمن للخيول والعربات.", "الجسر آمن للخيول والعربات", "ليلى الجبل"),
        ("fa", "حسن رودباری گفت: «هیچ کس دو بار پول آب را نخواهد داد».",
         "هیچ کس دو بار پول آب را نخواهد داد", "حسن رودباری"),
        ("fa", "وزیر مریم کوهی اعلام کرد که پل برای اسب‌ها امن است.", "که پل برای اسب‌ها امن است", "مریم کوهی"),
        ("fa", "به گفته مریم کوهی، پل برای اسب‌ها و گاری‌ها امن است.", "پل برای اسب‌ها و گاری‌ها امن است", "مریم کوهی"),
    ],
)  # fmt: skip
def test_who_says_what_in_every_language(code: str, text: str, said: str, who: str) -> None:
    of = language(code)
    (found,) = quotations(text, of)
    assert [text[a:b] for a, b in found.spans] == [said]
    assert named(text, [found], of) == [who]


@pytest.mark.parametrize(
    ("code", "full", "other", "kind"),
    [
        ("fr", "nous ne paierons pas cette eau", "nous paierons cette eau", "negation"),
        ("es", "no pagaremos tres veces", "no pagaremos cinco veces", "number"),
        ("ru", "мост может быть закрыт зимой", "мост будет закрыт зимой", "modality"),
        ("ar", "لن يدفع أحد ثمن الماء", "يدفع أحد ثمن الماء", "negation"),
        ("fa", "ما هرگز این پل را نمی‌فروشیم", "ما این پل را نمی‌فروشیم", "negation"),
    ],
)
def test_alterations_are_classed_in_every_language(code: str, full: str, other: str, kind: str) -> None:
    assert changes(f"x {full} y", [f"x {other} y"], language(code))[0].kind == kind


def test_a_subject_that_is_written_at_its_verb_is_one() -> None:
    text = "« Le pont est sûr », explique-t-elle dans la cour."
    (found,) = quotations(text, language("fr"))
    assert found.speaker is not None
    assert text[slice(*found.speaker)] == "elle"
