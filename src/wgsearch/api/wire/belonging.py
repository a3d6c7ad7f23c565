"""Where on an agenda a question belongs, as JSON."""

from pydantic import Field

from wgsearch.api.wire.agendas import AgendaReferenceObject
from wgsearch.api.wire.model import Wire
from wgsearch.api.wire.searches import HitObject


class BelongingObject(Wire):
    """An item under which a question may belong."""

    agenda: AgendaReferenceObject
    number: str
    title: str
    sub_item: str | None = Field(description="The nearest sub-item; null: the item itself is.")
    score: float = Field(description="Higher is better; comparable within one answer only.")
    words: str = Field(description="The agenda's words that are nearest, verbatim.")
    url: str | None = Field(description="The item on its page; null: its agenda is not held.")
    passage: HitObject | None = Field(
        description="The best passage of the papers listed for it; null: none is near."
    )


class BelongingsObject(Wire):
    """Items under which a question may belong."""

    generation: str
    query: str
    items: list[BelongingObject] = Field(description="Best first; none of procedure.")
