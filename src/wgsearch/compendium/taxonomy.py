"""
a file by the user -> Taxonomy: themes and topics that a compendium should follow, in YAML or JSON.

Why nodes and not values: a fault is told with its line, and a file with one is refused as a whole,
lest half of a taxonomy pass for all of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from rapidfuzz import process

from wgsearch.errors import TaxonomyUnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a theme and a topic may be called, in files that others made.
_THEMES = ("themes", "clusters")
_NAMES = ("name", "theme", "cluster", "topic")
_SYNONYMS = ("synonyms", "terms")
# Kept in such files for people.
_IGNORED = ("id", "note", "papers", "related")
_MOST_CHARACTERS = 2_000_000
_MOST_TOPICS = 2000
_LONGEST_NAME = 300
_NEAR_ENOUGH = 60
_SHOWN = 5
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SHAPE = """\
themes:
  - name: Victims
    topics:
      - name: Identification of victims
        synonyms: [first contact, screening]
      - name: Compensation"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxonomyTopic:
    """
    A topic that the user wants.

    Attributes:
        name: What it is called.
        synonyms: Other words for it.
    """

    name: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxonomyTheme:
    """
    A theme that the user wants.

    Attributes:
        name: What it is called.
        topics: Its topics, in the order of the file; itself where it lists none.
    """

    name: str
    topics: tuple[TaxonomyTopic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """
    Themes and topics that a compendium should follow.

    Attributes:
        themes: In the order of the file.
    """

    themes: tuple[TaxonomyTheme, ...]


def parse_taxonomy(text: str, name: str) -> Taxonomy:
    """
    The taxonomy of a file.

    Args:
        text: What is in it.
        name: What to call it in errors.

    Raises:
        TaxonomyUnreadableError: It is no YAML, or a line of it is no theme or topic; up to five
            faults are told, each with its line.
    """
    if len(text) > _MOST_CHARACTERS:
        raise TaxonomyUnreadableError(
            f"{name!r} has more than {_MOST_CHARACTERS // 1_000_000} MB; is it another file?"
        )
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = "" if mark is None else f", line {mark.line + 1}"
        what = getattr(error, "problem", None) or str(error)
        raise TaxonomyUnreadableError(
            f"{name}{where}: it is no YAML ({what}); mend that line. The shape is:\n{SHAPE}"
        ) from error
    except RecursionError as error:
        raise TaxonomyUnreadableError(f"{name}: it is nested too deep; two levels do") from error
    reader = _Reader()
    themes = tuple(reader.themes(node))
    if not reader.faults and not themes:
        reader.fault(node, "it names no theme")
    if not reader.faults and sum(len(each.topics) for each in themes) > _MOST_TOPICS:
        reader.fault(node, f"it has more than {_MOST_TOPICS:,} topics; is it another file?")
    if reader.faults:
        told = [f"{name}, {each}" for each in reader.faults[:_SHOWN]]
        if len(reader.faults) > _SHOWN:
            told.append(f"and {len(reader.faults) - _SHOWN} more")
        raise TaxonomyUnreadableError("\n".join((*told, f"The shape is:\n{SHAPE}")))
    return Taxonomy(themes=themes)


class _Reader:
    """Nodes -> themes, keeping what is wrong."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._lines: dict[str, int] = {}

    def fault(self, node: yaml.Node | None, reason: str) -> None:
        """Keep what is wrong, with its line."""
        line = 1 if node is None else node.start_mark.line + 1
        self.faults.append(f"line {line}: {reason}")

    def themes(self, node: yaml.Node | None) -> Iterator[TaxonomyTheme]:
        """Themes of a file."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, "expected `themes:` and a list below it")
            return
        fields = self._fields(node, _THEMES)
        for each in self._list(fields.get("themes"), node, "themes"):
            if (theme := self._theme(each)) is not None:
                yield theme

    def _theme(self, node: yaml.Node) -> TaxonomyTheme | None:
        if isinstance(node, yaml.ScalarNode):
            name, listed = self._words(node), None
        elif isinstance(node, yaml.MappingNode):
            fields = self._fields(node, (*_NAMES, "topics"))
            name, listed = self._named(fields, node, "theme"), fields.get("topics")
        else:
            self.fault(node, "expected a theme: `name:` and `topics:`")
            return None
        if name is None:
            return None
        nodes = self._list(listed, node, "topics") if listed is not None else []
        topics = [topic for each in nodes if (topic := self._topic(each)) is not None]
        if not topics:
            self._once(name, node)
        return TaxonomyTheme(name=name, topics=tuple(topics) or (TaxonomyTopic(name=name),))

    def _topic(self, node: yaml.Node) -> TaxonomyTopic | None:
        synonyms: list[str] = []
        if isinstance(node, yaml.ScalarNode):
            name = self._words(node)
        elif isinstance(node, yaml.MappingNode):
            fields = self._fields(node, (*_NAMES, *_SYNONYMS))
            name = self._named(fields, node, "topic")
            listed = fields.get("synonyms")
            nodes = self._list(listed, node, "synonyms") if listed is not None else []
            synonyms = [words for each in nodes if (words := self._words(each)) is not None]
        else:
            self.fault(node, "expected a topic: its name, or `name:` and `synonyms:`")
            return None
        if name is None or not self._once(name, node):
            return None
        return TaxonomyTopic(name=name, synonyms=tuple(dict.fromkeys(synonyms)))

    def _once(self, name: str, node: yaml.Node) -> bool:
        """Whether a topic is named for the first time."""
        line = node.start_mark.line + 1
        first = self._lines.setdefault(" ".join(name.casefold().split()), line)
        if first != line:
            self.fault(node, f"topic {name!r} stands on line {first} already; name each once")
        return first == line

    def _fields(self, node: yaml.MappingNode, known: tuple[str, ...]) -> dict[str, yaml.Node]:
        """Values by key, other people's words for a key being ours."""
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            word = key.value if isinstance(key, yaml.ScalarNode) else ""
            if word in _IGNORED:
                continue
            if word not in known:
                near = process.extractOne(str(word), known, score_cutoff=_NEAR_ENOUGH)
                hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
                self.fault(key, f"unknown key {word!r}; {hint}")
                continue
            if word in _NAMES and isinstance(value, yaml.SequenceNode) and "topics" in known:
                self.fault(key, f"{word!r} has a list below it; did you mean 'topics'?")
                continue
            same = next((some[0] for some in (_THEMES, _NAMES, _SYNONYMS) if word in some), word)
            if same in found:
                self.fault(key, f"{word!r} stands twice; keep one")
            found[same] = value
        return found

    def _named(self, fields: dict[str, yaml.Node], node: yaml.Node, what: str) -> str | None:
        if "name" not in fields:
            self.fault(node, f"this {what} has no `name:`")
            return None
        return self._words(fields["name"])

    def _words(self, node: yaml.Node) -> str | None:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.fault(node, "expected words, found none")
            return None
        words: str = " ".join(node.value.split())
        if len(words) > _LONGEST_NAME or _CONTROL.search(words):
            self.fault(node, f"expected a name of up to {_LONGEST_NAME} characters")
            return None
        return words

    def _list(self, node: yaml.Node | None, parent: yaml.Node, what: str) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.fault(node or parent, f"expected `{what}:` and a list below it, each with a dash")
        return []
