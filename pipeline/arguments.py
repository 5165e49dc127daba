"""The commands of the command line and what each takes. Reads and writes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

EXAMPLES = """examples:
  python -m pipeline run                        refresh the corpus and build the DuckDB file
  python -m pipeline import my_records.xml      add PubMed XML, JATS XML, .nbib, text, HTML
  python -m pipeline query response_by_therapy  print the answer to a question
  python -m pipeline read report.txt            show what would be extracted from one text
"""


def make_parser() -> argparse.ArgumentParser:
    """The parser; the name of the command ends up in `command`."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline",
        description="Case reports of scleromyxedema, from PubMed to one DuckDB file.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--log-json", action="store_true", help="say everything as one JSON object a line"
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
    evaluate.add_argument(
        "--gold", type=Path, help="annotated facts (JSON Lines) other than the bundled ones"
    )
    evaluate.add_argument("--no-baselines", action="store_true", help="the pipeline alone")
    evaluate.add_argument("--ablation", action="store_true", help="also what each part brings")
    export = commands.add_parser("export", help="write the DuckDB file as what other tools take")
    export.add_argument(
        "folder", nargs="?", type=Path, help="where to; without, `export` beside the DuckDB file"
    )
    commands.add_parser("bench", help="time the extractor against the bare tokenizer")
    commands.add_parser("doctor", help="say what is set up, what is missing and what to do")
    commands.add_parser("fingerprint", help="print a checksum for each table of the DuckDB file")
    commands.add_parser("report", help="write extracted/report.html from the DuckDB file")
    return parser
