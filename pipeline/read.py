"""'read': shows what would be extracted from one report of plain text, whatever its disease.

Reads text and rules, writes nothing.
Offsets are those of the text as given ("title" and "text" are counted apart).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import msgspec

from pipeline.parse.as_seen import AsSeen, as_seen
from pipeline.parse.plain import PlainReport, read_plain
from pipeline.records import Article, Episode, Extraction, Finding, Patient

HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")
NO_TEXT = ("%PDF-", "PK\x03\x04", "{\\rtf")  # how a PDF, an archive or .docx, an RTF begin
MOST_CHARACTERS = 2_000_000  # the longest full texts of PMC have a quarter of it
Extract = Callable[[Article], Extraction]


class UnreadableLineError(Exception):
    """A line of the input that is no report; the message names the line."""


def open_text(name: str) -> TextIO:
    """The named file, or standard input for '-'; bytes that are no UTF-8 become the mark for it."""
    if name == "-":
        if sys.stdin is None:
            raise UnreadableLineError("Standard input is closed: give a file or a text to read.")
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")  # type: ignore[union-attr]
        return sys.stdin
    try:
        return Path(name).open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise UnreadableLineError(f"{name} cannot be read: {error.strerror}.") from error


def refuse_other_than_text(text: str, name: str) -> None:
    """A PDF, an archive or UTF-16 would else look like a report that says nothing."""
    if text.startswith(NO_TEXT) or text.count("\0") * 10 > len(text):
        raise UnreadableLineError(
            f"{name} is no plain text in UTF-8 (a PDF, an Office document, an archive or UTF-16):"
            " save it as text in UTF-8 and give that."
        )


def read_text(extract: Extract, text: str, name: str, title: str | None = None) -> dict[str, Any]:
    """One report as plain data: patients, cohort figures, findings with their words and place."""
    if len(text) > MOST_CHARACTERS:
        raise UnreadableLineError(
            f"{name} has more than {MOST_CHARACTERS:,} characters: give one report at a time."
        )
    given = {"text": as_seen(whole(text)), "title": as_seen(whole(title or ""))}
    report = read_plain(given["text"].seen, whole(name), given["title"].seen)
    extraction = extract(report.article)
    return {
        "id": whole(name),
        "patients": [patient_data(patient) for patient in extraction.patients],
        "cohorts": [msgspec.to_builtins(figure) for figure in extraction.cohorts],
        "findings": [finding_data(finding, report, given) for finding in extraction.findings],
    }


def whole(text: str) -> str:
    """The text with the mark for a broken character in place of each half of a pair, as JSON can
    hold them: no encoder takes those. One character stays one, so that places stay right.
    """
    return HALF_OF_A_PAIR.sub("\ufffd", text)


def read_lines(extract: Extract, lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """The same for reports given as JSON, one {"id", "title", "text"} a line; blank lines pass.

    Raises UnreadableLineError naming the line where it is not such an object.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            row = decode(number, line)
            name = number if row.get("id") is None else row["id"]
            yield read_text(extract, row["text"], str(name), row.get("title"))


