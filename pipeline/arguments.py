"""The commands of the command line and what each takes. Reads and writes nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

EPILOG = """examples:
  python -m pipeline run                        refresh the corpus and build the DuckDB file
  python -m pipeline import my_records.xml      add PubMed XML, JATS XML, .nbib, text, HTML
  python -m pipeline query response_by_therapy  print the answer to a question
  python -m pipeline read report.txt            show what would be extracted from one text

exit status:
  0  done
  1  nothing was changed; the message says why
  2  wrong usage
  3  done, but something named in the output could not be used or failed

settings (environment, or .env in this folder; see .env.example):
  NCBI_EMAIL, NCBI_API_KEY, ENTREZ_BASE_URL, DISEASE, EXTRACTED_DIR, LOG_FORMAT
"""
EXAMPLES = {
    "run": (
        "run",
        "run --starter                  the bundled reports, whatever is set",
        "run --workers 4                read the reports on four processes",
        "run --dry-run                  what Entrez would be asked for, and how many it holds",
    ),
    "import": (
        "import saved_from_pubmed.xml",
        "import library.nbib full_texts/",
    ),
    "read": (
        "read report.txt",
        "read - --json < report.txt",
        "read reports.jsonl --jsonl     one object with id, title and text a line",
    ),
    "query": (
        "query                          the questions there are",
        "query organs",
        "query evidence_of_patient patient_id=PMID:20110069/1",
    ),
    "evaluate": (
        "evaluate",
        "evaluate --ablation            also what each part brings",
        "evaluate --gold mine.jsonl --texts my_texts/",
    ),
    "export": (
        "export",
        "export for_the_statistician",
    ),
    "review": ("review",),
    "bench": ("bench",),
    "doctor": ("doctor",),
    "fingerprint": ("fingerprint",),
    "report": ("report",),
}


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command and what it takes; ends the program with status 2 where they do not fit."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    if getattr(options, "shards", None) and not options.cluster and options.workers == 1:
        parser.error("--shards says where --workers or --cluster put the reports: give one of them")
    return options


def make_parser() -> argparse.ArgumentParser:
    """The parser; the name of the command ends up in `command`."""
    parser = argparse.ArgumentParser(
        prog=program_name(),
        description="Case reports of a rare disease, from PubMed to one DuckDB file.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--log-json", action="store_true", help="say everything as one JSON object a line"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = add_command(commands, "run", "refresh the corpus and build the DuckDB file")
    run.add_argument("--starter", action="store_true", help="use the bundled starter corpus")
    run.add_argument("--dry-run", action="store_true", help="ask Entrez for counts, then stop")
    add_engine(run)
    bring = add_command(commands, "import", "add records you have, then build the DuckDB file")
    bring.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")
    add_engine(bring)
    read = add_command(commands, "read", "show what would be extracted from plain text")
    read.add_argument("file", metavar="FILE", help="a text file, or - for standard input")
    how = read.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print one JSON object")
    how.add_argument("--jsonl", action="store_true", help="many reports, one JSON object a line")
    query = add_command(commands, "query", "print the answer to a question; without, list them")
    query.add_argument("name", nargs="?", help="a file of queries/reports without .sql")
    query.add_argument("--all", action="store_true", help="print every row, however many")
    query.add_argument(
        "values", nargs="*", type=named_value, metavar="NAME=VALUE", help="what the query asks for"
    )
    evaluate = add_command(commands, "evaluate", "compare with the annotated facts")
    evaluate.add_argument("--texts", type=Path, help='folder of JSON files {"id", "title", "text"}')
    evaluate.add_argument(
        "--gold", type=Path, help="annotated facts (JSON Lines) other than those of the disease"
    )
    evaluate.add_argument("--no-baselines", action="store_true", help="the pipeline alone")
    evaluate.add_argument("--ablation", action="store_true", help="also what each part brings")
    evaluate.add_argument(
        "--accuracy",
        metavar="TEXTS",
        help="only how well yes-or-no facts are read, as rows of diseases/*.accuracy.csv;"
        " TEXTS says which texts they were measured on",
    )
    export = add_command(commands, "export", "write the DuckDB file as what other tools take")
    export.add_argument(
        "folder", nargs="?", type=Path, help="where to; without, `export` beside the DuckDB file"
    )
    add_command(commands, "review", "open the review notebook in a browser")
    add_command(commands, "bench", "time the extractor against the bare tokenizer")
    add_command(commands, "doctor", "say what is set up, what is missing and what to do")
    add_command(commands, "fingerprint", "print a checksum for each table of the DuckDB file")
    add_command(commands, "report", "write report.html from the DuckDB file")
    return parser


def program_name() -> str:
    """'scleromyxedema' where the installed command was called, else as it is run in a clone."""
    called = Path(sys.argv[0]).stem
    return called if called.startswith("scleromyxedema") else "python -m pipeline"


def add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, purpose: str
) -> argparse.ArgumentParser:
    """A command whose help ends with examples."""
    examples = "\n".join(f"  {program_name()} {example}" for example in EXAMPLES[name])
    return commands.add_parser(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_engine(command: argparse.ArgumentParser) -> None:
    """Where reports are read: in this process, on several, or on a cluster."""
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--workers", type=count_of_workers, default=1, metavar="N", help="read on N processes"
    )
    where.add_argument("--cluster", metavar="ADDRESS", help="read on a Dask cluster")
    command.add_argument(
        "--shards",
        metavar="FOLDER",
        help="with --workers or --cluster: a folder or fsspec URL that every worker sees",
    )


def named_value(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not (name and separator):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name, value


def count_of_workers(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes")
    return int(text)
