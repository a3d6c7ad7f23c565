"""A topic, or an agenda item -> whether it was addressed before, when and where."""

from wgsearch.history.asking import before, history, item_history
from wgsearch.history.records import History, Occasion

__all__ = ["History", "Occasion", "before", "history", "item_history"]
