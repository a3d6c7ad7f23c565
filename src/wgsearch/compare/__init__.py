"""A draft -> paragraph by paragraph: said before and where, close to it, or new."""

from __future__ import annotations

from wgsearch.compare.comparing import compare
from wgsearch.compare.records import LABELS, Comparison, Label

__all__ = ["LABELS", "Comparison", "Label", "compare"]
