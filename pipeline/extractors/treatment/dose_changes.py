"""Verbs that speak of a dose rather than of the disease: 'prednisone was reduced'.

Reads statements, writes nothing.
"""

from __future__ import annotations

import re

from pipeline.extractors.clauses import text_between
from pipeline.extractors.treatment.grades import LOSSES
from pipeline.language.folding import fold
from pipeline.records import Mention, Statement

OF_DISEASE = re.compile(
    r"\s*(?:the |his |her )?(?:disease|skin|lesions?|papules|eruption|induration|condition|process"
    r"|symptoms?|progress\w*|pruritus|itch\w*|enfermedad|doenca|maladie|erkrankung)\b",
    re.IGNORECASE,
)
LOWER_DOSE = re.compile(
    r"\s*(?:by|with|after|on|when|once|upon) (?!(?:the |a )?(?:first|second|third|fourth|fifth"
    r"|sixth|last|next|initial|full|high\w*|same|single|this|that|each) )(?:\w+ ){0,3}"
    r"(?:dose|dosage)\b",
    re.IGNORECASE,
)
DOSE_CHANGE = re.compile(r"reduc|decreas|diminish|declin|stabili|halt|normali|fell", re.IGNORECASE)
DOSE_VERB = re.compile(
    r"\s*(?:dose |dosage )?(?:was |were |has been |had been |could be |being )?(?:\w+ly )?",
    re.IGNORECASE,
)
HAS_OBJECT = re.compile(r"\s*(?:the|his|her) (?!dos|rate|interval|frequency)\w+", re.IGNORECASE)


def is_dose_verb(mention: Mention, statement: Statement) -> bool:
    """'Prednisone was reduced' speaks of its dose, 'relieved by a lower dose' of a side effect."""
    behind = text_between(statement, mention.end, statement.end)
    if LOWER_DOSE.match(behind) and mention.concept not in LOSSES:
        return True
    names_disease = OF_DISEASE.match(behind) or OF_DISEASE.search(fold(mention.text))
    if names_disease or not DOSE_CHANGE.match(mention.text) or HAS_OBJECT.match(behind):
        return False
    return any(
        drug.end <= mention.start
        and DOSE_VERB.fullmatch(text_between(statement, drug.end, mention.start))
        for drug in statement.of("therapies")
    )
