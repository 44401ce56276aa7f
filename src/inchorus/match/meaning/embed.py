"""Texts as vectors of a model of BERT's kind (Devlin et al. 2019), in products of matrices alone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

from inchorus.compiled.kernel import F32, I64
from inchorus.engine.executor import Executor
from inchorus.match.meaning import gpu
from inchorus.match.meaning.model import Model
from inchorus.progress import Task

_TOKENS = 512  # of a batch: its activations stay in the cache of a core, and larger ones were not faster
# Abramowitz and Stegun 7.1.26: the error function to 1.5e-7, as exact as the numbers of the model.
_P, _A = 0.3275911, (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def embed(model: Model, texts: Sequence[str], threads: int, advance: Task) -> F32:
    """A vector of length one for each text, float32, (texts, dimensions); long texts are cut to what the model reads.

    Texts with equally many tokens make a batch, so that nothing is padded; which batches there are depends on the texts
    alone, and not on `threads`.
    """
    tokens = [np.array(one.ids, np.int64) for one in model.tokenizer.encode_batch(list(texts))]
    return embed_tokens(model, tokens, threads, advance)


def embed_tokens(model: Model, tokens: Sequence[I64], threads: int, advance: Task) -> F32:
    """The same of token ids, with those that begin and end a text; on a GPU where PyTorch has one."""
    device = gpu.graphics_card()
    room, at_once = (_TOKENS, threads) if device is None else (gpu.TOKENS, 1)
    forward = partial(_forward, model) if device is None else gpu.forward_on(model, device)
    lengths = np.array([len(one) for one in tokens], np.int64)
    out = np.zeros((len(tokens), int(model.config["hidden_size"])), np.float32)
    parts = []
    for length in np.unique(lengths[lengths > 0]).tolist():
        rows = np.flatnonzero(lengths == length)
        size = max(1, room // length)
        parts += [rows[k : k + size] for k in range(0, len(rows), size)]

    def run(rows: I64) -> F32:
        return forward(np.stack([tokens[row] for row in rows.tolist()]))

    with one_core_each():
        for rows, vectors in zip(parts, Executor(at_once).map(run, parts), strict=True):
            out[rows] = vectors
            advance(len(rows))
    return out


def token_vectors(model: Model, texts: Sequence[str], threads: int, advance: Task) -> list[tuple[I64, F32]]:
    """Of each text its tokens (int64), and a vector of length one for each where it stands, float32.

    What begins and ends a text is left out. A GPU is not used.
    """
    tokens = [np.array(one.ids, np.int64) for one in model.tokenizer.encode_batch(list(texts))]
    lengths = np.array([len(one) for one in tokens], np.int64)
    out: list[tuple[I64, F32]] = [(one, np.empty((0, 0), np.float32)) for one in tokens]
    parts = []
    for length in np.unique(lengths[lengths > 0]).tolist():
        rows = np.flatnonzero(lengths == length)
        parts += [rows[k : k + max(1, _TOKENS // length)] for k in range(0, len(rows), max(1, _TOKENS // length))]

    def run(rows: I64) -> F32:
        return _states(model, np.stack([tokens[row] for row in rows.tolist()]))

    with one_core_each():
        for rows, states in zip(parts, Executor(threads).map(run, parts), strict=True):
            for row, state in zip(rows.tolist(), states, strict=True):
                out[row] = tokens[row][1:-1], unit(state[1:-1])
            advance(len(rows))
    return out


def one_core_each() -> AbstractContextManager[Any]:
    """While it is open, each product of matrices takes one core.

    Where threads make them, more cores each would be in each other's way: on two busy ones it took eight times as long.
    """
    limits: AbstractContextManager[Any] = import_module("threadpoolctl").threadpool_limits(1, "blas")
    return limits


def _forward(model: Model, ids: I64) -> F32:
    vectors = _states(model, ids)
    return unit(vectors[:, 0] if model.by_first else vectors.mean(axis=1))


def _states(model: Model, ids: I64) -> F32:
    """What the last layer makes of each token, (texts, tokens, dimensions)."""
    t, config = model.tensors, model.config
    b, n = ids.shape
    heads, size = int(config["num_attention_heads"]), int(config["hidden_size"])
    each, tiny = size // heads, float(config.get("layer_norm_eps", 1e-12))
    x: F32 = (
        t["embeddings.word_embeddings.weight"][ids]
        + t["embeddings.position_embeddings.weight"][model.first_position : model.first_position + n]
    )
    if "embeddings.token_type_embeddings.weight" in t:
        x = x + t["embeddings.token_type_embeddings.weight"][0]
    x = _normed(t, "embeddings.LayerNorm", x.reshape(b * n, size), tiny)
    for layer in range(int(config["num_hidden_layers"])):
        at = f"encoder.layer.{layer}."
        query, key, value = (
            _dense(t, f"{at}attention.self.{name}", x).reshape(b, n, heads, each).transpose(0, 2, 1, 3)
            for name in ("query", "key", "value")
        )
        weight = (query @ key.swapaxes(2, 3)) * np.float32(each**-0.5)
        weight -= weight.max(axis=3, keepdims=True)
        np.exp(weight, out=weight)
        weight /= weight.sum(axis=3, keepdims=True)
        seen = np.asarray((weight @ value).transpose(0, 2, 1, 3).reshape(b * n, size), np.float32)
        x = _normed(t, f"{at}attention.output.LayerNorm", _dense(t, f"{at}attention.output.dense", seen) + x, tiny)
        inner = _gelu(_dense(t, f"{at}intermediate.dense", x))
        x = _normed(t, f"{at}output.LayerNorm", _dense(t, f"{at}output.dense", inner) + x, tiny)
    return x.reshape(b, n, size)


def unit(vectors: F32) -> F32:
    """Vectors of length one; of length zero where they were."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(length > 0, length, 1), np.float32)


def _dense(t: dict[str, F32], name: str, x: F32) -> F32:
    return np.asarray(x @ t[f"{name}.weight"].T + t[f"{name}.bias"])


def _normed(t: dict[str, F32], name: str, given: F32, tiny: float) -> F32:
    x = given - given.mean(axis=1, keepdims=True)
    x /= np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / x.shape[1] + np.float32(tiny))
    return np.asarray(x * t[f"{name}.weight"] + t[f"{name}.bias"])


def _gelu(x: F32) -> F32:
    """Half of x times one and the error function of x over the root of two."""
    z = np.abs(x) * np.float32(2**-0.5)
    k = 1 / (1 + np.float32(_P) * z)
    total = np.full_like(k, _A[-1])
    for a in _A[-2::-1]:
        total *= k
        total += np.float32(a)
    total *= k
    np.square(z, out=z)
    total *= np.exp(-z)
    return np.asarray(x * np.where(x >= 0, 1 - total / 2, total / 2), np.float32)
