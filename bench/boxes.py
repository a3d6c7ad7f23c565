"""
Paragraphs of real papers against another program's words: do boxes cover their lines, only these?

Run: python bench/boxes.py CORPUS [--papers 60] [--count 200] [--seed 20]

The other program is poppler's pdftotext. A word is inside a box when its middle is; the letters of
the words inside, counted, must be the letters of the paragraph, no more and no fewer. Letters and
not words, because lines break words; numbers and marks of footnotes are no letters.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from wgsearch.papers.children import read_papers
from wgsearch.papers.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wgsearch.papers.paper import Paragraph

    Word = tuple[float, float, str]

PDFTOTEXT = shutil.which("pdftotext") or "/usr/bin/pdftotext"
_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)


def main() -> None:
    """Print what was found as JSON, and what was missed on the lines before it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("corpus", type=Path)
    asked.add_argument("--papers", type=int, default=60)
    asked.add_argument("--count", type=int, default=200)
    asked.add_argument("--seed", type=int, default=20)
    given = asked.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - a sample, no secret
    files = sorted(each.name for each in given.corpus.glob("*.pdf"))
    chosen = chance.sample(files, min(given.papers, len(files)))
    read = [each for each in read_papers(given.corpus, chosen) if isinstance(each, Paper)]
    every = [
        (paper, paragraph)
        for paper in read
        if paper.reader == "pdfium"
        for paragraph in paper.paragraphs
        if letters([paragraph.text])
    ]
    taken = chance.sample(every, min(given.count, len(every)))
    pages: dict[tuple[str, int], list[Word]] = {}
    counts: Counter[str] = Counter()
    for paper, paragraph in taken:
        missing, extra = difference(given.corpus / paper.file, paragraph, pages)
        over = paragraph.page_first != paragraph.page_last
        counts["over two pages"] += over
        counts["marked on each"] += over and {box.page for box in paragraph.boxes} == set(
            range(paragraph.page_first, paragraph.page_last + 1)
        )
        outcome = "exact" if not missing and not extra else "wrong"
        outcome = "no boxes" if not paragraph.boxes else outcome
        counts[outcome] += 1
        if outcome == "wrong":
            place = f"{paper.file} p. {paragraph.page_first} {paragraph.kind} {paragraph.number}"
            print(f"{place}: {sum(missing.values())} missing, {sum(extra.values())} too many")
    print(json.dumps({"papers": len(read), "paragraphs": len(taken), **counts}))


def difference(
    path: Path, paragraph: Paragraph, pages: dict[tuple[str, int], list[Word]]
) -> tuple[Counter[str], Counter[str]]:
    """Letters of a paragraph outside its boxes, and letters inside that are not its own."""
    inside: list[str] = []
    for page in {box.page for box in paragraph.boxes}:
        boxes = [box for box in paragraph.boxes if box.page == page]
        key = (path.name, page)
        if key not in pages:
            pages[key] = list(words(path, page))
        inside += [
            text
            for x, y, text in pages[key]
            if any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in boxes)
        ]
    own, found = letters([paragraph.text]), letters(inside)
    return own - found, found - own


def letters(texts: Iterable[str]) -> Counter[str]:
    """Letters of texts, counted; ligatures are the letters that they join."""
    return Counter(
        letter
        for text in texts
        for letter in unicodedata.normalize("NFKC", text)
        if letter.isalpha()
    )


def words(path: Path, page: int) -> Iterator[Word]:
    """Words of a page as pdftotext finds them: middle from the left, from the top, text."""
    said = subprocess.run(
        [PDFTOTEXT, "-bbox", "-cropbox", "-f", str(page), "-l", str(page), str(path), "-"],
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout.decode("utf-8", "replace")
    for x0, y0, x1, y1, text in _WORD.findall(said):
        yield (float(x0) + float(x1)) / 2, (float(y0) + float(y1)) / 2, html.unescape(text)


if __name__ == "__main__":
    main()
