"""Items of procedure are told by their names."""

from __future__ import annotations

import pytest

from wgsearch.agenda.procedure import is_procedural


@pytest.mark.parametrize(
    "title",
    [
        "Organizational matters",
        "Opening of the session",
        "Adoption of the agenda and organization of work",
        "Election of officers",
        "Other matters.",
        "Adoption of the report of the Working Group on its fifth session",
        "Provisional agenda for the sixth session",
        "Questions d’organisation",
        "Otros asuntos",
        "Утверждение повестки дня",
        "其他事项",
        "اعتماد التقرير",
    ],
)
def test_procedure_in_six_languages(title: str) -> None:
    """What every session begins and ends with is nothing to look for in papers."""
    assert is_procedural(title)


@pytest.mark.parametrize(
    "title",
    [
        "Recruitment fees and debt bondage",
        "Adoption of children across borders",
        "Organization of shelters for victims",
        "Other matters relating to the removal of organs",
        "Adoption of measures against fraudulent recruitment",
    ],
)
def test_subjects_are_no_procedure(title: str) -> None:
    """A subject that shares words with procedure is a subject."""
    assert not is_procedural(title)
