"""What a cell says in a word or a sign: yes, no, not stated, a response, an outcome.

Reads rules/table_cells.csv and the notes below a table, writes nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from pipeline.extractors.treatment.cues import Cue
from pipeline.language.folding import fold
from pipeline.records import Report, Statement
from pipeline.rules import Row, Rules

TABLE = "table_cells"
SHORT = 4  # words up to which a cell is more sign than sentence


class CellWords:
    """The rows of rules/table_cells.csv, compiled, and what the notes of one report say of signs.

    `unknown` are signs that a note explains as not stated ('-, not available'); `no_response` is
    True where a note explains 'NR' as no response.
    """

    def __init__(self, rules: Rules, report: Report) -> None:
        self.rows = patterns_of(rules.table(TABLE))
        notes = [fold(s.text).lower() for s in report.article.sections if is_note(s.kind, s.text)]
        unknown = [p for row, p in self.rows if row.id == "not_available"]
        explained = [found.group() for note in notes for p in unknown for found in p.finditer(note)]
        self.unknown = {re.split(r"[,:=\s]", words, maxsplit=1)[0] for words in explained}
        no_response = [p for row, p in self.rows if row.id == "no_response"]
        self.no_response = any(p.search(note) for note in notes for p in no_response)

    def plain(self, statement: Statement) -> str:
        return statement.cell.plain.strip(" .") if statement.cell else ""

    def yes_no(self, statement: Statement) -> str | None:
        """'yes', 'no' or 'unknown' where the whole cell says nothing else; None for other words."""
        plain = self.plain(statement)
        if plain in self.unknown:
            return "unknown"
        return next(
            (row.id for row, p in self.rows if row.group == "yesno" and p.fullmatch(plain)), None
        )

    def is_unknown(self, statement: Statement) -> bool:
        return self.yes_no(statement) == "unknown"

    def found(self, statement: Statement, group: str) -> list[Cue]:
        """The words of a group in a cell, the longest where they overlap, in order."""
        text = fold(statement.text)
        hits = [
            Cue(row.id, statement.start + m.start(), statement.start + m.end(), row.name)
            for row, pattern in self.rows
            if row.group == group
            for m in pattern.finditer(text)
        ]
        kept: list[Cue] = []
        for cue in sorted(hits, key=lambda cue: (cue.start - cue.end, cue.start)):
            if all(cue.end <= other.start or cue.start >= other.end for other in kept):
                kept.append(cue)
        return sorted(kept, key=lambda cue: cue.start)

    def responses(self, statement: Statement, told: Sequence[Cue]) -> list[Cue]:
        """The responses of a cell: by its short words, else as the text rules read a sentence."""
        said = self.yes_no(statement)
        if self.no_response and self.plain(statement) == "nr":
            return [Cue("none", statement.start, statement.end, f"{TABLE}.csv:no_response")]
        if said == "unknown":
            return []
        if said == "yes":
            return [Cue("improved", statement.start, statement.end, f"{TABLE}.csv:yes")]
        if said == "no":
            return [Cue("none", statement.start, statement.end, f"{TABLE}.csv:no")]
        short = self.found(statement, "response")
        return list(told) if told and len(statement.text.split()) > SHORT else short or list(told)


def is_note(kind: str, text: str) -> bool:
    return kind == "legend" or (kind != "body" and len(text) < 600)


@functools.lru_cache(maxsize=4)
def patterns_of(rows: tuple[Row, ...]) -> tuple[tuple[Row, re.Pattern[str]], ...]:
    return tuple((row, re.compile(row.term, re.IGNORECASE)) for row in rows)
