"""Every text of a template is a message; what stands within it stays."""

from __future__ import annotations

import pytest

from wgsearch.api.texts import messages, nouns, placeholders, translated


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>All papers</p>", ("All papers",)),
        ("<p>\n  All\n  papers </p>", ("All papers",)),
        ("<p>{{ state.papers }} papers of {{ x | day }}</p>", ("{papers} papers of {x}",)),
        ("<p>{{ a.n }} of {{ b.n }}</p>", ("{n} of {n2}",)),
        ('<p>See <a href="/a">this</a>.</p>', ("See <1>this</1>.",)),
        ('<p><a href="/a">This one</a></p>', ("This one",)),
        ("<p>One</p>{% if a %}two{% endif %}", ("One", "two")),
        ('<a href="/a">One</a> · <a href="/b">Two</a>', ("One", "Two")),
        ('<nav aria-label="Pages of results" class="Pager">', ("Pages of results",)),
        (
            "{{ 'Held' if entry else 'Listed without a symbol' }}",
            ("Held", "Listed without a symbol"),
        ),
        ("{{ q ~ ' – addressed before?' if q }}", ("– addressed before?",)),
        ("{% for path, name in (('/search', 'Search'),) %}", ("Search",)),
        ("{{ _n(count, 'paper', 'papers') }}", ()),
        ("<p>{{ count }} {{ _n(count, 'reading note', 'reading notes') }}</p>", ()),
        ("<p>wgsearch · {{ a }} – JSON</p>", ()),
        ("{% block layout %}plain reader{% endblock %}", ()),
        ('{% macro told() %} aria-describedby="wrong-{{ name }}"{% endmacro %}', ()),
        ("{# Not for readers #}<!doctype html>", ()),
    ],
)
def test_messages_are_what_people_read(source: str, found: tuple[str, ...]) -> None:
    """Texts, labels and words in expressions; no addresses, classes or remarks."""
    assert messages(source) == found
    assert translated(source, lambda message: message).split() == source.split()


def test_a_translation_may_turn_a_sentence_round() -> None:
    """Expressions and links go where the other language has them."""
    source = '<p>{{ n }} of <a href="/{{ x }}">{{ total }} papers</a></p>'
    (message,) = messages(source)
    assert message == "{n} of <1>{total} papers</1>"
    other = translated(source, {message: "<1>Von {total} Papieren</1> {n}"}.__getitem__)
    assert other == '<p><a href="/{{ x }}">Von {{ total }} Papieren</a> {{ n }}</p>'


def test_what_is_counted_is_found() -> None:
    """Both forms of a noun."""
    source = "{{ _n(entries | length, 'paper', 'papers') }} {{ _n(n, 'note', 'notes') }}"
    assert nouns(source) == (("paper", "papers"), ("note", "notes"))


def test_placeholders_are_told() -> None:
    """Names, opening and closing tags, in any order."""
    assert placeholders("<1>{b}</1> of {a2}") == placeholders("{a2} – <1>{b}</1>")
    assert placeholders("{a}") != placeholders("{b}")
