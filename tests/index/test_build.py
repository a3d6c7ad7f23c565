"""Only what changed is read and embedded, and nothing half-done is ever seen."""

from __future__ import annotations

import signal
import subprocess
import sys
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import CorpusMissingError, PaperUnreadableError
from wgsearch.index.build import PaperReader, build
from wgsearch.index.lexical import Phrase, Within
from wgsearch.index.publish import current, folder_of, list_generations, verify_generation
from wgsearch.index.snapshot import open_current
from wgsearch.index.tokens import SignCodec
from wgsearch.papers.corrections import parse_corrections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import BuildReport
    from wgsearch.papers.paper import Paper


class Bench:
    """An index folder, and builds of papers in memory; remembers which files were read."""

    def __init__(
        self, index: Path, encoder: Encoder, reader_of: Callable[..., PaperReader]
    ) -> None:
        self.index = index
        self.read: list[str] = []
        self._encoder = encoder
        self._reader_of = reader_of

    def build(
        self,
        papers: Sequence[Paper],
        *,
        bad: Sequence[str] = (),
        version: int = 1,
        full: bool = False,
        stated: str = "",
    ) -> BuildReport:
        """Build; reading files named in `bad` fails; `stated` is the corrections file."""
        inner = self._reader_of(papers)
        self.read = []

        def read(root: Path, files: Sequence[str]) -> Iterator[Paper | PaperUnreadableError]:
            self.read += files
            for file, paper in zip(files, inner.read(root, files), strict=True):
                yield PaperUnreadableError(file, "encrypted", "locked") if file in bad else paper

        reader = replace(
            inner,
            read=read,
            version=version,
            corrections=lambda _: parse_corrections(tomllib.loads(stated), stated),
        )
        return build(self.index / "none", self.index, self._encoder, full=full, reader=reader)


@pytest.fixture
def bench(tmp_path: Path, encoder: Encoder, memory_reader: Callable[..., PaperReader]) -> Bench:
    """An index folder without an index."""
    return Bench(tmp_path / "index", encoder, memory_reader)


@pytest.fixture
def papers(make_paper: Callable[..., Paper]) -> list[Paper]:
    """Three papers of two paragraphs each."""
    return [
        make_paper(f"AB/2022/{number}", [f"First of {number}.", f"Second of {number}."])
        for number in (1, 2, 3)
    ]


def test_first_build(bench: Bench, papers: list[Paper]) -> None:
    """The report says what was read and embedded, in the shape that other programs rely on."""
    report = bench.build(papers)
    assert report.to_json() | {"seconds": None} == {
        "generation": current(bench.index),
        "published": True,
        "papers": {
            "read": 3,
            "unchanged": 0,
            "removed": 0,
            "failed": [],
            "warned": [],
            "corrected": [],
        },
        "corrections": {"refused": []},
        "passages": 6,
        "embedded": 6,
        "reused": 0,
        "seconds": None,
    }
    assert report.seconds.total >= report.seconds.read + report.seconds.embed


def test_tokens_are_stored_and_encoded_once(bench: Bench, papers: list[Paper]) -> None:
    """Each passage has its tokens; they survive in the cache, as vectors do."""
    bench.build(papers)
    first = open_current(bench.index, None)
    assert first.manifest.token_codec == SignCodec.identity
    assert first.tokens is not None
    assert first.tokens.rows == first.store.rows == 6
    assert {"tokens/offsets.npy", "tokens/signs.npy"} <= first.manifest.files.keys()
    again = bench.build(papers, full=True)
    assert (again.published, again.embedded, again.reused) == (True, 0, 6)
    second = open_current(bench.index, None)
    for name, record in first.manifest.files.items():
        if name.startswith("tokens/"):
            assert second.manifest.files[name] == record


def test_encoder_without_tokens_stores_none(
    tmp_path: Path, encoder: Encoder, memory_reader: Callable[..., PaperReader], papers: list[Paper]
) -> None:
    """Its index has no token file, says so, and opens."""

    class Pooled:
        identity = "pooled"
        dimension = encoder.dimension
        has_tokens = False
        encode = staticmethod(encoder.encode)
        encode_tokens = staticmethod(encoder.encode_tokens)
        spans_of = staticmethod(encoder.spans_of)

    build(tmp_path, tmp_path / "index", Pooled(), reader=memory_reader(papers))
    snapshot = open_current(tmp_path / "index", "pooled")
    assert (snapshot.tokens, snapshot.manifest.token_codec) == (None, None)
    assert not any(name.startswith("tokens") for name in snapshot.manifest.files)


def test_nothing_changed_nothing_published(bench: Bench, papers: list[Paper]) -> None:
    """Building twice costs nothing and keeps the generation."""
    first = bench.build(papers)
    second = bench.build(papers)
    assert bench.read == []
    assert (second.generation, second.published) == (first.generation, False)
    assert (second.unchanged, second.embedded, second.reused) == (3, 0, 6)


