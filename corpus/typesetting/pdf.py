"""Paper -> PDF: the paper goes to the Typst template as JSON, so no text is read as markup."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from typesetting.wording import wording_of

if TYPE_CHECKING:
    from typesetting.source import Paper

TEMPLATE = Path(__file__).parents[1] / "template.typ"


def to_pdf(paper: Paper) -> bytes:
    """Return the paper as PDF: the same bytes on every machine, dated as the paper is."""
    blocks = [{"type": type(block).__name__.lower(), **asdict(block)} for block in paper.blocks]
    payload = {
        "front": paper.front.model_dump(mode="json"),
        "words": asdict(wording_of(paper.front, stem=paper.stem)),
        "blocks": blocks,
        "notes": {
            str(number): [asdict(run) for run in runs] for number, runs in paper.notes.items()
        },
    }
    return typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(payload, ensure_ascii=False)},
        timestamp=dt.datetime.combine(paper.front.date, dt.time(), tzinfo=dt.UTC),
    )
