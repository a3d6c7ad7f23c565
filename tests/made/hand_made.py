"""
Papers -> a compendium made by hand: everything that an edition can hold, every word of it theirs.

Why not one that is made from an index: what is shown is tested here, whatever was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.compendium.records import (
    Advice,
    Change,
    Compendium,
    Gap,
    Knowledge,
    Place,
    Related,
    Repeated,
    Sentence,
    Theme,
    Topic,
)
from wgsearch.passages import passages_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Paper


def places_of(paper: Paper) -> tuple[tuple[Place, str], ...]:
    """The paragraphs of a paper, each with its text."""
    found = []
    seen = set()
    for passage in passages_of(paper):
        if passage.index in seen:
            continue
        seen.add(passage.index)
        number = f", para. {passage.paragraph}" if passage.paragraph else ""
        part = "" if passage.part == "body" else f", {passage.part}"
        place = Place(
            symbol=passage.symbol,
            language=passage.language,
            part=passage.part,
            paragraph=passage.paragraph,
            index=passage.index,
            citation=f"{passage.symbol}{part}{number}",
            date=passage.date,
        )
        found.append((place, paper.paragraphs[passage.index].text))
    return tuple(found)


def sentences(
    pairs: Sequence[tuple[Place, str]], also: tuple[Place, ...] = ()
) -> tuple[Sentence, ...]:
    """The first line of each paragraph as a sentence of a summary."""
    return tuple(
        Sentence(text=text.partition("\n")[0], place=place, also_in=also) for place, text in pairs
    )


def years_of(pairs: Sequence[tuple[Place, str]]) -> dict[int, int]:
    """How many paragraphs are of each year."""
    found: dict[int, int] = {}
    for place, _ in pairs:
        if place.date:
            year = int(place.date[:4])
            found[year] = found.get(year, 0) + 1
    return dict(sorted(found.items()))


def compendium_of(papers: Sequence[Paper], generation: str, digest: str) -> Compendium:
    """
    Two themes and three topics over papers: the first has everything, the last nearly nothing.

    Args:
        papers: Some with paragraphs, at least three; the first gives the first topic, and so on.
        generation: Generation of the index.
        digest: Its content digest.
    """
    first, second, *others = (places_of(each) for each in papers)
    rest = tuple(pair for each in others for pair in each)
    fees = Topic(
        id="recruitment-fees",
        name="Recruitment fees",
        named_by="heading",
        terms=("fees charged to workers", "licensed agencies"),
        places=tuple(place for place, _ in first),
        closeness=tuple(1 - at / 100 for at in range(len(first))),
        summary=sentences(first[:3], (second[0][0],)),
        questions=sentences(first[1:2]),
        related=(Related(topic="consent", why="same papers", score=0.61),),
        knowledge=(
            Knowledge(
                symbol=second[0][0].symbol, title="Laws", held=True, count=2,
                places=(first[0][0], first[1][0]),
            ),
            Knowledge(
                symbol="A/55/383/Add.1", title=None, held=False, count=1, places=(first[0][0],)
            ),
        ),
        advice=(Advice(id=f"{first[0][0].symbol}:1", text=first[0][1], place=first[0][0]),),
        years=years_of(first),
        languages={"ar": (first[0][0].symbol,)},
    )  # fmt: skip
    consent = Topic(
        id="consent",
        name="Consent & its limits",
        named_by="taxonomy",
        terms=("consent is irrelevant",),
        places=tuple(place for place, _ in second),
        closeness=tuple(0.9 for _ in second),
        summary=sentences(second),
        related=(Related(topic="recruitment-fees", why="near in meaning", score=0.5),),
        years=years_of(second),
        languages={},
    )
    last = Topic(
        id="undated",
        name="Whatever else <b>was said</b>",
        named_by="phrases",
        terms=(),
        places=tuple(place for place, _ in rest[:-1]),
        closeness=tuple(0.4 for _ in rest[:-1]),
        summary=sentences(rest[:1]),
        years=years_of(rest[:-1]),
        languages={},
    )
    return Compendium(
        edition=3,
        generation=generation,
        content_digest=digest,
        papers=len(papers),
        latest=max(
            (place.date for place, _ in (*first, *second, *rest) if place.date), default=None
        ),
        themes=(
            Theme(id="t-recruitment", name="Recruitment", topics=(fees, consent)),
            Theme(id="t-other", name="Other matters", topics=(last,)),
        ),
        unplaced=(rest[-1][0],),
        repeats=(Repeated(kind="near", places=(first[0][0], second[0][0])),),
        gaps=(
            Gap(kind="long not addressed", subject="consent", words="Last addressed in 2022."),
            Gap(
                kind="paper without recommendation",
                subject=second[0][0].symbol,
                words="No recommendation followed in two years.",
            ),
            Gap(kind="agenda topic without papers", subject="Licences", words="No paper on it."),
        ),
        changes=(
            Change(
                kind="grew", topic="consent", joined=(second[0][0].citation,),
                words="1 paragraph joined “Consent & its limits”.",
            ),
            Change(
                kind="ended", topic="old-topic", others=("consent",),
                words="“Old topic” went into “Consent & its limits”.",
            ),
        ),
        notes=("One paper is undated.",),
    )  # fmt: skip
