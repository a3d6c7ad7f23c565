"""
characters -> characters that print: what every reader drops from a text.

Why one table: a mark that turns the direction of writing, or ends a text in the middle for the
next program, is no part of a paper, whatever kind of file carries it.
"""

from __future__ import annotations

_ZERO_WIDTH = (0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF)
# Embeddings, overrides and isolates of the bidirectional algorithm (Unicode annex 9), and marks
# of direction: they say how to show a text, and can make it look like another one.
_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
# Control characters; tab, line feed, form feed and carriage return part a text.
_CONTROLS = (*(code for code in range(0x20) if code not in (9, 10, 12, 13)), 0x7F)

# Characters that print nothing, and are dropped.
INVISIBLE = dict.fromkeys((*_ZERO_WIDTH, *_DIRECTIONS, *_CONTROLS))
# Control characters of a second kind are in no text: they are signs of Windows-1252 (dashes,
# quotation marks) that a program took for Latin-1. Those that it leaves undefined are dropped.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
# For `str.translate`: a text as it prints.
PRINTED: dict[int, str | None] = {**INVISIBLE, **_WINDOWS}
