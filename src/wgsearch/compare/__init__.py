"""A draft -> paragraph by paragraph: said before and where, close to it, or new."""

from __future__ import annotations

from wgsearch.compare.comparing import compare
from wgsearch.compare.draft import draft_of_paper, draft_of_text
from wgsearch.compare.records import LABELS, Comparison, Draft, Label

__all__ = ["LABELS", "Comparison", "Draft", "Label", "compare", "draft_of_paper", "draft_of_text"]
