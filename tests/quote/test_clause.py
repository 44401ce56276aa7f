"""Who says it where the verb comes second: German clauses, with the subject on either side of the verb."""

from __future__ import annotations

import pytest

from inchorus.quote.document import quotations
from inchorus.quote.language import language

DE = language("de")


def speakers(text: str) -> list[str | None]:
    return [q.speaker and text[slice(*q.speaker)] for q in quotations(text, DE) if q.direct]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Den Vorschlag nannte die Abgeordnete Lena Vogt „eine Zumutung“.", "die Abgeordnete Lena Vogt"),
        ("Der Sprecherin zufolge war das Becken „völlig leer“.", "Der Sprecherin"),
        ("Wie Kern erklärte, sei die Brücke „in einem guten Zustand“.", "Kern"),
        ("Als „vertane Chance“ bezeichnete der Verband das Gesetz.", "der Verband"),
        ("Dort traf Otto Kern die Presse und sagte: „Die Mauer hält.“", "Otto Kern"),
        ("Weil Otto Kern den Plan einen „Unsinn ohne Beispiel“ genannt hatte, ging sie.", "Otto Kern"),
        ("Der Plan, den Otto Kern als „großen Wurf“ bezeichnet hatte, scheiterte.", "Otto Kern"),
        ("Otto Kern, der den Plan als „großen Wurf“ bezeichnet hatte, ging.", "Otto Kern"),
        ("Otto Kern hat angekündigt, dass er „keinen Stein auf dem anderen lassen“ werde.", "Otto Kern"),
        ("Für Otto Kern ist der Plan „ein Geschenk des Himmels“.", "Otto Kern"),
        ("Die Kritik wies die Landrätin Paula Stern als „völlig haltlos“ zurück.", "die Landrätin Paula Stern"),
        ("„Hält die Mauer?“, wollte ein Zuschauer wissen.", "ein Zuschauer"),
        ("„Die Mauer hält“ – mit diesen Worten beruhigte Ruth Alt die Anwohner.", "Ruth Alt"),
        ("Er sei „nicht ansprechbar“ gewesen, teilte die Polizei am Abend mit.", "die Polizei"),
        ("Der NDR, der den Vertrag geschlossen hat, sagte: „Wir bleiben dabei.“", "Der NDR"),
        ("Laut „Nordbote“ sei die Brücke „in einem guten Zustand“.", "„Nordbote“"),
        ("„Die Mauer ist morsch“, empörte sich der Anwalt Otto Kern.", "der Anwalt Otto Kern"),
        ("»Schweig!«, herrschte ihn der Müller an.", "der Müller"),
        ("„Es gibt keine Risse“, bestätigte auf Anfrage die Polizei.", "die Polizei"),
        ("Die Mauer sei „ein Wagnis“, dass sie noch steht, meinte dagegen die Wirtin Ruth Alt.", "die Wirtin Ruth Alt"),
        ("Die Zeitung zitiert einen Maurer mit den Worten: „Wir wussten alle davon.“", "einen Maurer"),
        ("Lob gab es vom Mieterbund: „Endlich geschieht etwas.“", "Mieterbund"),
        (
            "Der Maurer Otto Kern, der als einer von vielen im Tal war, sagte Reportern: „Die Mauer hält.“",
            "Der Maurer Otto Kern",
        ),
        ("Der Bund der Wirte spricht von „Verschwendung in Höhe von Millionen“.", "Der Bund der Wirte"),
        ("Der Rat stellte fest, die Mauer sei „ohne jeden Grund“ gebaut.", "Der Rat"),
        ("Überzeugt ist auch Ruth Alt: „Die Mauer wird noch lange halten.“", "Ruth Alt"),
        ("Die Gäste fühlten sich „im Stich gelassen“, wie die Wirtin Ruth Alt mitteilte.", "die Wirtin Ruth Alt"),
        ("Ein Brief, der den Bau als „Flickwerk ohne Plan“ bezeichnet, ging ein.", "Ein Brief"),
        ("In dem Brief wird der Bau als „Flickwerk ohne Plan“ bezeichnet.", "dem Brief"),
        ("Ruth Alt lobte den Bau und Otto Kern rief dazwischen: „Das ist gelogen!“", "Otto Kern"),
        ("Der Maurer ließ wissen, die Mauer stehe „auf sicherem Grund“.", "Der Maurer"),
        ("Aus Talheim verlautete, der Bau sei „auf sicherem Grund“.", "Talheim"),
        ("Angesprochen auf die Mauer, winkte Otto Kern ab: „Die zahlt der Bund.“", "Otto Kern"),
        (
            "Damit sei „das Maß voll“, schimpfte die Vorsitzende des Rats, Ruth Alt.",
            "die Vorsitzende des Rats, Ruth Alt",
        ),
        ("„Die Mauer hält“, hatte Ruth Alt im März noch erklärt.", "Ruth Alt"),
        ("„Die Mauer hält“, zitiert die Zeitung den Maurer Otto Kern.", "den Maurer Otto Kern"),
        ("„Die Mauer hält.“ Das sagte Otto Kern.", "Otto Kern"),
        ("Die bunten Plakate nannte die Wirtin „eine Schande für das Tal“.", "die Wirtin"),
        ("Mit „so geringen Mitteln“ lasse sich nichts bauen, findet Otto Kern.", "Otto Kern"),
        ("Ruth Alt ging heim. Ihr Urteil: „Die Mauer wird noch lange halten.“", "Ruth Alt"),
        ("Viele kamen, so der Rat, Ruth Alt („Die Mauer hält.“) und Otto Kern.", "Ruth Alt"),
    ],
)
def test_the_subject_stands_before_or_after_the_verb(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Der Fluss galt lange nicht als „Grenze“, sagte Ruth Alt am Abend.",
        "Seit gestern gilt eine neue Regel, genannt „Talfrieden“, wie der Rat mitteilt.",
        "Wie „heimat online“ berichtet, ist die Mauer fertig.",
    ],
)
def test_a_word_held_at_a_distance_and_a_name_are_no_quotations(text: str) -> None:
    assert speakers(text) == []


