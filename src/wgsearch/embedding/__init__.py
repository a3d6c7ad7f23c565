"""
texts -> unit vectors: the Encoder protocol, its runtime, the cache by content.

Why lazily: importing torch takes seconds, and most commands (lists, citations, papers)
encode nothing. Why a cache: a changed paper must cost its own paragraphs only.
"""

from wgsearch.embedding.cache import CachedVectors, EmbeddingCache, TokenCodec, key_of
from wgsearch.embedding.encoder import (
    Encoded,
    Encoder,
    InOnePass,
    Role,
    Tokens,
    TokenSpans,
    Vectors,
    comparable,
)
from wgsearch.embedding.files import DEFAULT_ENCODER, DEFAULT_SHA256, reads_english_only
from wgsearch.embedding.network import PRECISIONS, Precision
from wgsearch.embedding.prepared import RUNTIMES, PreparedEncoder, Runtime, open_encoder
from wgsearch.embedding.prompts import Prompts
from wgsearch.embedding.remembering import RememberingEncoder
from wgsearch.embedding.transformer import SentenceTransformerEncoder

__all__ = [
    "DEFAULT_ENCODER",
    "DEFAULT_SHA256",
    "PRECISIONS",
    "RUNTIMES",
    "CachedVectors",
    "EmbeddingCache",
    "Encoded",
    "Encoder",
    "InOnePass",
    "Precision",
    "PreparedEncoder",
    "Prompts",
    "RememberingEncoder",
    "Role",
    "Runtime",
    "SentenceTransformerEncoder",
    "TokenCodec",
    "TokenSpans",
    "Tokens",
    "Vectors",
    "comparable",
    "key_of",
    "open_encoder",
    "reads_english_only",
]
