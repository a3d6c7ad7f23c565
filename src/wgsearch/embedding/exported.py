"""
Where exported networks are kept: a folder for each model, recipe and precision, by content.

Why by content: a model that is replaced under its name is exported anew, and a folder that
was cut short or changed is not loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wgsearch.embedding.files import Seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.embedding.files import ModelFiles
    from wgsearch.embedding.network import Precision

NETWORK = "network.xml"
WEIGHTS = "network.bin"
TOKENIZER = "tokenizer.json"
_STATED = "exported.json"
_SEEN = "weights.json"
_PARTS = (NETWORK, WEIGHTS, TOKENIZER)
# Raised when exporting makes or states other files of the same model.
_RECIPE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """
    A model that runs without the library that trained it.

    Attributes:
        folder: Where its files are.
        precision: How it computes.
        dimension: Length of a text's vector.
        cosine: Mean likeness of its vectors to the model's own, over the texts of the check.
        least_cosine: The least of them.
        agreement: Share of pairs of texts that it puts into the model's own order.
        refused: What was tried before it and found not good enough, with the reason.
    """

    folder: Path
    precision: Precision
    dimension: int
    cosine: float
    least_cosine: float
    agreement: float
    refused: tuple[str, ...] = ()


def default_folder() -> Path:
    """Where a user's caches are, by the XDG Base Directory Specification."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wgsearch"


def kept(files: ModelFiles, wanted: str, folder: Path) -> Exported | str | None:
    """
    What was exported of a model before.

    Args:
        files: The model.
        wanted: The precision asked for, or `auto`.
        folder: The cache.

    Returns:
        None where nothing was, or where it is damaged; the reason, where it could not be.
    """
    _remember(files, folder)
    place = _place(files, wanted, folder)
    try:
        stated = json.loads((place / _STATED).read_text(encoding="utf-8"))
        if reason := stated.get("impossible"):
            return str(reason)
        # What was written and not touched since is taken as it is: reading it all takes as long
        # as the rest of a search.
        if stated["marks"] != _marks(place) and stated["sha256"] != _digests(place):
            return None
        record = stated["exported"]
        return Exported(folder=place, **{**record, "refused": tuple(record["refused"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(
    files: ModelFiles, wanted: str, folder: Path, write: Callable[[Path], Exported | str]
) -> Exported | str:
    """
    Write an export into the cache, whole or not at all.

    Args:
        files: The model.
        wanted: The precision asked for, or `auto`.
        folder: The cache; made where it is missing.
        write: Writes network, weights and tokenizer into a folder; gives the reason when it
            cannot.

    Raises:
        OSError: When the cache cannot be written.
    """
    place = _place(files, wanted, folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        found = write(made)
        _state(made, found)
        if kept(files, wanted, folder) is None:  # else another process was faster
            shutil.rmtree(place, ignore_errors=True)
            made.replace(place)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    _note(files, folder)
    again = kept(files, wanted, folder)
    if again is None:
        raise OSError(f"{str(place)!r} does not hold what was written to it")
    return again


def _state(folder: Path, found: Exported | str) -> None:
    """Say what the folder holds; last, so that a folder that says something is whole."""
    stated: dict[str, object] = {"impossible": found} if isinstance(found, str) else {}
    if not isinstance(found, str):
        record = asdict(found)
        del record["folder"]
        stated = {"exported": record, "sha256": _digests(folder), "marks": _marks(folder)}
    (folder / _STATED).write_text(json.dumps(stated, indent=1), encoding="utf-8")


def _place(files: ModelFiles, wanted: str, folder: Path) -> Path:
    """The folder of a model's export; named by everything that its vectors depend on."""
    read = hashlib.sha256(f"{_RECIPE}\0{files.digest}".encode())
    for file in sorted(files.folder.rglob("*.json")):
        # Configurations and the tokenizer; weights have their own digest.
        read.update(f"\0{file.relative_to(files.folder).as_posix()}\0".encode())
        read.update(file.read_bytes())
    name = f"{files.label.rpartition('/')[2]}-{read.hexdigest()[:16]}-{wanted}"
    return folder / "encoders" / name


def _note(files: ModelFiles, folder: Path) -> None:
    """Keep the digest of weights with how their files look, so that the next start need not read
    them all.
    """
    seen = _seen(folder)
    seen[str(files.folder)] = [files.seen_now(), files.digest]
    made = folder / f".{_SEEN}-{os.getpid()}"
    made.write_text(json.dumps(seen, indent=1), encoding="utf-8")
    made.replace(folder / _SEEN)


def _remember(files: ModelFiles, folder: Path) -> None:
    """Tell a model what digest its weights had, when they were read before."""
    if known := _seen(folder).get(str(files.folder)):
        marks, digest = known
        files.remember(Seen(tuple((name, size, changed) for name, size, changed in marks), digest))


def _seen(folder: Path) -> dict[str, Any]:
    """Digests of weights by folder; none where they cannot be read."""
    try:
        found = json.loads((folder / _SEEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _digests(folder: Path) -> list[str]:
    """Digests of the parts of an export."""
    return [_sha256(folder / part) for part in _PARTS]


def _marks(folder: Path) -> list[list[int]]:
    """Size and time of change (ns) of each part."""
    found = ((folder / part).stat() for part in _PARTS)
    return [[stat.st_size, stat.st_mtime_ns] for stat in found]


def _sha256(file: Path) -> str:
    """In hex."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
