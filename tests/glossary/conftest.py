"""A small list of invented use, and the lexicon of an index without papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.glossary.cognates import Cognates
from wgsearch.glossary.entries import parse_entries
from wgsearch.glossary.lexicon import Lexicon
from wgsearch.glossary.match import Glossary
from wgsearch.index.terms import stems, telling_tokens

if TYPE_CHECKING:
    from collections.abc import Callable

LIST = """\
id,en,abbr,synonyms,fr,es,ru,ar,zh
beehive,beehive,,home of bees|apiary box,ruche,colmena,улей,خلية نحل,蜂箱
honey-trade,trade in honey,,,commerce du miel,comercio de miel,торговля мёдом,تجارة العسل,蜂蜜贸易
honey,honey,,,miel,miel,мёд,العسل,蜂蜜
keepers,World Habitat Office,WHO|WHBO,,Office mondial de l'habitat|OMH,Oficina Mundial,,,
"""


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    """Four terms."""
    return Glossary(parse_entries(LIST, "list.csv"), telling_tokens)


@pytest.fixture(scope="session")
def make_lexicon(glossary: Glossary) -> Callable[..., Lexicon]:
    """`make_lexicon(languages, words)`: the four terms over papers with these English words."""

    def make(*languages: str, words: str = "") -> Lexicon:
        return Lexicon(
            glossary=glossary,
            languages=dict.fromkeys(languages, 1.0),
            cognates={"en": Cognates(lambda: stems(words, "en"), "en", stems)},
            stems=stems,
        )

    return make
