"""
History and recommendations of an item -> blocks: was it addressed before, and with what result.

Why the verdict in words first: it is what is asked for at the door of the room, and the table
under it is what one is asked next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.export.document import Heading, Paragraph, Table, Text
from wgsearch.export.quoting import place_of, quoted_text, verbatim
from wgsearch.export.wording import counted, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.briefing.records import ItemBrief
    from wgsearch.export.citing import Citing
    from wgsearch.export.document import Block, Inlines
    from wgsearch.export.lengths import Lengths
    from wgsearch.history.records import Addressed, Evidence, History, Occasion
    from wgsearch.register.records import Recommended

VERDICTS: dict[Addressed, str] = {
    "dedicated_item": "Yes, as an agenda item of its own.",
    "within_another_item": "Yes, within another agenda item.",
    "in_passing": "In passing only.",
    "not_found": "Not found in earlier sessions.",
}
KINDS: dict[Evidence, str] = {
    "agenda_item": "Agenda item",
    "paper": "Paper on it",
    "report": "Report",
    "recommendation": "Recommendation",
    "passage": "Passage",
}


def history_blocks(
    brief: ItemBrief, citing: Citing, lengths: Lengths, *, ident: str, level: int
) -> Iterator[Block]:
    """Whether an item was addressed before, and the timeline that shows it."""
    history = brief.history
    if history is None:
        return
    heading = (Text(text="Addressed before?"),)
    yield Heading(level=level, content=heading, ident=f"{ident}-history")
    caption = f"Where the topic of item {brief.item.number} came up, oldest first"
    yield from verdict_blocks(history, citing, lengths.timeline, caption=caption)


def verdict_blocks(history: History, citing: Citing, most: int, *, caption: str) -> Iterator[Block]:
    """
    The verdict in words, and the timeline that shows it.

    Args:
        history: Whether a topic was addressed before.
        citing: What makes notes.
        most: Rows of the timeline.
        caption: What the timeline is called.
    """
    yield Paragraph(
        content=(
            Text(text=VERDICTS[history.verdict], is_strong=True),
            Text(text=f" Confidence: {history.confidence}."),
        )
    )
    for note in history.notes:
        yield Paragraph(role="hint", content=(Text(text=note),))
    if not history.timeline:
        return
    shown = telling(history.timeline, most)
    yield Table(
        caption=caption,
        head=("Session", "Where", "Words that show it"),
        shares=(19, 27, 54),
        rows=tuple(_row(each, citing) for each in shown),
    )
    if left := len(history.timeline) - len(shown):
        left_out = "is left out: it only touches" if left == 1 else "are left out: they only touch"
        words = f"{counted(left, 'more place')} {left_out} on the topic."
        yield Paragraph(role="hint", content=(Text(text=words),))


def telling(timeline: Sequence[Occasion], most: int) -> tuple[Occasion, ...]:
    """The most telling rows of a timeline, in its order: those on the topic as a whole first."""
    order = sorted(range(len(timeline)), key=lambda at: (not timeline[at].is_about, -at))
    kept = set(order[:most])
    return tuple(each for at, each in enumerate(timeline) if at in kept)


def _row(occasion: Occasion, citing: Citing) -> tuple[Inlines, ...]:
    """A row of the timeline."""
    paper = occasion.paper
    when = ", ".join(each for each in (occasion.session, day(occasion.date)) if each)
    where = KINDS[occasion.kind]
    if occasion.item:
        where = f"{where} {occasion.item}" if occasion.kind == "agenda_item" else where
    item: Inlines = ()
    if occasion.item and occasion.kind != "agenda_item":
        item = (Text(text=f"item {occasion.item}, "),)
    language = paper.language
    if occasion.hit is not None:
        language = occasion.hit.passage.lang or occasion.hit.passage.language
    return (
        (Text(text=when),),
        (
            Text(text=where if occasion.is_about else f"{where}, in passing"),
            Text(text=": "),
            *item,
            Text(text=paper.symbol, href=citing.address(paper)),
        ),
        (*verbatim(occasion.words, language), citing.occasion(occasion)),
    )


def recommended_blocks(
    recommended: Sequence[Recommended], citing: Citing, *, ident: str, level: int
) -> Iterator[Block]:
    """What was recommended before, each agreed or not."""
    if not recommended:
        return
    heading = (Text(text="Recommended before"),)
    yield Heading(level=level, content=heading, ident=f"{ident}-recommended")
    for each in recommended:
        yield Paragraph(role="label", content=_about(each))
        language = each.passage.lang or each.passage.language
        yield quoted_text(
            each.text, language, citing.recommended(each), label=place_of(each.passage)
        )


def _about(recommended: Recommended) -> Inlines:
    """Agreed or not, where and when, to whom and how strongly."""
    passage = recommended.passage
    agreed = "Agreed" if recommended.agreed else "Not agreed"
    rest = [
        passage.symbol,
        day(passage.date),
        f"to {recommended.addressee}" if recommended.addressee else "",
        f"“{recommended.verb}”" if recommended.verb else "",
    ]
    return (
        Text(text=agreed, is_strong=True),
        Text(text="".join(f" · {each}" for each in rest if each)),
    )
