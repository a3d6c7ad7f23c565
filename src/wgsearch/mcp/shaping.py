"""
What wgsearch knows -> shapes: the one place where records become what an assistant gets.

Why over the objects of the API where they are small: a paragraph is cited, a recommendation
worded and an item listed in the same way everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.api import schemas, verdicts
from wgsearch.api.addresses import Addresses, paper_url, topic_url
from wgsearch.compendium.looking import papers_of
from wgsearch.history.records import VERDICTS
from wgsearch.mcp import shapes
from wgsearch.passages import citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.agenda import Agenda
    from wgsearch.answers import AlsoIn, Answer, Hit, ItemAnswer, PaperEntry
    from wgsearch.api import wire
    from wgsearch.briefing.records import ItemBrief
    from wgsearch.compendium.looking import Entry
    from wgsearch.compendium.records import Compendium, Sentence
    from wgsearch.history import History, Occasion
    from wgsearch.papers.paper import Paper
    from wgsearch.register.records import Recommended


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaper:
    """
    Makes shapes that lead to one address, or nowhere.

    Attributes:
        base: Address of the pages, without a slash at its end; None where none is known.
    """

    base: str | None = None

    def found(self, answer: Answer) -> shapes.FoundShape:
        """What a search found."""
        return shapes.FoundShape(
            question=answer.query.text,
            verdict=answer.verdict,
            verdict_note=verdicts.note(answer.verdict),
            notes=list(answer.notes),
            suggestion=answer.suggestion,
            passages=self._hits(answer.hits),
        )

    def _hits(self, hits: Sequence[Hit]) -> list[shapes.PassageShape]:
        return [self._hit(each) for each in hits]

    def _hit(self, hit: Hit) -> shapes.PassageShape:
        passage = hit.passage
        return shapes.PassageShape(
            citation=citation(passage),
            text=passage.text,
            symbol=passage.symbol,
            paragraph=passage.paragraph,
            part=passage.part,
            title=passage.title,
            date=passage.date,
            language=passage.language,
            headings=list(passage.heading_path),
            page=passage.page_first,
            superseded_by=hit.superseded_by,
            also_in=[_also(each, passage.language) for each in hit.also_in],
            url=Addresses(self.base).passage(passage) if self.base else None,
        )

    def passage(
        self, paper: Paper, entry: PaperEntry, paragraph: wire.CitedParagraphObject
    ) -> shapes.PassageShape:
        """A paragraph of a paper; one made without an address in front."""
        return shapes.PassageShape(
            citation=paragraph.citation,
            text=paragraph.text,
            symbol=paper.key,
            paragraph=paragraph.number,
            part=paragraph.part,
            title=paper.title,
            date=paper.date,
            language=paper.language,
            headings=paragraph.heading_path,
            page=paragraph.page_first,
            superseded_by=entry.superseded_by,
            also_in=[f"{paragraph.citation} [{each.language}]" for each in paragraph.editions],
            url=self.url(paragraph.url),
        )

    def paper_url(self, entry: PaperEntry) -> str | None:
        """Address of a paper."""
        return self.url(paper_url(entry.symbol, entry.language))

    def url(self, path: str) -> str | None:
        """A whole address, None where no address of the pages is known."""
        return self.base + path if self.base else None

    def history(self, history: History) -> shapes.HistoryShape:
        """Whether a topic was addressed before."""
        return shapes.HistoryShape(
            topic=history.topic,
            verdict=history.verdict,
            verdict_note=VERDICTS[history.verdict],
            confidence=history.confidence,
            notes=list(history.notes),
            timeline=[self._occasion(each) for each in history.timeline],
            recommended=[self._recommended(each) for each in history.recommended],
        )

    def _occasion(self, occasion: Occasion) -> shapes.OccasionShape:
        return shapes.OccasionShape(
            kind=occasion.kind,
            date=occasion.date,
            session=occasion.session,
            item=occasion.item,
            citation=occasion.citation,
            words=occasion.words,
            url=self.url(schemas.occasion_url(occasion)),
        )

    def _recommended(self, recommended: Recommended) -> shapes.RecommendedShape:
        made = schemas.recommended_object(recommended)
        return shapes.RecommendedShape(
            citation=made.citation,
            text=made.text,
            addressee=made.addressee,
            strength=made.strength,
            is_agreed=made.agreed,
            date=made.date,
            url=self.url(made.url),
        )

    def agenda(
        self, agenda: Agenda, item: shapes.AnsweredItemShape | None = None
    ) -> shapes.AgendaShape:
        """An agenda, and one of its items."""
        return shapes.AgendaShape(
            agenda=agenda.symbol or "",
            title=agenda.title,
            items=[
                shapes.ItemReferenceShape(number=each.number, title=each.title)
                for each in agenda.items
            ],
            item=item,
        )

    def item(self, answer: ItemAnswer, brief: ItemBrief) -> shapes.AnsweredItemShape:
        """What the papers hold for an item."""
        item = answer.item
        return shapes.AnsweredItemShape(
            number=item.number,
            title=item.title,
            annotation=item.annotation,
            is_procedural=brief.is_procedural,
            documents=[
                shapes.DocumentShape(symbol=each.symbol, title=each.title, is_held=is_held)
                for each, is_held in zip(item.documents, answer.listed, strict=True)
            ],
            passages=self._hits(answer.answer.hits),
            addressed_before=self.history(brief.history) if brief.history else None,
        )

    def topics(
        self,
        compendium: Compendium,
        entries: Sequence[Entry],
        *,
        is_current: bool,
        note: str | None = None,
        summary: Sequence[Sentence] = (),
    ) -> shapes.TopicsShape:
        """Topics of an edition."""
        return shapes.TopicsShape(
            edition=compendium.edition,
            is_current=is_current,
            count=len(entries),
            note=note,
            topics=[self._topic(each) for each in entries],
            summary=[self._sentence(each) for each in summary],
        )

    def _topic(self, entry: Entry) -> shapes.TopicShape:
        topic = entry.topic
        return shapes.TopicShape(
            id=topic.id,
            number=entry.number,
            name=topic.name,
            theme=entry.theme.name,
            terms=list(topic.terms),
            paragraphs=len(topic.places),
            papers=len(papers_of(topic)),
            first=min(topic.years, default=None),
            last=max(topic.years, default=None),
            url=self.url(topic_url(topic.id)),
        )

    def _sentence(self, sentence: Sentence) -> shapes.SentenceShape:
        place = sentence.place
        return shapes.SentenceShape(
            text=sentence.text,
            citation=place.citation,
            url=Addresses(self.base).place(place) if self.base else None,
        )


def _also(also: AlsoIn, language: str) -> str:
    """How a passage is cited that says the same, with its language where that is another."""
    return also.citation if also.language == language else f"{also.citation} [{also.language}]"
