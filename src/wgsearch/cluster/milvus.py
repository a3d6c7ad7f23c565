"""
rows and vectors <-> a Milvus server: the only module that knows its client.

Why a time for each call: without one, a node that dies lets its callers wait for tens of seconds.
"""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING, Any

import grpc
import numpy as np
from pymilvus import DataType, MilvusClient, MilvusException

from wgsearch.cluster.expression import text_of
from wgsearch.cluster.records import MOST_ROWS, TEXT_BYTES, Collection, Found
from wgsearch.errors import PartGoneError, ServerRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wgsearch.cluster.address import Address
    from wgsearch.cluster.expression import Expression
    from wgsearch.cluster.records import Shape
    from wgsearch.embedding import Vectors

# The oldest that was tested: before it, lists of texts are no fields.
LEAST_VERSION = (2, 3, 5)
# Before these, advisories were published that let strangers in: not for other machines.
PRODUCTION_VERSION = (2, 6, 10)
# Making, loading and sealing collections takes as long as they are large.
_PATIENCE_S = 600.0
_CONNECT_S = 10.0
_LOOK_EVERY_S = 0.5
# A graph looks at so many rows for each that it gives, and at no fewer than these: 0035.
_EF_LEAST, _EF_TIMES = 256, 4
_TOLERATED = 0.02
# A property, since milvus-lite keeps no descriptions.
_NOTE = "wgsearch.note"
# What a server says of an expression that it does not understand: a fault of ours, no outage.
_NOT_UNDERSTOOD = ("cannot parse expression", "invalid expression", "not a boolean expression")

# Its client writes every failure with a traceback to standard error; ours are told in words.
logging.getLogger("pymilvus").setLevel(logging.CRITICAL + 1)
log = logging.getLogger(__name__)


