"""Whoever watches over the service sees what it answers, how fast, and from what."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from fastapi.testclient import TestClient

from wgsearch.answers import FailedPaper
from wgsearch.api.app import create_app
from wgsearch.api.metrics import BUCKETS_S, Answered, Measures, Served, text
from wgsearch.errors import IndexMissingError

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.search import LocalEngine

# A line of the text format: name, labels with escaped values, number.
LINE = re.compile(
    r'[a-z_]+(?:\{[a-z_]+="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\[\\"n])*")*\})?'
    r" [0-9.e+-]+"
)
SEARCH = 'method="GET",route="/api/v1/search",status="200"'


def _caller(engine: LocalEngine) -> TestClient:
    return TestClient(create_app(engine, hosts=("testserver",)), follow_redirects=False)


def _value(page: str, name: str) -> float:
    """The number on the line of a name with its labels."""
    return float(next(line for line in page.splitlines() if line.startswith(f"{name} ")).split()[1])


def test_requests_are_counted_by_route_and_status(tiny_engine: LocalEngine) -> None:
    """
    Each answer counts once, under the template of its route: also one that was kept, one that the
    caller holds already, one that is refused before anything reads it, one for HEAD.
    """
    caller = _caller(tiny_engine)
    tag = caller.get("/api/v1/search?q=debt").headers["etag"]
    caller.get("/api/v1/search?q=debt")
    caller.get("/api/v1/search?q=debt", headers={"If-None-Match": tag})
    caller.get("/api/v1/search?q=debt&knd=x")
    caller.get("/api/v1/documents/DEMO/COP/WG.4/2022/2")
    caller.head("/api/v1/index")
    caller.get("/static/style.css")
    caller.get("/no/such/place")
    caller.get("/api/v1/index", headers={"Host": "elsewhere.example"})
    page = caller.get("/metrics").text
    count = "wgsearch_request_seconds_count"
    assert _value(page, f"{count}{{{SEARCH}}}") == 2
    other = 'method="GET",route="/api/v1/search",status='
    assert _value(page, f'{count}{{{other}"304"}}') == 1
    assert _value(page, f'{count}{{{other}"422"}}') == 1
    document = 'method="GET",route="/api/v1/documents/{symbol:path}",status="200"'
    assert _value(page, f"{count}{{{document}}}") == 1
    assert _value(page, f'{count}{{method="HEAD",route="/api/v1/index",status="200"}}') == 1
    assert _value(page, f'{count}{{method="GET",route="/static/",status="200"}}') == 1
    assert _value(page, f'{count}{{method="GET",route="other",status="404"}}') == 1
    assert _value(page, f'{count}{{method="GET",route="/api/v1/index",status="400"}}') == 1


def test_what_is_searched_is_told(tiny_engine: LocalEngine) -> None:
    """Generation, encoder, papers by state and passages are those of the state of the index."""
    page = _caller(tiny_engine).get("/metrics").text
    state = tiny_engine.state()
    assert f'generation="{state.generation}"' in page
    assert f'encoder="{state.encoder}"' in page
    assert _value(page, "wgsearch_papers") == state.papers
    assert _value(page, "wgsearch_passages") == state.passages
    assert _value(page, "wgsearch_index_ready") == 1
    assert _value(page, "wgsearch_generation_refused") == 0


def test_searches_are_told_from_what_surrounds_them(tiny_engine: LocalEngine) -> None:
    """Time within the engine by mode, and how many questions found nothing; pages count too."""
    caller = _caller(tiny_engine)
    caller.get("/api/v1/search?q=debt&mode=lexical")
    caller.get("/api/v1/search?q=zzzzqqqq&mode=lexical")
    caller.post("/api/v1/search", json={"q": "debt", "mode": "lexical"})
    caller.get("/search?q=debt&mode=lexical")
    caller.get("/search.json?q=debt&mode=lexical")
    page = caller.get("/metrics").text
    assert _value(page, 'wgsearch_search_seconds_count{mode="lexical"}') == 5
    assert _value(page, 'wgsearch_searches_unanswered_total{mode="lexical"}') == 1


def test_every_line_is_of_the_format(tiny_engine: LocalEngine) -> None:
    """Each line can be read by Prometheus; each name has its type, and no question stands there."""
    caller = _caller(tiny_engine)
    caller.get("/api/v1/search?q=confidential")
    answer = caller.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "etag" not in answer.headers
    lines = answer.text.splitlines()
    assert answer.text.endswith("\n")
    assert all(line.startswith("# ") or LINE.fullmatch(line) for line in lines)
    types = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(types) == len(set(types))
    assert "confidential" not in answer.text
    assert caller.get("/metrics?x=1").status_code == 422


def test_buckets_hold_all_that_is_as_fast() -> None:
    """A bucket counts all that took as long at most, the last one everything."""
    measures = Measures()
    for seconds in (0.001, 0.005, 0.3, 99.0):
        measures.answered(Answered("GET", "/x", 200), seconds)
    served = Served(version="1", state=None, edition=None)
    page = text(measures.total(), served)
    labels = 'method="GET",route="/x",status="200"'
    bucket = "wgsearch_request_seconds_bucket"
    assert _value(page, f'{bucket}{{{labels},le="0.005"}}') == 2
    assert _value(page, f'{bucket}{{{labels},le="0.2"}}') == 2
    assert _value(page, f'{bucket}{{{labels},le="0.4"}}') == 3
    assert _value(page, f'{bucket}{{{labels},le="30"}}') == 3
    assert _value(page, f'{bucket}{{{labels},le="+Inf"}}') == 4
    assert _value(page, f"wgsearch_request_seconds_sum{{{labels}}}") == 99.306
    assert page.count(bucket) == len(BUCKETS_S) + 1


def test_papers_are_told_by_state(tiny_engine: LocalEngine) -> None:
    """Papers that are found, and files that are not, by the code of the reason."""
    failed = tuple(
        FailedPaper(file=f"{code}.pdf", code=code, reason="so it is")
        for code in ("duplicate", "encrypted", "duplicate")
    )
    state = replace(tiny_engine.state(), failed=failed, refused="it is damaged")
    page = text(Measures().total(), Served(version="1", state=state, edition="3"))
    assert _value(page, "wgsearch_papers") == state.papers
    assert _value(page, 'wgsearch_files_not_indexed{code="duplicate"}') == 2
    assert _value(page, 'wgsearch_files_not_indexed{code="encrypted"}') == 1
    assert _value(page, "wgsearch_generation_refused") == 1
    assert 'wgsearch_compendium_info{edition="3"} 1' in page


def test_values_of_labels_are_escaped() -> None:
    """A quote, a backslash or a line end in a value breaks no line."""
    page = text(Measures().total(), Served(version='a"b\\c\nd', state=None, edition=None))
    assert 'wgsearch_build_info{version="a\\"b\\\\c\\nd"} 1' in page


def test_processes_add_up(tmp_path: Path) -> None:
    """Whichever process is asked tells of all; one that is gone has counted all the same."""
    one, two = Measures(tmp_path), Measures(tmp_path)
    what = Answered("GET", "/x", 200)
    for seconds in (0.1, 0.2):
        one.answered(what, seconds)
    two.answered(what, 0.4)
    two.searched("hybrid", 0.3, found=False)
    one.write()
    two.write()
    for each in (one, two):
        total = each.total()
        assert sum(total.requests[what].counts) == 3
        assert round(total.requests[what].sum_s, 6) == 0.7
        assert total.unanswered == {"hybrid": 1}
    del one
    two.answered(what, 0.4)
    two.answered(what, 0.4)
    assert sum(two.total().requests[what].counts) == 5
    assert {path.suffix for path in tmp_path.iterdir()} == {".json"}


def test_without_an_index_there_are_numbers() -> None:
    """Before the first build the numbers say that there is no index."""

    def no_engine() -> NoReturn:
        raise IndexMissingError("no generation")

    page = TestClient(create_app(no_engine, hosts=("testserver",))).get("/metrics").text
    assert _value(page, "wgsearch_index_ready") == 0
    assert "wgsearch_index_info" not in page
