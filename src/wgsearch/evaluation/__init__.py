"""
judged questions -> measures, through the code that serves.

Two kinds of judged questions: sets in BEIR layout, whose documents become papers, and
relevance cases, which are asked of an index that is there. Runs over either are compared.
"""

from wgsearch.evaluation.answered import MeasuredCases, evaluate_cases
from wgsearch.evaluation.cases import Cases, Expected, RelevanceCase, read_cases, write_cases
from wgsearch.evaluation.comparison import Comparison, compare, read_report, report_of
from wgsearch.evaluation.judged import JudgedSet, read_judged_set
from wgsearch.evaluation.marks import Mark, Merged, merge, read_marks
from wgsearch.evaluation.measures import ndcg, recall, reciprocal_rank, success
from wgsearch.evaluation.sets import Measured, evaluate

__all__ = [
    "Cases",
    "Comparison",
    "Expected",
    "JudgedSet",
    "Mark",
    "Measured",
    "MeasuredCases",
    "Merged",
    "RelevanceCase",
    "compare",
    "evaluate",
    "evaluate_cases",
    "merge",
    "ndcg",
    "read_cases",
    "read_judged_set",
    "read_marks",
    "read_report",
    "recall",
    "reciprocal_rank",
    "report_of",
    "success",
    "write_cases",
]
