"""What clustering gives: groups of clusters of paragraphs, by row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """
    Paragraphs that belong together.

    Attributes:
        key: Stable name for this run.
        name: What a person would call it.
        named_by: `taxonomy`, `heading` or `phrases`.
        terms: Key phrases, the most telling first.
        rows: Its paragraphs, nearest to its middle first.
        closeness: For each row, the cosine to the centre.
    """

    key: str
    name: str
    named_by: str
    terms: tuple[str, ...]
    rows: tuple[int, ...]
    closeness: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    Clusters that belong together.

    Attributes:
        key: Stable name for this run.
        name: What a person would call it.
        clusters: Its clusters.
    """

    key: str
    name: str
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """
    All paragraphs in groups.

    Attributes:
        groups: Groups.
        unplaced: Rows of paragraphs that belong nowhere.
        notes: What the reader should know.
        uncovered: Names of clusters that the taxonomy does not cover.
    """

    groups: tuple[Group, ...]
    unplaced: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
