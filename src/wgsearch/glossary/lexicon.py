"""
glossary and index -> Lexicon: what questions are put into other words by.

Why together: a term helps only where papers are of its language, and a word spelt alike only
where papers have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wgsearch.glossary.cognates import Cognates
    from wgsearch.glossary.match import Glossary


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """
    What an index knows about words.

    Attributes:
        glossary: The terms.
        languages: Languages of the papers.
        cognates: Words of the papers, by language.
        stems: Text and language to the stems that are looked up.
    """

    glossary: Glossary
    languages: tuple[str, ...]
    cognates: Mapping[str, Cognates]
    stems: Callable[[str, str], Sequence[str]]
