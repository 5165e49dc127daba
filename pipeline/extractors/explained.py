"""Symptoms that the text explains elsewhere: by a drug, another organ or another disease.

Reads a Report and the mentions of its organs, writes nothing.
"The breathlessness was ascribed to heart failure" explains the dyspnoea told before;
"tingling in the feet; a neuropathy due to thalidomide was found" explains the tingling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.extractors.causes import blame_of
from pipeline.language.folding import fold
from pipeline.records import Mention, Report, Statement

OTHER_ORGAN, OTHER_DISEASE, DRUG_EFFECT = "other_organ", "other_disease", "drug_effect"
OTHER_CAUSE = "other_cause"
THE = re.compile(r"\b(?:the|this|these|his|her) (?:\w+ )?$", re.IGNORECASE)
Laid = frozenset[tuple[str, str]]
# Symptoms that one organ may cause and another may show.
SYMPTOM_OF = {"dyspnea": "dyspnea", "exertional_dyspnea": "dyspnea"}
# What a diagnosis of the same organ, told behind it in the sentence, explains.
EXPLAINED = ("paresthesia", "muscle_weakness", "proximal_muscle_weakness", "myalgia", "cough",
             "gait_disturbance", *SYMPTOM_OF)  # fmt: skip
EXPLAINS = {
    "myopathy": ("muscle_weakness", "proximal_muscle_weakness"),
    "neuropathy": ("paresthesia",),
}


def laid_elsewhere(report: Report, flags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(patient, symptom) that some sentence lays to another organ: 'the breathlessness was
    ascribed to heart failure' also explains the dyspnoea told before. What it lays to a drug is
    no involvement in the title either."""
    titles = [s for s in report.statements if s.role == "title"]
    titled = {mention.concept for title in titles for mention in title.of("organs")}
    for statement in report.statements:
        for mention in statement.of("organs"):
            yield from explained_by(statement, mention, flags)
            symptom = SYMPTOM_OF.get(mention.concept)
            if symptom is None and is_the_one(statement, mention):
                symptom = mention.concept
            if symptom is None and mention.concept not in titled:
                continue
            blame = blame_of(statement, mention, flags[mention.rule])
            for label in statement.patients if blame else ():
                if symptom and blame in (OTHER_ORGAN, OTHER_DISEASE, OTHER_CAUSE):
                    yield label, symptom
                elif blame == DRUG_EFFECT:
                    yield label, in_title(mention)


def explained_by(
    statement: Statement, diagnosis: Mention, flags: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """'A steroid myopathy was assumed' also explains the weakness told in another sentence."""
    words = diagnosis.text.lower()
    symptoms = next((told for name, told in EXPLAINS.items() if words.endswith(name)), ())
    is_of_drug = (
        symptoms
        and not diagnosis.is_negated
        and (
            diagnosis.concept == OTHER_DISEASE
            or blame_of(statement, diagnosis, flags[diagnosis.rule]) == DRUG_EFFECT
        )
    )
    for label in statement.patients if is_of_drug else ():
        yield from ((label, symptom) for symptom in symptoms)


def is_the_one(statement: Statement, mention: Mention) -> bool:
    """'The seizures were laid to metastases': those told of before, and to a named disease."""
    before = fold(statement.text)[: mention.start - statement.start]
    is_named = any(other.concept == OTHER_DISEASE for other in statement.of("organs"))
    is_named |= any(cue.concept == OTHER_CAUSE for cue in statement.of("attributions"))
    return is_named and THE.search(before) is not None


def in_title(mention: Mention) -> str:
    return f"{mention.concept} in the title"


def is_laid_elsewhere(statement: Statement, mention: Mention, laid: Laid) -> bool:
    symptom = SYMPTOM_OF.get(mention.concept, mention.concept)
    symptoms = (symptom, in_title(mention)) if statement.role == "title" else (symptom,)
    return any((label, told) in laid for label in statement.patients for told in symptoms)


def is_explained(statement: Statement, symptom: Mention, flags: Mapping[str, str]) -> bool:
    """True where the sentence goes on to a diagnosis of that organ which it lays to something
    else."""
    return symptom.concept in EXPLAINED and any(
        other.group == symptom.group
        and other.start > symptom.end
        and not other.is_negated
        and blame_of(statement, other, flags[other.rule])
        for other in statement.of("organs")
    )
