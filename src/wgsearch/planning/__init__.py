"""
a number of papers -> bytes, memory, machines, hours and money, on paper.

Why pure: what a plan says depends on what it is given and on constants that name their source,
so that it can be printed, tested against measured rows, and argued about.
"""

from __future__ import annotations

from wgsearch.planning.planned import plan

__all__ = ["plan"]
