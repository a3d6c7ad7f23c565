"""A filter is never violated, whatever stands in it, and means the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.answers import Filters
from wgsearch.index.dense import Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from conftest import Place

FILTERS = {
    "kind": Filters(kinds=("report",)),
    "kinds": Filters(kinds=("report", "note")),
    "body": Filters(bodies=("WORKING group",)),
    "no such body": Filters(bodies=("tribunal",)),
    "language": Filters(languages=("fr",)),
    "from": Filters(year_from=2015),
    "to": Filters(year_to=2003),
    "years": Filters(year_from=2005, year_to=2007),
    "symbol": Filters(symbols=("DEMO/COP/WG.4/2002/21",)),
    "beginning of symbols": Filters(symbols=("demo/cop/wg.4/2009",)),
    "not up to a slash": Filters(symbols=("DEMO/COP/WG.4/200",)),
    "without a symbol": Filters(not_symbols=("DEMO/COP/WG.4/2002/21",)),
    "all at once": Filters(
        kinds=("report", "note"), languages=("en",), year_from=2003, symbols=("DEMO/COP",)
    ),
}
# Each would end its literal, or the condition, if it were pasted.
NASTY = (
    '" or row >= 0 or kind == "',
    '"] or row >= 0 or kind in ["',
    "\\",
    '\\" or row >= 0 or kind == \\"',
    "' or 1 == 1 or '",
    "%",
    "en\n or row >= 0",
    "\u0000",
    "“ or true”",
    "\ud800",
)


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_means_the_same(
    place: Place, many: Path, questions: NDArray[np.float32], name: str
) -> None:
    """Every passage that passes is given, and none that does not."""
    leg, own = place.leg(many)
    wanted = Wanted(FILTERS[name], in_force=True)
    papers = own.store.select(wanted.filters) & ~own.store.replaced
    allowed = papers[own.store.paper_of]
    found = leg.top(questions[1], own.store.rows, allowed, wanted).rows
    assert np.sort(found).tolist() == np.flatnonzero(allowed).tolist()


@pytest.mark.parametrize("name", FILTERS)
def test_a_server_tells_the_same_rows_by_itself(place: Place, many: Path, name: str) -> None:
    """What a server makes of a filter is right before anything is compared on this machine."""
    if place.server is None:
        pytest.skip("the embedded engine is told rows, and no conditions")
    from wgsearch.cluster.expression import expression_of  # noqa: PLC0415 - an extra
    from wgsearch.cluster.publishing import demanded  # noqa: PLC0415 - an extra

    _, own = place.leg(many)
    bodies = {(each.body or "").casefold() for each in own.store.entries}
    expression = expression_of(Wanted(FILTERS[name], in_force=False), bodies)
    count = place.server.count(demanded(place.server, place.alias).name, expression)
    assert count == int(own.store.select(FILTERS[name])[own.store.paper_of].sum())


@pytest.mark.parametrize("field", ["languages", "symbols", "bodies", "not_symbols"])
def test_nothing_gets_out_of_its_quotes(
    place: Place, many: Path, questions: NDArray[np.float32], field: str
) -> None:
    """Whatever stands in a filter is a value: it opens no other condition, and breaks none."""
    leg, own = place.leg(many)
    many_found = 5 if field == "not_symbols" else 0
    for nasty in NASTY:
        filters = Filters(**{field: (nasty,)})
        allowed = own.store.select(filters)[own.store.paper_of]
        assert allowed.all() if many_found else not allowed.any()
        found = leg.top(questions[2], 5, allowed, Wanted(filters, in_force=False)).rows
        assert len(found) == many_found


@pytest.mark.parametrize("nasty", NASTY)
def test_a_server_reads_a_value_as_a_value(place: Place, many: Path, nasty: str) -> None:
    """What is asked of a server itself matches nothing but itself, beside what is asked too."""
    if place.server is None:
        pytest.skip("the embedded engine is told rows, and no conditions")
    from wgsearch.cluster.expression import HasAny, OneOf  # noqa: PLC0415 - an extra
    from wgsearch.cluster.publishing import demanded  # noqa: PLC0415 - an extra

    assert place.engine(many)
    name = demanded(place.server, place.alias).name
    assert place.server.count(name, HasAny("own", (nasty,))) == 0
    assert place.server.count(name, OneOf("kind", (nasty,))) == 0
    assert place.server.count(name, OneOf("kind", (nasty, "report"))) == 500
