"""Job numbers and feet are taken apart; sentences that hold a stroke are neither."""

from __future__ import annotations

import pytest

from wgsearch.papers.jobs import has_lost_digits, parse_job


@pytest.mark.parametrize(
    ("line", "text", "language", "dates", "barcode"),
    [
        ("V.31-00766 (E) 130731 140731", "V.31-00766 (E)", "en", ("130731", "140731"), None),
        ("31-41682 (F) 290831 *3141682*", "31-41682 (F)", "fr", ("290831",), "*3141682*"),
        ("GE.31-52114", "GE.31-52114", None, (), None),
        ("V.31-56533 (R) *3156533*", "V.31-56533 (R)", "ru", (), "*3156533*"),
        ("31-04256X (S) 020431", "31-04256 (S)", "es", ("020431",), None),
        ("84-27984 1304q (E)", "84-27984 (E)", "en", (), None),
        ("31-07772 3/39", "31-07772", None, (), None),
    ],
)
def test_a_job_number_is_taken_apart(
    line: str, text: str, language: str | None, dates: tuple[str, ...], barcode: str | None
) -> None:
    """Station, year, number, edition, days and barcode, of any duty station and decade."""
    job = parse_job(line)
    assert job is not None
    assert (job.text, job.language, job.dates, job.barcode) == (text, language, dates, barcode)


@pytest.mark.parametrize("line", ["V (E) * *", "resolution 7/1", "2/17", "12 May 2031", ""])
def test_other_lines_are_no_job_numbers(line: str) -> None:
    """Nothing is made up where digits were lost, or never were."""
    assert parse_job(line) is None


@pytest.mark.parametrize(("line", "lost"), [("V (E) * *", True), ("(E)", True), ("(E) is", False)])
def test_a_job_number_without_digits_shows_a_poor_copy(line: str, *, lost: bool) -> None:
    """Copies that lost digits here lost them elsewhere too."""
    assert has_lost_digits(line) is lost
