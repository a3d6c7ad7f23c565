"""Judged sets of any hand are read, and what is odd in them is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import JudgementsError
from wgsearch.evaluation import evaluate, read_judged_set

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.embedding import Encoder

ODD = ["a b/c", "Ünï-码.pdf", "..", "'; --", "x" * 300, "tab\there", "A/79/1 para. 3"]


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_missing_file_is_named(judged: Path, name: str) -> None:
    """A folder that is no judged set says which file is missing."""
    (judged / name).unlink()
    with pytest.raises(JudgementsError, match=f"'{name}' is missing"):
        read_judged_set(judged)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("corpus.jsonl", b'{"_id": "a", "text": "b"}\nnot json\n', "line 2 of 'corpus.jsonl'"),
        ("corpus.jsonl", b'{"_id": "a", "text": "\xff"}\n', "line 1 of 'corpus.jsonl'.*UTF-8"),
        ("corpus.jsonl", b'{"_id": "a", "text": "\\ud800"}\n', "line 1 of 'corpus.jsonl'"),
        ("corpus.jsonl", b'["a"]\n', "line 1 of 'corpus.jsonl' is .*one JSON object a line"),
        ("corpus.jsonl", b"\n", "holds no document"),
        ("queries.jsonl", b'{"text": "b"}\n', "line 1 of 'queries.jsonl'"),
        ("queries.jsonl", b'{"_id": "", "text": "b"}\n', "line 1 of 'queries.jsonl'"),
        ("qrels/test.tsv", b"q1\td1\n", "line 1 of 'test.tsv'"),
        ("qrels/test.tsv", b"q1\td1\tmuch\n", "line 1 of 'test.tsv'"),
        ("qrels/test.tsv", b"q1\td1\t1\nq1\td2\t0.5\n", "line 2 of 'test.tsv'.*whole number"),
        ("qrels/test.tsv", b"q1\td1\t\xff\n", "line 1 of 'test.tsv'"),
        ("qrels/test.tsv", b"other\td1\t1\n", "judges none of the questions"),
    ],
)
def test_unreadable_line_is_named(judged: Path, name: str, content: bytes, message: str) -> None:
    """A line that cannot be read is named with its file."""
    (judged / name).write_bytes(content)
    with pytest.raises(JudgementsError, match=message):
        read_judged_set(judged)


def test_what_is_odd_in_a_set_is_said(judged: Path, write_lines: Callable[..., Path]) -> None:
    """Nothing is left out in silence: each oddity is counted, with some of its ids."""
    write_lines(
        judged / "corpus.jsonl",
        [{"_id": "d1", "text": "Fees."}, {"_id": "d1", "text": "Other."}, {"_id": "empty"}],
    )
    write_lines(
        judged / "queries.jsonl",
        [
            {"_id": "q1", "text": "fees"},
            {"_id": "q1", "text": "again"},
            {"_id": "silent", "text": None},
            {"_id": "unjudged", "text": "organs"},
        ],
    )
    (judged / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\r\nq1\td1\t2.0\r\nq1\tgone\t1\r\nq1\tgone\t3\r\n"
        "\r\nsilent\td1\t1\r\nstranger\td1\t1\r\nunjudged\td1\t-1\r\n"
    )
    found = read_judged_set(judged)
    assert found.queries == {"q1": "fees", "silent": ""}
    assert found.qrels["q1"] == {"d1": 2, "gone": 3}
    assert found.documents[0].paragraphs[0].text == "Fees."
    assert found.notes == (
        "documents that stand twice in corpus.jsonl, the first counts: 1 ('d1')",
        "documents with neither title nor text, which cannot be found: 1 ('empty')",
        "judged documents that corpus.jsonl lacks, never found: 1 ('gone')",
        "questions that stand twice in queries.jsonl, the first counts: 1 ('q1')",
        "questions without text: 1 ('silent')",
        "judged questions that queries.jsonl lacks, left out: 1 ('stranger')",
        "questions with nothing judged relevant, left out: 1 ('unjudged')",
        "judgements given twice with other grades, the last counts: 1 ('q1, gone')",
    )


def test_judged_documents_that_are_missing_count_as_not_found(
    judged: Path, encoder: Encoder
) -> None:
    """As trec_eval counts: what is judged relevant and not in the corpus lowers recall."""
    with (judged / "qrels" / "test.tsv").open("a") as lines:
        lines.write("q1\tgone\t1\n")
    one = evaluate(judged, encoder, mode="lexical").questions[0]
    assert one.values["recall@100"] == 0.5
    assert one.to_json()["missed"] == ["gone"]


def test_any_id_may_name_a_document(
    judged: Path, encoder: Encoder, write_lines: Callable[..., Path]
) -> None:
    """Spaces, slashes, other scripts, quotes: what is found bears the id of the set."""
    documents = [{"_id": name, "text": f"word{at} alone"} for at, name in enumerate(ODD)]
    write_lines(judged / "corpus.jsonl", documents)
    odd = [name for name in ODD if "\t" not in name]
    write_lines(
        judged / "queries.jsonl",
        [{"_id": f"q {name}", "text": f"word{ODD.index(name)}"} for name in odd],
    )
    (judged / "qrels" / "test.tsv").write_text(
        "".join(f"q {name}\t{name}\t1\n" for name in odd), encoding="utf-8"
    )
    measured = evaluate(judged, encoder, mode="lexical")
    assert [each.found[0] for each in measured.questions] == odd


def test_languages_stated_are_believed(judged: Path, write_lines: Callable[..., Path]) -> None:
    """A document's metadata may state its language, as `language` or `lang`."""
    write_lines(
        judged / "corpus.jsonl",
        [
            {"_id": "a", "text": "x", "metadata": {"lang": "ru"}},
            {"_id": "b", "text": "x", "metadata": {"language": "ar"}},
            {"_id": "c", "text": "x", "metadata": None},
        ],
    )
    assert read_judged_set(judged).languages == ("ar", "en", "ru")


def test_the_digest_changes_with_questions_and_judgements(judged: Path) -> None:
    """Runs are comparable when questions and judgements are the same, in whatever order."""
    before = read_judged_set(judged).digest
    queries = judged / "queries.jsonl"
    queries.write_text("".join(reversed(queries.read_text().splitlines(keepends=True))))
    assert read_judged_set(judged).digest == before
    queries.write_text(queries.read_text().replace("fees and debt", "fees"))
    assert read_judged_set(judged).digest != before
