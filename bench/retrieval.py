"""
judged sets -> a Markdown table: each leg, their fusion as shipped, and the fusions refused.

Why the refused ones too: a choice of fusion is a comparison, to be printed again by anyone.
They are computed here, from the rankings that the two legs of the engine give.

    python bench/retrieval.py FOLDER [--cache DIR] [--sets a,b] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.embedding import SentenceTransformerEncoder
from wgsearch.errors import EmptyQuestionError
from wgsearch.evaluation import evaluate, ndcg, read_judged_set, recall
from wgsearch.fusion import standardised
from wgsearch.ranking import DEPTH
from wgsearch.search import LocalEngine, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from wgsearch.embedding import Encoder
    from wgsearch.evaluation import JudgedSet
    from wgsearch.search import Hit, Mode

    type_of_key = tuple[str, int, int]

# The constant of the paper that proposed reciprocal ranks.
RRF_K = 60
SHIPPED: tuple[Mode, ...] = ("lexical", "dense", "hybrid")
RESAMPLES = 10_000
