"""
Address of the search page -> what it shows: form, chips, results, or why there are none.

Why apart from pages.py: the search page is the one page with state, and all of that
state is read from and written to its address here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from wgsearch.answers import Filters
from wgsearch.api import problems
from wgsearch.api.addresses import link, one_language
from wgsearch.api.parameters import PageParameters, PickedSearchParameters, SearchParameters
from wgsearch.api.phrases import kind_phrase, lowered, raised, spoken
from wgsearch.api.results import shown_hit, shown_papers
from wgsearch.errors import RequestError
from wgsearch.phrases import said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wgsearch.answers import Answer, Counted, Engine, Facet, PaperEntry, Query

PER_PAGE = 10
SAMPLES = 4
_MOST = 100

_FACETS: tuple[Facet, ...] = ("kind", "language", "body", "recommendations")
_REPEATED = ("kind", "body", "symbol", "language", "facets")
# The one order of parameters in addresses; `page` is last, since each change drops it.
ORDER = (
    *("q", "kind", "from", "to", "body", "symbol", "language", "mode"),
    *("per_paper", "fold", "recommendations", "page"),
)
_DEFAULTS = {
    *(("mode", "hybrid"), ("fold", "true"), ("recommendations", "false"), ("page", "1")),
}
_MODES = (
    ("hybrid", said("Words and meaning")),
    ("lexical", said("Words only")),
    ("dense", said("Meaning only")),
    ("late", said("Word by word only")),
)
_LIMITS = {"": said("Any number"), "3": said("At most three"), "1": said("One")}
_LABELS = {
    "kind": said("Kind"),
    "from": said("From"),
    "to": said("To"),
    "body": said("Body"),
    "symbol": said("Symbol"),
    "language": said("Language"),
    "mode": said("Search by"),
    "per_paper": said("Passages of one paper"),
    "fold": said("Repetitions"),
    "recommendations": said("Only"),
}
# Items that every session has are about its course, not about a subject.
_PROCEDURE = re.compile(
    r"organi[sz]ation|other (?:matters|business)|adoption|agenda|opening|closing|election",
    re.IGNORECASE,
)

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What an address of the search page asks for.

    Attributes:
        pairs: Its parameters in canonical order, empty ones and defaults left out.
        parameters: The same, checked; None when one of them is malformed.
        errors: What is wrong, by parameter.
        tidy: The canonical address, where this one holds what may be left out.
    """

    pairs: Pairs
    parameters: PageParameters | None
    errors: dict[str, str]
    tidy: str | None


class Shown(NamedTuple):
    """A page to be rendered: its template, values and status."""

    name: str
    values: dict[str, object]
    status: int


class Option(NamedTuple):
    """
    A choice of a filter.

    Attributes:
        value: As the address has it.
        label: In words.
        chosen: It is in use.
        passages: How many passages it would leave; None where that is not counted.
    """

    value: str
    label: str
    chosen: bool
    passages: int | None = None


class Chip(NamedTuple):
    """A filter in use, and the address without it."""

    label: str
    url: str


def read(pairs: Sequence[tuple[str, str]]) -> Asked:
    """
    An address of the search page, understood.

    Forms send their empty fields, so an empty value counts as none.

    Raises:
        RefusedError: A parameter that the page does not have.
    """
    _refuse_unknown(pairs, ORDER)
    kept = [(name, value.strip()) for name, value in pairs if value.strip()]
    kept = [pair for pair in dict.fromkeys(kept) if pair not in _DEFAULTS]
    kept.sort(key=lambda pair: ORDER.index(pair[0]))
    tidy = link("/search", kept) if len(kept) < len(pairs) else None
    try:
        parameters = PageParameters.model_validate(_grouped(kept))
    except ValidationError as error:
        items = problems.of_validation(error.errors()).items
        return Asked(
            pairs=kept,
            parameters=None,
            errors={each.name: each.detail for each in items},
            tidy=tidy,
        )
    return Asked(pairs=kept, parameters=parameters, errors={}, tidy=tidy)


def asked_of(pairs: Sequence[tuple[str, str]]) -> PickedSearchParameters:
    """
    What the JSON twin is asked for: as the API, but empty values count as none.

    Raises:
        RefusedError: A parameter is unknown or malformed.
    """
    _refuse_unknown(pairs, (*ORDER[:-1], "k", "facets"))
    kept = [(name, value) for name, value in pairs if value.strip() or name == "q"]
    try:
        return PickedSearchParameters.model_validate(_grouped(kept))
    except ValidationError as error:
        raise problems.RefusedError(problems.of_validation(error.errors())) from error


