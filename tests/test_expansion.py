"""What the glossary adds to a question, and what it leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.expansion import MEASURED, expand
from wgsearch.glossary.entries import parse_entries
from wgsearch.glossary.lexicon import Lexicon
from wgsearch.glossary.match import Glossary
from wgsearch.index.terms import stems, telling_tokens
from wgsearch.question import Part, parse_question

if TYPE_CHECKING:
    from collections.abc import Callable

LIST = """\
id,en,abbr,synonyms,fr,es,ru,ar,zh
beehive,beehive,BHV,home of bees|apiary box,ruche,colmena,улей,,
honey,honey,,,miel,miel,мёд,,
"""


@pytest.fixture(scope="module")
def lexicon_of() -> Callable[..., Lexicon]:
    """`lexicon_of(languages)`: two terms over papers in these languages."""
    glossary = Glossary(parse_entries(LIST, "list.csv"), telling_tokens)

    def make(*languages: str) -> Lexicon:
        return Lexicon(
            glossary=glossary, languages=dict.fromkeys(languages, 1.0), cognates={}, stems=stems
        )

    return make


def test_lay_words_find_the_term(lexicon_of: Callable[..., Lexicon]) -> None:
    """Other names of a thing are looked for too, for less than typed words, each once."""
    found = expand(parse_question("Who builds a home of bees?"), lexicon_of("en"))
    assert found.added == (
        Part(text="beehive", weight=MEASURED.synonym, language="en"),
        Part(text="apiary box", weight=MEASURED.synonym, language="en"),
        Part(text="BHV", weight=MEASURED.synonym, language="en"),
    )
    assert found.also == ("beehive", "apiary box", "BHV")
    assert found.glossed == ()


def test_papers_of_another_language_are_asked_in_it(lexicon_of: Callable[..., Lexicon]) -> None:
    """A French question looks for English terms among English papers, and for its own words not."""
    found = expand(parse_question("Qui construit les ruches à Bern ?"), lexicon_of("en"))
    assert [each.language for each in found.parts] == ["fr"]
    assert Part(text="beehive", weight=MEASURED.term, language="en") in found.added
    names = [each for each in found.added if "Bern" in each.text]
    assert [each.weight for each in names] == [MEASURED.name]
    assert found.also == ("beehive",)
    assert [each.text for each in found.glossed] == ["construit beehive Bern"]


def test_an_english_question_finds_papers_of_other_languages(
    lexicon_of: Callable[..., Lexicon],
) -> None:
    """Terms are looked for in the language of the papers."""
    found = expand(parse_question("Who builds the beehive?"), lexicon_of("en", "ru"))
    assert Part(text="улей", weight=MEASURED.term, language="ru") in found.added


def test_weights_of_parts_are_kept(lexicon_of: Callable[..., Lexicon]) -> None:
    """What is added for the title of an item counts as much more as the title does."""
    question = parse_question("the honey of the house")
    heavy = type(question)(parts=(Part(text="les ruches du village", weight=3.0),))
    terms = [each for each in expand(heavy, lexicon_of("en")).added if each.text == "beehive"]
    assert [each.weight for each in terms] == [3 * MEASURED.term]


@pytest.mark.parametrize("text", ["miel", "Wer baut die Bienen und wann", "DEMO/COP/WG.4/2022/3"])
def test_a_question_of_no_known_language_is_left_as_it_is(
    lexicon_of: Callable[..., Lexicon], text: str
) -> None:
    """What may be two languages, or is none of the six, is looked for everywhere as typed."""
    question = parse_question(text)
    assert expand(question, lexicon_of("en", "fr")) == question


def test_phrases_and_excluded_words_stay(lexicon_of: Callable[..., Lexicon]) -> None:
    """A glossary never loosens what a person demands."""
    question = parse_question('what of "the beehive" -honey')
    found = expand(question, lexicon_of("en"))
    assert found.phrases
    assert found.excluded
    assert (found.phrases, found.excluded) == (question.phrases, question.excluded)