def test_one_changed_paper_costs_one_paper(
    bench: Bench, papers: list[Paper], make_paper: Callable[..., Paper]
) -> None:
    """A changed paper is read alone, and only its new words are embedded."""
    bench.build(papers)
    papers[1] = make_paper("AB/2022/2", ["First of 2.", "Something else."])
    report = bench.build(papers)
    assert bench.read == [papers[1].file]
    assert (report.read, report.unchanged, report.embedded, report.reused) == (1, 2, 1, 5)


def test_removed_paper_is_gone(bench: Bench, papers: list[Paper]) -> None:
    """A paper taken out of the corpus is in no part of the new generation."""
    bench.build(papers)
    report = bench.build(papers[1:])
    assert (report.removed, report.passages, bench.read) == (1, 4, [])


@pytest.mark.parametrize("change", ["removed", "replaced", "reissued"])
def test_old_words_are_in_no_leg(
    bench: Bench, papers: list[Paper], make_paper: Callable[..., Paper], change: str
) -> None:
    """What a paper said before it went or changed is found by no word and no vector any more."""
    old = make_paper("AB/2022/9", ["Beekeepers keep skeps of straw."], file="old.pdf")
    bench.build([*papers, old])
    before = open_current(bench.index, None)
    asked = Within(phrases=(Phrase("skeps of straw"),))
    [row] = before.lexical.matching(asked).tolist()
    vector = before.vectors.stored(range(row, row + 1))[0].copy()
    new = make_paper("AB/2022/9", ["Shelters are few."], file="old.pdf")
    later = replace(new, file="new.pdf", stars=1)
    after = {"removed": [], "replaced": [new], "reissued": [old, later]}[change]
    bench.build([*papers, *after])
    found = open_current(bench.index, None)
    assert found.name != before.name
    assert found.lexical.matching(asked).tolist() == []
    assert found.vectors.top(vector, 1).scores[0] < 0.99
    texts = [each.text for each in found.store.passages(range(found.store.rows))]
    assert not any("skeps" in text for text in texts)
    assert found.store.rows == found.lexical.rows == found.vectors.rows


def test_content_digest_depends_on_content_only(
    tmp_path: Path, encoder: Encoder, memory_reader: Callable[..., PaperReader], papers: list[Paper]
) -> None:
    """The same corpus gives the same digest in any order of files, by any way there."""
    digests = set()
    for name, order in (("a", papers), ("b", papers[::-1])):
        bench = Bench(tmp_path / name, encoder, memory_reader)
        if name == "b":
            bench.build(order[:2])
        generation = bench.build(order).generation
        digests.add(verify_generation(bench.index, generation).content_digest)
    assert len(digests) == 1


def test_full_build_reads_again_but_embeds_nothing(bench: Bench, papers: list[Paper]) -> None:
    """Starting over costs reading, not encoding."""
    bench.build(papers)
    report = bench.build(papers, full=True)
    assert (report.published, report.read, report.embedded) == (True, 3, 0)


def test_new_reader_reads_again(bench: Bench, papers: list[Paper]) -> None:
    """When reading improves, papers read by the older reader are read anew."""
    bench.build(papers)
    assert bench.build(papers, version=2).read == 3


def test_other_encoder_embeds_again_without_reading(
    bench: Bench, papers: list[Paper], encoder: Encoder, memory_reader: Callable[..., PaperReader]
) -> None:
    """Changing the encoder costs encoding, not reading."""

    class Other:
        identity = "other"
        dimension = encoder.dimension
        has_tokens = True
        encode = staticmethod(encoder.encode)
        encode_tokens = staticmethod(encoder.encode_tokens)
        spans_of = staticmethod(encoder.spans_of)

    bench.build(papers)
    report = build(bench.index, bench.index, Other(), reader=memory_reader(papers))
    assert (report.read, report.unchanged, report.embedded) == (0, 3, 6)


def test_bad_file_is_reported_and_not_retried(bench: Bench, papers: list[Paper]) -> None:
    """A file that cannot be read stops nothing, is named each time, and costs nothing again."""
    bad = papers[0].file
    report = bench.build(papers, bad=[bad])
    assert [(each.file, each.code, each.reason) for each in report.failed] == [
        (bad, "encrypted", "locked")
    ]
    assert report.passages == 4
    again = bench.build(papers[:2], bad=[bad])
    assert bench.read == []
    assert again.failed == report.failed
    assert bench.build(papers, full=True).failed == ()


