"""One small invented paper -> an edition of a compendium, for the examples of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.compendium.records import Change, Compendium, Gap, Place, Sentence, Theme, Topic

if TYPE_CHECKING:
    from wgsearch.papers.paper import Paper

TOPIC = "debts-as-a-means-of-control"
_NAME = "Debts as a means of control"


def example_edition(paper: Paper, generation: str, content_digest: str) -> Compendium:
    """
    An edition of one topic, which the first paragraph of a paper is on.

    Args:
        paper: The paper.
        generation: Generation of the index.
        content_digest: Its content digest.
    """
    first = paper.paragraphs[0]
    place = Place(
        symbol=paper.key,
        language=paper.language,
        part=first.part,
        paragraph=first.number,
        index=0,
        citation=f"{paper.key}, para. {first.number}",
        date=paper.date,
    )
    topic = Topic(
        id=TOPIC,
        name=_NAME,
        named_by="heading",
        terms=("debt bondage",),
        places=(place,),
        closeness=(0.82,),
        summary=(Sentence(text=first.text, place=place),),
        years={int(paper.date[:4]): 1} if paper.date else {},
        languages={},
    )
    return Compendium(
        edition=2,
        generation=generation,
        content_digest=content_digest,
        papers=1,
        latest=paper.date,
        themes=(Theme(id="elements", name="Elements of the crime", topics=(topic,)),),
        gaps=(
            Gap(
                kind="no recommendation",
                subject=TOPIC,
                words=f"No paper recommends anything on “{_NAME}”.",
            ),
        ),
        changes=(
            Change(
                kind="grew",
                topic=TOPIC,
                joined=(place.citation,),
                words=f"1 paragraph joined “{_NAME}”.",
            ),
        ),
    )
