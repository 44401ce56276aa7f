"""A model of BERT's kind on a GPU, where PyTorch and a GPU are there; nothing needs them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from inchorus.compiled.kernel import F32, I64
from inchorus.match.meaning.model import Model

TOKENS = 1 << 16  # of a batch


def graphics_card() -> str | None:
    """The device that PyTorch computes on, `cuda`; None without PyTorch or without a GPU."""
    if find_spec("torch") is None:
        return None
    try:
        return "cuda" if import_module("torch").cuda.is_available() else None
    except (ImportError, OSError):  # an installation that lacks libraries
        return None


def forward_on(model: Model, device: str) -> Callable[[I64], F32]:
    """What makes vectors of length one, (texts, dimensions), of token ids (texts, tokens) on a device of PyTorch.

    It computes what `embed` does with NumPy, in float32 too; vectors agree to some 1e-6.
    """
    torch = import_module("torch")
    functional = import_module("torch.nn.functional")
    t = {name: torch.from_numpy(values).to(device) for name, values in model.tensors.items()}
    config = model.config
    heads, size = int(config["num_attention_heads"]), int(config["hidden_size"])
    tiny = float(config.get("layer_norm_eps", 1e-12))

    def dense(name: str, x: Any) -> Any:
        return functional.linear(x, t[f"{name}.weight"], t[f"{name}.bias"])

    def normed(name: str, x: Any) -> Any:
        return functional.layer_norm(x, (size,), t[f"{name}.weight"], t[f"{name}.bias"], tiny)

    def run(ids: I64) -> F32:
        b, n = ids.shape
        places = t["embeddings.position_embeddings.weight"][model.first_position : model.first_position + n]
        x = t["embeddings.word_embeddings.weight"][torch.from_numpy(ids).to(device)] + places
        if "embeddings.token_type_embeddings.weight" in t:
            x = x + t["embeddings.token_type_embeddings.weight"][0]
        x = normed("embeddings.LayerNorm", x)
        for layer in range(int(config["num_hidden_layers"])):
            at = f"encoder.layer.{layer}."
            parts = (
                dense(f"{at}attention.self.{name}", x).view(b, n, heads, size // heads).transpose(1, 2)
                for name in ("query", "key", "value")
            )
            seen = functional.scaled_dot_product_attention(*parts).transpose(1, 2).reshape(b, n, size)
            x = normed(f"{at}attention.output.LayerNorm", dense(f"{at}attention.output.dense", seen) + x)
            inner = functional.gelu(dense(f"{at}intermediate.dense", x))
            x = normed(f"{at}output.LayerNorm", dense(f"{at}output.dense", inner) + x)
        one = x[:, 0] if model.by_first else x.mean(dim=1)
        return np.asarray(functional.normalize(one, dim=1).cpu().numpy(), np.float32)

    def without_gradients(ids: I64) -> F32:
        with torch.inference_mode():
            return run(ids)

    return without_gradients
