"""Which encoding bytes may be in."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.read.encodings import certain, likely


@given(st.binary(max_size=12) | st.lists(st.integers(128, 255), max_size=8).map(bytes))
def test_one_is_named_for_any_bytes(data: bytes) -> None:
    codecs.lookup(likely(data))


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Les élèves n’ont pas reçu de réponse – l’école était fermée"),
        ("cp1252", "España perdió el partido, ¿por qué? ¡Qué lástima! 20 °C"),
        ("cp1252", "Þetta er íslenska með ð og þ í orðum"),
        ("cp1250", "żółty most zostanie zamknięty przed końcem maja tego roku, mówi burmistrz"),
        ("cp1254", "Kış günlerinde İstanbul’da güneşli bir gün yaşandı"),
        ("mac_roman", "Die Größe der Straße für Fußgänger"),
        ("cp850", "Les élèves n'ont pas reçu de réponse à leur lettre"),
        ("koi8_r", "мэр города обещал закрыть старый мост через реку"),
        ("cp1251", "мэр города обещал закрыть старый мост через реку"),
        ("cp1253", "Ο δήμαρχος υποσχέθηκε να κλείσει τη γέφυρα"),
    ],
)
def test_what_bytes_say_of_their_encoding(encoding: str, text: str) -> None:
    assert likely(f"id,source,time,text\n1,a,2024-05-01,{text}\n".encode(encoding)) == encoding


def test_japanese_mail_is_told() -> None:
    assert certain("市長は今年".encode("iso2022_jp"), "utf-8") == "iso2022_jp"


def test_bytes_that_are_no_letters_in_one_of_the_encodings_are_no_error() -> None:
    assert likely(b"\x80\x80") == "cp1251"