def searched(engine: Engine, asked: SearchParameters) -> Answer:
    """The answer to what was asked."""
    return engine.search(asked.query())


def search_page(engine: Engine, asked: Asked) -> Shown:
    """The search page: the empty box, results, nothing found, or what is wrong."""
    entries = engine.papers(Filters())
    errors = dict(asked.errors)
    answer: Answer | None = None
    page = asked.parameters.page if asked.parameters else 1
    if asked.parameters and asked.parameters.q:
        try:
            answer = _searched(engine, asked.parameters)
        except RequestError as error:
            errors["q"] = problems.of_error(error).detail
    question = next((value for name, value in asked.pairs if name == "q"), "")
    values: dict[str, object] = {
        "q": question,
        "errors": errors,
        "state": engine.state(),
        "editions": len(entries),
        "answer": answer,
        "form": _form(asked.pairs, entries, answer.counted if answer else None),
        "chips": _chips(asked.pairs),
        "clear": link("/search", _without(asked.pairs, *_LABELS, "page")),
        "twin": link("/search.json", _twin(asked.pairs, answer)),
        "canonical": link("/search", asked.pairs) if asked.pairs else "/",
        "samples": _samples(engine, entries) if not question else (),
        **_results(engine, answer, asked, page),
    }
    return Shown("search", values, 422 if errors else 200)


def _results(engine: Engine, answer: Answer | None, asked: Asked, page: int) -> dict[str, object]:
    """One page of results, and the ways to the next and the previous one."""
    hits = answer.hits if answer else ()
    first = (page - 1) * PER_PAGE
    shown = hits[first : first + PER_PAGE]
    under = _issued_under(engine, {(hit.passage.symbol, hit.passage.language) for hit in shown})
    rest = _without(asked.pairs, "page")
    more = len(hits) > first + PER_PAGE
    return {
        "results": [
            shown_hit(
                hit,
                under[hit.passage.symbol, hit.passage.language],
                answer.query.mode if answer else "hybrid",
            )
            for hit in shown
        ],
        "papers": shown_papers(answer.papers if answer else (), first + 1, first + len(shown)),
        "meant": _meant(answer, rest),
        "first": first + 1,
        "last": first + len(shown),
        "more": more,
        "next": link("/search", [*rest, ("page", str(page + 1))]) if more else None,
        "previous": link("/search", _paged(rest, page - 1)) if page > 1 else None,
    }


def _searched(engine: Engine, asked: PageParameters) -> Answer:
    """What matches, counted; where nothing does, whatever the filters, the nearest there is."""
    answer = engine.search(_query(asked))
    if answer.counted is None or answer.counted.anywhere:
        return answer
    return engine.search(replace(_query(asked), facets=()))


def _twin(pairs: Pairs, answer: Answer | None) -> Pairs:
    """Parameters of the JSON twin, which counts where the page does."""
    facets = [("facets", ",".join(_FACETS))] if answer and answer.counted else []
    return [*_without(pairs, "page"), *facets]


def _query(asked: PageParameters) -> Query:
    """One hit more than the page shows tells whether there is a next page."""
    k = min(asked.page * PER_PAGE + 1, _MOST)
    return replace(asked.query(), k=k, facets=_FACETS)


def _meant(answer: Answer | None, pairs: Pairs) -> str | None:
    """Address of the question as it was perhaps meant, with all else as it is."""
    if answer is None or answer.suggestion is None:
        return None
    return link("/search", [("q", answer.suggestion), *_without(pairs, "q")])


def _issued_under(
    engine: Engine, papers: set[tuple[str, str]]
) -> dict[tuple[str, str], str | None]:
    """The agenda item that each paper was issued under, in words."""
    found: dict[tuple[str, str], str | None] = {}
    for symbol, language in papers:
        item = engine.paper(symbol, one_language(language)).agenda_item
        words = (
            said("item {number}: {title}", number=item.number, title=item.title)
            if item and item.title
            else None
        )
        found[symbol, language] = words or (
            said("item {number}", number=item.number) if item else None
        )
    return found


