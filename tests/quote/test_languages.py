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
    ("code", "text", "said", "who"),
    [
        ("fr", '« Le pont est sûr », assure Paul Martin.', 'Le pont est sûr', 'Paul Martin'),
        ("fr", '« Le pont est sûr », a-t-elle ajouté. Jeanne Dupont est partie.', 'Le pont est sûr', 'elle'),
        ("fr", '“Le pont est sûr”, explique Jeanne Dupont, avocate.', 'Le pont est sûr', 'Jeanne Dupont'),
        ("fr", "Paul Martin a annoncé que la mairie resterait ouverte.",
         "que la mairie resterait ouverte", "Paul Martin"),
        ("fr", "D'après Jeanne Dupont, la mairie restera ouverte tout l'hiver.",
         "la mairie restera ouverte tout l'hiver", "Jeanne Dupont"),
        ("fr", "Interrogée par la presse, Jeanne Dupont a répondu : « Le pont est sûr. »",
         "Le pont est sûr.", "Jeanne Dupont"),
        ("es", '«El puente es seguro», afirmó Pedro Ruiz.', 'El puente es seguro', 'Pedro Ruiz'),
        ("es", '“El puente es seguro”, explicó Ana López, abogada.', 'El puente es seguro', 'Ana López'),
        ("es", 'Ana López respondió: «El puente es seguro».', 'El puente es seguro', 'Ana López'),
        ("es", "Pedro Ruiz anunció que el ayuntamiento seguirá abierto.",
         "que el ayuntamiento seguirá abierto", "Pedro Ruiz"),
        ("es", "De acuerdo con Ana López, el ayuntamiento seguirá abierto todo el invierno.",
         "el ayuntamiento seguirá abierto todo el invierno", "Ana López"),
        ("es", '—El puente es seguro —dijo Pedro Ruiz.', 'El puente es seguro', 'Pedro Ruiz'),
        ("ru", '«Мост безопасен», — подчеркнул Иван Смирнов.', 'Мост безопасен', 'Иван Смирнов'),
        ("ru", '„Мост безопасен“, — пояснила Анна Петрова.', 'Мост безопасен', 'Анна Петрова'),
        ("ru", 'Анна Петрова ответила: «Мост безопасен».', 'Мост безопасен', 'Анна Петрова'),
        ("ru", 'Иван Смирнов сообщил, что ратуша останется открытой.', 'что ратуша останется открытой', 'Иван Смирнов'),
        ("ru", 'Как сказал Иван Смирнов, «мост безопасен».', 'мост безопасен', 'Иван Смирнов'),
        ("ru", '— Мост безопасен, — сказала Анна Петрова.', 'Мост безопасен', 'Анна Петрова'),
        ("ar", 'وقالت ليلى الجبل: «الجسر آمن للجميع».', 'الجسر آمن للجميع', 'ليلى الجبل'),
        ("ar", 'وأكد حسن الوادي: "الجسر آمن للجميع".', 'الجسر آمن للجميع', 'حسن الوادي'),
        ("ar", 'وأوضح حسن الوادي أن البلدية ستبقى مفتوحة.', 'أن البلدية ستبقى مفتوحة', 'حسن الوادي'),
        ("ar", 'وكتبت ليلى الجبل: “الجسر آمن للجميع”.', 'الجسر آمن للجميع', 'ليلى الجبل'),
        ("ar", 'وأعلن الوزير حسن الوادي أن البلدية ستبقى مفتوحة.', 'أن البلدية ستبقى مفتوحة', 'الوزير حسن الوادي'),
        ("ar", 'وصرح حسن الوادي: «لن نبيع البلدية».', 'لن نبيع البلدية', 'حسن الوادي'),
        ("fa", 'مریم کوهی گفت: «پل برای همه امن است».', 'پل برای همه امن است', 'مریم کوهی'),
        ("fa", 'حسن رودباری تأکید کرد: «پل برای همه امن است».', 'پل برای همه امن است', 'حسن رودباری'),
        ("fa", 'مریم کوهی افزود: "پل برای همه امن است".', 'پل برای همه امن است', 'مریم کوهی'),
        ("fa", 'حسن رودباری گفت که شهرداری باز می\u200cماند.', 'که شهرداری باز می\u200cماند', 'حسن رودباری'),
        ("fa", 'مریم کوهی نوشت: «ما شهرداری را نمی\u200cفروشیم».', 'ما شهرداری را نمی\u200cفروشیم', 'مریم کوهی'),
        ("fa", 'حسن رودباری توضیح داد: «پل برای همه امن است».', 'پل برای همه امن است', 'حسن رودباری'),
        ("fa", 'مریم کوهی اظهار کرد: «پل برای همه امن است».', 'پل برای همه امن است', 'مریم کوهی'),
        ("en", '“The bridge is safe,” Ada Ash said.', 'The bridge is safe,', 'Ada Ash'),
        ("en", '“The bridge is safe,” said Ben Oak, a lawyer.', 'The bridge is safe,', 'Ben Oak'),
        ("en", 'Ada Ash replied: “The bridge is safe.”', 'The bridge is safe.', 'Ada Ash'),
        ("en", "According to Ben Oak, the town hall stays open all winter.",
         "the town hall stays open all winter", "Ben Oak"),
        ("en", 'Ada Ash announced that the town hall stays open.', 'that the town hall stays open', 'Ada Ash'),
        ("en", 'Ben Oak called the plan “a betrayal of the town”.', 'a betrayal of the town', 'Ben Oak'),
        ("en", '“The bridge is safe,” argues Ada Ash.', 'The bridge is safe,', 'Ada Ash'),
        ("en", 'As Ada Ash put it, “the bridge is safe.”', 'the bridge is safe.', 'Ada Ash'),
        ("en", 'In a statement, Ben Oak warned, “The bridge may fall.”', 'The bridge may fall.', 'Ben Oak'),
        ("en", 'Asked about the bridge, Ada Ash answered: “It is safe.”', 'It is safe.', 'Ada Ash'),
        ("de", '„Die Brücke ist sicher“, sagte Ada Ulme.', 'Die Brücke ist sicher', 'Ada Ulme'),
        ("de", 'Ada Ulme antwortete: »Die Brücke ist sicher.«', 'Die Brücke ist sicher.', 'Ada Ulme'),
        ("de", 'Laut Otto Esche ist die Brücke „völlig sicher“.', 'völlig sicher', 'Otto Esche'),
        ("de", 'Ada Ulme kündigte an, dass das Rathaus offen bleibt.', 'dass das Rathaus offen bleibt', 'Ada Ulme'),
        ("de", 'Otto Esche nannte den Plan „einen Verrat an der Stadt“.', 'einen Verrat an der Stadt', 'Otto Esche'),
        ("de", '„Die Brücke ist sicher“, so Otto Esche.', 'Die Brücke ist sicher', 'Otto Esche'),
        ("de", 'Gefragt nach der Brücke, sagte Ada Ulme: „Sie ist sicher.“', 'Sie ist sicher.', 'Ada Ulme'),
        ("de", 'Wie Ada Ulme erklärte, sei die Brücke „völlig sicher“.', 'völlig sicher', 'Ada Ulme'),
        ("de", '„Ist die Brücke sicher?“, fragte Otto Esche.', 'Ist die Brücke sicher?', 'Otto Esche'),
        ("de", '„Die Brücke ist sicher“, teilte Ada Ulme mit.', 'Die Brücke ist sicher', 'Ada Ulme'),
    ],
)  # fmt: skip
def test_words_of_saying_of_every_language(code: str, text: str, said: str, who: str) -> None:
    every = [q for q in quotations(text, language(code)) if q.speaker]
    found = [q for q in every if q.direct] or every
    assert [([text[a:b] for a, b in q.spans], text[slice(*(q.speaker or (0, 0)))]) for q in found] == [([said], who)]


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
