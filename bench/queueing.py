"""
questions that come at random, cores that answer -> how long askers wait, by how busy cores are.

Why a simulation: a plan must leave cores idle, and how many says no average. Questions come
independently of one another (exponential gaps); each takes one core for a time that is drawn, by
default from between the median and the 99th percentile that docs/performance.md measures
(lognormal); one queue, first come first served. Nothing is measured here, only computed.

    python bench/queueing.py [--cores 2,4,8,16] [--questions 100000] [--p99 2.02]
"""

from __future__ import annotations

import argparse
import heapq
import math

import numpy as np

BUSY = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
# The 99th percentile of a normal distribution, in standard deviations.
_Z99 = 2.3263


def waits(cores: int, busy: float, questions: int, p99: float, seed: int = 11) -> np.ndarray:
    """
    How long each question takes, in medians of one that waits for nobody.

    Args:
        cores: Cores that answer.
        busy: Share of them that is at work, on average.
        questions: How many are asked; the first tenth warms up and is left out.
        p99: The 99th percentile of the time of one, in medians.
        seed: Of the draw.
    """
    draw = np.random.default_rng(seed)
    sigma = math.log(p99) / _Z99
    work = np.exp(draw.normal(0, sigma, questions))
    gap = math.exp(sigma * sigma / 2) / (cores * busy)
    arrivals = np.cumsum(draw.exponential(gap, questions))
    free = [0.0] * cores
    took = np.empty(questions)
    for at, (arrived, each) in enumerate(zip(arrivals.tolist(), work.tolist(), strict=True)):
        ended = max(arrived, heapq.heappop(free)) + each
        heapq.heappush(free, ended)
        took[at] = ended - arrived
    return took[questions // 10 :]


def main() -> None:
    """Print a table: rows are shares, columns cores."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--cores", default="2,4,8,16", help="numbers of cores")
    parser.add_argument("--questions", type=int, default=100_000, help="how many are asked")
    parser.add_argument("--p99", type=float, default=2.02, help="of one alone, in medians")
    given = parser.parse_args()
    cores = [int(each) for each in given.cores.split(",")]
    print("| busy |" + "".join(f" {each} cores, p50 / p99 |" for each in cores))
    print("|---:|" + "---:|" * len(cores))
    for busy in BUSY:
        cells = []
        for each in cores:
            found = waits(each, busy, given.questions, given.p99)
            p50, p99 = np.percentile(found, (50, 99)).tolist()
            cells.append(f" {p50:.2f} / {p99:.2f} |")
        print(f"| {busy:.2f} |" + "".join(cells))


if __name__ == "__main__":
    main()
