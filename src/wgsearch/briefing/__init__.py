"""Agenda x Engine -> Pack: what each person needs before the meeting, item by item."""

from wgsearch.briefing.belonging import Belonging, belonging
from wgsearch.briefing.items import Limits, Setting, item_brief
from wgsearch.briefing.pack import brief, chosen_items, setting_of

__all__ = [
    "Belonging",
    "Limits",
    "Setting",
    "belonging",
    "brief",
    "chosen_items",
    "item_brief",
    "setting_of",
]
