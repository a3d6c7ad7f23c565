"""A text -> its citations: does each exist, does the quotation match, which one was meant."""

from __future__ import annotations

from wgsearch.checking.checking import check
from wgsearch.checking.records import Checked, CheckedCitation, Status

__all__ = ["Checked", "CheckedCitation", "Status", "check"]
