"""Agenda x Engine -> Pack: what each person needs before the meeting, item by item."""

from wgsearch.briefing.belonging import Belonging, belonging, belonging_anywhere
from wgsearch.briefing.items import Limits, Setting, item_brief
from wgsearch.briefing.pack import brief, chosen_items, setting_of
from wgsearch.briefing.past import item_past

__all__ = [
    "Belonging",
    "Limits",
    "Setting",
    "belonging",
    "belonging_anywhere",
    "brief",
    "chosen_items",
    "item_brief",
    "item_past",
    "setting_of",
]
