"""One cue of context: as ConText wants it, and where it reaches no further, whatever ConText says.

Reads rows of the context table and spans, writes nothing.
"""

from __future__ import annotations

import re

from spacy.tokens import Span

from pipeline.language.folding import fold
from pipeline.language.medspacy_parts import ConTextModifier, ConTextRule
from pipeline.rules import Row, RulesError

CATEGORIES = {
    "negation": "NEGATED_EXISTENCE",
    "uncertain": "POSSIBLE_EXISTENCE",
    "historical": "HISTORICAL",
    "hypothetical": "HYPOTHETICAL",
    "family": "FAMILY",
}
RELATIVE = re.compile(r"\b(?:whose|dont|cuy[oa]s?|cuj[oa]s?|deren|dessen)\b", re.IGNORECASE)
# 'Myeloma in his father', 'arthritis (mother)': so is a relative's what stands before the word;
# 'fever after his wife had a cold' is the patient's.
LENT = re.compile(
    r"(?:[(:]|\b(?:in|of|among|affecting|like|from|en|em|de|del|da|do|chez|bei|von|dans|nel))"
    r" ?(?:(?!(?:after|when|since|while|because|as|that|who|which|before|until|if|whom)\b)"
    r"[\w'-]+ ){0,3}$",
    re.IGNORECASE,
)
FAMILY = re.compile(r"famil|anteced|historia|consang", re.IGNORECASE)
# 'His wife had a cold; within days he became drowsy': the patient again.
OWN_AGAIN = re.compile(r"[,;.] (?:[\w-]+ ){0,3}?(?:he|she|(?:the|our|this) patient)\b|\. [A-Z]")
NEXT_CLAUSE = re.compile(
    r";|[,.] (?:and|but|while|whereas|although|y|e|et|und|mas|pero|mais|aber)\b", re.IGNORECASE
)
DIRECTIONS = ("forward", "backward", "bidirectional", "terminate", "pseudo")


def context_rule(row: Row) -> ConTextRule:
    """One cue as ConText wants it; a cue that terminates ends the scope of every kind of cue."""
    kind = "negation" if row.id == "any" else row.id
    if kind not in CATEGORIES or row.group not in DIRECTIONS:
        raise RulesError(f"{row.name}: unknown kind or direction {row.id!r}, {row.group!r}.")
    pattern = row.term if row.match == "regex" else None
    scope = int(row.codes) if row.codes else None
    if row.group == "terminate":
        # medspaCy 1.3 overlooks a cue that lies inside the whole-sentence scope of a terminator,
        # so that only the first terminator of a sentence would end a backward cue.
        scope = 1
    return ConTextRule(
        fold(row.term),
        CATEGORIES[kind],
        pattern=pattern,
        direction=row.group.upper(),
        max_scope=scope,
    )


def is_of_name(cue: ConTextModifier, named: set[int]) -> bool:
    """True where a cue is words of a finding's name: the 'not' of 'could not swallow' denies
    nothing that is named after it."""
    return named.issuperset(range(*cue.modifier_span))


def is_cut_off(span: Span, cue: ConTextModifier) -> bool:
    """True where a relative's clause ends between a word such as 'mother' and the target:
    'a man, whose mother had lupus, had dyspnoea', 'she had dyspnoea, and her father has gout'."""
    if cue.category != CATEGORIES["family"]:
        return False
    first, last = cue.modifier_span
    if last <= span.start:
        before = span.doc[max(0, first - 2) : first].text
        between = span.doc[last : span.start].text
        is_aside = RELATIVE.search(before) is not None and "," in between
        return is_aside or OWN_AGAIN.search(between) is not None
    between = span.doc[span.end : first].text_with_ws
    is_lent = FAMILY.match(cue.rule.literal) is not None or LENT.search(between) is not None
    return not is_lent or NEXT_CLAUSE.search(between) is not None
