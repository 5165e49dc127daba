"""'bench': times the extractor against the bare tokenizer and against plain medspaCy, in one run.

Reads articles and rules; writes nothing. All three read the same texts in the same process.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence

from pipeline.evaluate.baselines import context_baseline
from pipeline.extract import extractor_of
from pipeline.language.pipeline import build_language
from pipeline.records import Article
from pipeline.rules import Rules

ROUNDS = 3


def bench(articles: Sequence[Article], rules: Rules) -> Iterator[str]:
    """Lines of text: reports and tokens per second of each, and the ratio to the floor."""
    nlp = build_language()

    def floor(article: Article) -> None:
        for section in article.sections:
            nlp(section.text)

    tokens = sum(len(nlp(section.text)) for a in articles for section in a.sections)
    readers: dict[str, Callable[[Article], object]] = {
        "tokens, sentences, abbreviations": floor,
        "term list with medspaCy's own context": context_baseline(rules),
        "the extractor": extractor_of(rules),
    }
    seconds = {name: seconds_of(read, articles) for name, read in readers.items()}
    lowest = seconds["tokens, sentences, abbreviations"]
    yield f"{len(articles)} reports, {tokens} tokens, median of {ROUNDS} rounds"
    yield f"{'':<40}{'reports/s':>10}{'tokens/s':>10}{'ratio':>8}"
    for name, spent in seconds.items():
        rate, speed = len(articles) / spent, tokens / spent
        yield f"{name:<40}{rate:>10.1f}{speed:>10.0f}{spent / lowest:>8.2f}"


def seconds_of(read: Callable[[Article], object], articles: Sequence[Article]) -> float:
    """Median over rounds of the time for all articles; the first, uncounted, warms up."""
    read(articles[0])
    rounds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for article in articles:
            read(article)
        rounds.append(time.perf_counter() - started)
    return statistics.median(rounds)