class Milvus:
    """
    A server, or a file that stands for one.

    Args:
        address: Where it is.

    Attributes:
        name: How it is called in messages.
        version: What it says it is.

    Raises:
        PartGoneError: Nothing answers there.
        ServerRefusedError: What answers is no Milvus server, or one that is too old.
    """

    def __init__(self, address: Address) -> None:
        self.name = address.uri
        try:
            self._client = MilvusClient(address.uri, token=address.token or "", timeout=_CONNECT_S)
            self.version = str(self._client.get_server_version(timeout=_CONNECT_S))
        except MilvusException as error:
            raise PartGoneError(
                f"no Milvus server answers at {self.name!r} ({_reason(error)}); start it, or mend "
                "WGSEARCH_MILVUS and WGSEARCH_MILVUS_TOKEN"
            ) from error
        except (grpc.RpcError, ValueError, OSError) as error:
            raise PartGoneError(
                f"{self.name!r} cannot be connected to ({error}); mend WGSEARCH_MILVUS"
            ) from error
        self._demand_version(address)

    def close(self) -> None:
        """Let go of the server."""
        self._client.close()

    def collections(self) -> tuple[str, ...]:
        """Names of all collections."""
        return tuple(self._asked(lambda: self._client.list_collections(timeout=_CONNECT_S)))

    def collection(self, name: str, timeout_s: float = _CONNECT_S) -> Collection | None:
        """A collection, by its name or an alias; None where there is none."""

        def describe() -> dict[str, Any] | None:
            if not self._client.has_collection(name, timeout=timeout_s):
                return None
            return dict(self._client.describe_collection(name, timeout=timeout_s))

        found = self._asked(describe, timeout_s)
        if found is None:
            return None
        note = dict(found["properties"]).get(_NOTE)
        return Collection(str(found["collection_name"]), note)

    def create(self, name: str, shape: Shape, note: str, *, exact: bool) -> None:
        """
        Make an empty collection.

        Args:
            name: Its name.
            shape: What its rows look like.
            note: What to note of it.
            exact: All rows are compared with a question; else a graph leads to near ones.
        """
        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("row", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=shape.dimension)
        for field in ("paper", "year"):
            schema.add_field(field, DataType.INT64)
        for field in ("replaced", "recommends"):
            schema.add_field(field, DataType.BOOL)
        for field, size in (
            ("kind", 64),
            ("body", shape.body_bytes),
            ("citation", shape.citation_bytes),
            ("text", TEXT_BYTES),
        ):
            schema.add_field(field, DataType.VARCHAR, max_length=size)
        for field, most, size in (
            ("languages", 8, 16),
            ("own", shape.keys, shape.key_bytes),
            ("under", shape.keys, shape.key_bytes),
            ("warnings", shape.warnings, 64),
        ):
            schema.add_field(
                field,
                DataType.ARRAY,
                element_type=DataType.VARCHAR,
                max_capacity=most,
                max_length=size,
            )
        index = MilvusClient.prepare_index_params()
        kind: dict[str, Any] = {"index_type": "FLAT"}
        if not exact:
            # Recall of this graph, by what is looked at: docs/decisions/0035-milvus.md.
            kind = {"index_type": "HNSW", "params": {"M": 32, "efConstruction": 200}}
        index.add_index("vector", metric_type="IP", **kind)
        self._asked(
            lambda: self._client.create_collection(
                name,
                schema=schema,
                index_params=index,
                consistency_level="Strong",
                properties={_NOTE: note},
                timeout=_PATIENCE_S,
            )
        )

    def insert(self, name: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Put rows into a collection."""
        self._asked(
            lambda: self._client.upsert(name, [dict(row) for row in rows], timeout=_PATIENCE_S)
        )

    def delete(self, name: str, rows: Sequence[int]) -> None:
        """Take rows out of a collection."""
        self._asked(lambda: self._client.delete(name, ids=list(rows), timeout=_PATIENCE_S))

    def seal(self, name: str, *, exact: bool) -> None:
        """
        Make what was put in lasting, and ready to be searched.

        Args:
            name: The collection.
            exact: As for `create`.

        Raises:
            PartGoneError: Its graph is not made in time.
        """
        self._asked(lambda: self._client.flush(name, timeout=_PATIENCE_S))
        if not exact:
            self._wait_for_graph(name)
            self.release(name)
        self.load(name)

    def load(self, name: str) -> None:
        """Make a collection ready to be searched."""
        self._asked(lambda: self._client.load_collection(name, timeout=_PATIENCE_S))

    def release(self, name: str) -> None:
        """Keep a collection on the server's disk alone."""
        self._asked(lambda: self._client.release_collection(name, timeout=_PATIENCE_S))

    def drop(self, name: str) -> None:
        """Remove a collection."""
        self._asked(lambda: self._client.drop_collection(name, timeout=_PATIENCE_S))

    def point(self, alias: str, name: str) -> None:
        """Make an alias stand for a collection, in one step."""
        pointed = self.collection(alias)
        change = self._client.create_alias if pointed is None else self._client.alter_alias
        if pointed is None or pointed.name != name:
            self._asked(lambda: change(name, alias, timeout=_CONNECT_S))

    def forget(self, alias: str) -> None:
        """Let an alias stand for nothing."""
        self._asked(lambda: self._client.drop_alias(alias, timeout=_CONNECT_S))

    def count(
        self,
        name: str,
        where: Expression | None = None,
        *,
        timeout_s: float = _CONNECT_S,
        now: bool = False,
    ) -> int:
        """
        How many rows of a collection pass an expression.

        Args:
            name: The collection.
            where: None counts all.
            timeout_s: How long it may take.
            now: Of those that are searched now; else what was put in before is waited for.
        """
        found = self._asked(
            lambda: self._client.query(
                name,
                filter=text_of(where),
                output_fields=["count(*)"],
                timeout=timeout_s,
                retry_times=0,
                consistency_level="Eventually" if now else "Strong",
            ),
            timeout_s,
        )
        return int(found[0]["count(*)"])

    def fetch(
        self, name: str, where: Expression, fields: Sequence[str], timeout_s: float = _CONNECT_S
    ) -> list[dict[str, Any]]:
        """Fields of rows that pass an expression, in no order; at most `MOST_ROWS` of them."""
        found = self._asked(
            lambda: self._client.query(
                name,
                filter=text_of(where),
                output_fields=["row", *fields],
                limit=MOST_ROWS,
                timeout=timeout_s,
                retry_times=0,
            ),
            timeout_s,
        )
        return [dict(each) for each in found]

    def search(
        self,
        name: str,
        vector: Vectors,
        k: int,
        where: Expression | None = None,
        timeout_s: float = _CONNECT_S,
    ) -> Found:
        """
        The rows nearest to a vector among those that pass an expression.

        Args:
            name: The collection.
            vector: *Shape:* (dimension,).
            k: How many at most.
            where: None allows all.
            timeout_s: How long it may take.

        Raises:
            PartGoneError: Nothing came back in time.
        """
        most = min(k, MOST_ROWS)
        found = self._asked(
            lambda: self._client.search(
                name,
                data=[vector.astype(np.float32)],
                filter=text_of(where),
                limit=most,
                output_fields=["row"],
                search_params={
                    "metric_type": "IP",
                    "params": {"ef": max(_EF_LEAST, _EF_TIMES * most)},
                },
                timeout=timeout_s,
                retry_times=0,
                # It is never changed once it is pointed at: nobody needs to wait for writers.
                consistency_level="Eventually",
            ),
            timeout_s,
        )
        hits = found[0]
        return Found(
            np.array([hit["entity"]["row"] for hit in hits], dtype=np.int64),
            np.array([hit["distance"] for hit in hits], dtype=np.float64),
        )

    def _wait_for_graph(self, name: str) -> None:
        """
        Wait until the graph is made; until then rows are searched by a rough stand-in.

        Raises:
            PartGoneError: It is not, in time.
        """
        ends = time.monotonic() + _PATIENCE_S
        while time.monotonic() < ends:
            found = self._asked(
                lambda: self._client.describe_index(name, "vector", timeout=_CONNECT_S)
            )
            if not int(found.get("pending_index_rows", 0)):
                return
            time.sleep(_LOOK_EVERY_S)
        raise PartGoneError(
            f"the Milvus server at {self.name!r} did not index collection {name!r} within "
            f"{_PATIENCE_S:g} s; look at its index nodes, and publish again"
        )

    def _asked(self, call: Callable[[], Any], timeout_s: float | None = None) -> Any:  # noqa: ANN401 - what the client gives
        """
        What a call gives.

        Raises:
            PartGoneError: The server does not answer, or not as it should.
        """
        began = time.monotonic()
        try:
            return call()
        except MilvusException as error:
            if any(words in str(error) for words in _NOT_UNDERSTOOD):
                raise ValueError(f"Milvus does not understand: {error}") from error
            raise PartGoneError(self._gone(error, began, timeout_s)) from error
        except grpc.RpcError as error:
            raise PartGoneError(self._gone(error, began, timeout_s)) from error

    def _gone(self, error: Exception, began: float, timeout_s: float | None) -> str:
        """That and why nothing came back."""
        took = time.monotonic() - began
        if timeout_s is not None and took >= timeout_s * (1 - _TOLERATED):
            return f"the Milvus server at {self.name!r} did not answer within {timeout_s:g} s"
        return f"the Milvus server at {self.name!r} cannot answer ({_reason(error)})"

    def _demand_version(self, address: Address) -> None:
        """
        The server is of a version that is known to work.

        Raises:
            ServerRefusedError: It is older, or says nothing that is a version.
        """
        if address.is_file:
            return
        found = re.match(r"v?(\d+)\.(\d+)\.(\d+)", self.version)
        if found is None:
            raise ServerRefusedError(
                f"what answers at {self.name!r} says that its version is {self.version!r}; "
                "expected a Milvus server; mend WGSEARCH_MILVUS"
            )
        version = tuple(map(int, found.groups()))
        if version < LEAST_VERSION:
            raise ServerRefusedError(
                f"the Milvus server at {self.name!r} is of version {self.version}, "
                f"{_dotted(LEAST_VERSION)} is the oldest that is asked; use a newer one"
            )
        if version < PRODUCTION_VERSION:
            log.warning(
                "the Milvus server at %s is of version %s; advisories advise against those before "
                "%s on any network that others reach",
                self.name,
                self.version,
                _dotted(PRODUCTION_VERSION),
            )


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _reason(error: Exception) -> str:
    """The first line of what a client says, without its own remarks."""
    words = getattr(error, "message", None) or str(error)
    return str(words).strip().splitlines()[0][:200] if str(words).strip() else type(error).__name__
