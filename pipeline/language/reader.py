"""Reads an article into a Report: sentences, mentions judged by their context, abbreviations.

Reads an Article and the rules, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
from spacy.tokens import Doc

from pipeline.language.broken_words import BrokenWords
from pipeline.language.concepts import ConceptMatcher, Match
from pipeline.language.context import Context
from pipeline.language.medspacy_parts import ConTextModifier
from pipeline.language.near_misses import OTHER_WORDS, NearMisses
from pipeline.language.pipeline import build_language
from pipeline.language.sections import role_of
from pipeline.language.statements import judge
from pipeline.language.table_statements import cells_of
from pipeline.language.tables import TableReader
from pipeline.records import Article, Mention, Report, Section, Statement
from pipeline.rules import Rules

# Read by others: cues of ConText, misspellings, headers and cells of tables.
NO_CONCEPTS = ("context", OTHER_WORDS, "table_headers", "table_cells")
CUES_ONLY = ("statements", "sexes", "stops")
MOST_CHARACTERS = 4000
LINE = re.compile(r"[^\n]+")
WORD_OF_A_CASE = re.compile(r"(?:case|patient|caso|paciente|cas|fall|observation)", re.IGNORECASE)
NUMBER_AFTER = re.compile(r" \d{1,2}[.:)] ")
LOST_SIGN = re.compile(r"\? ?(?:-?[a-z]|[)\]])")  # 'IgG ?-lambda', 'IgG? paraprotein': no question
COLON = re.compile(r"[a-z]:$")  # 'Dysphagia:' 2.
COUNTS_LISTED = re.compile(r"[a-zλκ] \d{1,3},[^.]{1,80}[a-z]$")  # 'dysphagia 8, cardiac' 2.
NUMBER_IN_BRACKETS = re.compile(r" \d{1,2}\)")


class Reader:
    """Holds what is built once: the spaCy pipeline, ConText and the concept matcher."""

    def __init__(self, rules: Rules) -> None:
        self.nlp = build_language()
        self.context = Context(self.nlp, rules.table("context"))
        self.tables = TableReader(rules)
        self.matcher = ConceptMatcher(
            row for name, rows in rules.tables.items() if name not in NO_CONCEPTS for row in rows
        )
        every = [row for rows in rules.tables.values() for row in rows]
        self.near_misses, self.broken_words = NearMisses(every), BrokenWords(every)

    def read(self, article: Article) -> Report:
        """Every sentence of the article, and every cell of its tables of patients and figures, with
        its mentions and its teller; no patient labels yet."""
        statements: list[Statement] = []
        abbreviations: dict[str, str] = {}
        for section in article.sections:
            cells = list(cells_of(section, self.tables)) if section.kind == "table" else []
            statements.extend(self.with_mentions(statement) for statement in cells)
            if cells:
                continue
            for start, end in blocks_of(section.text):
                text = section.text[start:end]
                doc = self.nlp(text)
                abbreviations.update((a.text, a._.long_form.text) for a in doc._.abbreviations)
                statements.extend(self.statements_of(section, doc, text, start))
        return Report(
            article=article,
            statements=judge(statements),
            abbreviations=tuple(sorted(abbreviations.items())),
        )

    def statements_of(
        self, section: Section, doc: Doc, text: str, offset: int
    ) -> Iterator[Statement]:
        """The sentences of one block of a section; `offset` is where the block begins."""
        role = role_of(section)
        mentions = self.mentions(doc, text, self.matches_in(text), offset)
        for begin, finish in sentence_spans(doc, text):
            start, end = begin + offset, finish + offset
            yield Statement(
                section=section.section,
                role=role,
                start=start,
                end=end,
                text=section.text[start:end],
                has_citation=any(start < place <= end for place in section.citations),
                mentions=tuple(m for m in mentions if start <= m.start < end),
            )

    def with_mentions(self, statement: Statement) -> Statement:
        """A cell with what is found in it and in its header, each judged for itself."""
        mentions = self.mentions_in(statement.text, statement.start)
        header = statement.cell.header if statement.cell else ""
        cell = statement.cell and msgspec.structs.replace(
            statement.cell, named=tuple(self.mentions_in(header, 0))
        )
        return msgspec.structs.replace(statement, mentions=tuple(mentions), cell=cell)

    def mentions_in(self, text: str, offset: int) -> list[Mention]:
        """The mentions of a text as short as a cell; it is parsed only where there are any."""
        matches = self.matches_in(text)
        return self.mentions(self.nlp(text), text, matches, offset) if matches else []

    def matches_in(self, text: str) -> list[Match]:
        found = self.matcher.find(text)
        joined = self.broken_words.joined(text)
        if joined is not None:
            found = joined.with_found(found, self.matcher.find(joined.text))
        return sorted(
            [*found, *self.near_misses.find(text, found)],
            key=lambda match: (match.start, match.end, match.row.table),
        )

    def mentions(self, doc: Doc, text: str, matches: Sequence[Match], offset: int) -> list[Mention]:
        judged = [match for match in matches if match.row.table not in CUES_ONLY]
        cues = iter(self.context.cues_of(doc, text, judged))
        return [
            make_mention(m, () if m.row.table in CUES_ONLY else next(cues), text, offset)
            for m in matches
        ]


def blocks_of(text: str) -> Iterator[tuple[int, int]]:
    """Spans of at most MOST_CHARACTERS, ended at a line break, a full stop or a blank if possible.

    Sentence segmentation and ConText take time that grows with the square of a text.
    """
    start = 0
    while len(text) - start > MOST_CHARACTERS:
        window = text[start : start + MOST_CHARACTERS]
        cut = max(window.rfind("\n"), 0) or max(window.rfind(". "), 0) or window.rfind(" ")
        end = start + (cut + 1 if cut > 0 else MOST_CHARACTERS)
        yield start, end
        start = end
    if text[start:].strip():
        yield start, len(text)


def make_mention(
    match: Match, modifiers: Sequence[ConTextModifier], text: str, offset: int
) -> Mention:
    row = match.row
    kinds = {modifier.category for modifier in modifiers}
    return Mention(
        table=row.table,
        concept=row.id,
        label=row.label,
        group=row.group,
        codes=row.codes,
        rule=row.name,
        start=match.start + offset,
        end=match.end + offset,
        text=text[match.start : match.end],
        is_near_miss=match.is_near_miss,
        is_negated="NEGATED_EXISTENCE" in kinds,
        is_family="FAMILY" in kinds,
        is_hypothetical="HYPOTHETICAL" in kinds,
        is_historical="HISTORICAL" in kinds,
        is_uncertain="POSSIBLE_EXISTENCE" in kinds,
        cues=tuple(sorted({modifier.rule.literal for modifier in modifiers})),
    )


def sentence_spans(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    """Character spans of the sentences without surrounding blanks; a line break ends one too.

    pysbd takes the numbers of 'Case 1. A man … Case 2. A woman …', of '(patients 1 and 2)' and of
    'dysphagia 8, cardiac 2.' for those of a list and parts them from their words, and a mark in
    place of a lost sign for a question; they are joined again.
    """
    begin: int | None = None
    for start, end in line_spans(doc, text):
        begin = start if begin is None else begin
        is_name = WORD_OF_A_CASE.fullmatch(text, start, end) and NUMBER_AFTER.match(text, end)
        is_open = text.rfind("(", begin, end) > text.rfind(")", begin, end)
        is_list = is_open and NUMBER_IN_BRACKETS.match(text, end)
        is_number = NUMBER_AFTER.match(text, end)
        is_count = is_number and (
            COUNTS_LISTED.search(text, begin, end) or COLON.search(text, begin, end)
        )
        if is_name or is_list or is_count or LOST_SIGN.match(text, end - 1):
            continue
        yield begin, end
        begin = None


def line_spans(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    for sentence in doc.sents:
        for piece in LINE.finditer(text, sentence.start_char, sentence.end_char):
            stripped = piece.group().strip()
            if stripped:
                start = piece.start() + len(piece.group()) - len(piece.group().lstrip())
                yield start, start + len(stripped)