def test_twin_takes_over_when_the_first_is_gone(
    bench: Bench, papers: list[Paper], make_paper: Callable[..., Paper]
) -> None:
    """A paper that lies there twice is indexed once, and stays when either file is removed."""
    twin = make_paper("AB/2022/1", ["First of 1, in Word."], file="AB_2022_1.docx")
    report = bench.build([*papers, twin])
    assert [(each.file, each.code) for each in report.failed] == [(twin.file, "duplicate")]
    assert report.passages == 6
    assert bench.build([*papers[1:], twin]).passages == 5


def test_corpus_without_words_keeps_the_old_index(bench: Bench, papers: list[Paper]) -> None:
    """When every file fails, the error says why, and the generation before goes on."""
    before = bench.build(papers).generation
    with pytest.raises(CorpusMissingError, match="locked"):
        bench.build(papers, bad=[each.file for each in papers], full=True)
    assert current(bench.index) == before
    assert [each.name for each in list_generations(bench.index)] == [before]


def test_damaged_index_is_built_anew(bench: Bench, papers: list[Paper]) -> None:
    """A damaged generation is replaced by a plain build; nobody has to delete anything."""
    before = bench.build(papers).generation
    (folder_of(bench.index, before) / "passages.sqlite").write_bytes(b"damage")
    report = bench.build(papers)
    assert (report.published, report.read, report.embedded) == (True, 3, 0)
    verify_generation(bench.index, report.generation)


def test_failing_write_leaves_the_old_index(bench: Bench, papers: list[Paper]) -> None:
    """An encoder that dies in the middle changes nothing that readers see."""
    before = bench.build(papers).generation

    class Dying:
        identity = "dying"
        dimension = 64
        has_tokens = False

        def encode(self, texts: Sequence[str], progress: object = None) -> None:
            raise OSError(f"disk full at {len(texts)} texts {progress}")

    reader = PaperReader(
        version=9,
        scan=bench._reader_of(papers).scan,
        read=bench._reader_of(papers).read,
        agenda=lambda _: None,
    )
    with pytest.raises(OSError, match="disk full"):
        build(bench.index, bench.index, Dying(), reader=reader)  # type: ignore[arg-type]  # it never returns
    assert current(bench.index) == before
    assert bench.build(papers).generation == before


KILLED_BUILD = """
import os, signal, sys
from pathlib import Path
import numpy as np
from wgsearch.embedding import Encoded
from wgsearch.index.build import build

class Letters:
    identity, dimension, has_tokens = "letters", 26, False
    def encode(self, texts, progress=None, role="passage"):
        rows = [[1 + text.lower().count(chr(97 + n)) for n in range(26)] for text in texts]
        array = np.array(rows, dtype=np.float32)
        return array / np.linalg.norm(array, axis=1, keepdims=True)
    def encode_tokens(self, texts, progress=None, *, role="passage"):
        return Encoded(rows=self.encode(texts), tokens=None)

deadly, events = int(sys.argv[3]), 0

def tell(stage, done, total):
    global events
    events += 1
    if events == deadly:
        os.kill(os.getpid(), signal.SIGKILL)

report = build(Path(sys.argv[1]), Path(sys.argv[2]), Letters(), progress=tell)
print(events, report.generation)
"""


