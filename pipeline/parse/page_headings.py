"""Headings of plain text: on lines of their own, at the head of a line, within it. Reads text only.

The roles they name are those of `language.sections`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.sections import role_of_heading
from pipeline.records import Role

HEADING_LENGTH = 60
# Lists beside a page's text: nothing below them is the report's.
BESIDE = re.compile(
    r"(?:similar|related|recommended|suggested|further|more) (?:articles?|reading|publications?"
    r"|papers?"
    r"|information|content)|cited by(?: \d+)?|citing articles?|see also|you may also (?:like|be"
    r" interested in)|linkout.*|article metrics|most read|latest articles?",
    re.IGNORECASE,
)
INLINE = (
    r"Abstract|ABSTRACT|Summary|Background|BACKGROUND|Introduction|INTRODUCTION|Objectives?"
    r"|OBJECTIVES?|Methods|METHODS|Materials and [Mm]ethods|Patients and [Mm]ethods|Results|RESULTS"
    r"|Conclusions?|CONCLUSIONS?|Case [Rr]eports?|CASE REPORTS?|Case [Pp]resentations?"
    r"|CASE PRESENTATIONS?|Case [Ss]tudy|Case [Dd]escription|Case [Ss]ummary|CASE SUMMARY"
    r"|Report of (?:a )?[Cc]ases?|REPORT OF (?:A )?CASES?|Case [Hh]istory"
    r"|Observations?|OBSERVATIONS?|Discussion|DISCUSSION|Comment|COMMENT|Key ?-?[Ww]ords|KEY ?WORDS"
    r"|Purpose|Aims?|Patient concerns|Diagnos[ie]s|Interventions?|Outcomes?|Lessons"
    r"|Resumen|Resumo|Résumé|Zusammenfassung|Palabras clave|Palavras-chave|Mots[- ]clés"
    r"|Caso clínico|Relato de caso|Introducción|Introdução|Discusión|Discussão|Hintergrund"
    r"|Fallbericht|Kasuistik|Correspondence(?: Address)?|How to cite this (?:article|URL)"
    r"|Conflicts? of [Ii]nterest|Funding|References|REFERENCES|Acknowledge?ments?"
    r"|Patients? and [Mm]ethods?|(?:Case|Caso|Cas|Fall|Patient|Relato|Patienten?)(?=\s*[:.])"
    r"|MeSH [Tt]erms|Publication [Tt]ypes?|Substances|Learning points?|Teaching points?"
)
AT_LINE_START = re.compile(
    rf"(?P<heading>{INLINE})\s*(?::|\||[-–—](?=\s)|[.,](?=\s+[A-Z0-9¿])|(?=\s+[A-Z0-9¿]))\s*"
)
INSIDE_LINE = re.compile(
    rf"(?:(?<=[.?!)\]]\s)|(?<=[.?!]))(?P<heading>{INLINE}|Case \d|CASE \d|Patient \d)"
    r"(?::\s*|\s*\|\s*|\s+(?=[A-Z0-9]))"
)
CASE_AT_START = re.compile(
    r"(?P<heading>(?:Case|CASE|Patient|PATIENT|Caso|Cas|Fall)\s*(?:[Nn][o.]{0,2}\s?[º°]?\s*)?"
    r"(?:\d{1,2}|[IVX]{1,4}|[A-H]))\s*[:.\-–—]\s*"
)


def role_named(heading: str) -> Role | None:
    """The role of a heading; that of a list beside the text is 'other'."""
    return "other" if BESIDE.fullmatch(heading.strip()) else role_of_heading(heading)


def headings_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Every heading with the span it takes: lines of their own, at a line's start, within it."""
    for line in re.finditer(r"[^\n]+", text):
        offset = line.start() + len(line.group()) - len(line.group().lstrip())
        content = line.group().strip()
        if not content:
            continue
        if is_heading_line(content):
            yield content.strip(" :|*#"), offset, offset + len(content)
            continue
        position = 0
        while found := AT_LINE_START.match(content, position) or (
            CASE_AT_START.match(content) if position == 0 else None
        ):
            yield found["heading"], offset + found.start(), offset + found.end()
            position = found.end()
        for inner in INSIDE_LINE.finditer(content, position):
            yield inner["heading"], offset + inner.start(), offset + inner.end()


def begins_section(line: str) -> bool:
    """A line that is a heading or begins with one: nothing before it runs on into it."""
    content = line.strip()
    found = AT_LINE_START.match(content) or CASE_AT_START.match(content)
    return found is not None or is_heading_line(content)


def is_heading_line(content: str) -> bool:
    bare = content.strip(" :|*#")
    if len(content) > HEADING_LENGTH:
        return False
    return not content.endswith((".", ",")) and role_named(bare) is not None
