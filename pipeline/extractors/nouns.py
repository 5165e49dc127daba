"""Whether an organ that is only named ('heart', 'lungs') is named as involved or as spared.

Reads statements, writes nothing.
Counted is a noun in a list that a word such as 'involvement of' governs, or of which a verb such
as 'were spared' tells; 'examination of the heart and the lungs' names organs and says nothing.
"""

from __future__ import annotations

import re

from pipeline.language.folding import fold
from pipeline.records import Mention, Statement

REACH = 120  # characters before a noun in which the governing word may stand
ITEMS = r"(?P<items>(?:[ ,/]{1,2}[\w'-]+){0,14}?)"
GOVERNED = re.compile(
    r"\b(?:(?:trouble|complaints?|problems?|disorders?|diseases?|symptoms?|signs?|manifestations?)"
    r"(?= (?:of|with|from|in) )"
    r"|involvement|affection|affectation|infiltration|mucinosis"
    r"|(?:mucin\w*|acid mucopolysaccharides?)(?: deposits?| deposition| infiltrat\w+"
    r"| accumulation| material)?(?: (?:was|were|had been|could be) (?:\w+ ){1,3}?(?=in\b))?"
    r"|afectacion|compromiso|comprometimento|acometimento|envolvimento"
    r"|atteinte|infiltracion|beteiligung|befall)"
    rf" ?(?:of|in|on|with|from|de|del|do|da|du|des|der|von){ITEMS}[ ,/]{{1,2}}$",
    re.IGNORECASE,
)
# 'Síntomas digestivos, respiratorios ni neurológicos': the organs of Spanish, Portuguese, French
# and Italian stand as adjectives behind the noun.
LISTED = re.compile(
    r"\b(?:afectacion|compromiso|manifestaciones?|manifestacoes|sintomas|comprometimento"
    r"|acometimento|envolvimento|participacion|complicaciones|complicacoes|atteintes?"
    r"|manifestations?|complications?|signes?|symptomes?|alteraciones|alteracoes|enfermedad|doenca"
    r"|disfuncion|disfuncao|clinica|sintomatologia|queixas|quejas|molestias|plaintes|coinvolgimento"
    r"|interessamento|disturbi|sintomi|manifestazioni)[\s-]+"
    r"(?:(?:del |do |du )?\w{4,20},? (?:(?:y|e|ed|o|et|ou|u|ni|nem|ne) )?){0,4}(?:del |do |du )?$",
    re.IGNORECASE,
)
TOLD_OF = re.compile(
    ITEMS + r" (?:was|were|is|are|had been|has been|became|remained) (?:\w+ ){0,3}?"
    r"(?:involved|affected|spared|unaffected|uninvolved|implicated|infiltrated"
    r"|free of|devoid of|painless)\b",
    re.IGNORECASE,
)
# 'Mucin was found in the heart, and the renal tubules were normal'.
FOUND_NORMAL = re.compile(
    r"(?: [\w-]+){0,3}? (?:was|were|is|are|appeared|looked|seemed|proved|had) (?:[\w-]+ ){0,2}?"
    r"(?:normal|unremarkable|intact|healthy|preserved|unrevealing)\b",
    re.IGNORECASE,
)
# Words that no list of organs holds: behind them another thing is spoken of.
NO_LIST = re.compile(
    r"\b(?:was|were|is|are|had|has|with|without|by|showed|revealed|but|which|who|that|while|normal"
    r"|not|no|skin(?!,| and\b)|dermis|dermal|papules?|by|from|to|fue|foi|con|com|avec|mit|piel|pele"
    r"|peau|haut)\b",
    re.IGNORECASE,
)


def is_governed(statement: Statement, noun: Mention) -> bool:
    """True for 'involvement of the heart, lungs and gut' and 'heart and kidneys were spared'."""
    text = fold(statement.text)
    start, end = noun.start - statement.start, noun.end - statement.start
    if FOUND_NORMAL.match(text, end):
        return False
    before = text[max(0, start - REACH) : start]
    if LISTED.search(before):
        return True
    found = (GOVERNED.search(before), TOLD_OF.match(text, end))
    return any(match and not NO_LIST.search(match["items"]) for match in found)
