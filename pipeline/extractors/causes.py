"""Whether a finding is laid to a drug, to another disease or to the skin, and so is not counted.

Reads the mentions of a statement (rules/attributions.csv, therapies, organs), writes nothing.
An attribution row's group says where the finding stands seen from the cue ('before', 'after',
'near'), its code how many characters away at most; 'cause' rows only name causes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.folding import fold
from pipeline.records import Mention, Statement

TABLE = "attributions"
GENERIC_ENDING = "_involvement"
CAUSE_REACH = 45  # characters after 'due to' in which the cause is named
TREATED = re.compile(
    r"\b(?:treat|improv|resol|respon|recover|disappear|manag|regress|remi|control)"
)
CLAUSE_END = re.compile(
    r"[.;]|\b(?:but|however|although|whereas"
    r"|and (?:she|he|the patient|died|was|were|had|has))\b"
)
# What points to a cause only for findings that drugs are known to bring about.
WEAK_LINK = re.compile(
    r"(?:from|during|under|while|after|following|on|with|induced)\b", re.IGNORECASE
)
BRINGS = ("drug_brings", "under_drug")
WITH_INFUSION = "with_infusion"
NEAR_DRUG = 30
BRACKET = re.compile(r" ?\((?:[\w-]+ ){0,2}", re.IGNORECASE)
ELIDED = re.compile(r" but $")  # 'Thalidomide was begun but caused …': thalidomide did
UNDER = re.compile(
    r"\b(?:after|following|during|under|while on|while taking|on)\b[^.;,]{0,40}$", re.IGNORECASE
)
UNDER_THERAPY = re.compile(
    r"\b(?:after|following|during|under|on)\b[^.;]{0,40}\b(?:chemo)?(?:therapy"
    r"|treatment)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
SYMPTOMS_OF_OTHER_ORGANS = ("dyspnea", "exertional_dyspnea", "respiratory_failure", "cough")
OWN_CAUSES = ("own_cause", "skin_cause")
IT = re.compile(r" (?:it|the latter|this disease|this condition)\b", re.IGNORECASE)
# A hand that does not open is the skin's, a joint named is a joint's (guideline, "Fields").
HAND = re.compile(
    r"\b(?:hands?|fingers?|digits?|fist|mouth|oral|face|facial|lips?|jaw|skin|cutaneous|manos?"
    r"|dedos?"
    r"|maos?|mains?|doigts?|finger|hande?|piel|pele|peau|haut)\b",
    re.IGNORECASE,
)
JOINT = re.compile(
    r"\b(?:joints?|articul\w+|elbows?|shoulders?|knees?|wrists?|hips?|ankles?|neck|spine|limbs?"
    r"|interphalangeal|metacarpophalangeal|codos?|hombros?|rodillas?|munecas?|cotovelos?|ombros?"
    r"|joelhos?|coudes?|epaules?|genoux|poignets?|gelenk\w*|ellenbogen|schulter\w*|knie)\b",
    re.IGNORECASE,
)
MOBILITY_REACH = 60  # characters around limited motion in which the part that moves is named
TOXICITY, MOBILITY = "toxicity", "mobility"


def blame_of(statement: Statement, finding: Mention, flag: str) -> str | None:
    """The kind of cause that takes the finding out of the count, None where there is none.

    `flag` is the note of the finding's row: 'toxicity' (known as a harm of the drugs used),
    'mobility' (may come from the skin alone).
    """
    if flag == MOBILITY and is_of_hand(statement, finding):
        return "skin"
    if flag == TOXICITY and is_in_brackets_of_drug(statement, finding):
        return "drug_effect"
    for cue in statement.of(TABLE):
        if cue.group == "cause" or not reaches(statement, cue, finding):
            continue
        if cue.concept == "cause":
            kind = named_cause(statement, cue, finding, flag)
            if kind:
                return kind
        elif cue.concept in BRINGS:
            if flag == TOXICITY and (
                is_drug_before(statement, cue)
                or (finding.group == "hematologic" and is_therapy_before(statement, cue))
            ):
                return "drug_effect"
        elif cue.concept == WITH_INFUSION:
            if flag == TOXICITY:
                return "drug_effect"
        elif is_told(cue, finding) and applies(cue, finding):
            return cue.concept
    return None


def is_in_brackets_of_drug(statement: Statement, finding: Mention) -> bool:
    """'Intolerant of thalidomide (neuropathy)': a known harm in brackets behind the drug."""
    text = fold(statement.text)
    return any(
        drug.table == "therapies"
        and BRACKET.fullmatch(text[drug.end - statement.start : finding.start - statement.start])
        for drug in statement.mentions
        if drug.end <= finding.start
    )


def is_told(cue: Mention, finding: Mention) -> bool:
    """A denied cue says nothing, but 'no neuropathy from the drug' denies what the drug does."""
    return not cue.is_negated or (finding.is_negated and cue.group == "before")


def is_of_hand(statement: Statement, finding: Mention) -> bool:
    """True for motion of the hands or the mouth with no joint named: the skin is what limits it."""
    text = fold(statement.text)
    start = max(0, finding.start - statement.start - MOBILITY_REACH)
    near = text[start : finding.end - statement.start + MOBILITY_REACH]
    return HAND.search(near) is not None and JOINT.search(near) is None


def is_drug_before(statement: Statement, cue: Mention) -> bool:
    """'Melphalan led to …', 'after ten years of melphalan he developed …'."""
    text = fold(statement.text)
    for drug in statement.mentions:
        if drug.table != "therapies" or drug.end > cue.start or drug.is_negated:
            continue
        between = text[drug.end - statement.start : cue.start - statement.start]
        between = ELIDED.sub("", between)
        before = text[: drug.start - statement.start]
        if cue.concept == "drug_brings":
            if len(between) <= NEAR_DRUG and CLAUSE_END.search(between) is None:
                return True
        elif len(between) <= NEAR_DRUG and UNDER.search(before):
            return True
    return False


def is_therapy_before(statement: Statement, cue: Mention) -> bool:
    """'After nine years of therapy he developed leukaemia', with no drug named."""
    return UNDER_THERAPY.search(fold(statement.text)[: cue.start - statement.start]) is not None


def applies(cue: Mention, finding: Mention) -> bool:
    """Another disease explains the findings of the organ it is known for; an examination of an
    organ is no involvement, while 'evaluation of dyspnoea' tells of a symptom."""
    if cue.concept == "other_disease":
        return finding.group in cue.label.split()
    if cue.concept == "examined":
        return finding.concept.endswith(GENERIC_ENDING)
    return True


def reaches(statement: Statement, cue: Mention, finding: Mention) -> bool:
    """True where the finding stands on the cue's side, near enough and in the same clause; or
    within the cue itself: 'caused leukopenia and was withdrawn'."""
    if cue.start <= finding.start and finding.end <= cue.end:
        return cue.concept == "drug_effect"
    farthest = int(cue.codes or 0)
    after = finding.start >= cue.end
    if cue.group != "near" and after != (cue.group == "after"):
        return False
    left, right = (cue.end, finding.start) if after else (finding.end, cue.start)
    if not 0 <= right - left <= farthest:
        return False
    between = fold(statement.text)[left - statement.start : right - statement.start]
    is_treated = cue.concept == "cause" and TREATED.search(between) is not None
    return CLAUSE_END.search(between) is None and not is_treated


def named_cause(statement: Statement, cue: Mention, finding: Mention, flag: str) -> str | None:
    """What stands behind 'due to': a drug, the skin, an organ, the disease, or something else."""
    is_weak = WEAK_LINK.match(cue.text) is not None
    causes = list(named_after(statement, cue))
    kinds = {mention.table for mention in causes}
    if "therapies" in kinds and (flag == TOXICITY or not is_weak):
        return "drug_effect"
    if any(m.concept == "skin_cause" for m in causes) and flag == MOBILITY:
        return "skin"
    if is_weak:
        return None
    if any(m.table == TABLE and m.concept == "other_disease" for m in causes):
        return "other_disease"  # 'attributed to rheumatoid lung'
    organs = {m.group for m in causes if m.table == "organs"}
    if organs - {"none", "systemic"}:
        is_elsewhere = finding.concept in SYMPTOMS_OF_OTHER_ORGANS and finding.group not in organs
        return "other_organ" if is_elsewhere else None
    if any(m.concept in OWN_CAUSES for m in causes) or is_of_own_disease(statement, cue):
        return None
    return "other_disease"


def is_of_own_disease(statement: Statement, cue: Mention) -> bool:
    """'Scleromyxedema was diagnosed, the arthralgia being ascribed to it.'"""
    folded = fold(statement.text)
    is_it = IT.match(folded, cue.end - statement.start) is not None
    return is_it and any(
        other.concept == "own_cause" and other.end <= cue.start for other in statement.of(TABLE)
    )


def named_after(statement: Statement, cue: Mention) -> Iterator[Mention]:
    """The mentions in the words behind the cue, up to the end of the clause."""
    behind = fold(statement.text)[cue.end - statement.start :][:CAUSE_REACH]
    end = CLAUSE_END.search(behind)
    limit = cue.end + (end.start() if end else len(behind))
    for mention in statement.mentions:
        if cue.end <= mention.start < limit and mention.concept != "cause":
            yield mention
