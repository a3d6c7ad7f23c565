"""
a compendium -> what a person reads on a terminal: contents, a topic, what was found, changes.

Why apart from the command: wording and layout are looked at as a whole, as in `printed.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from wgsearch.compendium.looking import entries
from wgsearch.export.compendium import GAPS, REPEATS, theme_facts, told
from wgsearch.export.topic import WHY, facts_of, span_of
from wgsearch.export.wording import counted, day, language_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console

    from wgsearch.compendium.finding import Found
    from wgsearch.compendium.looking import Entry
    from wgsearch.compendium.records import Compendium, Place
    from wgsearch.compendium.redline import Listed, Redline

# A line of citations is read at a glance; JSON and the document have all.
SHOWN_PLACES = 6
_INDENT = (0, 0, 0, 4)


def print_contents(out: Console, compendium: Compendium) -> None:
    """Themes and topics with their numbers."""
    latest = f", the newest of {day(compendium.latest)}" if compendium.latest else ""
    out.print(Text(f"Thematic compendium, edition {compendium.edition}", style="bold"))
    out.print(Text(f"{counted(compendium.papers, 'paper')}{latest}", style="dim"))
    for note in compendium.notes:
        out.print(Text(note, style="yellow"))
    for first, theme in enumerate(compendium.themes, start=1):
        out.print(Text(f"\n{first} {theme.name}", style="bold"))
        out.print(Text(theme_facts(theme), style="dim"))
        for second, topic in enumerate(theme.topics, start=1):
            line = Text(f"  {first}.{second} {topic.name}")
            count = f"  {counted(len(topic.places), 'paragraph')}"
            span = span_of(topic.years)
            line.append(f"{count}, {span}" if span else count, style="dim")
            out.print(line)
    unplaced = counted(len(compendium.unplaced), "paragraph")
    out.print(
        Text(
            f"\n{unplaced} in no topic. One topic: `wgsearch compendium 1.1`; all of it:"
            " `--out compendium.docx`.",
            style="dim",
        )
    )


def print_theme(out: Console, found: Iterable[Entry]) -> None:
    """A theme: its topics, each with the first sentence on it."""
    every = tuple(found)
    theme = every[0].theme
    out.print(Text(f"{every[0].number.partition('.')[0]} {theme.name}", style="bold"))
    out.print(Text(theme_facts(theme), style="dim"))
    for each in every:
        out.print(Text(f"\n{each.number} {each.topic.name}", style="bold cyan"))
        for sentence in each.topic.summary[:1]:
            _quoted(out, sentence.text, sentence.place)


def print_topic(out: Console, entry: Entry, known: Mapping[str, Entry]) -> None:
    """A topic, whole."""
    topic = entry.topic
    out.print(Text(f"{entry.number} {topic.name}", style="bold"))
    out.print(Text(f"{entry.theme.name} · id {topic.id}", style="dim"))
    out.print(Text(facts_of(topic), style="dim"))
    _head(out, "In short", topic.summary)
    for sentence in topic.summary:
        _quoted(out, sentence.text, sentence.place, sentence.also_in)
    _head(out, "Questions within it", topic.questions)
    for question in topic.questions:
        _quoted(out, question.text, question.place)
    _head(out, "Recommendations", topic.advice)
    for advice in topic.advice:
        _quoted(out, advice.text, advice.place)
    _head(out, "What the papers point to", topic.knowledge)
    for each in topic.knowledge:
        title = f", {each.title}" if each.title else ""
        held = "" if each.held else " (not held)"
        out.print(Text(f"{each.symbol}{title}{held}: {counted(each.count, 'paragraph')}"))
    _head(out, "Related topics", topic.related)
    for other in topic.related:
        if other.topic in known:
            near = known[other.topic]
            out.print(Text(f"{near.number} {near.topic.name}: {WHY[other.why]}"))
    for language, symbols in sorted(topic.languages.items()):
        out.print(Text(f"\nAlso in {language_name(language)}: {', '.join(symbols)}", style="dim"))
    _head(out, "Its paragraphs, the nearest to its middle first", topic.places)
    out.print(Text(_cited(topic.places)))


def print_found(out: Console, found: Found) -> None:
    """Topics that were looked up, and why."""
    paragraph = f", para. {found.paragraph}" if found.paragraph else ""
    about = f"of {found.symbol}{paragraph}" if found.symbol else f"on “{found.text}”"
    out.print(Text(f"{counted(len(found.topics), 'topic')} {about}", style="bold"))
    if found.note:
        out.print(Text(found.note, style="dim"))
    for each in found.topics:
        out.print(Text(f"\n{each.entry.number} {each.entry.topic.name}", style="bold cyan"))
        why = "by its name" if each.by == ("name",) else ""
        out.print(
            Padding(
                Text(f"{each.entry.theme.name} · id {each.entry.topic.id}", style="dim"), _INDENT
            )
        )
        if reason := _cited(each.places) or why:
            out.print(Padding(Text(reason), _INDENT))
    if found.unplaced:
        out.print(Text(f"\nIn no topic: {_cited(found.unplaced)}", style="dim"))


def print_gaps(out: Console, compendium: Compendium) -> None:
    """What is missing, and what is said more than once."""
    names = {each.topic.id: f"{each.number} {each.topic.name}" for each in entries(compendium)}
    if not compendium.gaps and not compendium.repeats:
        out.print("Nothing is missing, and nothing is said twice.")
    for kind, words in GAPS.items():
        found = [each for each in compendium.gaps if each.kind == kind]
        _head(out, words, found)
        for each in found:
            known = names.get(each.subject)
            out.print(Text(f"{known}: {each.words}" if known else told(each)))
    for like, words in REPEATS.items():
        repeated = [each.places for each in compendium.repeats if each.kind == like]
        _head(out, f"Said more than once: {words[0].lower()}{words[1:]}", repeated)
        for places in repeated:
            out.print(Text(_cited(places)))


def print_changes(out: Console, found: Redline) -> None:
    """What became of topics: what joined after a plus, what left after a minus."""
    if found.before is None:
        out.print(f"Edition {found.after} is the first: there is none before it.")
        return
    out.print(Text(f"Edition {found.after} against edition {found.before}", style="bold"))
    if not found.changes:
        out.print("No topic changed.")
    for each in found.changes:
        out.print(Text(f"\n{each.words}"))
        for citations, mark, style in ((each.joined, "+", "green"), (each.left, "-", "red")):
            # The sentence names the first few; all of them once are enough.
            for citation in citations if any(c not in each.words for c in citations) else ():
                out.print(Padding(Text(f"{mark} {citation}", style=style), _INDENT))


def print_editions(out: Console, found: Iterable[Listed]) -> None:
    """Editions, newest first."""
    for each in found:
        latest = f", the newest of {day(each.latest)}" if each.latest else ""
        line = Text(f"{each.edition:>4}  ", style="bold")
        line.append(
            f"{counted(each.themes, 'theme')}, {counted(each.topics, 'topic')} of"
            f" {counted(each.papers, 'paper')}{latest}  {each.generation}",
            style="none",
        )
        line.append("  in use" if each.in_use else "", style="green")
        out.print(line)


def _head(out: Console, words: str, found: object) -> None:
    if found:
        out.print(Text(f"\n{words}", style="bold"))


def _quoted(out: Console, text: str, place: Place, also: tuple[Place, ...] = ()) -> None:
    """Words of a paper, and where they stand."""
    out.print(Padding(Text(text), _INDENT))
    more = f"; also in {_cited(also)}" if also else ""
    out.print(Padding(Text(f"{place.citation}{more}", style="cyan"), _INDENT))


def _cited(places: tuple[Place, ...]) -> str:
    """Citations in a row, each once; the last of many are counted."""
    citations = [*dict.fromkeys(each.citation for each in places)]
    named = "; ".join(citations[:SHOWN_PLACES])
    more = len(citations) - SHOWN_PLACES
    return named + (f"; and {more} more" if more > 0 else "")
