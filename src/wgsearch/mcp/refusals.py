"""
error -> words for an assistant: what is wrong, and what to do about it with these tools.

Why words of their own: the remedies of the API name addresses and parameters that an assistant
does not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch import errors
from wgsearch.api import problems
from wgsearch.api.words import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import ValidationError

REMEDIES: dict[type[errors.RequestError], str] = {
    errors.UnknownSymbolError: "Give a symbol that is held; search_passages finds papers by their"
    " words.",
    errors.UnknownParagraphError: "Give a number that the paper has; numbers restart in annexes,"
    " which `part` names.",
    errors.UnknownItemError: "Give the number of an item named; agenda_item without `item` lists"
    " them.",
    errors.UnknownTopicError: "Take the id from list_topics.",
    errors.NotAnAgendaError: "Give the symbol of an agenda named.",
    errors.EmptyQuestionError: "Ask with at least one letter or digit.",
    errors.QuestionTooLongError: "Shorten it to its substance, or ask in several calls.",
    errors.InvalidFilterError: "Correct the argument named, or leave it out.",
}
# What happened is in the log: words of an exception that nobody foresaw may name anything.
UNFORESEEN = (
    "Something went wrong in wgsearch, and it is not your fault. Tell the user: whoever runs it"
    " finds the cause on its standard error."
)


def of_error(error: errors.WgsearchError) -> str:
    """What is wrong and what to do, for an error raised on purpose."""
    problem = problems.of_error(error)
    if isinstance(error, errors.RequestError):
        remedy = next(
            (REMEDIES[each] for each in type(error).__mro__ if each in REMEDIES),
            problem.kind.remedy,
        )
        return f"{problem.detail} {remedy}"
    if isinstance(error, errors.EditionMissingError):
        return f"{sentence(str(error))} Tell the user."
    # The user of an assistant is often the operator, who is told which command helps.
    return f"{problem.kind.title}. {problem.kind.remedy} Tell the user."


def of_arguments(tool: str, known: Sequence[str], error: ValidationError) -> str:
    """
    Which arguments are wrong, and how they should be.

    Args:
        tool: Name of the tool.
        known: Names of the arguments that it takes.
        error: What its model refused.
    """
    found = error.errors(include_url=False)
    unknown = [str(each["loc"][0]) for each in found if each["type"] == "extra_forbidden"]
    wrong = [each for each in found if each["type"] != "extra_forbidden"]
    parts = [_unknown(name, known) for name in unknown]
    parts += [f"`{each.name}` {each.detail}." for each in problems.of_validation(wrong).items]
    return " ".join([*parts, f"{tool} takes {', '.join(known)}."])


def _unknown(name: str, known: Sequence[str]) -> str:
    close = problems.nearest(name, known)
    return f"There is no argument `{name}`" + (f"; did you mean `{close}`?" if close else ".")
