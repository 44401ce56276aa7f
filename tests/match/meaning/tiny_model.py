"""A model of BERT's kind small enough to write by hand: words of one group of synonyms have one vector."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

SIZE, HEADS, LAYERS, LONGEST = 48, 2, 1, 64


def write_model(folder: Path, groups: Sequence[Sequence[str]], **changed: object) -> Path:
    """A model whose attention and layers add nothing, so that a text is the mean of its words' vectors."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *(word for group in groups for word in group)]
    rng = np.random.default_rng(7)
    vectors = np.zeros((len(words), SIZE), np.float32)
    row = 4
    for group in groups:
        own = rng.normal(size=SIZE)
        for _ in group:
            vectors[row] = own
            row += 1
    tensors: dict[str, np.ndarray] = {
        "embeddings.word_embeddings.weight": vectors,
        "embeddings.position_embeddings.weight": np.zeros((LONGEST, SIZE), np.float32),
        "embeddings.token_type_embeddings.weight": np.zeros((2, SIZE), np.float32),
        **_norm("embeddings.LayerNorm"),
    }
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}."
        for name, out, given in (
            ("attention.self.query", SIZE, SIZE), ("attention.self.key", SIZE, SIZE),
            ("attention.self.value", SIZE, SIZE), ("attention.output.dense", SIZE, SIZE),
            ("intermediate.dense", 2 * SIZE, SIZE), ("output.dense", SIZE, 2 * SIZE),
        ):  # fmt: skip
            tensors[f"{at}{name}.weight"] = np.zeros((out, given), np.float32)
            tensors[f"{at}{name}.bias"] = np.zeros(out, np.float32)
        tensors |= _norm(f"{at}attention.output.LayerNorm") | _norm(f"{at}output.LayerNorm")
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "model_type": "bert", "hidden_size": SIZE, "num_attention_heads": HEADS, "num_hidden_layers": LAYERS,
        "intermediate_size": 2 * SIZE, "max_position_embeddings": LONGEST, "layer_norm_eps": 1e-12, **changed,
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(words)))
    (folder / "model.safetensors").write_bytes(safetensors(tensors))
    return folder


def safetensors(tensors: Mapping[str, np.ndarray]) -> bytes:
    """The bytes of a file in the format safetensors."""
    header, at = {}, 0
    for name, values in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [at, at + values.nbytes]}
        at += values.nbytes
    head = json.dumps(header).encode()
    return len(head).to_bytes(8, "little") + head + b"".join(v.astype("<f4").tobytes() for v in tensors.values())


def _norm(name: str) -> dict[str, np.ndarray]:
    return {f"{name}.weight": np.ones(SIZE, np.float32), f"{name}.bias": np.zeros(SIZE, np.float32)}


def _tokenizer(words: Sequence[str]) -> dict[str, object]:
    def special(name: str) -> dict[str, object]:
        return {
            "id": words.index(name), "content": name, "single_word": False, "lstrip": False, "rstrip": False,
            "normalized": False, "special": True,
        }  # fmt: skip

    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [special(name) for name in words[:4]],
        "normalizer": {
            "type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None,
            "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
        "decoder": None,
        "model": {
            "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": {word: k for k, word in enumerate(words)},
        },
    }  # fmt: skip