def decode(number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise UnreadableLineError(f"Line {number} is not JSON: {error}.") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise UnreadableLineError(f'Line {number} has no "text"; give {{"id", "title", "text"}}.')
    if not isinstance(row.get("title"), str | None):
        raise UnreadableLineError(f'Line {number}: "title" is no text.')
    if not isinstance(row.get("id"), str | int | float | None):
        raise UnreadableLineError(f'Line {number}: "id" is neither text nor number.')
    return row


def patient_data(patient: Patient) -> dict[str, Any]:
    return {
        "label": patient.label,
        "age_years": patient.age_years,
        "age_low": patient.age_low,
        "age_high": patient.age_high,
        "sex": patient.sex,
        "paraprotein_status": patient.paraprotein_status,
        "paraproteins": [
            {
                "heavy_chain": p.heavy_chain,
                "light_chain": p.light_chain,
                "concentration_g_per_l": p.concentration_g_per_l,
            }
            for p in patient.paraproteins
        ],
        "plasma_cell_disorder": patient.plasma_cell_disorder,
        "has_extracutaneous": patient.has_extracutaneous,
        "organs_present": [o.organ for o in patient.organs if o.status == "present"],
        "organs_absent": [o.organ for o in patient.organs if o.status == "absent"],
        "manifestations": [msgspec.to_builtins(m) for m in patient.manifestations],
        "therapies": [msgspec.to_builtins(episode) for episode in patient.therapies],
        "outcome": patient.outcome,
        "follow_up_months": patient.follow_up_months,
    }


def finding_data(finding: Finding, report: PlainReport, given: dict[str, AsSeen]) -> dict[str, Any]:
    """A finding with its place in the text as given, and its words as they stand there."""
    place = "text" if finding.section in report.places else "title"
    source = given[place]
    title_start = len(source.seen) - len(source.seen.lstrip())  # blanks before it are no title
    offset = report.places.get(finding.section, title_start)
    start = source.places[finding.char_start + offset]
    end = source.places[finding.char_end + offset - 1] + 1
    return {
        **msgspec.to_builtins(finding),
        "section": place,
        "quote": source.text[start:end],
        "char_start": start,
        "char_end": end,
    }


def lines_of(result: dict[str, Any]) -> Iterator[str]:
    """The result as text for people: each patient, then each value beside its words."""
    if not result["patients"]:
        yield "No patient individually described was found."
    for patient in result["patients"]:
        yield f"Patient {patient['label']}"
        yield from patient_lines(patient)
        yield ""
    yield "Evidence"
    for finding in result["findings"]:
        yield evidence_line(finding)
    if not result["findings"]:
        yield "  none"


def patient_lines(patient: dict[str, Any]) -> Iterator[str]:
    yield f"  age           {age_text(patient)}"
    yield f"  sex           {patient['sex'] or 'not stated'}"
    isotypes = ", ".join(isotype(p) for p in patient["paraproteins"])
    status = patient["paraprotein_status"].replace("not_reported", "not stated")
    yield f"  paraprotein   {status}{f' ({isotypes})' if isotypes else ''}"
    yield f"  disorder      {patient['plasma_cell_disorder'] or 'not stated'}"
    yield f"  organs        {', '.join(patient['organs_present']) or 'none stated'}"
    yield f"  denied        {', '.join(patient['organs_absent']) or 'none stated'}"
    for therapy in patient["therapies"]:
        episode = msgspec.convert(therapy, Episode)
        response = episode.response.replace("not_reported", "result not stated")
        relapse = ", then lost" if episode.is_relapse else ""
        course = course_text(episode)
        yield f"  therapy {episode.episode:<5} {episode.therapy}: {response}{relapse}{course}"
    yield f"  outcome       {patient['outcome'].replace('not_reported', 'not stated')}"


def course_text(episode: Episode) -> str:
    """Dose, duration and stop, each only where the text tells it."""
    reason = (episode.stop_reason or "reason not stated").replace("_", " ")
    ended = {True: f"ended ({reason})", False: "goes on", None: None}[episode.is_stopped]
    told = (episode.dose_text, episode.duration_text and f"given {episode.duration_text}", ended)
    return "".join(f"; {words}" for words in told if words)


def age_text(patient: dict[str, Any]) -> str:
    if patient["age_years"] is not None:
        return f"{patient['age_years']:g} years"
    if patient["age_low"] is not None:
        return f"{patient['age_low']:g} to {patient['age_high']:g} years"
    return "not stated"


def isotype(component: dict[str, Any]) -> str:
    parts = (component["heavy_chain"], component["light_chain"])
    return " ".join(part for part in parts if part) or "isotype not stated"


def evidence_line(finding: dict[str, Any]) -> str:
    owner = finding["patient_id"].rsplit("/", 1)[-1] if finding["patient_id"] else "-"
    about = "" if finding["subject"] == "patient" else f" [{finding['subject']}]"
    return (
        f"  {owner:<3} {finding['field']:<22} {finding['value']:<26} {finding['status']:<9}"
        f"{about} {finding['confidence']:.2f}  {finding['quote']!r} in: {finding['sentence']}"
    )
