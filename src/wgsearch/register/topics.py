"""
headings above a recommendation -> its topic, in the words of the nearest heading that names one.

Why not simply the nearest: most lists stand under `Recommendations`, which is no topic.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wgsearch.papers.recommendations import is_place

if TYPE_CHECKING:
    from collections.abc import Sequence

# A letter alone is a label only with its full stop: `A year in review` is a title.
_LABEL = re.compile(
    r"(?:(?:chapter|section|chapitre|capítulo) )?"
    r"(?:(?:[IVXLC]+|[A-Z]|\d{1,3})[.)]|[IVXLC]{2,}|\d{1,3}(?:\.\d{1,3})+[.)]?|\d{1,2}(?=\s+[A-Z])"
    r"|\([a-z0-9]{1,4}\))\s+(?=\S)",
)
# `Recommendations on shelters` names what the list is about; `on which ...` does not.
_ABOUT = re.compile(
    r"\b(?:on|concerning|regarding|relating to|relevant to|for the|sur|concernant|relatives? à"
    r"|sobre|relativas? a)\s+(?!which|lesquelles|laquelle|las que|la que)",
    re.IGNORECASE,
)


def topic_of(heading_path: Sequence[str]) -> str | None:
    """
    The nearest heading that names a topic, without its label.

    Args:
        heading_path: Headings, outermost first, labels included.

    Returns:
        None where there is no heading but those of the list itself.
    """
    for heading in reversed(heading_path):
        label = _LABEL.match(heading)
        words = heading[label.end() if label else 0 :].strip()
        if words and (not is_place(words) or _ABOUT.search(words)):
            return words
    return None
