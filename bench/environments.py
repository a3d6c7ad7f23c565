"""
requirements -> virtual environments, one a contender, so that none gets another's versions.

Why torch first: its release is pinned because it needs no graphics card; resolved among the
others it would bring gigabytes for one.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).parent
ROOT = BENCH.parent
OURS = "wgsearch"
_STAMP = "installed"
_TORCH = "torch==2.13.0"
_VERSIONS = """
import json, sys
from importlib.metadata import distributions
known = {each.name.lower(): each.version for each in distributions()}
print(json.dumps({name: known[name] for name in sys.argv[1:] if name in known}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """
    One way of doing the same.

    Attributes:
        name: Of its environment, its script (`NAME_peer.py`) and its requirements (`NAME.txt`).
        title: As tables call it.
        packages: Packages whose versions are told.
    """

    name: str
    title: str
    packages: tuple[str, ...]

    @property
    def script(self) -> Path:
        """What answers the contract."""
        return BENCH / "peers" / f"{self.name}_peer.py"

    @property
    def folder(self) -> Path:
        """Its virtual environment."""
        return BENCH / ".venvs" / self.name

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        return self.folder / "bin" / "python"


CONTENDERS = (
    Contender(name=OURS, title="wgsearch", packages=("wgsearch",)),
    Contender(
        name="hand",
        title="by hand: pypdf + FAISS Flat",
        packages=("pypdf", "sentence-transformers", "faiss-cpu"),
    ),
    Contender(name="haystack", title="haystack", packages=("haystack-ai",)),
    Contender(name="langchain", title="LangChain with FAISS", packages=("langchain", "faiss-cpu")),
    Contender(name="llamaindex", title="LlamaIndex", packages=("llama-index-core",)),
    Contender(name="txtai", title="txtai", packages=("txtai",)),
    Contender(name="chroma", title="Chroma", packages=("chromadb",)),
    Contender(name="lancedb", title="LanceDB", packages=("lancedb",)),
)


def make(contender: Contender) -> None:
    """
    Make a contender's environment where there is none, or an older one.

    Raises:
        subprocess.CalledProcessError: Something could not be installed; pip has said what.
    """
    stamp, digest = contender.folder / _STAMP, _digest(contender)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return
    print(f"{contender.title}: making {contender.folder} ...", file=sys.stderr)
    venv.create(contender.folder, clear=True, with_pip=True)
    if contender.name != OURS or _we_need_torch():
        _install(contender, _TORCH)
    _install(contender, *_wanted(contender))
    stamp.write_text(digest, encoding="utf-8")


def _wanted(contender: Contender) -> list[str]:
    """What pip is asked to install besides torch."""
    if contender.name == OURS:
        return ["--constraint", str(ROOT / "constraints.txt"), "--editable", str(ROOT)]
    return ["--requirement", str(contender.script.with_name(f"{contender.name}.txt"))]


def _we_need_torch() -> bool:
    """Whether the project's own requirements name torch."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return any(each.startswith("torch") for each in project["dependencies"])


def _install(contender: Contender, *arguments: str) -> None:
    """Run the environment's pip; what it says goes to standard error."""
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([contender.python, *pip, *arguments], stdout=sys.stderr, check=True)


def _digest(contender: Contender) -> str:
    """What the environment was made from; another digest makes it anew."""
    if contender.name == OURS:
        files = [ROOT / "constraints.txt", ROOT / "pyproject.toml"]
    else:
        files = [contender.script.with_name(f"{contender.name}.txt")]
    # Ours points at this checkout: moved to another one, it would measure the code of the first.
    text = str(ROOT) if contender.name == OURS else ""
    text += "".join(each.read_text(encoding="utf-8") for each in files)
    return hashlib.sha256(f"{sys.version}{_TORCH}{text}".encode()).hexdigest()


def size_mb(contender: Contender) -> float:
    """What is installed: the files of its site-packages, links not followed."""
    total = 0
    for folder, _, names in os.walk(contender.folder / "lib"):
        # Byte code is written as modules are first imported: what is installed has none yet.
        if "__pycache__" not in folder:
            total += sum(os.lstat(Path(folder, name)).st_size for name in names)
    return total / 1e6


def versions(contender: Contender) -> dict[str, str]:
    """Versions of the packages that make the contender, those of them that it has."""
    names = [*contender.packages, "torch"]
    done = subprocess.run(
        [contender.python, "-c", _VERSIONS, *names], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)
