"""The command line, and the only place that knows the order of the stages.

Reads the settings and what each stage reads; writes through the stages only.
Exit status: 0 done, 1 nothing was changed (the message says why), 2 wrong usage,
3 done, but something named above could not be used or failed.
The stages are imported where they are used: `--help` and `query` must not load the language.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import answers
from pipeline.settings import DISEASE, QUERIES, STARTER, Settings, read_settings

if TYPE_CHECKING:
    from pipeline.records import Article, Extraction, RawFile

DONE, NOT_DONE, DONE_WITH_REMARKS = 0, 1, 3
EXAMPLES = """examples:
  python -m pipeline run                        refresh the corpus and build the DuckDB file
  python -m pipeline import my_records.xml      add PubMed XML, JATS XML or .nbib files
  python -m pipeline query response_by_therapy  print the answer to a question
  python -m pipeline read report.txt            show what would be extracted from one text
"""
GO_LIVE = "To go live, set NCBI_EMAIL (see .env.example) and run `make run` again."


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pipeline",
        description="Case reports of scleromyxedema, from PubMed to one DuckDB file.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="refresh the corpus and build the DuckDB file")
    run.add_argument("--starter", action="store_true", help="use the bundled starter corpus")
    run.add_argument("--dry-run", action="store_true", help="ask Entrez for counts, then stop")
    bring = commands.add_parser("import", help="add records you have, then build the DuckDB file")
    bring.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")
    read = commands.add_parser("read", help="show what would be extracted from plain text")
    read.add_argument("file", metavar="FILE", help="a text file, or - for standard input")
    how = read.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print one JSON object")
    how.add_argument("--jsonl", action="store_true", help="many reports, one JSON object a line")
    query = commands.add_parser("query", help="print the answer to a question; without, list them")
    query.add_argument("name", nargs="?", help="a file of queries/reports without .sql")
    query.add_argument("values", nargs="*", metavar="NAME=VALUE", help="what the query asks for")
    evaluate = commands.add_parser("evaluate", help="compare with the annotated facts")
    evaluate.add_argument("--texts", type=Path, help='folder of JSON files {"id", "title", "text"}')
    evaluate.add_argument("--no-baselines", action="store_true", help="the pipeline alone")
    evaluate.add_argument("--ablation", action="store_true", help="also what each part brings")
    commands.add_parser("bench", help="time the extractor against the bare tokenizer")
    commands.add_parser("report", help="write extracted/report.html from the DuckDB file")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; every expected error is one sentence."""
    options = make_parser().parse_args(arguments)
    try:
        return COMMANDS[options.command](options, read_settings())
    except expected_errors() as error:
        print(error, file=sys.stderr)
        return NOT_DONE
    except BrokenPipeError:
        sys.stderr.close()
        return NOT_DONE
    except KeyboardInterrupt:
        print("Stopped. What was built before is untouched.", file=sys.stderr)
        return 130


def expected_errors() -> tuple[type[Exception], ...]:
    """The errors whose message is written for the user; anything else is a fault of ours."""
    from pipeline import analyse, load, query, read, retrieve
    from pipeline.files import UnreadableFileError
    from pipeline.rules import RulesError

    return (
        analyse.ReportError,
        load.CheckFailed,
        load.CorrectionsError,
        load.LoadError,
        query.QueryError,
        read.UnreadableLineError,
        retrieve.RetrieveError,
        RulesError,
        UnreadableFileError,
    )