def test_killed_build_leaves_the_generation_in_use(tmp_path: Path) -> None:
    """
    A build is killed each time it reports progress: while reading, encoding, writing and
    after. The generation in use is whole throughout, and one more build needs no hand.
    """
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "first.txt").write_text("Report of the group\n\n1. Shelters were too few.\n")

    def run(index: Path, deadly: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", KILLED_BUILD, str(corpus), str(index), str(deadly)]
        return subprocess.run(command, check=False, capture_output=True, text=True)

    index = tmp_path / "index"
    before = run(index, 0).stdout.split()[1]
    (corpus / "second.txt").write_text("Note on fees\n\n1. Fees turn into debt.\n")
    events = int(run(tmp_path / "undisturbed", 0).stdout.split()[0])
    wanted = current(tmp_path / "undisturbed").partition("-")[2]
    for deadly in range(1, events + 1):
        killed = run(index, deadly)
        assert killed.returncode == -signal.SIGKILL
        verify_generation(index, current(index))
        if current(index) != before:
            break  # it was killed after the swap
    done = run(index, 0)
    assert done.returncode == 0, done.stderr
    assert current(index).partition("-")[2] == wanted
    assert not list((index / "generations").glob(".building-*"))


def test_progress_tells_each_stage(
    tmp_path: Path, encoder: Encoder, memory_reader: Callable[..., PaperReader], papers: list[Paper]
) -> None:
    """Reading, embedding and indexing each end with all done; pages are counted on the way."""
    told: list[tuple[str, int, int]] = []
    build(
        tmp_path,
        tmp_path / "index",
        encoder,
        reader=memory_reader(papers),
        progress=lambda *each: told.append(each),
    )
    last = {stage: (done, total) for stage, done, total in told}
    assert last == {"read": (3, 3), "pages": (3, 0), "embed": (6, 6), "index": (3, 3)}


def test_a_correction_is_applied_and_taken_back_without_reading(
    bench: Bench, papers: list[Paper]
) -> None:
    """
    A stated title is shown and embedded, marked and reported; taken away, the index is what
    it was. Nothing is read again, and only passages of that paper are encoded.
    """
    first = bench.build(papers)
    before = verify_generation(bench.index, first.generation).content_digest
    report = bench.build(papers, stated='["AB/2022/2"]\ntitle = "Fees"')
    store = open_current(bench.index, None).store
    paper = store.paper(1)
    assert (bench.read, report.embedded, report.published) == ([], 2, True)
    assert (paper.title, store.entries[1].title) == ("Fees", "Fees")
    assert store.passages([2])[0].title == "Fees"
    assert [each.code for each in paper.warnings] == ["corrected"]
    assert report.corrected == ((papers[1].file, ("title",)),)
    assert [(each.file, each.code) for each in report.warned] == [(papers[1].file, "corrected")]
    assert store.as_read(1) == papers[1]
    back = bench.build(papers)
    assert (bench.read, back.embedded) == ([], 0)
    assert verify_generation(bench.index, back.generation).content_digest == before


def test_corrections_survive_rebuilds(bench: Bench, papers: list[Paper]) -> None:
    """By any way there: stated from the beginning, or later, or read anew, it is one index."""
    stated = '["AB/2022/2"]\nsymbol = "AB/2022/9"\ndate = "2022"'
    digests = set()
    for report in (
        bench.build(papers, stated=stated),
        bench.build(papers, stated=stated, full=True),
        bench.build(papers[:2]),
        bench.build(papers, stated=stated),
    ):
        digests.add(verify_generation(bench.index, report.generation).content_digest)
    manifest = verify_generation(bench.index, current(bench.index))
    assert [each.symbol for each in manifest.papers] == ["AB/2022/1", "AB/2022/9", "AB/2022/3"]
    assert len(digests) == 2
    assert bench.build(papers, stated=f"# the same\n{stated}").published is False


def test_a_stated_kind_is_read_again(bench: Bench, tiny_papers: tuple[Paper, ...]) -> None:
    """Whether a paper holds an agenda is seen in its lines: that one file is read again."""
    bench.build(tiny_papers)
    file = tiny_papers[0].file
    bench.build(tiny_papers, stated=f'["{file}"]\nkind = "note"')
    assert bench.read == [file]


def test_what_is_not_applied_is_reported_each_time(bench: Bench, papers: list[Paper]) -> None:
    """A wrong name and a wrong key stop nothing, and are named also when nothing changed."""
    stated = '["AB/2022/22"]\ntitle = "Fees"\n["AB/2022/1"]\ntitel = "Fees"'
    for published in (True, False):
        report = bench.build(papers, stated=stated)
        assert report.published is published
        refused = report.to_json()["corrections"]
        assert refused == {
            "refused": [
                {
                    "name": "AB/2022/1",
                    "key": "titel",
                    "line": 4,
                    "reason": "no field is named 'titel'; did you mean 'title'?",
                },
                {
                    "name": "AB/2022/22",
                    "key": None,
                    "line": 1,
                    "reason": "no file and no symbol of the corpus is named 'AB/2022/22';"
                    " did you mean 'AB/2022/2'?",
                },
            ]
        }


def test_a_corrected_symbol_ends_a_duplicate(
    bench: Bench, make_paper: Callable[..., Paper]
) -> None:
    """Two files that were read with one symbol by mistake are two papers once it is mended."""
    papers = [make_paper("AB/2022/1", [f"Of {name}."], file=f"{name}.pdf") for name in "ab"]
    assert [each.code for each in bench.build(papers).failed] == ["duplicate"]
    report = bench.build(papers, stated='["b.pdf"]\nsymbol = "AB/2022/2"')
    assert (report.failed, report.passages) == ((), 2)


def test_editions_that_differ_are_warned_of_until_they_agree(
    bench: Bench, make_paper: Callable[..., Paper]
) -> None:
    """The finding belongs to the build: it goes when the other edition is mended."""
    english = make_paper("AB/2022/1", ["One.", "Two."])
    french = make_paper("AB/2022/1", ["Un."], language="fr")
    report = bench.build([english, french])
    assert [(each.file, each.code) for each in report.warned] == [
        (english.file, "editions_differ"),
        (french.file, "editions_differ"),
    ]
    assert bench.build([english, french]).warned == report.warned
    mended = make_paper("AB/2022/1", ["Un.", "Deux."], language="fr")
    assert bench.build([english, mended]).warned == ()
    assert bench.read == [mended.file]
