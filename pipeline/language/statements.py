"""Judges whose statement a sentence is before its facts count. Reads statements, writes nothing.

Four kinds of sentence carry most false values: background, cited cases, recommendations, family.
`weighing` judges a sentence by its cues, `course` remembers what the sentences before said.
A sentence that speaks of two is cut (`clauses`); each piece becomes a statement of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.language.clauses import is_relative, pieces_of, sentences_of
from pipeline.language.course import Course, cue_of, cues_of, remember, with_role
from pipeline.language.late_patient import with_late_patient
from pipeline.language.lists import without_note
from pipeline.language.tense import is_past
from pipeline.language.weighing import decisive, teller_of, weak
from pipeline.records import Statement, Teller

# Somebody not known yet.
ANOTHER = re.compile(
    r"\b(?:an?|another|one) (?:second|third|fourth|further|other|[1-9]\d-year-old)?"
    r" ?(?:[\w-]+ ){0,2}?(?:patient|case|man|woman)\b",
    re.IGNORECASE,
)


def judge(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Give each statement, in the order of the report, its teller and the cue that decided.

    A statement that speaks of two is returned as several, in order, without gaps.
    """
    course = Course()
    judged: list[Statement] = []
    for statement in statements:
        if statement.cell is not None:
            judged.append(statement)  # a cell has its teller from its table
            continue
        placed = with_role(statement, course)
        for start, end in spans_of(placed):
            sentence = placed.part(start, end)
            told = list(told_pieces(sentence, course))
            judged.extend(told)
            remember(sentence, told, course)
    return tuple(with_late_patient(judged))


def spans_of(statement: Statement) -> list[tuple[int, int]]:
    """The sentences hidden in a statement; the note on signs of a legend stands for itself."""
    spans = sentences_of(statement.text)
    if statement.role != "legend":
        return spans
    return [part for span in spans for part in without_note(statement.text, *span)]


def told_pieces(statement: Statement, course: Course) -> Iterator[Statement]:
    """The statement judged; in several pieces where its parts have different tellers."""
    whole = teller_of(statement, course)
    if statement.role in ("title", "keywords", "other") or whole[0] == "heading":
        yield named(statement, whole)
        return
    pieces = [statement.part(start, end) for start, end in pieces_of(statement.text)]
    tellers = tellers_of(pieces, whole, course)
    first = 0
    for number in range(1, len(pieces) + 1):
        if number == len(pieces) or tellers[number][0] != tellers[first][0]:
            start, end = pieces[first].start, pieces[number - 1].end
            offset = statement.start
            yield named(statement.part(start - offset, end - offset), tellers[first])
            first = number


def tellers_of(
    pieces: Sequence[Statement], whole: tuple[Teller, str], course: Course
) -> list[tuple[Teller, str]]:
    """The teller of each piece; one without a cue of its own takes that of the sentence."""
    if len(pieces) == 1:
        return [whole]
    own = [teller_of_piece(piece, course) for piece in pieces]
    main = [
        told
        for piece, told in zip(pieces, own, strict=True)
        if told is not None and not is_relative(piece.text)
    ]
    default = next((told for told in main if told[0] in ("patient", "series")), None)
    default = default or (main[0] if main else whole)
    told = [told or default for told in own]
    return list(with_cited_others(pieces, told))


def with_cited_others(
    pieces: Sequence[Statement], tellers: Sequence[tuple[Teller, str]]
) -> Iterator[tuple[Teller, str]]:
    """'Okabe saw it improve in a woman, whereas in a third patient it failed': cited as well."""
    last: tuple[Teller, str] | None = None
    for piece, told in zip(pieces, tellers, strict=True):
        is_other = told[0] == "patient" and "own" not in cues_of(piece)
        if last is not None and last[0] == "cited" and is_other and ANOTHER.search(piece.text):
            told = last
        last = told
        yield told


def teller_of_piece(piece: Statement, course: Course) -> tuple[Teller, str] | None:
    """What a piece says of itself; None where it has no cue."""
    cues = cues_of(piece)
    told = decisive(piece, cues, course)
    if told is not None:
        return told
    is_told = is_past(piece.text)
    if is_relative(piece.text) and not is_told:
        return "background", "a general clause"
    if "series" in cues:
        return "series", cue_of(cues["series"])
    return None if is_told else weak(cues)


def named(statement: Statement, told: tuple[Teller, str]) -> Statement:
    return msgspec.structs.replace(statement, teller=told[0], why=told[1])
