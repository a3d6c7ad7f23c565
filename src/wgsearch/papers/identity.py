"""
evidence -> a paper's own symbol and date of issue, with what should be said about them.

Why rules of precedence (decision 5): the printed page wins over every name a file was given;
what a scan misread is repaired only where something else in the file agrees, and each time
something was repaired, inferred or in conflict, a warning names both forms.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.papers import symbols
from wgsearch.papers.dates import date_in_file_name
from wgsearch.papers.paper import ReadingWarning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wgsearch.papers.fields import Fields
    from wgsearch.papers.paper import Line

# So many papers of one series in an agenda's documentation name the agenda's own series.
MIN_SERIES = 2
_LAST_NUMBER = re.compile(r"(?P<series>.*/)(?P<number>\d{1,4})(?:/(?:Add|Corr|Rev)\.\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """
    What a paper is called and when it was issued.

    Attributes:
        symbols: Its own symbols, empty when none is known.
        date: ISO date of issue, or year and month, or year; None when none is known.
        warnings: What was repaired, inferred or is in conflict.
    """

    symbols: tuple[str, ...]
    date: str | None
    warnings: tuple[ReadingWarning, ...]


def identify(
    fields: Fields,
    *,
    heads: Sequence[str],
    file: str,
    lines: Sequence[Line],
    is_agenda: bool,
    year: str | None,
) -> Identity:
    """
    Symbol and date by the rules of precedence.

    Args:
        fields: What the masthead prints.
        heads: Symbols of the running heads, most frequent first.
        file: The file's name.
        lines: All lines of the paper.
        is_agenda: The paper is an agenda, whose documentation shows its series.
        year: Year of an imprint.
    """
    warnings: list[ReadingWarning] = []
    named = symbols.of_file_name(file)
    own: tuple[str, ...] = ()
    if fields.symbols:
        own = _printed(fields.symbols, heads, named, warnings)
    elif confirmed := _confirmed(fields.unfit, [*heads[:1], *filter(None, [named])], warnings):
        own = confirmed
    elif inferred := _inferred(heads, named, lines, is_agenda=is_agenda):
        own = (inferred[0],)
        warnings.append(_warning("symbol_inferred", inferred[1]))
    else:
        read = f"; the masthead reads {fields.unfit[0]!r}, which is none" if fields.unfit else ""
        hint = f"; the file name suggests {named}" if named else ""
        warnings.append(_warning("no_symbol", f"no symbol is printed{read}{hint}"))
    date = _date(fields, file, year=year, warnings=warnings)
    return Identity(symbols=own, date=date, warnings=tuple(warnings))


def _warning(code: str, message: str) -> ReadingWarning:
    """A warning."""
    return ReadingWarning(code=code, message=message)


def _printed(
    own: Sequence[str], heads: Sequence[str], named: str | None, warnings: list[ReadingWarning]
) -> tuple[str, ...]:
    """(1) The masthead's symbols, unless running heads and file name show a misread character."""
    if repaired := _repaired(own, heads, named):
        message = f"the masthead reads {own[0]}, {repaired} is meant"
        warnings.append(_warning("symbol_repaired", message))
        return (repaired, *own[1:])
    warnings.extend(_warning("symbol_conflict", each) for each in _conflicts(own, heads, named))
    return tuple(own)


def _confirmed(
    unfit: Sequence[str], evidence: Sequence[str], warnings: list[ReadingWarning]
) -> tuple[str, ...]:
    """A misread symbol, as the running heads or else the file name spell it."""
    for read in unfit:
        for other in evidence:
            if symbols.worn_key(read) == symbols.worn_key(other):
                message = f"the masthead reads {read!r}, {other} is meant"
                warnings.append(_warning("symbol_repaired", message))
                return (other,)
    return ()


def _inferred(
    heads: Sequence[str], named: str | None, lines: Sequence[Line], *, is_agenda: bool
) -> tuple[str, str] | None:
    """(2) Running heads, (3) a file name that the text supports, (4) the series of an agenda."""
    if heads:
        return heads[0], f"the masthead prints no symbol; running heads print {heads[0]}"
    mentioned = [found.text for line in lines for found in symbols.locate(line.text)]
    if named and _supports(mentioned, named):
        return named, f"no symbol is printed; file name and text suggest {named}"
    if is_agenda and (first := _of_series(mentioned)):
        return first, f"no symbol is printed; the documents it lists suggest {first}"
    return None


def _repaired(own: Sequence[str], heads: Sequence[str], named: str | None) -> str | None:
    """The symbol that running heads and file name agree on against a misread masthead."""
    if not heads or named is None or symbols.key(heads[0]) != symbols.key(named):
        return None
    same = symbols.worn_key(own[0]) == symbols.worn_key(named)
    return heads[0] if same and symbols.key(own[0]) != symbols.key(named) else None


def _conflicts(own: Sequence[str], heads: Sequence[str], named: str | None) -> list[str]:
    """Sentences about a running head or a file name that differ from the masthead."""
    bases = {_base(each) for each in own}
    found = []
    if heads and not any(_related(_base(heads[0]), base) for base in bases):
        found.append(f"the masthead prints {'-'.join(own)}, the running heads print {heads[0]}")
    if named and not any(_related(_base(named), base) for base in bases):
        found.append(f"the page prints {'-'.join(own)}, the file is named after {named}")
    return found


def _base(symbol: str) -> str:
    """A symbol without suffixes, for comparing."""
    return symbols.key(symbols.parse(symbol).base)


def _related(one: str, other: str) -> bool:
    """Equal, or one goes on where the other ends (`.../Part A`, `(Part I/Add.1)`)."""
    return one.startswith(other) or other.startswith(one)


def _series(symbol: str) -> str | None:
    """A symbol up to its last number: what papers of one meeting have in common."""
    match = _LAST_NUMBER.fullmatch(symbol)
    return match["series"] if match else None


def _supports(mentioned: Iterable[str], named: str) -> bool:
    """The text names the paper itself, or others of its series."""
    series = _series(named)
    return any(
        symbols.key(each) == symbols.key(named) or (series and _series(each) == series)
        for each in mentioned
    )


def _of_series(mentioned: Iterable[str]) -> str | None:
    """The first paper of the series that most listed papers are of: agendas open their series."""
    counts = Counter(
        series for each in dict.fromkeys(mentioned) if (series := _series(each)) is not None
    )
    best = counts.most_common(2)
    if not best or best[0][1] < MIN_SERIES or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    own = f"{best[0][0]}1"
    return None if own in mentioned else own


def _date(
    fields: Fields, file: str, *, year: str | None, warnings: list[ReadingWarning]
) -> str | None:
    """(1) Masthead, (2) a misread date that something confirms, (3) month, imprint, (4) file."""
    if fields.date:
        return fields.date
    named = date_in_file_name(file)
    if worn := fields.worn:
        confirmed = named if named and worn.agrees(named) else worn.iso
        if confirmed:
            message = f"the masthead reads {worn.text!r}, {confirmed} is meant"
            warnings.append(_warning("date_repaired", message))
            return confirmed
    if fields.month or year:
        return fields.month or year
    if named and fields.worn is None:  # a name that disagrees with the page does not count
        message = f"no date of issue is printed; the file name says {named}"
        warnings.append(_warning("date_from_file_name", message))
        return named
    read = f"; the masthead reads {fields.worn.text!r}" if fields.worn else ""
    warnings.append(_warning("no_date", f"no date of issue is printed{read}"))
    return None
