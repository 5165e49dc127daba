"""The command line, and the only place that knows the order of the stages.

Reads the settings and what each stage reads; writes through the stages only.
Exit status: 0 done, 1 nothing was changed (the message says why), 2 wrong usage,
3 done, but something named above could not be used or failed.
The stages are imported where they are used: `--help` and `query` must not load the language.
"""

from __future__ import annotations

import argparse
import functools
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pipeline import __version__, answers, doctor, telling
from pipeline.arguments import read_arguments
from pipeline.settings import QUERIES, Settings, SettingsError, read_settings, redactor
from pipeline.telling import GO_LIVE, say

if TYPE_CHECKING:
    from pipeline.extract import Engine
    from pipeline.held_articles import Articles
    from pipeline.kept_extractions import Head
    from pipeline.parse import ParsedFile
    from pipeline.records import ParseProblem, RawFile

DONE, NOT_DONE, DONE_WITH_REMARKS = 0, 1, 3
INTERRUPTED = "Query interrupted"  # what DuckDB makes of Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; every expected error is one sentence."""
    options = read_arguments(arguments)
    try:
        settings = read_settings()
    except SettingsError as error:
        telling.complain(str(error))
        return NOT_DONE
    redact = redactor(settings)
    sys.excepthook = functools.partial(show_masked, redact)
    telling.use_json(options.log_json or settings.is_log_json)
    try:
        return COMMANDS[options.command](options, settings)
    except expected_errors() as error:
        telling.complain(redact(str(error)))
        return NOT_DONE
    except BrokenPipeError:
        sys.stderr.close()
        return NOT_DONE
    except (KeyboardInterrupt, RuntimeError) as error:
        if isinstance(error, RuntimeError) and str(error) != INTERRUPTED:
            raise
        telling.complain("Stopped. What was built before is untouched.")
        return 130


