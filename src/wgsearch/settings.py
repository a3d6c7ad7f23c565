"""
Environment -> Settings: what may be set, read at the edge and nowhere else.

Why an object: everything below the command line takes plain arguments, so that it can
be tested and embedded without touching the environment.
"""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from wgsearch.embedding import DEFAULT_ENCODER, Precision, Runtime
from wgsearch.fetching.service import DEFAULT_ADDRESS, DEFAULT_HOSTS, LEAST_PAUSE_S

MASK = "***"
_SECRET = re.compile(r"(?:^|_)(?:key|keys|token|secret|password)(?:_|$)")
# What stands before the host of an address: a user, and perhaps a password.
_CREDENTIALS = re.compile(r"(://)[^/@\s]{1,200}@")


class Settings(BaseSettings):
    """
    Settings, each from `WGSEARCH_<NAME>`.

    Attributes:
        corpus: Folder of the papers.
        index: Folder of the index.
        encoder: Name or folder of a sentence-transformers model.
        question_prompt: Words that the encoder wants before questions; unset, those it states.
        passage_prompt: Words that it wants before passages; likewise.
        runtime: What runs the encoder: `openvino`, `torch`, or `auto` for the faster that can.
        precision: The only precision to run it in: `int8`, `bfloat16`, `float32`; unset, the
            fastest that keeps its vectors.
        cache: Folder of encoders as exported for this machine; unset, in the user's caches.
        reranker: Name or folder of a sentence-transformers cross-encoder; unset or empty, none.
        taxonomy: Themes and topics that the compendium follows; unset, those kept in the index
            or lying in the corpus folder.
        edits: An editor's file for the compendium; likewise.
        keys: File of keys, as hashes; unset, `keys.json` in the index folder.
        writes: Who has a key may build and roll back over HTTP.
        paper_mb: Largest paper that may be brought over HTTP, in megabytes.
        host: Address to listen on.
        port: Port to listen on.
        hosts: Host names served, separated by commas; `*` serves any.
        max_url_bytes: Longest path and query.
        max_body_bytes: Largest body of a search.
        request_s: Seconds after which a request is given up.
        in_flight: Requests that a process answers or lets wait at a time; more are refused.
        rate_per_s: Requests a second that one client may send for long; 0 for any number.
        rate_burst: Requests that it may send at once.
        proxies: Addresses and networks of proxies, separated by commas: who they say asks, asks.
        log_format: `text` for people on standard error; `json` for programs, one object a line,
            on standard output, with a line for each request.
        log_unanswered: Write questions that found nothing into the log. People's questions stand
            there then.
        workers: Processes that answer side by side, each with its own memory.
        fetch_contact: Whom the document service may write to when papers are fetched: an address
            of mail, or an https page. Nothing is fetched without it.
        fetch_address: Where papers are asked for, with `{symbol}` and `{language}`.
        fetch_hosts: Names of the only hosts that are asked, redirections included, separated by
            commas.
        fetch_pause_s: Seconds between two requests; two at least.
        questions: Folder of the saved questions.
        webhook_inside: Names of the only hosts of the network that this runs in to which answers
            to saved questions may be posted, separated by commas.
        engine: What ranks by meaning: `embedded` for the index folder alone; `milvus` for a server
            that holds its vectors (docs/scaling.md).
        milvus: Where that is: `http://HOST:PORT`, `https://HOST:PORT`, or a file ending in `.db`.
        milvus_token: What proves who asks it: `USER:PASSWORD`, or a key.
        milvus_alias: What is followed there; the names of collections begin with it.
        milvus_deadline_s: Seconds that it may take to answer; then it is asked once more, and
            then words alone answer.
        milvus_trusted: The network to it is closed: plain text and nobody's name are enough.
        pages_mb: Room on the disk, in the folder of caches, for pictures of pages, in megabytes; 0
            keeps none.
        answers_mb: Memory a process may use for answers it has given, in megabytes; 0 for none.
    """

    model_config = SettingsConfigDict(env_prefix="WGSEARCH_", frozen=True)

    corpus: Path = Path("corpus/papers")
    index: Path = Path("index")
    encoder: str = DEFAULT_ENCODER
    question_prompt: str | None = None
    passage_prompt: str | None = None
    runtime: Runtime = "auto"
    precision: Precision | None = None
    cache: Path | None = None
    reranker: str | None = None
    taxonomy: Path | None = None
    edits: Path | None = None
    keys: Path | None = None
    writes: bool = False
    paper_mb: Annotated[int, Field(ge=1, le=1024)] = 64
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    hosts: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "localhost", "::1")
    max_url_bytes: Annotated[int, Field(ge=1024)] = 48 * 1024
    max_body_bytes: Annotated[int, Field(ge=1024)] = 64 * 1024
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    answers_mb: Annotated[int, Field(ge=0)] = 32
    pages_mb: Annotated[int, Field(ge=0)] = 256
    request_s: Annotated[float, Field(gt=0, le=3600)] = 120.0
    in_flight: Annotated[int, Field(ge=1, le=10_000)] = 24
    rate_per_s: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    rate_burst: Annotated[int, Field(ge=1)] = 60
    proxies: Annotated[tuple[str, ...], NoDecode] = ()
    log_format: Literal["text", "json"] = "text"
    log_unanswered: bool = False

    questions: Path = Path("questions")
    webhook_inside: Annotated[tuple[str, ...], NoDecode] = ()
    engine: Literal["embedded", "milvus"] = "embedded"
    milvus: str = "http://127.0.0.1:19530"
    milvus_token: str | None = None
    milvus_alias: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,99}$")] = "wgsearch"
    milvus_deadline_s: Annotated[float, Field(gt=0, le=60)] = 1.0
    milvus_trusted: bool = False

    fetch_contact: str | None = None
    fetch_address: str = DEFAULT_ADDRESS
    fetch_hosts: Annotated[tuple[str, ...], NoDecode] = DEFAULT_HOSTS
    fetch_pause_s: Annotated[float, Field(ge=LEAST_PAUSE_S)] = LEAST_PAUSE_S

    @field_validator("hosts", "fetch_hosts", "proxies", "webhook_inside", mode="before")
    @classmethod
    def _separated(cls, value: object) -> object:
        """`a, b` as two names."""
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("proxies")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """A name that is no address would trust nobody, and nobody would know why."""
        for each in value:
            ipaddress.ip_network(each)
        return value

    @field_validator("fetch_address")
    @classmethod
    def _with_a_place(cls, value: str) -> str:
        """Without a place for the symbol, every paper would be the same one."""
        if "{symbol}" not in value:
            raise ValueError("must hold {symbol}, where the symbol of a paper goes")
        return value

    @property
    def keys_file(self) -> Path:
        """Where keys are kept."""
        return self.keys or self.index / "keys.json"

    @property
    def served_hosts(self) -> tuple[str, ...]:
        """Host names served, the one listened on included where it is a name."""
        return (*self.hosts, *(() if self.host in {"0.0.0.0", "::"} else (self.host,)))  # noqa: S104 - compared, not bound

    def shown(self, *, every: bool = False) -> dict[str, str]:
        """
        Settings by the name of their variable, for people; secrets are masked.

        Args:
            every: Also those that are as they are by default.
        """
        fields = type(self).model_fields
        chosen = (
            (name, getattr(self, name))
            for name, field in fields.items()
            if every or getattr(self, name) != field.get_default()
        )
        return {f"WGSEARCH_{name.upper()}": _masked(name, value) for name, value in chosen}


def _masked(name: str, value: object) -> str:
    """A value as it may stand in a log."""
    if _SECRET.search(name) and value:
        return MASK
    words = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return _CREDENTIALS.sub(rf"\g<1>{MASK}@", words)
