"""What a question about the past is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.history.topics import topic_of


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("Has the Working Group ever discussed debt bondage before?", "debt bondage"),
        ("Was debt bondage discussed already?", "debt bondage"),
        ("Were supply chains ever on the agenda?", "supply chains"),
        ("Have we looked at begging?", "begging"),
        ("¿Se ha tratado ya la servidumbre por deudas?", "la servidumbre por deudas"),
        ("¿Se ha hablado de mendicidad?", "mendicidad"),
        ("¿Ha tratado el Grupo de Trabajo la extracción de órganos?", "la extracción de órganos"),
        ("¿El Grupo de Trabajo ha tratado la mendicidad?", "la mendicidad"),
        ("¿Se abordó ya el trabajo forzoso?", "el trabajo forzoso"),
        ("¿Qué se recomendó sobre la indemnización?", "la indemnización"),
        ("¿Ha sido tratada la mendicidad?", "la mendicidad"),
        ("¿La mendicidad ya fue tratada?", "La mendicidad"),
        ("personas tratadas", "personas tratadas"),
        ("A-t-on parlé de mendicité ?", "mendicité"),
        ("Avons-nous déjà parlé du trafic d’organes ?", "trafic d’organes"),
        ("A-t-il été question de mendicité ?", "mendicité"),
        ("La mendicité a-t-elle déjà été traitée ?", "La mendicité"),
        ("Qu’a-t-on recommandé sur l’indemnisation ?", "l’indemnisation"),
        ("A-t-on abordé l'indemnisation auparavant ?", "l'indemnisation"),
        ("traite des enfants", "traite des enfants"),
        ("Does the group treaty bind us?", "Does the group treaty bind us?"),
        ("debt bondage", "debt bondage"),
        ("Who was punished before the reform?", "Who was punished before the reform?"),
    ],
)
def test_words_that_ask_are_taken_off(asked: str, topic: str) -> None:
    """How one asks whether something was discussed says nothing of what it is."""
    assert topic_of(asked) == topic


@given(st.text(min_size=1, max_size=80).filter(lambda text: text.strip()))
def test_something_is_left(text: str) -> None:
    """No question is emptied."""
    assert topic_of(text)
