"""Decides on one report: included or excluded, with one reason and the words that decided.

Reads a Reading and a Profile, writes nothing. The order of the questions: is there text, is it
a comment, an animal, a report without a patient of its own; then which disease that patient has.
Eligibility: the annotation guideline; Rongioletti and Rebora 2001 for the forms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.any_of import AnyOf
from pipeline.language.tense import is_finite_past
from pipeline.screen import cues, kinds
from pipeline.screen.disease import disease_verdict, rival_of, target_of
from pipeline.screen.evidence import TITLE_WEIGHT, Evidence, heaviest
from pipeline.screen.profile import Profile
from pipeline.screen.reading import GENERAL, Reading
from pipeline.screen.text import Sentence
from pipeline.screen.verdict import Verdict, included

OPENING_SENTENCES = 14
# A title of more words than this says more than the name of the disease.
WORDS_OF_A_NAME = 3


def verdict_of(reading: Reading, profile: Profile) -> Verdict:
    """The reason of one report, from the closed list."""
    target = target_of(reading, profile)
    if not reading.body.strip():
        return title_only(reading, target)
    comment = comment_verdict(reading)
    if comment is not None:
        return comment
    if is_animal(reading):
        return Verdict("non_human")
    if not has_own_patients(reading):
        return without_patients(reading, profile, target)
    return disease_verdict(reading, profile, target)


def title_only(reading: Reading, target: Sequence[Evidence]) -> Verdict:
    """A bare title counts where it names the disease and the record is of a case."""
    best = heaviest(target)
    told = kinds.CASE_TITLE.search(reading.titles) or kinds.TOLD_TITLE.search(reading.titles)
    is_case = "case report" in reading.types or told is not None
    is_review = kinds.REVIEW_TITLE.search(reading.titles) or kinds.COMMENT_TITLE.search(
        reading.titles
    )
    if best is not None and best.weight and is_case and not is_review:
        return included(reading, best)
    return Verdict("no_text", best)


def comment_verdict(reading: Reading) -> Verdict | None:
    """A comment or news on other people's patients, unless it tells of a patient of its own."""
    own = [reading.sentences[index] for index in sorted(reading.own)]
    news = first_match(kinds.NEWS_TEXT, reading.sentences[:OPENING_SENTENCES])
    if news is not None and not any(kinds.FIRST_PERSON.search(sentence.text) for sentence in own):
        return Verdict("comment", news)
    found = first_match(kinds.COMMENT_TEXT, reading.sentences[:OPENING_SENTENCES])
    is_titled = kinds.COMMENT_TITLE.search(reading.titles) is not None
    is_typed = re.search(r"\bcomment\b|editorial", reading.types) is not None
    if not (found or is_titled or is_typed):
        return None
    if first_match(kinds.NO_OWN, reading.sentences):
        return Verdict("comment", found)
    if "case reports" in reading.types and own:
        return None
    if any(tells_own_case(sentence) for sentence in own):
        return None
    return Verdict("comment", found)


def tells_own_case(sentence: Sentence) -> bool:
    """Stricter in comments, where 'the patient' is often that of the authors commented on."""
    if cues.CITED.search(sentence.text) or kinds.COMMENT_TEXT.search(sentence.text):
        return False
    return bool(cues.OWN_SAID.search(sentence.text) or cues.AGED_PERSON.search(sentence.text))


def has_own_patients(reading: Reading) -> bool:
    """Own words of the text; else the record's type or a title that tells a case."""
    title = reading.titles
    if kinds.SYSTEMATIC_TITLE.search(title):
        return kinds.CASE_ADDED.search(title) is not None
    if is_review(reading) and not any(is_told_case(reading.sentences[i]) for i in reading.own):
        return kinds.CASE_NAMED.search(title) is not None
    if reading.own or "case report" in reading.types or "clinical trial" in reading.types:
        return True
    return kinds.CASE_TITLE.search(title) is not None


def is_review(reading: Reading) -> bool:
    """By its title, its type or its own words; a case told beside a review is no review."""
    is_titled = kinds.REVIEW_TITLE.search(reading.titles) is not None
    if is_titled and not kinds.CASE_NAMED.search(reading.titles):
        return True
    if "review" in reading.types and "case report" not in reading.types:
        return True
    return first_match(kinds.REVIEW_TEXT, reading.sentences) is not None


def is_told_case(sentence: Sentence) -> bool:
    """In a review, only the authors' own words of reporting or one person's age make a case."""
    if cues.REPORTED_HERE.search(sentence.text):
        return True
    if cues.CITED.search(sentence.text):
        return False
    is_one = cues.ONE_PERSON.search(sentence.text) and not cues.VAGUE.search(sentence.text)
    said = cues.OWN_SAID.search(sentence.text) or cues.AGED_PERSON.search(sentence.text)
    return bool(said or is_one or cues.OWN_RECORDS.search(sentence.text))


def without_patients(reading: Reading, profile: Profile, target: Sequence[Evidence]) -> Verdict:
    """A review, a mere mention, or a case that only its title tells ('X treated with Y')."""
    best, rival = heaviest(target), heaviest(rival_of(reading, profile))
    is_titled = best is not None and best.weight >= TITLE_WEIGHT
    if is_review(reading):
        return Verdict("review_only", best)
    if rival is not None and rival.weight >= TITLE_WEIGHT and not is_titled:
        return Verdict("other_disease", rival)
    if not is_titled:
        is_named = best is not None or profile.ambiguous.search(f"{reading.titles} {reading.body}")
        return Verdict("mention_only" if is_named else "review_only", best)
    tells_more = len(reading.titles.split()) > WORDS_OF_A_NAME
    if (tells_more and kinds.RESULT_TITLE.search(reading.titles)) or tells_events(reading):
        return included(reading, best)
    return Verdict("review_only", best)


def tells_events(reading: Reading) -> bool:
    """A sentence tells what happened, not what is known: under the title of the disease that is
    its patient, also where no noun or pronoun names one ('Acute leukaemia was fatal')."""
    others = (cues.REPORTED_BY_OTHERS, kinds.IN_VITRO)
    if any(first_match(pattern, reading.sentences) for pattern in others):
        return False
    return any(
        is_finite_past(s.text)
        and not (
            GENERAL.search(s.text) or cues.CITED.search(s.text) or kinds.HISTORY.search(s.text)
        )
        for s in reading.sentences
        if not s.is_title
    )


def is_animal(reading: Reading) -> bool:
    return bool(kinds.NON_HUMAN.search(reading.titles)) and not re.search(
        r"\b(?:patients?|man|woman|case)\b", reading.titles, re.IGNORECASE
    )


def first_match(pattern: AnyOf, sentences: Sequence[Sentence]) -> Evidence | None:
    for sentence in sentences:
        found = pattern.search(sentence.text)
        if found:
            return Evidence(sentence, found.start(), found.end(), 0.0)
    return None
