"""
Texts that an exported network is compared on with the model that it was made of.

Why these: words, questions, sentences and paragraphs, so that passes are short, long and filled
up, and the languages of papers, so that a network is not judged by English alone.
"""

from __future__ import annotations

_PARAGRAPH = (
    "Workers who paid for their recruitment often begin with a debt that they cannot see the end "
    "of: fees, travel, lodging and interest are taken from wages before these are paid, and the "
    "account is kept by the same person who sets the price. Labour inspectors reported that the "
    "papers of such workers are in order more often than not, so that a check of permits alone "
    "finds nothing. "
)

PROBES: tuple[str, ...] = (
    "debt",
    "child labour in mines",
    "Who pays the cost of recruitment?",
    "Can a victim be punished for what she was forced to do?",
    "the number of shelters open to men",
    "Identity documents were held by the employer in nine of ten cases.",
    "States may wish to consider setting a maximum for fees, and making it known abroad.",
    "The meeting was opened on Monday morning; the timetable is given in the annex.",
    "Trafficking for the removal of organs is seldom reported by hospitals.",
    "Banks see what the police do not: many small payments, one beneficiary, no rent.",
    "Les victimes ont droit à un délai de réflexion avant toute décision d'éloignement.",
    "¿Qué ayuda reciben los niños no acompañados en la frontera?",
    "Работодатель не может удерживать паспорт работника.",
    "يحق للضحايا الحصول على المساعدة القانونية مجانا.",
    "对受害者的保护不应取决于其是否愿意作证。",
    "Wages, hours, rest days and the right to leave: a contract that is silent on these is void.",
    _PARAGRAPH,
    f"Recruitment and debt. {_PARAGRAPH}{_PARAGRAPH}",
    f"{_PARAGRAPH * 2}Cooperation of inspectors and unions was named as the remedy. {_PARAGRAPH}",
    f"{_PARAGRAPH * 6}",
)
