"""Reports -> the register of their recommendations, and how each came down the years."""

from wgsearch.register.gather import ADOPTED, MOST_FOUND, recommended, register
from wgsearch.register.lineage import lineage
from wgsearch.register.records import (
    STRENGTHS,
    Addressee,
    Difference,
    Lineage,
    Recommended,
    Register,
    Step,
    Strength,
    Wanted,
)

__all__ = [
    "ADOPTED",
    "MOST_FOUND",
    "STRENGTHS",
    "Addressee",
    "Difference",
    "Lineage",
    "Recommended",
    "Register",
    "Step",
    "Strength",
    "Wanted",
    "lineage",
    "recommended",
    "register",
]