def test_what_a_passive_clause_is_about_says_nothing() -> None:
    assert speakers("Stern wurde als „Verräterin am Tal“ beschimpft.") == [None]
    assert speakers("Der Plan wurde von Otto Kern als „großer Wurf für das Dorf“ gelobt.") == ["Otto Kern"]
    assert speakers("Otto Kern wird wie folgt zitiert: „Die Mauer hält.“") == ["Otto Kern"]


def test_a_verb_in_two_parts_says_only_with_both() -> None:
    assert speakers("Otto Kern gab seine Entscheidung bekannt: „Die Mauer bleibt.“") == ["Otto Kern"]
    assert not any(not q.direct for q in quotations("Otto Kern gab dem Hund ein Stück Wurst.", DE))


def test_reported_speech_goes_on_with_its_speaker() -> None:
    text = (
        "Ruth Alt sagte, die Mauer halte. Sie sei geprüft. Niemand müsse sich „auch nur die geringsten Sorgen“ machen."
    )
    found = [q.speaker and text[slice(*q.speaker)] for q in quotations(text, DE)]
    assert found
    assert set(found) == {"Ruth Alt"}


def test_a_clause_with_words_in_marks_has_the_speaker_of_its_sentence() -> None:
    text = "Ruth Alt sagte, die Mauer halte. Das Amt erklärte, ein Abriss sei eine „innere Angelegenheit“ des Tals."
    found = [(text[slice(*q.spans[0])], text[slice(*q.speaker or (0, 0))]) for q in quotations(text, DE)]
    assert ("ein Abriss sei eine „innere Angelegenheit“ des Tals", "Das Amt") in found
    assert ("innere Angelegenheit", "Das Amt") in found


def test_a_sentence_that_is_all_in_marks_is_a_quotation() -> None:
    assert speakers("Ruth Alt schüttelte den Kopf. „Das geht nicht.“") == ["Ruth Alt"]


def test_a_name_in_marks_is_no_quotation() -> None:
    assert speakers("Die Zeitung „Der Nordbote“ und das Schiff „Stern von Emden“ sind bekannt, sagte Kern.") == []
