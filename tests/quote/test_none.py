"""Titles, names, words that are spoken of and buttons, in every language: none of them is a quotation."""

from __future__ import annotations

import pytest

from inchorus.quote.document import quotations
from inchorus.quote.language import language

NONE = {
    "en": [
        "The “Golden Lion” inn serves “fish and chips” all day.",
        "Her album “Songs of the Weir” sold 300 copies.",
        'A 27" screen and a 6\' 2" ladder stood in the hall.',
        "The boys' and girls' choirs sang 'Blue Water' at six.",
        "It was the so-called “winter of mud” in the valley.",
        "Click “Save” and then “Close” to end.",
        "The word “river” has five letters.",
        "Dwayne “The Rock” Oak and Ben “Buzz” Elm came.",
        "The exhibition “Light and Water” opens in May.",
        "They call it the “big one” in Oldford.",
    ],
    "de": [
        "Der Roman „Das lange Jahr“ erschien im Mai.",
        "Die Band „Blaues Wasser“ spielte im „Goldenen Löwen“.",
        "Der sogenannte „Winter des Schlamms“ war lang.",
        "Das Wort „Fluss“ hat fünf Buchstaben.",
        "Klicken Sie auf „Speichern“ und dann auf „Schließen“.",
        "Das Schiff „Stern von Bremen“ lief aus.",
        "Die Ausstellung „Licht und Wasser“ öffnet im Mai.",
        'Ein 27"-Bildschirm stand im Saal.',
        "Das Projekt „Grüne Stadt“ kostet viel.",
        "Er verkauft „Bio“-Äpfel auf dem Markt.",
    ],
    "fr": [
        "Le roman « La longue année » est paru en mai.",
        "Le groupe « Eau bleue » a joué au « Lion d'or ».",
        "Cliquez sur « Enregistrer » puis sur « Fermer ».",
        "Le mot « fleuve » a six lettres.",
        "L'exposition « Lumière et eau » ouvre en mai.",
    ],
    "es": [
        "La novela «El largo año» salió en mayo.",
        "El grupo «Agua azul» tocó en el «León de oro».",
        "Pulse «Guardar» y luego «Cerrar».",
        "La palabra «río» tiene tres letras.",
        "La exposición «Luz y agua» abre en mayo.",
    ],
    "ru": [
        "Роман «Долгий год» вышел в мае.",
        "Группа «Синяя вода» играла в «Золотом льве».",
        "Нажмите «Сохранить» и «Закрыть».",
        "Слово «река» имеет четыре буквы.",
        "Выставка «Свет и вода» откроется в мае.",
    ],
    "ar": [
        "صدرت رواية «العام الطويل» في أيار.",
        "عزفت فرقة «الماء الأزرق» في المدينة.",
        "معرض «ضوء وماء» يفتح في أيار.",
    ],
    "fa": [
        "رمان «سال دراز» در اردیبهشت منتشر شد.",
        "گروه «آب آبی» در شهر نواخت.",
    ],
    "zh": [
        "小说《长年》五月出版。",
        "“蓝水”乐队在城里演出。",
        "点击“保存”，然后点击“关闭”。",
        "“河”字有八画。",
        "展览“光与水”五月开幕。",
    ],
    "ja": [
        "小説「長い年」は五月に出た。",
        "「青い水」というバンドが演奏した。",
        "「保存」をクリックし、「閉じる」を押す。",
        "展覧会「光と水」は五月に始まる。",
        "「川」という字は三画だ。",
    ],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in NONE.items() for text in texts])
def test_no_quotation_is_found(code: str, text: str) -> None:
    assert [q for q in quotations(text, language(code)) if q.direct] == []
