"""How many own patients a report announces. Reads judged statements, writes nothing.

An announcement first ("we report two patients"), then the title, then any number of the series.
Of a mixed cohort ("two of 28 had the disease") the patients with the disease count: see `mixed`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.own_patients.ages_told import ages_introduced, introductions
from pipeline.extractors.own_patients.mixed import first_of, mixed_count
from pipeline.extractors.series.counting import NUMBER, PEOPLE, first_count, number_of
from pipeline.language.folding import fold
from pipeline.records import Statement

# 'We describe the largest cohort', 'this report describes 35 patients': nobody alone.
PLURAL = re.compile(
    r"\b(?:cohort|series|registry|patients|cases|pacientes|casos|doentes|malades|patienten"
    r"|patientinnen|falle|fallen)\b",
    re.IGNORECASE,
)
# 'We gave up the trial' says what the authors did, not to how many.
OF_AUTHORS = re.compile(
    r"(?:we|wir|nous|on) (?!.*\b(?:report|present|describ|document|bericht|rapport|decri)).*ed\b"
    r"|we (?:\w+ ){0,2}(?:gave|chose|began)\b",
    re.IGNORECASE,
)
OURS = re.compile(r"\b(?:our|we)\b", re.IGNORECASE)
# Without one of these words none of the next six expressions is tried.
SIFTED = re.compile(
    r"screened|assessed|approached|identified|referred|criteria|there were|excluded|remaining"
    r"|\bother\b",
    re.IGNORECASE,
)
SCREENED = re.compile(
    rf"\b{PEOPLE} (?:were|was) (?:screened|assessed|approached|identified|referred)\b[^.]{{0,60}}?"
    rf"(?<![\w./-])(?P<n>{NUMBER}) (?:{PEOPLE} )?(?:were )?(?:then |finally |eventually )?"
    rf"(?:enrolled|included|treated|recruited|analysed|analyzed)\b",
    re.IGNORECASE,
)
# 'Of the 34 patients whose records were reviewed, 25 fulfilled all criteria'.
FULFILLED = re.compile(
    rf"(?<![\w./-])(?P<of>{NUMBER}) (?:[\w-]+ ){{0,3}}?{PEOPLE}\b[^.;]{{0,60}}?"
    rf"\b(?:review|screen|suspect|assess|evaluat|refer|consider)\w*[^.;]{{0,30}}[,;] ?(?:and "
    rf"|of whom |of these,? |among whom )?(?P<n>{NUMBER}) (?:{PEOPLE} )?(?:who )?"
    rf"(?:fulfilled|met|satisfied)\b[^.;]{{0,40}}\bcriteria\b",
    re.IGNORECASE,
)
THERE_WERE = re.compile(rf"\bthere were (?P<n>{NUMBER}),", re.IGNORECASE)
# 'Two were excluded … of the remaining six patients'.
EXCLUDED = re.compile(rf"\b{NUMBER} (?:{PEOPLE} )?(?:was|were|had to be) excluded\b", re.IGNORECASE)
REMAINING = re.compile(rf"\bremaining (?P<n>{NUMBER}) (?:[\w-]+ )?{PEOPLE}\b", re.IGNORECASE)
# 'Seventeen were referred; the remaining nine are reported here'.
REPORTED = re.compile(
    rf"\b(?:remaining|other) (?P<n>{NUMBER}) [^.;]{{0,60}}"
    r"\b(?:reported|included|analy[sz]ed|described)\b",
    re.IGNORECASE,
)

# 'A case report and review of the literature': one, however many the review counts.
ONE_CASE = re.compile(
    r"\bcase report\b(?! of (?:two|three|\d))|\breport of (?:an?|one|single) |\ba case of\b"
    r"|\b(?:a proposito de un caso|relato de (?:um )?caso|a propos d'un cas)\b",
    re.IGNORECASE,
)


def announced_count(own: Sequence[Statement]) -> int | None:
    """How many own patients the text announces; None where it does not say."""
    folded = [(statement, fold(statement.text)) for statement in own]
    special = mixed_count(own) or screened_count([text for _, text in folded])
    if special:
        return special
    introduced = max((introductions(text) for s, text in folded if announces(s)), default=0)
    if introduced <= 1:
        introduced = max((size_of_roll(text) for _, text in folded), default=0)
    if introduced > 1:
        told = [text for s, text in folded if s.teller == "series" and has_cue(s, "series_own")]
        return max(introduced, first_of(told) or 0)
    if any(s.role == "title" and ONE_CASE.search(text) for s, text in folded):
        return 1
    announced = [text for s, text in folded if announces_several(s)]
    titles = [text for s, text in folded if s.role == "title" and "review" not in text.lower()]
    if in_title := first_of(titles):
        return in_title
    count = None if is_one_first(own) else first_of(announced)
    if count is None:
        return count_told(folded)
    is_ours = OURS.search(announced[0]) is not None
    return count if is_ours else max(count, told_before(folded, announced[0]))


def told_before(own: Sequence[tuple[Statement, str]], announcement: str) -> int:
    """The number of the series told before 'four patients were treated'; 0 where there is none."""
    texts = [text for statement, text in own if statement.role != "title"]
    before = texts[: texts.index(announcement)]
    told = [text for s, text in own if s.teller == "series" and text in before]
    return first_of(told) or 0


def count_told(own: Sequence[tuple[Statement, str]]) -> int | None:
    """The number in a text that announces none: one, or the first that is told of the series,
    which counts where as many ages are told."""
    count = first_of([t for s, t in own if s.teller == "series" and s.role != "title"])
    if count is not None and count == ages_introduced([s for s, _ in own]):
        return count
    is_one = any(s.teller == "patient" and s.role != "title" and is_singular(s) for s, _ in own)
    return 1 if is_one and not (count and counts_first(own)) else count


def counts_first(own: Sequence[tuple[Statement, str]]) -> bool:
    """True where people are counted before one is spoken of: 'nine patients were seen … one patient
    died'; where that one has an age, they must have been counted twice."""
    told = [(s, text) for s, text in own if s.role != "title"]
    one = next((n for n, (s, _) in enumerate(told) if s.teller == "patient" and is_singular(s)), 0)
    before = [
        text for s, text in told[:one] if s.teller == "series" and (first_count(text) or 0) > 1
    ]
    has_age = any(introductions(text) for s, text in told if s.teller == "patient")
    return len(before) > int(has_age)


