"""
Address of the page of recommendations -> what it shows: filters with counts, the list, a lineage.

Why apart from pages.py: like the search page, it has all of its state in its address.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from wgsearch.api import problems, schemas
from wgsearch.api.addresses import anchor, link, paper_url, recommendation_url
from wgsearch.api.parameters import ListedRecommendationParameters, RecommendationParameters
from wgsearch.api.phrases import kind_phrase, listed, lowered
from wgsearch.api.words import lines
from wgsearch.errors import RequestError
from wgsearch.papers.paper import PaperKind
from wgsearch.phrases import Said, said
from wgsearch.register import STRENGTHS, Addressee, Strength, register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wgsearch.answers import Engine
    from wgsearch.api.words import ShownLine
    from wgsearch.register import Lineage, Recommended, Register, Step, Wanted

PER_PAGE = 20
_LAST_PAGE = 50_000
_PATH = "/recommendations"
_REPEATED = ("addressee", "kind", "symbol", "topic", "body", "language")
# The one order of parameters in addresses; `page` is last, since each change drops it.
ORDER = (
    *("q", "addressee", "strength", "agreed", "kind", "from", "to"),
    *("symbol", "topic", "body", "language", "page"),
)
_LABELS = {
    "addressee": said("Asks"),
    "strength": said("At least"),
    "agreed": said("Agreed"),
    "kind": said("Kind"),
    "from": said("From"),
    "to": said("To"),
    "symbol": said("Symbol"),
    "topic": said("Topic"),
    "body": said("Body"),
    "language": said("Language"),
}
ADDRESSEES = {
    Addressee.STATES: said("States"),
    Addressee.SECRETARIAT: said("Secretariat"),
    Addressee.UNODC: said("UNODC"),
    Addressee.CONFERENCE: said("Conference"),
    Addressee.WORKING_GROUP: said("Working Group"),
    Addressee.OTHERS: said("Others"),
}
# A sign besides the word, so that a mark is not told by colour or length alone.
_SIGNS = {"new": "●", "repeated": "=", "strengthened": "▲", "weakened": "▼"}
_BASES = {
    "wording": said("most telling words"),
    "meaning": said("telling words, and what they mean"),
}

Pairs = list[tuple[str, str]]


class Choice(NamedTuple):
    """An option of a filter, and how many recommendations it would show."""

    value: str
    label: str
    chosen: bool
    many: int


class Chip(NamedTuple):
    """A filter in use, and the address without it."""

    label: str
    url: str


class Entry(NamedTuple):
    """A recommendation as the list shows it."""

    record: Recommended
    url: str
    lineage: str
    lines: tuple[ShownLine, ...]
    asks: str
    strength: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """
    A step of a lineage as the page shows it.

    Attributes:
        step: The step.
        entry: Its recommendation, words that were added marked.
        sign: A sign for its mark.
        before: The one it follows, words that were taken out marked; None for the first.
        earlier: Its citation.
        basis: How the two were found to be the same one, in words.
    """

    step: Step
    entry: Entry
    sign: str
    before: tuple[ShownLine, ...]
    earlier: str | None
    basis: str | None


class Shown(NamedTuple):
    """A page to be rendered: its template, values and status."""

    name: str
    values: dict[str, object]
    status: int


class Asked(NamedTuple):
    """What an address asks for: its parameters in order, checked, and what is wrong with them."""

    pairs: Pairs
    parameters: RecommendationParameters | None
    page: int
    errors: dict[str, str]
    tidy: str | None


def read(pairs: Sequence[tuple[str, str]]) -> Asked:
    """
    An address of the page, understood; empty values count as none.

    Raises:
        RefusedError: A parameter that the page does not have.
    """
    _refuse_unknown(pairs, ORDER)
    kept = [(name, value.strip()) for name, value in pairs if value.strip()]
    kept = [pair for pair in dict.fromkeys(kept) if pair != ("page", "1")]
    kept.sort(key=lambda pair: ORDER.index(pair[0]))
    tidy = link(_PATH, kept) if len(kept) < len(pairs) else None
    page = next((value for name, value in kept if name == "page"), "1")
    errors: dict[str, str] = {}
    if not (page.isascii() and page.isdigit() and 0 < int(page[:6]) <= _LAST_PAGE):
        errors["page"] = f"must be a whole number from 1 to {_LAST_PAGE}"
    try:
        parameters = RecommendationParameters.model_validate(_grouped(_without(kept, "page")))
    except ValidationError as error:
        items = problems.of_validation(error.errors()).items
        errors |= {each.name: each.detail for each in items}
        return Asked(kept, None, 1, errors, tidy)
    return Asked(kept, parameters, 1 if errors else int(page), errors, tidy)


def twin_of(pairs: Sequence[tuple[str, str]]) -> ListedRecommendationParameters:
    """
    What the JSON twin is asked for: as the API, but empty values count as none.

    Raises:
        RefusedError: A parameter is unknown or malformed.
    """
    _refuse_unknown(pairs, (*ORDER[:-1], "limit", "offset"))
    kept = [pair for pair in pairs if pair[1].strip()]
    try:
        return ListedRecommendationParameters.model_validate(_grouped(kept))
    except ValidationError as error:
        raise problems.RefusedError(problems.of_validation(error.errors())) from error


def register_page(engine: Engine, asked: Asked) -> Shown:
    """The page: recommendations that pass the filters, or what is wrong."""
    errors = dict(asked.errors)
    found: Register | None = None
    if asked.parameters and not errors:
        try:
            found = register(engine, asked.parameters.wanted())
        except RequestError as error:
            errors["q" if asked.parameters.q else "from"] = problems.of_error(error).detail
    form = _form(engine, asked, found) if found else _form_without(asked)
    values = {
        "errors": errors,
        "pairs": asked.pairs,
        "form": form,
        "chips": _chips(asked.pairs),
        "clear": link(_PATH, [pair for pair in asked.pairs if pair[0] == "q"]),
        "canonical": link(_PATH, asked.pairs),
        "twin": link(f"{_PATH}.json", _without(asked.pairs, "page")),
        "q": _first(asked.pairs, "q"),
        **_list(asked, found),
    }
    return Shown("recommendations", values, 422 if errors else 200)


def lineage_page(found: Lineage) -> Shown:
    """The page of one recommendation over the years."""
    steps = {each.recommended.id: each for each in found.steps}
    values: dict[str, object] = {
        "id": found.id,
        "steps": [_shown_step(each, steps) for each in found.steps],
        "asked": steps[found.id].recommended,
        "twin": f"{recommendation_url(found.id)}.json",
    }
    return Shown("lineage", values, 200)


def _shown_step(step: Step, steps: dict[str, Step]) -> ShownStep:
    earlier = steps[step.follows].recommended if step.follows else None
    difference = step.difference
    return ShownStep(
        step=step,
        entry=entry(step.recommended, difference.added if difference else ()),
        sign=_SIGNS[step.mark],
        before=lines(earlier.text, difference.removed, tag="del") if earlier and difference else (),
        earlier=earlier.citation if earlier else None,
        basis=_BASES[step.basis] if step.basis else None,
    )


def entry(record: Recommended, added: Sequence[tuple[int, int]] = ()) -> Entry:
    """A recommendation as lists show it, words that were added marked."""
    passage = record.passage
    place = anchor(passage.paragraph, passage.part, passage.index)
    return Entry(
        record=record,
        url=f"{paper_url(passage.symbol, passage.language)}#{place}",
        lineage=recommendation_url(record.id),
        lines=lines(record.text, tuple(added), tag="ins"),
        asks=listed([ADDRESSEES[each] for each in record.addressed]),
        strength=Said(STRENGTHS[record.strength], {}),
    )


def _list(asked: Asked, found: Register | None) -> dict[str, object]:
    """One page of the list, and the ways to the next and the previous one."""
    every = found.found if found else ()
    first = (asked.page - 1) * PER_PAGE
    shown = every[first : first + PER_PAGE]
    rest = _without(asked.pairs, "page")
    more = len(every) > first + PER_PAGE
    return {
        "found": found,
        "count": len(every),
        "entries": [entry(each) for each in shown],
        "first": first + 1,
        "last": first + len(shown),
        "next": link(_PATH, [*rest, ("page", str(asked.page + 1))]) if more else None,
        "previous": link(_PATH, _paged(rest, asked.page - 1)) if asked.page > 1 else None,
    }


def _form(engine: Engine, asked: Asked, found: Register) -> dict[str, object]:
    """What the filters offer; a count leaves out its own filter, and agrees with the list else."""
    wanted = found.wanted

    def without(wider: Wanted) -> tuple[Recommended, ...]:
        return found.found if wider == wanted else register(engine, wider).found

    asks = without(replace(wanted, addressees=()))
    agreed = without(replace(wanted, agreed=None))
    worded = without(replace(wanted, least=None))
    kinds = without(
        replace(wanted, papers=replace(wanted.papers, kinds=tuple(map(str, PaperKind))))
    )
    offered = {str(each.passage.kind) for each in kinds} | _chosen(asked.pairs, "kind")
    return {
        **_form_without(asked),
        "addressees": _choices(
            asked.pairs,
            "addressee",
            [(str(kind), label) for kind, label in ADDRESSEES.items()],
            lambda value: sum(value in each.addressed for each in asks),
        ),
        "strengths": [
            Choice("", said("Any"), not _first(asked.pairs, "strength"), len(worded)),
            *_choices(
                asked.pairs,
                "strength",
                [
                    (schemas.strength_name(each), Said(STRENGTHS[each], {}))
                    for each in list(Strength)[1:]
                ],
                lambda value: sum(each.strength >= Strength[value.upper()] for each in worded),
            ),
        ],
        "agreements": [
            Choice("", said("Both"), not _first(asked.pairs, "agreed"), len(agreed)),
            *_choices(
                asked.pairs,
                "agreed",
                [("true", said("Agreed")), ("false", said("Not agreed"))],
                lambda value: sum(each.agreed is (value == "true") for each in agreed),
            ),
        ],
        "kinds": _choices(
            asked.pairs,
            "kind",
            [(kind, kind_phrase(kind)) for kind in sorted(offered)],
            lambda value: sum(each.passage.kind == value for each in kinds),
        ),
    }


def _form_without(asked: Asked) -> dict[str, object]:
    """The form where nothing was looked for: its fields as they were filled."""
    names = ("from", "to", "symbol", "topic")
    nothing: dict[str, object] = {
        "addressees": (),
        "strengths": (),
        "agreements": (),
        "kinds": (),
    }
    return nothing | {name: _first(asked.pairs, name) for name in names}


def _choices(
    pairs: Pairs, name: str, options: Iterable[tuple[str, str]], count: Callable[[str], int]
) -> list[Choice]:
    chosen = _chosen(pairs, name)
    return [Choice(value, label, value in chosen, count(value)) for value, label in options]


def _chips(pairs: Pairs) -> list[Chip]:
    """Filters in use, each with the address without it."""
    return [
        Chip(
            said("{name}: {value}", name=_LABELS[name], value=_told(name, value)),
            link(_PATH, [pair for pair in _without(pairs, "page") if pair != (name, value)]),
        )
        for name, value in pairs
        if name in _LABELS
    ]


def _told(name: str, value: str) -> str:
    if name == "strength" and value.upper() in Strength.__members__:
        return Said(STRENGTHS[Strength[value.upper()]], {})
    if name == "agreed":
        return {"true": said("yes"), "false": said("no")}.get(value, value)
    return lowered(kind_phrase(value)) if name == "kind" else value


def _refuse_unknown(pairs: Sequence[tuple[str, str]], known: Sequence[str]) -> None:
    names = dict.fromkeys(name for name, _ in pairs)
    items = [problems.unknown_parameter(name, known) for name in names if name not in known]
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


def _chosen(pairs: Pairs, name: str) -> set[str]:
    return {value for each, value in pairs if each == name}


def _without(pairs: Pairs, *names: str) -> Pairs:
    return [pair for pair in pairs if pair[0] not in names]


def _paged(pairs: Pairs, page: int) -> Pairs:
    return [*pairs, ("page", str(page))] if page > 1 else pairs


def _first(pairs: Pairs, name: str) -> str:
    return next((value for each, value in pairs if each == name), "")
