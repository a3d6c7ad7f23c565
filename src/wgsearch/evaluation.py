"""
judged questions -> nDCG, recall, reciprocal rank, success: through the code that serves.

Why the same code: a number measured beside the product says nothing about the product.
Documents of a judged set become papers of one paragraph, and are built and searched as
any papers are.
"""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wgsearch.answers import Query
from wgsearch.errors import EmptyQuestionError, JudgementsError
from wgsearch.glossary.load import read_glossary
from wgsearch.index.build import PaperReader, build
from wgsearch.papers import languages
from wgsearch.papers.corpus import CorpusFile
from wgsearch.papers.paper import Paper, PaperKind, Paragraph, ParagraphKind
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wgsearch.answers import Engine, Mode
    from wgsearch.embedding import Encoder
    from wgsearch.index.reading import Progress

_CORPUS = "corpus.jsonl"
_QUERIES = "queries.jsonl"
_QRELS = "qrels/test.tsv"
# The deepest measure looks at so many documents.
_DEPTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSet:
    """
    Documents, questions and judgements.

    Attributes:
        name: Name of its folder.
        documents: One paper a document; its file name is the document's id.
        queries: Text by id, of those with a document judged relevant.
        qrels: Grade by document id, by query id; grades above 0 only.
    """

    name: str
    documents: tuple[Paper, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """
    Means over the questions of a judged set.

    Attributes:
        name: Name of the set.
        documents: Number of documents.
        queries: Number of questions with judgements.
        mode: Which legs took part.
        ndcg_at_10: Normalised discounted cumulative gain of the first ten.
        recall_at_100: Share of the relevant documents among the first hundred.
        mrr_at_10: Reciprocal rank of the first relevant document, 0 beyond ten.
        success_at_5: Share of questions with a relevant document among the first five.
        seconds: Building and answering together.
    """

    name: str
    documents: int
    queries: int
    mode: Mode
    ndcg_at_10: float
    recall_at_100: float
    mrr_at_10: float
    success_at_5: float
    seconds: float

    def to_json(self) -> dict[str, object]:
        """The measures as `wgsearch evaluate --json` prints them."""
        return {
            "name": self.name,
            "documents": self.documents,
            "queries": self.queries,
            "mode": self.mode,
            "ndcg@10": round(self.ndcg_at_10, 4),
            "recall@100": round(self.recall_at_100, 4),
            "mrr@10": round(self.mrr_at_10, 4),
            "success@5": round(self.success_at_5, 4),
            "seconds": round(self.seconds, 2),
        }


def evaluate(
    folder: Path,
    encoder: Encoder,
    *,
    mode: Mode = "hybrid",
    index: Path | None = None,
    progress: Progress | None = None,
) -> Measured:
    """
    Measure the search on a judged set.

    Args:
        folder: A set in BEIR layout.
        encoder: The encoder.
        mode: Which legs take part.
        index: Where to keep the set's index, so that its vectors serve again; by default it is
            built in a temporary folder.
        progress: Told how far the build is.

    Raises:
        JudgementsError: The folder is no such set; the message names the file.
    """
    started = time.perf_counter()
    judged = read_judged_set(folder)
    with tempfile.TemporaryDirectory(prefix="wgsearch-") as aside:
        home = index or Path(aside)
        build(folder, home, encoder, reader=_reader(judged.documents), progress=progress)
        engine = LocalEngine(home, encoder)
        run = {query: _ranked(engine, text, mode) for query, text in judged.queries.items()}
    asked = [(run[query], judged.qrels[query]) for query in judged.queries]

    def mean(values: Iterator[float]) -> float:
        return math.fsum(values) / len(asked)

    return Measured(
        name=judged.name,
        documents=len(judged.documents),
        queries=len(asked),
        mode=mode,
        ndcg_at_10=mean(ndcg(found, grades, 10) for found, grades in asked),
        recall_at_100=mean(recall(found, grades, 100) for found, grades in asked),
        mrr_at_10=mean(reciprocal_rank(found, grades, 10) for found, grades in asked),
        success_at_5=mean(success(found, grades, 5) for found, grades in asked),
        seconds=time.perf_counter() - started,
    )


def ndcg(found: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """
    Normalised discounted cumulative gain: the grade is the gain, as in trec_eval's `ndcg_cut`.

    Args:
        found: Documents, best first.
        grades: Grades of the relevant ones.
        k: How many of `found` count.

    Source: Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques (2002),
    with the discount log2(rank + 1).
    """
    ideal = _dcg(sorted(grades.values(), reverse=True)[:k])
    return _dcg([grades.get(document, 0) for document in found[:k]]) / ideal if ideal else 0.0


def recall(found: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Share of the relevant documents that are among the first k."""
    return len(grades.keys() & set(found[:k])) / len(grades) if grades else 0.0


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """One divided by the rank of the first relevant document, 0 when it is beyond k."""
    ranks = (rank for rank, document in enumerate(found[:k], start=1) if document in grades)
    return 1.0 / next(ranks, math.inf)


def success(found: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """1 when a relevant document is among the first k, else 0."""
    return float(any(document in grades for document in found[:k]))


def read_judged_set(folder: Path) -> JudgedSet:
    """
    A set in BEIR layout: corpus.jsonl, queries.jsonl and qrels/test.tsv.

    Raises:
        JudgementsError: A file is missing or a line cannot be read; the message names it.
    """
    for name in (_CORPUS, _QUERIES, _QRELS):
        if not (folder / name).is_file():
            raise JudgementsError(
                f"{str(folder)!r} is no judged set: {name!r} is missing; expected "
                f"{_CORPUS}, {_QUERIES} and {_QRELS}"
            )
    documents = tuple(_document(record) for record in _records(folder / _CORPUS))
    qrels = _qrels(folder / _QRELS)
    queries = {
        str(record["_id"]): str(record["text"])
        for record in _records(folder / _QUERIES)
        if qrels.get(str(record["_id"]))
    }
    if not queries:
        raise JudgementsError(
            f"{str(folder / _QRELS)!r} judges none of the questions in {_QUERIES!r}; "
            "compare the ids of the two files"
        )
    return JudgedSet(name=folder.name, documents=documents, queries=queries, qrels=qrels)


def _dcg(gains: Sequence[int]) -> float:
    """Discounted cumulative gain of grades by rank."""
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _ranked(engine: Engine, text: str, mode: Mode) -> list[str]:
    """
    Documents for a question, best passage first, each once.

    Long documents have many passages: as many are asked for as they have in the mean, and more
    until enough documents are found.
    """
    state = engine.state()
    k = _DEPTH * math.ceil(state.passages / state.papers)
    while True:
        try:
            hits = engine.search(Query(text=text, k=k, mode=mode)).hits
        except EmptyQuestionError:
            return []
        documents = list(dict.fromkeys(hit.passage.file for hit in hits))
        if len(documents) >= _DEPTH or len(hits) < k:
            return documents[:_DEPTH]
        k *= 2


def _reader(documents: Sequence[Paper]) -> PaperReader:
    """A reader whose papers are there already."""
    by_file = {paper.file: paper for paper in documents}

    def read(root: Path, files: Sequence[str]) -> Iterator[Paper]:
        del root
        return (by_file[file] for file in files)

    return PaperReader(
        version=1,
        scan=lambda _: tuple(CorpusFile(file=p.file, digest=p.digest, size=0) for p in documents),
        read=read,
        agenda=lambda _: None,
        glossary=read_glossary,
    )


def _document(record: dict[str, Any]) -> Paper:
    """A document as a paper of one numbered paragraph; one with a title only says its title."""
    title = str(record.get("title") or "").strip()
    text = str(record.get("text") or "").strip() or title
    metadata = record.get("metadata") or {}
    language = str(metadata.get("language") or languages.detect(text) or "en")
    paragraph = Paragraph(
        number="1",
        part="body",
        kind=ParagraphKind.PARAGRAPH,
        heading_path=(),
        page_first=1,
        page_last=1,
        text=text,
    )
    return Paper(
        file=str(record["_id"]),
        digest=hashlib.sha256(f"{language}\0{title}\0{text}".encode()).hexdigest(),
        symbol=None,
        symbols=(),
        title=title or None,
        kind=PaperKind.OTHER,
        body=None,
        session=None,
        meeting=None,
        date=None,
        language=language,
        languages=(language,),
        original=(),
        distribution=None,
        agenda_item=None,
        pages=None,
        headings=(),
        paragraphs=(paragraph,) if text else (),
        footnotes=(),
        warnings=(),
    )


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a file of JSON lines that have an id."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                _ = record["_id"]
            except (ValueError, KeyError, TypeError) as error:
                raise JudgementsError(
                    f"line {number} of {path.name!r} is no object with an '_id' ({error})"
                ) from error
            yield record


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    """Grades above 0 by document, by query."""
    qrels: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            columns = line.rstrip("\r\n").split("\t")
            if number == 1 and columns[-1] == "score":
                continue
            try:
                query, document, grade = columns
                if int(grade) > 0:
                    qrels.setdefault(query, {})[document] = int(grade)
            except ValueError as error:
                raise JudgementsError(
                    f"line {number} of {path.name!r} is not query, document and grade, "
                    "separated by tabs"
                ) from error
    return qrels
