"""The commands that build no DuckDB file: read, query, evaluate, bench, report, export, review and
fingerprint.

Reads texts, the starter corpus and the DuckDB file; writes to standard output, the report and the
export.
What each needs is imported where it is used: `query` must not load the language.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.settings import FIRST_DISEASE, NOTEBOOKS, QUERIES, Settings
from pipeline.telling import json_text, show, warn

if TYPE_CHECKING:
    from pipeline.evaluate.ablation import Ablation
    from pipeline.records import Article, Extraction, Screening


def read(options: argparse.Namespace, _: Settings) -> int:
    """Show what would be extracted; nothing is stored."""
    from pipeline import read as reading

    handle = reading.open_text(options.file)
    extract = bundled_extractor()
    with handle:
        if options.jsonl:
            for result in reading.read_lines(extract, iter(handle)):
                show(json_text(result))
            return 0
        text = handle.read()
    name = "standard input" if options.file == "-" else Path(options.file).stem
    if not text.strip():
        warn(f"{name} is empty: there is nothing to read.")
    reading.refuse_other_than_text(text, name)
    result = reading.read_text(extract, text, name)
    show(json_text(result, indent=2) if options.json else "\n".join(reading.lines_of(result)))
    return 0


def bundled_extractor(ablation: Ablation | None = None) -> Callable[[Article], Extraction]:
    """The extractor with the bundled rules, for `evaluate` with a part of it taken away."""
    from pipeline.extract import extractor_of
    from pipeline.rules import bundled_rules

    if ablation is None:
        return extractor_of(bundled_rules())
    return extractor_of(bundled_rules(), ablation.alter, ablation.instead)


def query(options: argparse.Namespace, settings: Settings) -> int:
    """Query: print one answer, or the list of questions."""
    from pipeline import query as asking

    if options.name:
        most_rows = sys.maxsize if options.all else asking.MOST_ROWS
        asking.run_query(options.name, settings.database, QUERIES, dict(options.values), most_rows)
    else:
        asking.print_queries(QUERIES)
    return 0


def evaluate(options: argparse.Namespace, settings: Settings) -> int:
    """Evaluate: the pipeline and two baselines against the annotated facts."""
    from pipeline import evaluate as evaluation
    from pipeline import screen
    from pipeline.given import NothingGivenError
    from pipeline.parse.plain import read_plain
    from pipeline.rules import bundled_rules, gold_file, read_disease

    rules = bundled_rules()
    profile = read_disease(settings.disease)
    gold = evaluation.read_gold(options.gold or gold_file(settings.disease))
    if options.texts:
        articles = evaluation.read_texts(options.texts, lambda *a: read_plain(*a).article)
    else:
        articles = starter_articles(settings.disease)
    if not any(report.id in articles for report in gold):
        where = options.texts or f"the starter corpus of {settings.disease_name}"
        raise NothingGivenError(
            f"No annotated report has a text in {where}: its id must be that of the annotation."
        )

    def screened(article: Article) -> Screening:
        return screen.screen(article, profile)

    result = evaluation.evaluate(
        articles,
        gold,
        screened,
        bundled_extractor(),
        rules,
        with_baselines=not options.no_baselines,
    )
    if options.accuracy:
        for line in evaluation.lines_of_readings(result.readings, options.accuracy):
            show(line)
        return 0
    for line in evaluation.lines_of(result):
        show(line)
    if options.ablation:
        show("")
        for line in evaluation.ablation_lines(articles, gold, screened, bundled_extractor, rules):
            show(line)
    return 0


def starter_articles(disease: str = FIRST_DISEASE) -> dict[str, Article]:
    """The starter corpus as articles, keyed by the name of the file."""
    from pipeline import parse
    from pipeline.retrieve.raw import starter_files
    from pipeline.rules import starter_folder

    return {
        Path(raw.name).stem: article
        for raw in starter_files(starter_folder(disease))
        for article in parse.parse_file(raw)[0]
    }


def bench(_: argparse.Namespace, settings: Settings) -> int:
    """Bench: three readers over the starter corpus, timed in one run."""
    from pipeline import bench as benching
    from pipeline.rules import bundled_rules

    for line in benching.bench(list(starter_articles(settings.disease).values()), bundled_rules()):
        show(line)
    return 0


def export(options: argparse.Namespace, settings: Settings) -> int:
    """Export: tables, Phenopackets, references and sheets, in one folder that is replaced."""
    from pipeline import export as exporting
    from pipeline.rules import read_disease

    term = read_disease(settings.disease)["term"]
    folder = options.folder or settings.extracted_dir / "export"
    written = exporting.export(settings.database, QUERIES, folder, (term["id"], term["label"]))
    show(f"{len(written)} files written to {folder}; datapackage.json says what they hold.")
    return 0


def review(_: argparse.Namespace, __: Settings) -> int:
    """Review: open the notebook in a browser, on this machine only and behind a token."""
    import os
    import subprocess
    import sys

    marimo = [sys.executable, "-m", "marimo", "run", str(NOTEBOOKS / "review.py")]
    quiet = {**os.environ, "MARIMO_SKIP_UPDATE_CHECK": "1"}
    return subprocess.run([*marimo, "--host", "127.0.0.1", "--token"], env=quiet).returncode  # noqa: S603


def report(_: argparse.Namespace, settings: Settings) -> int:
    from pipeline import analyse

    path = settings.extracted_dir / "report.html"
    analyse.write_report(settings.database, QUERIES, path)
    show(f"{path} written.")
    return 0


def fingerprint(_: argparse.Namespace, settings: Settings) -> int:
    from pipeline import fingerprint as printing

    for line in printing.lines_of(printing.fingerprint_of(settings.database)):
        show(line)
    return 0