def _form(
    pairs: Pairs, entries: Sequence[PaperEntry], counted: Counted | None
) -> dict[str, object]:
    """What the filters offer, what is chosen, and what each choice would leave."""
    counts = {
        facet: {each.value: each.count for each in values}
        for facet, values in (counted.facets if counted else {}).items()
    }
    languages = {each for entry in entries for each in entry.language.split("+")}
    recommending = counts.get("recommendations", {}).get("true")
    return {
        "kinds": _options(
            pairs, "kind", {entry.kind for entry in entries}, kind_phrase, counts.get("kind")
        ),
        "bodies": _options(
            pairs, "body", {entry.body for entry in entries if entry.body}, str, counts.get("body")
        ),
        "languages": _options(
            pairs,
            "language",
            languages,
            lambda each: raised(spoken(each)),
            counts.get("language"),
        ),
        "modes": [
            Option(value, label, value == (_first(pairs, "mode") or "hybrid"))
            for value, label in _MODES
        ],
        "limits": _limits(pairs),
        "unfolded": ("fold", "false") in pairs,
        "recommending": Option(
            "true", said("Only recommendations"), ("recommendations", "true") in pairs, recommending
        ),
        **{name: _first(pairs, name) for name in ("from", "to", "symbol")},
    }


def _options(
    pairs: Pairs,
    name: str,
    offered: set[str],
    label: Callable[[str], str],
    counts: Mapping[str, int] | None,
) -> list[Option]:
    """Choices of a filter; a chosen one stays even where no paper has it."""
    chosen = {value for each, value in pairs if each == name}
    return [
        Option(value, label(value), value in chosen, counts.get(value) if counts else None)
        for value in sorted(offered | chosen)
    ]


def _limits(pairs: Pairs) -> list[Option]:
    """Choices of how many passages one paper may have; another one in use is among them."""
    chosen = _first(pairs, "per_paper")
    labels = (
        _LIMITS
        if chosen in _LIMITS
        else {**_LIMITS, chosen: said("At most {number}", number=chosen)}
    )
    return [Option(value, label, value == chosen) for value, label in labels.items()]


def _chips(pairs: Pairs) -> list[Chip]:
    """Filters in use, each with the address without it."""
    return [
        Chip(
            said("{name}: {value}", name=_LABELS[name], value=_value_label(name, value)),
            link("/search", [pair for pair in _without(pairs, "page") if pair != (name, value)]),
        )
        for name, value in pairs
        if name in _LABELS
    ]


def _value_label(name: str, value: str) -> str:
    if name == "mode":
        return lowered(dict(_MODES).get(value, value))
    if name == "per_paper":
        return lowered(_LIMITS.get(value, said("At most {number}", number=value)))
    if name == "recommendations":
        return said("recommendations") if value == "true" else value
    if name == "fold":
        return said("one by one") if value == "false" else value
    if name == "kind":
        return lowered(kind_phrase(value))
    return spoken(value) if name == "language" else value


def _samples(engine: Engine, entries: Sequence[PaperEntry]) -> tuple[str, ...]:
    """Questions to begin with: subjects of the latest agenda, and a citation."""
    agendas = [entry for entry in entries if entry.has_agenda]
    latest = max(agendas, key=lambda entry: entry.date or "", default=None)
    titles = [item.title for item in engine.agenda(latest.symbol).items] if latest else []
    subjects = [title for title in titles if not _PROCEDURE.search(title)][:SAMPLES]
    paper = next((entry for entry in entries if entry.kind == "background paper"), None)
    return (*subjects, *([f"{paper.symbol}, para. 4"] if paper else []))


def _refuse_unknown(pairs: Sequence[tuple[str, str]], known: Sequence[str]) -> None:
    items = [
        problems.unknown_parameter(name, known)
        for name in dict.fromkeys(name for name, _ in pairs)
        if name not in known
    ]
    if items:
        raise problems.RefusedError(problems.invalid(items))


def _grouped(pairs: Pairs) -> dict[str, object]:
    """Parameters as a model takes them: lists where a parameter may repeat."""
    grouped: dict[str, object] = {}
    for name, value in pairs:
        if name in _REPEATED:
            grouped[name] = [each for other, each in pairs if other == name]
        else:
            grouped.setdefault(name, value)
    return grouped


def _without(pairs: Pairs, *names: str) -> Pairs:
    return [pair for pair in pairs if pair[0] not in names]


def _paged(pairs: Pairs, page: int) -> Pairs:
    return [*pairs, ("page", str(page))] if page > 1 else pairs


def _first(pairs: Pairs, name: str) -> str:
    return next((value for each, value in pairs if each == name), "")
