"""How well two sentences cover each other, word by word: what the one says and the other does not decides.

The cosine of two sentences is a mean, and two on one subject that share all but the point are as near by it as two that
say the same. Here each token is held against the one nearest to it in the other sentence, where both stand, and the
worst of them weigh most.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inchorus.compiled.kernel import BOOL, F32, F64, I64
from inchorus.match.meaning.embed import token_vectors
from inchorus.match.meaning.model import Model
from inchorus.progress import Task

# A token counts that fewer than one in e of the sentences have: others are what any sentence has.
_RARE = 1.0
# Of the soft minimum: at 0 it is the mean, at infinity the worst token alone. From 4 to 12 as many planted points were
# found at the same share of false ones.
_SHARP = 8.0


def rare_tokens(model: Model, texts: Sequence[str]) -> BOOL:
    """Which tokens of the model are rare enough among `texts` to count."""
    having = np.zeros(len(model.tensors["embeddings.word_embeddings.weight"]), np.int64)
    for one in model.tokenizer.encode_batch(list(texts)):
        having[np.unique(np.array(one.ids, np.int64))] += 1
    return np.asarray(np.log(max(len(texts), 1) / (1 + having)) > _RARE)


def covers(model: Model, texts: Sequence[str], rare: BOOL, a: I64, b: I64, threads: int, advance: Task) -> F32:
    """The cover of each pair of `texts`, `a` with `b`, float32, at most 1; `rare` says which tokens count."""
    said = token_vectors(model, texts, threads, advance)
    out = np.ones(len(a), np.float32)
    for k, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        like = said[x][1] @ said[y][1].T
        if like.size:
            out[k] = least(np.concatenate([like.max(axis=1)[rare[said[x][0]]], like.max(axis=0)[rare[said[y][0]]]]))
    return out


def least(likes: F32 | F64) -> float:
    """The soft minimum of the likeness of each token to the nearest of the other sentence; 1 where none counts.

    >>> round(least(np.ones(5)), 3), round(least(np.array([1.0, 1.0, 1.0, 1.0, 0.2])), 2)
    (1.0, 0.4)
    """
    return float(-np.log(np.mean(np.exp(-_SHARP * likes))) / _SHARP) if len(likes) else 1.0