def show_masked(
    redact: Callable[[str], str],
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """A fault of ours is shown whole, but for what must not be shown."""
    lines = traceback.format_exception(kind, error, trace)
    print(redact("".join(lines)), file=sys.stderr, end="")


def expected_errors() -> tuple[type[Exception], ...]:
    """The errors whose message is written for the user; anything else is a fault of ours."""
    from pipeline import analyse, export, extract, given, load, query, read, retrieve, screen
    from pipeline.files import UnreadableFileError, UnwritableFileError
    from pipeline.fingerprint import FingerprintError
    from pipeline.rules import RulesError

    return (
        analyse.ReportError,
        export.ExportError,
        extract.ExtractError,
        given.NothingGivenError,
        load.CheckFailed,
        load.CorrectionsError,
        load.LoadError,
        FingerprintError,
        query.QueryError,
        read.UnreadableLineError,
        retrieve.RetrieveError,
        RulesError,
        screen.ProfileError,
        telling.OutputError,
        UnreadableFileError,
        UnwritableFileError,
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Retrieve where an address is set, then the rest of the line; one run at a time."""
    from pipeline import given, retrieve

    is_live = settings.is_live and not options.starter
    if options.dry_run:
        if is_live:
            given.count_only(settings)
        else:
            say(f"The starter corpus is bundled: there is nothing to ask Entrez for. {GO_LIVE}")
        return DONE
    given.refuse_other_disease(settings)
    with retrieve.run_lock(settings.extracted_dir / "raw"):
        raws, facts = (
            given.refreshed_files(settings)
            if is_live
            else given.files_at_hand(settings, options.starter)
        )
        return build(raws, settings, facts, options)


def bring_in(options: argparse.Namespace, settings: Settings) -> int:
    """Import: keep each file, say what is in it, then run the later stages."""
    from pipeline import given, retrieve

    given.refuse_other_disease(settings)
    with retrieve.run_lock(settings.extracted_dir / "raw"):
        is_clean, taken = given.take_in(options.paths, settings)
        raws, facts = given.given_files(settings)
        status = build(raws, settings, {**facts, "mode": "import"}, options, taken)
    return status if is_clean or status != DONE else DONE_WITH_REMARKS


def build(
    raws: Sequence[RawFile],
    settings: Settings,
    facts: dict[str, Any],
    options: argparse.Namespace,
    taken: Mapping[str, ParsedFile] | None = None,
) -> int:
    """Parse, screen, extract, load, analyse: everything after the given files.

    `taken` are files that were read already, by their key.
    """
    from pipeline import retrieve, state
    from pipeline.files import sha256_of_file
    from pipeline.rules import disease_files

    folder = settings.extracted_dir
    started_at = state.now_text()
    is_asked = any(raw.source == "entrez" for raw in raws)
    retrieval = retrieve.retrieval_tables(folder) if is_asked else {}
    known_records = retrieval.get("retrieval", ())
    key = state.inputs_sha256(
        raws,
        folder / "corrections.csv",
        QUERIES,
        known_records,
        disease_files(settings.disease),
    )
    known = state.read_state(folder / "state.json")
    damage = state.damage_of(settings.database, known)
    if known and known.inputs_sha256 == key:
        if damage is None and (folder / "report.html").exists():
            say(f"Nothing new. {known.closing}")
            return DONE if known.is_complete else DONE_WITH_REMARKS
        what = settings.database if damage else folder / "report.html"
        telling.warn(f"{what} {damage or 'is missing'}: it is made again.")
    facts |= {"run_id": run_id_of(started_at), "started_at": started_at, "inputs_sha256": key}
    is_complete, closing = build_anew(
        raws, settings, facts, retrieval, options, taken or {}, damage
    )
    state.write_state(
        folder / "state.json",
        state.State(
            inputs_sha256=key,
            closing=closing,
            is_complete=is_complete,
            database_sha256=sha256_of_file(settings.database),
        ),
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
    options: argparse.Namespace,
    taken: Mapping[str, ParsedFile],
    damage: str | None,
) -> tuple[bool, str]:
    """Every stage after retrieve, in order; whether nothing failed, and the closing line.

    `damage` says what is wrong with the DuckDB file of before.
    """
    from pipeline import analyse, extract, load, screen, state
    from pipeline.kept import made_from_kept
    from pipeline.kept_extractions import earlier_extractions, write_extractions
    from pipeline.progress import counted
    from pipeline.published import read_published
    from pipeline.records import Screening
    from pipeline.rules import bundled_rules, read_disease, vocabulary_of

    folder, rules = settings.extracted_dir, bundled_rules()
    corrections = folder / "corrections.csv"
    articles, problems = parsed_articles(raws, taken, folder / "parsed.jsonl")
    profile = read_disease(settings.disease)
    decisions = made_from_kept(
        folder / "screenings.jsonl",
        Screening,
        lambda known: screen.screen_anew(articles, profile, known),
    )
    screenings = list(decisions.values())
    decided = load.reviewed_screenings(screenings, articles, corrections)
    earlier = earlier_extractions(folder / "extractions.jsonl")
    known = {head.article_id: head.input_sha256 for head in earlier.of_status("ran")}
    engine, progress = engine_of(options, folder), counted("Reading")
    made = extract.extract_all(articles, decided, rules, known, progress, engine)
    extractions = write_extractions(folder / "extractions.jsonl", articles, made, earlier)
    counts = telling.count_stages(
        articles, decided, extractions.statuses, earlier.statuses, extractions.made_anew
    )
    rows = load.load(
        articles=articles,
        problems=problems,
        screenings=screenings,
        extractions=extractions,
        corrections_file=corrections,
        run={
            **facts,
            "disease": settings.disease_name,
            "finished_at": state.now_text(),
            "versions": state.versions(),
            "pipeline_version": __version__,
            "code_sha256": state.code_sha256(QUERIES),
            "rules_sha256": rules.sha256,
            "counts": counts,
        },
        vocabulary=vocabulary_of(rules),
        database=settings.database,
        queries_dir=QUERIES,
        retrieval=retrieval,
        published=read_published(settings.disease),
        checksums=extractions.checksums,
        doubt=f"the file of before {damage}" if damage else None,
        tell=say,
    )
    analyse.write_report(settings.database, QUERIES, folder / "report.html")
    say(telling.line_of_reading(counts))
    for line in analyse.lines_of_changes(settings.database) if retrieval else ():
        say(line)
    is_complete = tell_remarks(raws, problems, extractions.of_status("failed"))
    is_complete = is_complete and "n_unusable_files" not in facts
    return is_complete, telling.closing_line(settings, raws, counts, rows)


def parsed_articles(
    raws: Sequence[RawFile], taken: Mapping[str, ParsedFile], kept: Path
) -> tuple[Articles, list[ParseProblem]]:
    """The articles of all files; a file is read again only where it was new or not all usable."""
    from pipeline import parse
    from pipeline.kept import made_from_kept

    parsed = made_from_kept(
        kept,
        parse.ParsedFile,
        lambda known: parse.read_files(raws, {**taken, **known}),
        is_lasting=lambda file: not file.problems,
    )
    return parse.articles_of(parsed.values())


def engine_of(options: argparse.Namespace, folder: Path) -> Engine | None:
    """Where to read as the user asked; None for this process."""
    from pipeline.extract import Engine

    if options.workers == 1 and not options.cluster:
        return None
    shards = f"{options.shards or folder.absolute()}/shards-{os.getpid()}"
    return Engine(shards, options.workers, options.cluster, telling.warn)


def tell_remarks(
    raws: Sequence[RawFile], problems: Sequence[ParseProblem], failed: Sequence[Head]
) -> bool:
    """Name what could not be used or read; True where there was nothing of the kind.

    What is wrong with an imported file was said when it was taken in.
    """
    from pipeline import parse

    imported = {raw.name for raw in raws if raw.source == "import"}
    remarks = [p for p in problems if not parse.is_notice(p) and p.raw_file not in imported]
    doubles = [p for p in problems if parse.is_notice(p) and p.raw_file in imported]
    for problem in (*remarks, *doubles):
        telling.warn_of(problem, problem.raw_file)
    for head in failed:
        telling.warn(f"{head.article_id} could not be read: {head.message}")
    return not (failed or remarks)


COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "run": run,
    "import": bring_in,
    "read": answers.read,
    "query": answers.query,
    "evaluate": answers.evaluate,
    "bench": answers.bench,
    "report": answers.report,
    "export": answers.export,
    "review": answers.review,
    "fingerprint": answers.fingerprint,
    "doctor": doctor.doctor,
}


if __name__ == "__main__":
    sys.exit(main())
