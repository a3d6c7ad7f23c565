"""Shared stand-ins: a hashing encoder, papers made by hand, and one small index of them."""

from __future__ import annotations

import hashlib
import re
import string
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.agenda import Agenda, AgendaItem, ListedDocument, SubItem
from wgsearch.api.verdicts import WORDS
from wgsearch.embedding import Encoded, InOnePass, Tokens, TokenSpans, open_encoder
from wgsearch.index.build import PaperReader, build
from wgsearch.papers.corpus import CorpusFile
from wgsearch.papers.paper import Box, Heading, Paper, PaperKind, Paragraph, ParagraphKind
from wgsearch.papers.recommendations import with_recommendations
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from transformers import PreTrainedTokenizerFast

    from wgsearch.answers import Answer, Filters, ItemAnswer, Query
    from wgsearch.embedding import Encoder, Role, Vectors

SERIES = "DEMO/COP/WG.4"


class HashingEncoder(InOnePass):
    """A fixed random direction a word, their sum a text: common words bring texts near."""

    identity = "hashing@1/unit/float32"
    dimension = 64
    has_tokens = True

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """Likewise; one token a word."""
        del role
        directions = [_directions(text) for text in texts]
        sums = [rows.sum(axis=0) if len(rows) else _directions("nothing")[0] for rows in directions]
        if progress:
            progress(len(texts))
        return Encoded(
            rows=_unit(np.reshape(sums, (-1, self.dimension))),
            tokens=tuple(
                Tokens(ids=spans.ids, vectors=_unit(rows), spans=spans.spans)
                for rows, spans in zip(directions, map(self.spans_of, texts), strict=True)
            ),
        )

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """Words, each with a number made of its letters."""
        del role
        words = list(re.finditer(r"\w+", text))
        ids = [zlib.crc32(word[0].casefold().encode()) >> 1 for word in words]
        spans = np.array([word.span() for word in words], dtype=np.int32)
        return TokenSpans(ids=np.array(ids, dtype=np.int32), spans=spans.reshape(-1, 2))


def _directions(text: str) -> Vectors:
    """A direction a word, of any length. *Shape:* (words, 64)."""
    rows = np.zeros((0, HashingEncoder.dimension), dtype=np.float32)
    for word in re.findall(r"\w+", text.casefold()):
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
        direction = np.random.default_rng(seed).standard_normal((1, rows.shape[1]))
        rows = np.concatenate((rows, direction.astype(np.float32)))
    return rows


def _unit(rows: Vectors) -> Vectors:
    """Rows of length 1."""
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


