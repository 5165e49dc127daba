"""The only reader of pipeline/rules and pipeline/diseases. Reads CSV and TOML, writes nothing.

A rules file holds one surface form per row.
Words that many rows share stand once, in `word_lists.toml`; a row calls them by `{name}`.
A row that is not as it should be is refused with one sentence that names file and line.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COLUMNS = ("id", "label", "group", "codes", "term", "match", "unless", "note")
REQUIRED = ("id", "term", "match")
MATCHES = ("phrase", "exact", "regex", "defined")
RULES_FOLDER = Path(__file__).parent / "rules"
DISEASES_FOLDER = Path(__file__).parent / "diseases"
WORD_LISTS = "word_lists.toml"
NAMED_LIST = re.compile(r"\{([a-z_]+)\}")  # a number in braces is a regular expression's


class RulesError(Exception):
    """A rules or disease file that cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One surface form.

    match: 'phrase' (any case, blanks and hyphens alike, 'ae'/'oe' also as 'e'), 'exact' (as
    typed, case counts), 'regex' (any case), 'defined' (an abbreviation, as typed, that counts
    only where the same text gives its long form or another form of the same id).
    unless: a regular expression that cancels the row where it matches within 60 characters.
    Both hold the words of the lists they name, never a `{name}`.
    """

    table: str
    line: int
    id: str
    label: str
    group: str
    codes: str
    term: str
    match: str
    unless: str
    note: str

    @property
    def name(self) -> str:
        return f"{self.table}.csv:{self.line}"


@dataclass(frozen=True)
class Rules:
    """All rules tables by name, and one checksum over every byte of them."""

    tables: Mapping[str, tuple[Row, ...]]
    sha256: str

    def table(self, name: str) -> tuple[Row, ...]:
        return self.tables[name]

    def labels(self, name: str) -> dict[str, Row]:
        """The first row of each id of a table: its label, group and codes."""
        return self.firsts[name]

    @functools.cached_property
    def firsts(self) -> dict[str, dict[str, Row]]:
        return {name: {row.id: row for row in reversed(rows)} for name, rows in self.tables.items()}

    @functools.cached_property
    def by_name(self) -> dict[str, Row]:
        """Every row by what a mention and a finding call it, e.g. 'organs.csv:12'."""
        return {row.name: row for rows in self.tables.values() for row in rows}


def read_rules(folder: Path = RULES_FOLDER) -> Rules:
    """Read and check every `*.csv` in `folder`; raises RulesError naming file and line."""
    tables, checksum = {}, hashlib.sha256()
    lists = read_word_lists(folder / WORD_LISTS)
    for path in sorted([*folder.glob("*.csv"), *folder.glob(WORD_LISTS)]):
        checksum.update(path.name.encode() + path.read_bytes())
        if path.suffix == ".csv":
            tables[path.stem] = read_table(path, lists)
    if not tables:
        raise RulesError(f"{folder} holds no rules (*.csv).")
    return Rules(tables, checksum.hexdigest())


def read_word_lists(path: Path) -> dict[str, str]:
    """Regular expressions by name; {} without a file. Raises RulesError naming the list."""
    if not path.exists():
        return {}
    try:
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"{path.name}: {error}.") from error
    for name, words in lists.items():
        if not (isinstance(words, str) and words and NAMED_LIST.fullmatch(f"{{{name}}}")):
            raise RulesError(f"{path.name}: {name!r} is no list: small letters = 'words|words'.")
        check_expression(words, f"{path.name}: {name}")
    return lists


def check_expression(expression: str, what: str) -> None:
    try:
        re.compile(expression)
    except re.error as error:
        raise RulesError(f"{what} is no regular expression: {error}.") from error


def read_table(path: Path, lists: Mapping[str, str]) -> tuple[Row, ...]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle, strict=True)
        try:
            header = next(reader, [])
            check_header(path, header)
            rows = [make_row(path, reader.line_num, cells, lists) for cells in reader if any(cells)]
        except (csv.Error, UnicodeDecodeError) as error:
            raise RulesError(f"{path.name}, line {reader.line_num}: {error}.") from error
    check_terms(path, rows)
    return tuple(rows)


def check_header(path: Path, header: list[str]) -> None:
    unknown = [name for name in header if name not in COLUMNS]
    if unknown:
        raise RulesError(f"{path.name}, line 1: unknown column {unknown[0]!r}.")
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise RulesError(f"{path.name}, line 1: column {missing[0]!r} is missing.")
    if tuple(header) != COLUMNS:
        raise RulesError(f"{path.name}, line 1: columns must be in the order {','.join(COLUMNS)}.")


def make_row(path: Path, line: int, cells: list[str], lists: Mapping[str, str]) -> Row:
    where = f"{path.name}, line {line}"
    if len(cells) != len(COLUMNS):
        raise RulesError(f"{where}: {len(cells)} cells where {len(COLUMNS)} are needed.")
    values = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    empty = [name for name in REQUIRED if not values[name]]
    if empty:
        raise RulesError(f"{where}: {empty[0]!r} is empty.")
    if values["match"] not in MATCHES:
        raise RulesError(f"{where}: match {values['match']!r} is none of {', '.join(MATCHES)}.")
    for column in ("unless", *(["term"] if values["match"] == "regex" else [])):
        unknown = [name for name in NAMED_LIST.findall(values[column]) if name not in lists]
        if unknown:
            raise RulesError(f"{where}: {WORD_LISTS} has no list {unknown[0]!r}.")
        values[column] = NAMED_LIST.sub(lambda found: lists[found[1]], values[column])
        check_expression(values[column], f"{where}: {column}")
    return Row(table=path.stem, line=line, **values)


def check_terms(path: Path, rows: list[Row]) -> None:
    """A form that stands for two ids would be read by chance as one of them."""
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row.term if row.match in ("exact", "defined") else row.term.casefold(), row.group)
        other = seen.setdefault(key, row)
        if other is not row:
            raise RulesError(
                f"{path.name}, line {row.line}: {row.term!r} stands in line {other.line} already."
            )


def disease_file(disease: str, folder: Path = DISEASES_FOLDER) -> Path:
    """The file of a disease: one of `folder` by its name, or any file given as a path (.toml)."""
    return Path(disease) if disease.endswith(".toml") else folder / f"{disease}.toml"


def read_disease(disease: str, folder: Path = DISEASES_FOLDER) -> dict[str, Any]:
    """The profile of one disease; raises RulesError naming the file."""
    path = disease_file(disease, folder)
    try:
        profile = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError) as error:
        known = ", ".join(known_diseases(folder))
        raise RulesError(
            f"There is no disease {disease!r}; known are: {known} (or the path of a .toml file)."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{path.name}: {error}.") from error
    missing = [table for table in ("search", "screening", "term") if table not in profile]
    if missing:
        raise RulesError(f"{path.name}: there is no [{missing[0]}].")
    return profile


def known_diseases(folder: Path = DISEASES_FOLDER) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.toml"))


def starter_folder(disease: str) -> Path:
    """Where the bundled reports of a disease are: its key `starter`, seen from its file.

    Without the key it is a folder of the disease's name; a disease may come without reports.
    """
    file = disease_file(disease)
    return file.parent / str(read_disease(disease).get("starter", file.stem))


def gold_file(disease: str) -> Path:
    """Where the annotated facts of a disease are: its key `gold`, seen from its file."""
    file = disease_file(disease)
    if name := read_disease(disease).get("gold"):
        return file.parent / str(name)
    raise RulesError(f"{file.name} names no annotated facts (`gold`); name yours with --gold.")


def disease_files(disease: str) -> list[Path]:
    """All that people decided of a disease: its profile and its published series."""
    file = disease_file(disease)
    return sorted(path for path in file.parent.glob(f"{file.stem}.*") if path.is_file())


@functools.cache
def bundled_rules() -> Rules:
    """The rules that ship with the program, read once a process."""
    return read_rules()


def vocabulary_of(rules: Rules) -> dict[str, list[dict[str, str]]]:
    """The rules as plain rows by table, for the vocabulary tables of the DuckDB file."""
    return {
        name: [{column: getattr(row, column) for column in COLUMNS} for row in rows]
        for name, rows in rules.tables.items()
    }
