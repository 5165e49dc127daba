"""'bench': what reading costs, part by part, beside the bare tokenizer and plain medspaCy.

Reads the starter corpus and the rules; writes what a whole run makes into a temporary folder.
All readers read the same texts in the same process, one after the other in every round; times are
of the processor, so that what else the machine does counts less.
"""

from __future__ import annotations

import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import spacy
from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  registers its factory
from scispacy.custom_sentence_segmenter import pysbd_sentencizer  # noqa: F401  the same
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language

from pipeline.evaluate.baselines import TABLES
from pipeline.extract import extractor_of
from pipeline.language.medspacy_parts import ConText, TargetMatcher, TargetRule
from pipeline.language.pipeline import build_language
from pipeline.language.reader import Reader
from pipeline.records import Article
from pipeline.rules import Rules
from pipeline.state import version_of

ROUNDS = 3
REPORTS_OF_A_RUN = 1200
LIBRARIES = ("spacy", "scispacy", "medspacy", "pysbd", "duckdb")
PARAGRAPH = (
    "A 57-year-old woman had waxy papules and dysphagia but no dyspnea. Immunofixation showed "
    "IgG lambda. She received intravenous immunoglobulin and her skin cleared completely.\n"
)
FLOOR, PLAIN, OWN = "scispaCy's floor", "medspaCy as it ships", "the whole extractor"
Read = Callable[[Article], object]


def bench(articles: Sequence[Article], rules: Rules) -> Iterator[str]:
    """Lines of Markdown: each reader with its ratio to the two baselines, then whole commands."""
    versions = ", ".join(f"{name} {version_of(name)}" for name in LIBRARIES)
    yield f"Python {sys.version.split()[0]}, {versions}; {os.cpu_count()} processors."
    yield ""
    yield from reader_lines(articles, rules)
    yield ""
    yield from command_lines(articles)


def floor_language() -> Language:
    """scispaCy's tokenizer, sentence segmenter and abbreviation detector as they ship."""
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.add_pipe("pysbd_sentencizer")
    nlp.add_pipe("abbreviation_detector")
    return nlp


def plain_medspacy(rules: Rules) -> Read:
    """scispaCy's floor, medspaCy's own matcher for our findings, therapies and responses, and its
    ConText with the cues it ships."""
    nlp = floor_language()
    matcher, context = TargetMatcher(nlp, rules=None), ConText(nlp)
    rows = [row for table in TABLES for row in rules.table(table)]
    matcher.add(
        [
            TargetRule(row.term, row.table, pattern=row.term if row.match == "regex" else None)
            for row in rows
        ]
    )

    def read(article: Article) -> object:
        return [context(matcher(nlp(section.text))) for section in article.sections]

    return read


def readers_of(rules: Rules) -> dict[str, Read]:
    floor, own, reader = floor_language(), build_language(), Reader(rules)
    return {
        FLOOR: lambda article: [floor(section.text) for section in article.sections],
        PLAIN: plain_medspacy(rules),
        "our tokens, sentences, abbreviations": lambda article: [
            own(section.text) for section in article.sections
        ],
        "our rows of vocabulary": lambda article: [
            reader.matches_in(section.text) for section in article.sections
        ],
        "reading: with context and tellers": reader.read,
        OWN: extractor_of(rules),
    }


def reader_lines(articles: Sequence[Article], rules: Rules) -> Iterator[str]:
    nlp = build_language()
    tokens = sum(len(nlp(section.text)) for a in articles for section in a.sections)
    seconds = seconds_of(readers_of(rules), articles)
    yield f"{len(articles)} reports, {tokens} tokens; median of {ROUNDS} rounds."
    yield ""
    yield f"| reader | reports/s | tokens/s | times {FLOOR} | times {PLAIN} |"
    yield "|---|---|---|---|---|"
    for name, spent in seconds.items():
        rates = f"{len(articles) / spent:.0f} | {tokens / spent:.0f}"
        yield f"| {name} | {rates} | {spent / seconds[FLOOR]:.2f} | {spent / seconds[PLAIN]:.2f} |"


def seconds_of(readers: dict[str, Read], articles: Sequence[Article]) -> dict[str, float]:
    """Median over rounds of the processor time for all articles; the first round warms up."""
    rounds: dict[str, list[float]] = {name: [] for name in readers}
    for number in range(ROUNDS + 1):
        for name, read in readers.items():
            started = time.process_time()
            for article in articles:
                read(article)
            if number:
                rounds[name].append(time.process_time() - started)
    return {name: statistics.median(spent) for name, spent in rounds.items()}


def command_lines(articles: Sequence[Article]) -> Iterator[str]:
    """Whole commands in processes of their own: time and largest memory."""
    yield "| command | seconds | of the processor | memory, MB |"
    yield "|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        paragraph = Path(folder, "paragraph.txt")
        paragraph.write_text(PARAGRAPH, encoding="utf-8")
        many = Path(folder, "many.xml")
        many.write_text(many_reports(articles, REPORTS_OF_A_RUN), encoding="utf-8")
        yield timed("`--help`", ["--help"], folder)
        yield timed("`read` on a paragraph", ["read", str(paragraph)], folder)
        yield timed(f"`import` of {REPORTS_OF_A_RUN} reports", ["import", str(many)], folder)
        yield timed("`run` with nothing new", ["run"], folder)


def many_reports(articles: Sequence[Article], count: int) -> str:
    """The articles again and again as PubMed XML, each time under another number."""
    records = (record_of(articles[n % len(articles)], 90_000_000 + n) for n in range(count))
    return f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"


def record_of(article: Article, pmid: int) -> str:
    texts = [escape(s.text) for s in article.sections if s.kind in ("abstract", "body")]
    abstract = "".join(f"<AbstractText>{text}</AbstractText>" for text in texts)
    kinds = "".join(
        f"<PublicationType>{escape(kind)}</PublicationType>" for kind in article.publication_types
    )
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article>"
        f"<ArticleTitle>{escape(article.title)} {pmid}</ArticleTitle>"
        f"<Abstract>{abstract}</Abstract><PublicationTypeList>{kinds}</PublicationTypeList>"
        "</Article></MedlineCitation></PubmedArticle>\n"
    )


def timed(name: str, arguments: Sequence[str], folder: str) -> str:
    """A row of the table for one command, which must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-W", "ignore", "-m", "pipeline", *arguments],
        env={**os.environ, "EXTRACTED_DIR": f"{folder}/extracted", "NCBI_EMAIL": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    memory = 0.0
    while process.poll() is None:
        memory = max(memory, megabytes_of(process.pid))
        time.sleep(0.01)
    spent = time.perf_counter() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(arguments))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"| {name} | {spent:.2f} | {processor:.2f} | {memory:.0f} |"


def megabytes_of(pid: int) -> float:
    """The largest memory so far of a process that runs (Linux; 0 elsewhere)."""
    status = Path(f"/proc/{pid}/status")
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