class JudgingEngine:
    """
    An engine whose answers are judged by words of the question.

    A question with the word `touched` is answered with that verdict, and so on; one with
    `bondge` is answered with the question as it was perhaps meant.
    """

    def __init__(self, engine: LocalEngine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def search(self, query: Query) -> Answer:
        """The engine's answer, judged."""
        return self._judged(self._engine.search(query), query.text)

    def item(self, agenda: Agenda, item: AgendaItem, *, k: int, filters: Filters) -> ItemAnswer:
        """The engine's answer for an item, touched on."""
        found = self._engine.item(agenda, item, k=k, filters=filters)
        return replace(found, answer=self._judged(found.answer, "touched"))

    def _judged(self, answer: Answer, text: str) -> Answer:
        words = text.split()
        hits = tuple(
            replace(hit, match=replace(hit.match, late_rank=hit.rank)) for hit in answer.hits
        )
        meant = text.replace("bondge", "bondage")
        return replace(
            answer,
            verdict=next((each for each in WORDS if each in words), None),
            suggestion=meant if meant != text else None,
            hits=hits,
        )


def _paper(
    symbol: str | None = f"{SERIES}/2022/2",
    texts: Sequence[str] = ("Debt keeps workers from leaving.",),
    *,
    title: str | None = "Debt bondage",
    kind: PaperKind = PaperKind.BACKGROUND_PAPER,
    date: str | None = "2022-04-25",
    language: str = "en",
    file: str | None = None,
    heading: str = "I. Introduction",
    numbered: bool = True,
) -> Paper:
    """A paper of numbered paragraphs under one heading."""
    name = file or f"{(symbol or 'paper').replace('/', '_')}.{language}.pdf"
    label, _, words = heading.partition(". ")
    paragraphs = tuple(
        Paragraph(
            number=str(number) if numbered else None,
            part="body",
            kind=ParagraphKind.PARAGRAPH,
            heading_path=(heading,),
            page_first=1 + number // 4,
            page_last=1 + number // 4,
            text=text,
            boxes=(Box(page=1 + number // 4, x0=90, y0=100, x1=500, y1=130),),
        )
        for number, text in enumerate(texts, start=1)
    )
    return Paper(
        file=name,
        digest=hashlib.sha256("\0".join((name, title or "", *texts)).encode()).hexdigest(),
        symbol=symbol,
        symbols=(symbol,) if symbol else (),
        title=title,
        kind=kind,
        body="Demonstration Working Group on Trafficking in Persons",
        session="First session",
        meeting="Vienna, 27 and 28 June 2022",
        date=date,
        language=language,
        languages=(language,),
        original=("en",),
        distribution="General",
        agenda_item=None,
        pages=1 + len(texts) // 4,
        headings=(Heading(level=1, label=label, text=words, page=1, before=0),),
        paragraphs=paragraphs,
        footnotes=(),
        warnings=(),
    )


_AGENDA = Agenda(
    symbol=f"{SERIES}/2024/1",
    title="Annotated provisional agenda",
    items=(
        AgendaItem(
            number="1",
            title="Organizational matters",
            sub_items=(SubItem(number="1 (a)", title="Opening of the session"),),
            annotation=None,
            documents=(),
        ),
        AgendaItem(
            number="2",
            title="Recruitment fees and debt bondage",
            sub_items=(),
            annotation="The Working Group will consider fees that turn into debt.",
            documents=(
                ListedDocument(symbol=f"{SERIES}/2022/2", title="Background paper on debt"),
                ListedDocument(symbol=f"{SERIES}/2024/9", title=None),
                ListedDocument(symbol=None, title="Oral report"),
            ),
        ),
    ),
    timetable=(),
)


def _tiny_papers() -> tuple[Paper, ...]:
    """Nine papers: an agenda, papers in two languages, a revision, a report, one without symbol."""
    return (
        _paper(
            f"{SERIES}/2024/1",
            ["Item 2 is about recruitment fees and debt bondage.", "The session opens at 10 a.m."],
            title="Annotated provisional agenda",
            kind=PaperKind.AGENDA,
            date="2024-04-15",
        ),
        _paper(
            f"{SERIES}/2022/2",
            [
                "Recruitment fees charged to workers turn into debt.",
                "Debt bondage keeps workers from leaving an employer.",
                "Inspectors rarely see the contract of a domestic worker.",
                "Agencies:\n(a) Should be licensed;\n(b) Should charge no fees to workers.",
            ],
        ),
        _paper(
            f"{SERIES}/2022/3",
            [
                "Victims should not be punished for acts they were led to commit.",
                "Prosecutors may drop charges of forced criminality against victims.",
            ],
            title="Non-punishment of victims",
        ),
        _paper(
            f"{SERIES}/2023/3",
            ["Consent of the victim is irrelevant where means were used."],
            title="The irrelevance of consent",
            date="2023-04-18",
        ),
        _paper(
            f"{SERIES}/2023/3/Rev.1",
            ["Consent of the victim is irrelevant where any of the means has been used."],
            title="The irrelevance of consent",
            date="2023-05-26",
        ),
        _paper(
            f"{SERIES}/2022/5",
            ["States parties should collect data on detected victims."],
            title="Report on the first session",
            kind=PaperKind.REPORT,
            date="2022-07-14",
        ),
        _paper(
            f"{SERIES}/2024/2",
            ["Organs are removed from persons in debt.", "Hospitals should report suspicions."],
            title="Removal of organs",
            date="2024-04-22",
        ),
        _paper(
            f"{SERIES}/2024/2",
            ["Des organes sont prélevés sur des personnes endettées."],
            title="Prélèvement d'organes",
            date="2024-04-22",
            language="fr",
        ),
        _paper(
            None,
            ["Shelters for men are few."],
            title="Notes of a drafter",
            kind=PaperKind.OTHER,
            date=None,
            file="notes/drafter.txt",
            numbered=False,
        ),
    )


def _reader(papers: Sequence[Paper]) -> PaperReader:
    """A reader that holds its papers in memory."""
    by_file = {paper.file: paper for paper in papers}

    def read(root: Path, files: Sequence[str]) -> Iterator[Paper]:
        del root
        return (by_file[file] for file in files)

    return PaperReader(
        version=1,
        scan=lambda _: tuple(CorpusFile(file=p.file, digest=p.digest, size=0) for p in papers),
        read=read,
        agenda=lambda paper: _AGENDA if paper.symbol == _AGENDA.symbol else None,
    )


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The hashing encoder."""
    return HashingEncoder()


@pytest.fixture(scope="session")
def make_paper() -> Callable[..., Paper]:
    """`make_paper(symbol, texts, *, title, kind, date, language, file, heading, numbered)`."""
    return _paper


@pytest.fixture(scope="session")
def tiny_papers() -> tuple[Paper, ...]:
    """Nine papers of the invented series."""
    return _tiny_papers()


@pytest.fixture(scope="session")
def tiny_agenda() -> Agenda:
    """The agenda that `DEMO/COP/WG.4/2024/1` holds."""
    return _AGENDA


@pytest.fixture(scope="session")
def memory_reader() -> Callable[[Sequence[Paper]], PaperReader]:
    """`memory_reader(papers)`: a reader for `build` that holds its papers in memory."""
    return _reader


# What three sessions recommended: under each heading, paragraphs in order.
_REPORTS = {
    2022: {
        "II. Recommendations": ["The Working Group adopted the recommendations set out below."],
        "A. Inspection": [
            "States parties may wish to consider inspecting recruitment agencies every year.",
            "States parties should translate contracts into the language of the worker.",
            "The Secretariat should prepare a paper on recruitment fees.",
        ],
        "B. Shelters": [
            "States parties are encouraged to open shelters for men.",
            "States parties should ensure that interpreters are trained and paid.",
        ],
        "III. Summary of deliberations": ["Many speakers said that States should inspect more."],
    },
    2023: {
        "II. Recommendations": [
            "States parties should inspect recruitment agencies every year.",
            "States parties should translate contracts into the language of the worker.",
            "UNODC should publish its manual on shelters.",
        ],
    },
    2024: {
        "II. Recommendations": [
            "States parties should:\n(a) Train judges;\n(b) Record hearings on video.",
            "States parties should ensure that interpreters are trained.",
        ],
        "III. Recommendations on which no agreement was reached": [
            "States parties shall inspect recruitment agencies every year without notice.",
        ],
    },
}


def _report(year: int, sections: dict[str, list[str]]) -> Paper:
    """The report of a session, read as reports are; its sections stand under their chapter."""
    chapter, placed = "", []
    for heading, texts in sections.items():
        is_section = heading.startswith(("A. ", "B. "))
        chapter = chapter if is_section else heading
        path = (chapter, heading) if is_section else (chapter,)
        placed += [(path, text) for text in texts]
    made = _paper(
        f"{SERIES}/{year}/5",
        [text for _, text in placed],
        title=f"Report on the session of {year}",
        kind=PaperKind.REPORT,
        date=f"{year}-07-14",
    )
    paragraphs = [
        replace(each, heading_path=path)
        for each, (path, _) in zip(made.paragraphs, placed, strict=True)
    ]
    return replace(made, paragraphs=tuple(with_recommendations(paragraphs)))


def _report_papers() -> tuple[Paper, ...]:
    """Reports of three sessions, and a paper that recommends nothing."""
    reports = [_report(year, sections) for year, sections in _REPORTS.items()]
    return (*reports, _paper(f"{SERIES}/2022/2", ["Agencies are inspected every year."]))


@pytest.fixture(scope="session")
def report_papers() -> tuple[Paper, ...]:
    """Reports of three sessions with recommendations, and a paper without any."""
    return _report_papers()


@pytest.fixture(scope="session")
def report_engine(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> LocalEngine:
    """An engine over these papers."""
    folder = tmp_path_factory.mktemp("reports")
    build(folder / "corpus", folder / "index", encoder, reader=_reader(_report_papers()))
    return LocalEngine(folder / "index", encoder)


@pytest.fixture(scope="session")
def tiny_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """Folder of an index of the nine papers; not to be written to."""
    folder = tmp_path_factory.mktemp("tiny")
    build(folder / "corpus", folder / "index", encoder, reader=_reader(_tiny_papers()))
    return folder / "index"


@pytest.fixture(scope="session")
def tiny_engine(tiny_index: Path, encoder: Encoder) -> LocalEngine:
    """An engine over the index of the nine papers."""
    return LocalEngine(tiny_index, encoder)


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of an index of the sample corpus, by the real encoder; not to be written to."""
    index = tmp_path_factory.mktemp("sample-index")
    build(Path(__file__).parents[1] / "corpus" / "papers", index, open_encoder())
    return index


@pytest.fixture(scope="session")
def sample_engine(sample_index: Path) -> LocalEngine:
    """An engine over the sample corpus, with the real encoder: for tests marked `model`."""
    return LocalEngine(sample_index, open_encoder())


@pytest.fixture(scope="session")
def save_tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """
    `save_tiny_model(name, labels=None)`: the folder of a BERT of two layers and single letters,
    its weights at random from a fixed seed; with so many labels it is a cross-encoder.
    """
    home = tmp_path_factory.mktemp("models")

    def save(name: str, labels: int | None = None) -> Path:
        # Loading these takes seconds, and few tests need them.
        import torch  # noqa: PLC0415
        from transformers import BertConfig, BertForSequenceClassification, BertModel  # noqa: PLC0415

        torch.manual_seed(7)
        tokenizer = _letters()
        config = BertConfig(
            vocab_size=len(tokenizer),
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=64,
            initializer_range=0.5,
            num_labels=labels or 1,
        )
        make = BertModel if labels is None else BertForSequenceClassification
        make(config).save_pretrained(home / name)
        tokenizer.save_pretrained(home / name)
        return home / name

    return save


def _letters() -> PreTrainedTokenizerFast:
    """A tokenizer that reads letters, digits and signs one by one."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors  # noqa: PLC0415
    from transformers import PreTrainedTokenizerFast  # noqa: PLC0415

    letters = string.ascii_lowercase + string.digits
    special = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
    words = (*special, *letters, *(f"##{each}" for each in letters), *string.punctuation)
    made = Tokenizer(models.WordPiece({word: n for n, word in enumerate(words)}, unk_token="[UNK]"))  # noqa: S106 - no secret
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        pad_token="[PAD]",  # noqa: S106 - likewise
        unk_token="[UNK]",  # noqa: S106 - likewise
        cls_token="[CLS]",  # noqa: S106 - likewise
        sep_token="[SEP]",  # noqa: S106 - likewise
        model_max_length=64,
    )


@pytest.fixture(scope="session")
def judging() -> Callable[[LocalEngine], JudgingEngine]:
    """`judging(engine)`: an engine whose answers are judged by words of the question."""
    return JudgingEngine


@pytest.fixture(scope="session", autouse=True)
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Encoders are exported once a run, and not into the caches of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("WGSEARCH_CACHE", str(tmp_path_factory.mktemp("caches")))
        yield