def size_of_roll(folded: str) -> int:
    """'Three patients, two women aged 52 and 66 and a man aged 70': three, each with an age."""
    size = introductions(folded)
    return size if size > 1 and first_count(folded) == size else 0


def screened_count(texts: Sequence[str]) -> int | None:
    """'Nine patients were screened and seven enrolled': seven; 'there were five, four of them';
    'two were excluded, the remaining six patients …': six."""
    texts = [text for text in texts if SIFTED.search(text)]
    found = [
        SCREENED.search(text)
        or FULFILLED.search(text)
        or THERE_WERE.search(text)
        or REPORTED.search(text)
        for text in texts
    ]
    is_reduced = any(EXCLUDED.search(text) for text in texts)
    found += [REMAINING.search(text) for text in texts if is_reduced]
    return next((number_of(match["n"]) for match in found if match), None)


def announces(statement: Statement) -> bool:
    return has_cue(statement, "own") or has_cue(statement, "series_own")


def is_one_first(own: Sequence[Statement]) -> bool:
    """True where one own patient is announced before any group: 'We report a case …'."""
    first = next((s for s in own if s.role != "title" and announces(s)), None)
    return first is not None and first.teller == "patient" and is_singular(first)


def announces_several(statement: Statement) -> bool:
    """True for 'we reviewed ten patients', 'the present report describes 35 patients'."""
    if statement.role == "title" or not announces(statement):
        return False
    is_counted = has_cue(statement, "series_own") and statement.teller == "series"
    return is_counted or (statement.teller == "patient" and not is_singular(statement))


def has_cue(statement: Statement, group: str) -> bool:
    return any(mention.group == group for mention in statement.of("statements"))


def is_singular(statement: Statement) -> bool:
    """True where the words mean one person: 'our patient', 'she', 'a 57-year-old man'."""
    own = [cue for cue in statement.of("statements") if cue.group == "own"]
    is_of_one = any(not OF_AUTHORS.match(cue.text) for cue in own)
    is_of_several = PLURAL.search(fold(statement.text)) is not None
    return has_cue(statement, "person") or (is_of_one and not is_of_several)
