"""What a build will do follows from names and digests alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wgsearch.index.manifest import FailedFile, IndexedFile, Manifest
from wgsearch.index.plan import corpus_digest, plan
from wgsearch.papers.corpus import CorpusFile
from wgsearch.papers.corrections import Correction, Corrections, Stated
from wgsearch.papers.paper import PaperKind


def _files(**digests: str) -> list[CorpusFile]:
    return [CorpusFile(file=file, digest=digest, size=0) for file, digest in digests.items()]


def _manifest(papers: dict[str, str], failed: dict[str, tuple[str, str]]) -> Manifest:
    return Manifest(
        schema_version=1,
        reader_version=1,
        encoder="e",
        dimension=1,
        corpus_digest="",
        content_digest="",
        papers=tuple(
            IndexedFile(file=file, digest=digest, symbol=None, language="en")
            for file, digest in papers.items()
        ),
        failed=tuple(
            FailedFile(file=file, digest=digest, code=code, reason="")
            for file, (digest, code) in failed.items()
        ),
        passages=1,
        files={},
        built_at="",
    )


def test_plan_by_hand() -> None:
    """New, changed, gone, the same, failed before, and left out before each have their place."""
    previous = _manifest(
        {"same": "1", "changed": "1", "gone": "1"},
        {"bad": ("1", "encrypted"), "mended": ("1", "encrypted"), "twin": ("1", "duplicate")},
    )
    files = _files(same="1", changed="2", new="1", bad="1", mended="2", twin="1")
    planned = plan(files, previous)
    assert planned.added == ("new",)
    assert planned.changed == ("changed", "mended")
    assert planned.removed == ("gone",)
    assert planned.unchanged == ("same",)
    assert planned.retried == ("twin",)
    assert [each.file for each in planned.failed] == ["bad"]
    assert planned.to_read == ("changed", "mended", "new", "twin")


def test_corrections_change_papers_without_reading_them() -> None:
    """
    A paper whose corrections differ is taken over and corrected anew; only where another kind
    is stated, or no longer, its lines are needed again.
    """
    previous = _manifest({"a": "1", "b": "1", "c": "1", "d": "1"}, {})
    title, kind = Correction(title="Fees"), Correction(kind=PaperKind.AGENDA)
    papers = tuple(
        each.model_copy(update={"correction": title if each.file == "d" else None})
        for each in previous.papers
    )
    stated = Corrections(
        stated=(
            Stated(name="a", correction=title, line=1),
            Stated(name="b", correction=kind, line=3),
        )
    )
    files = _files(a="1", b="1", c="1", d="1")
    planned = plan(files, previous.model_copy(update={"papers": papers}), stated)
    assert planned.recorrected == ("a", "d")
    assert planned.changed == ("b",)
    assert planned.unchanged == ("a", "c", "d")


def test_corrections_by_symbol_are_found_by_what_was_read() -> None:
    """A correction of the symbol itself is found again after it was applied."""
    correction = Correction(symbol="AB/2")
    previous = _manifest({"a": "1"}, {})
    papers = tuple(
        each.model_copy(update={"symbol": "AB/2", "symbols": ("AB/1",), "correction": correction})
        for each in previous.papers
    )
    stated = Corrections(stated=(Stated(name="ab/1", correction=correction, line=1),))
    planned = plan(_files(a="1"), previous.model_copy(update={"papers": papers}), stated)
    assert (planned.recorrected, planned.unchanged) == ((), ("a",))


def test_first_build_reads_all() -> None:
    """Without a generation everything is new."""
    assert plan(_files(b="1", a="1"), None).to_read == ("a", "b")


def test_corpus_digest_ignores_order() -> None:
    """The same files have one digest, in whatever order a disk lists them."""
    assert corpus_digest(_files(a="1", b="2")) == corpus_digest(_files(b="2", a="1"))
    assert corpus_digest(_files(a="1", b="2")) != corpus_digest(_files(a="2", b="1"))


_DIGESTS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("12"))


@given(_DIGESTS, _DIGESTS)
def test_every_file_has_one_place(now: dict[str, str], before: dict[str, str]) -> None:
    """No file is forgotten or done twice, whatever changed."""
    planned = plan(_files(**now), _manifest(before, {}))
    assert sorted((*planned.to_read, *planned.unchanged)) == sorted(now)
    assert set(planned.removed) == set(before) - set(now)
