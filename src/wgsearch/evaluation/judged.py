"""
a folder in BEIR layout -> JudgedSet: documents, questions, judgements, and what is odd in them.

Why notes: sets come from many hands; what was left out, or can never be found, changes what
a figure means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.errors import JudgementsError
from wgsearch.evaluation.documents import as_text, document
from wgsearch.evaluation.lines import Line, objects
from wgsearch.index.manifest import digest_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from wgsearch.papers.paper import Paper

CORPUS = "corpus.jsonl"
QUERIES = "queries.jsonl"
QRELS = "qrels/test.tsv"

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSet:
    """
    Documents, questions and judgements.

    Attributes:
        name: Name of its folder.
        documents: One paper a document; its file name is the document's id.
        queries: Text by id, of those with a document judged relevant.
        qrels: Grade by document id, by query id; grades above 0 only.
        annotations: `metadata.annotation` by query id, of those queries that have one.
        notes: What was left out, and what can never be found.
    """

    name: str
    documents: tuple[Paper, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    annotations: dict[str, str]
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over queries and judgements: runs over equal ones can be compared."""
        parts: list[str] = []
        for query in sorted(self.queries):
            parts += (query, self.queries[query])
            parts += (f"{name}={grade}" for name, grade in sorted(self.qrels[query].items()))
        return digest_of(parts)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the documents."""
        return tuple(sorted({each.language for each in self.documents}))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Qrels:
    """Judgements: grades above 0 by document, by query, and judgements given twice."""

    grades: dict[str, dict[str, int]]
    judged: frozenset[str]
    repeated: tuple[str, ...]


def read_judged_set(folder: Path) -> JudgedSet:
    """
    A set in BEIR layout: corpus.jsonl, queries.jsonl and qrels/test.tsv.

    As trec_eval does, judgements of documents that the corpus lacks count as relevant and not
    found. Of lines with one id the first counts.

    Raises:
        JudgementsError: A file is missing or a line cannot be read; the message names it.
    """
    for name in (CORPUS, QUERIES, QRELS):
        if not (folder / name).is_file():
            raise JudgementsError(
                f"{str(folder)!r} is no judged set: {name!r} is missing; expected "
                f"{CORPUS}, {QUERIES} and {QRELS}"
            )
    qrels = _qrels(folder / QRELS)
    documents, twice = _documents(folder / CORPUS)
    if not documents:
        raise JudgementsError(f"{str(folder / CORPUS)!r} holds no document; add one a line")
    asked, asked_twice = _by_id(folder / QUERIES)
    queries = {
        name: as_text(line.record.get("text"))
        for name, line in asked.items()
        if qrels.grades.get(name)
    }
    if not queries:
        raise JudgementsError(
            f"{str(folder / QRELS)!r} judges none of the questions in {QUERIES!r} relevant; "
            "compare the ids of the two files"
        )
    judged = {document for query in queries for document in qrels.grades[query]}
    notes = (
        (twice, f"documents that stand twice in {CORPUS}, the first counts"),
        (
            [each.file for each in documents.values() if not each.paragraphs],
            "documents with neither title nor text, which cannot be found",
        ),
        (judged - documents.keys(), f"judged documents that {CORPUS} lacks, never found"),
        (asked_twice, f"questions that stand twice in {QUERIES}, the first counts"),
        ([name for name, text in queries.items() if not text], "questions without text"),
        (qrels.judged - asked.keys(), f"judged questions that {QUERIES} lacks, left out"),
        (asked.keys() - queries.keys(), "questions with nothing judged relevant, left out"),
        (qrels.repeated, "judgements given twice with other grades, the last counts"),
    )
    return JudgedSet(
        name=folder.resolve().name,
        documents=tuple(documents.values()),
        queries=queries,
        qrels=qrels.grades,
        annotations=dict(_annotations(asked, queries)),
        notes=tuple(f"{what}: {len(each)} ({_some(each)})" for each, what in notes if each),
    )


def _documents(path: Path) -> tuple[dict[str, Paper], list[str]]:
    """Papers by id, and ids that stand twice."""
    lines, twice = _by_id(path)
    return {name: document(name, line.record) for name, line in lines.items()}, twice


def _by_id(path: Path) -> tuple[dict[str, Line], list[str]]:
    """Lines by id, and ids that stand twice."""
    found: dict[str, Line] = {}
    twice: list[str] = []
    for line in objects(path):
        name = line.record.get("_id")
        if not isinstance(name, str | int) or not str(name).strip():
            raise line.wrong("it has no '_id'; give it a text of its own")
        if found.setdefault(str(name), line) is not line:
            twice.append(str(name))
    return found, twice


def _annotations(asked: Mapping[str, Line], queries: Collection[str]) -> Iterator[tuple[str, str]]:
    """Annotations of the judged questions that have one."""
    for name in queries:
        metadata = asked[name].record.get("metadata")
        if isinstance(metadata, dict) and (text := as_text(metadata.get("annotation"))):
            yield name, text


def _qrels(path: Path) -> _Qrels:
    """Judgements of a file of query, document and grade."""
    grades: dict[str, dict[str, int]] = {}
    repeated: list[str] = []
    for number, raw in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            line = raw.decode("utf-8-sig")
            if not line.strip() or (number == 1 and line.endswith("score")):
                continue
            query, name, printed = line.split("\t")
            grade = int(printed.strip().removesuffix(".0"))
        except ValueError as error:
            raise JudgementsError(
                f"line {number} of {path.name!r} is not query, document and grade "
                "(a whole number), separated by tabs"
            ) from error
        if grades.setdefault(query, {}).get(name, grade) != grade:
            repeated.append(f"{query}, {name}")
        grades[query][name] = grade
    relevant = {
        query: {name: grade for name, grade in judged.items() if grade > 0}
        for query, judged in grades.items()
    }
    return _Qrels(grades=relevant, judged=frozenset(grades), repeated=tuple(repeated))


def _some(names: Collection[str]) -> str:
    """The first of some names."""
    first = ", ".join(repr(each) for each in sorted(names)[:_NAMED])
    return first if len(names) <= _NAMED else f"{first}, ..."