def say(sentence: str) -> None:
    print(sentence, flush=True)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Retrieve where an address is set, then the rest of the line; one run at a time."""
    from pipeline import retrieve

    is_live = settings.is_live and not options.starter
    if options.dry_run:
        return count_only(settings) if is_live else nothing_to_ask()
    with retrieve.run_lock(settings.extracted_dir / "raw"):
        raws, facts = refreshed_files(settings) if is_live else files_at_hand(options, settings)
        return build(raws, settings, facts)


def count_only(settings: Settings) -> int:
    """Dry run: the counts of every search; writes nothing."""
    from pipeline import retrieve
    from pipeline.rules import read_disease

    search = read_disease(DISEASE)["search"]
    for line in retrieve.lines_of(retrieve.refresh(search, settings, say, dry_run=True)):
        say(line)
    return DONE


def nothing_to_ask() -> int:
    say(f"The starter corpus is bundled: there is nothing to ask Entrez for. {GO_LIVE}")
    return DONE


def refreshed_files(settings: Settings) -> tuple[list[RawFile], dict[str, Any]]:
    """The given files after a refresh from Entrez, and what the run says of itself."""
    from pipeline import retrieve
    from pipeline.rules import read_disease

    refreshed = retrieve.refresh(read_disease(DISEASE)["search"], settings, say)
    for line in retrieve.lines_of(refreshed):
        say(line)
    facts = {"mode": "live", "refresh": refreshed, "queries": refreshed.queries}
    return given_files(settings), facts


def files_at_hand(
    options: argparse.Namespace, settings: Settings
) -> tuple[list[RawFile], dict[str, Any]]:
    """The given files of a run that asks nobody: those fetched before, else the starter corpus."""
    from pipeline.retrieve.raw import starter_files

    raws = starter_files(STARTER) if options.starter else given_files(settings)
    if any(raw.source == "starter" for raw in raws):
        say(f"Starter corpus: bundled reports restated in our own words. {GO_LIVE}")
        return raws, {"mode": "starter"}
    say(f"The records fetched before are used; PubMed is not asked. {GO_LIVE}")
    return raws, {"mode": "kept"}


def given_files(settings: Settings) -> list[RawFile]:
    from pipeline import retrieve

    return retrieve.raw_files(settings.extracted_dir, STARTER, warn)


def warn(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def build(raws: Sequence[RawFile], settings: Settings, facts: dict[str, Any]) -> int:
    """Parse, screen, extract, load, analyse: everything after the given files."""
    from pipeline import retrieve, state

    folder = settings.extracted_dir
    started_at = state.now_text()
    is_asked = any(raw.source == "entrez" for raw in raws)
    retrieval = retrieve.retrieval_tables(folder) if is_asked else {}
    known_records = retrieval.get("retrieval", ())
    key = state.inputs_sha256(raws, folder / "corrections.csv", QUERIES, known_records)
    known = state.read_state(folder / "state.json")
    if known and known.inputs_sha256 == key and settings.database.exists():
        say(f"Nothing new. {known.closing}")
        return DONE if known.is_complete else DONE_WITH_REMARKS
    facts |= {"run_id": run_id_of(started_at), "started_at": started_at, "inputs_sha256": key}
    is_complete, closing = build_anew(raws, settings, facts, retrieval)
    state.write_state(
        folder / "state.json",
        state.State(inputs_sha256=key, closing=closing, is_complete=is_complete),
    )
    say(closing)
    return DONE if is_complete else DONE_WITH_REMARKS


def run_id_of(started_at: str) -> str:
    """'20260131T100000Z' for a run that started at 2026-01-31T10:00:00Z."""
    return started_at.replace("-", "").replace(":", "")


def build_anew(
    raws: Sequence[RawFile],
    settings: Settings,
    facts: dict[str, Any],
    retrieval: dict[str, list[dict[str, Any]]],
) -> tuple[bool, str]:
    """Every stage after retrieve, in order; whether nothing failed, and the closing line."""
    from pipeline import analyse, extract, load, parse, screen, state
    from pipeline.files import write_rows
    from pipeline.progress import counted
    from pipeline.rules import bundled_rules, read_disease, vocabulary_of

    folder, rules = settings.extracted_dir, bundled_rules()
    articles, problems = parse.parse_all(raws)
    screenings = screen.screen_all(articles, read_disease(DISEASE))
    earlier = earlier_extractions(folder / "extractions.jsonl")
    decided = load.reviewed_screenings(screenings, articles, folder / "corrections.csv")
    extractions = list(extract.extract_all(articles, decided, rules, earlier, counted("Reading")))
    write_rows(folder / "extractions.jsonl", extractions)
    failed = [e for e in extractions if e.status == "failed"]
    imported = {raw.name for raw in raws if raw.source == "import"}
    remarks = [p for p in problems if not parse.is_notice(p) and p.raw_file not in imported]
    doubles = [p for p in problems if parse.is_notice(p) and p.raw_file in imported]
    counts = count_stages(articles, decided, extractions)
    counts["read_anew"] = sum(
        e.status != "not_attempted" and earlier.get(e.article_id) is not e for e in extractions
    )
    rows = load.load(
        articles=articles,
        problems=problems,
        screenings=screenings,
        extractions=extractions,
        corrections_file=folder / "corrections.csv",
        run={
            **facts,
            "finished_at": state.now_text(),
            "versions": state.versions(),
            "pipeline_version": state.version_of("scleromyxedema-pipeline"),
            "rules_sha256": rules.sha256,
            "counts": counts,
        },
        vocabulary=vocabulary_of(rules),
        database=settings.database,
        queries_dir=QUERIES,
        retrieval=retrieval,
    )
    analyse.write_report(settings.database, QUERIES, folder / "report.html")
    n_kept = counts["extracted"] + counts["failed"] - counts["read_anew"]
    say(f"Included reports: {counts['read_anew']} read anew, {n_kept} unchanged since.")
    for line in analyse.lines_of_changes(settings.database) if retrieval else ():
        say(line)
    for problem in (*remarks, *doubles):
        warn(
            f"{problem.raw_file}{f', {problem.record}' if problem.record else ''}: {problem.reason}"
        )
    for extraction in failed:
        warn(f"{extraction.article_id} could not be read: {extraction.message}")
    has_starter = any(raw.source == "starter" for raw in raws)
    return not (failed or remarks), closing_line(settings, has_starter, counts, rows)


def earlier_extractions(path: Path) -> dict[str, Extraction]:
    """What the last run read; a damaged file is ours to make again, so it only costs time."""
    from pipeline.files import UnreadableFileError, read_rows
    from pipeline.records import Extraction

    try:
        return {extraction.article_id: extraction for extraction in read_rows(path, Extraction)}
    except UnreadableFileError as error:
        warn(f"{error}: every report is read again.")
        return {}


def count_stages(
    articles: Sequence[Article], screenings: Sequence[Any], extractions: Sequence[Extraction]
) -> dict[str, int]:
    return {
        "articles": len(articles),
        "included": sum(s.decision == "included" for s in screenings),
        "extracted": sum(e.status == "ran" for e in extractions),
        "failed": sum(e.status == "failed" for e in extractions),
    }


def closing_line(
    settings: Settings, has_starter: bool, counts: dict[str, int], rows: dict[str, int]
) -> str:
    made = (
        f"{settings.database}: {rows['patients']} patients from {counts['included']} of "
        f"{counts['articles']} reports, {rows['findings']} findings; "
        f"report in {settings.extracted_dir / 'report.html'}."
    )
    ask = "Ask it something: make query Q=response_by_therapy."
    return f"{made} {ask} Starter corpus; {GO_LIVE}" if has_starter else f"{made} {ask}"


def bring_in(options: argparse.Namespace, settings: Settings) -> int:
    """Import: keep each file, say what is in it, then run the later stages."""
    from pipeline import retrieve

    with retrieve.run_lock(settings.extracted_dir / "raw"):
        is_clean = take_in(options.paths, settings)
        status = build(given_files(settings), settings, {"mode": "import"})
    return status if is_clean or status != DONE else DONE_WITH_REMARKS


def take_in(paths: Sequence[Path], settings: Settings) -> bool:
    """Keep each file and say what is in it; whether all of it could be used."""
    from pipeline import parse, retrieve

    taken = retrieve.import_files(paths, settings.extracted_dir)
    is_clean = bool(taken)
    for path, outcome in taken:
        if isinstance(outcome, str):
            is_clean = False
            warn(f"{path}: {outcome}")
            continue
        articles, problems = parse.parse_file(outcome)
        say(f"{path}: {len(articles)} record{'' if len(articles) == 1 else 's'}")
        for problem in problems:
            is_clean = False
            warn(f"{path}{f', {problem.record}' if problem.record else ''}: {problem.reason}")
    return is_clean


COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "run": run,
    "import": bring_in,
    "read": answers.read,
    "query": answers.query,
    "evaluate": answers.evaluate,
    "bench": answers.bench,
    "report": answers.report,
}


if __name__ == "__main__":
    sys.exit(main())
