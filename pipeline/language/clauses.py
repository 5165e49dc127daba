"""Cuts a sentence where it may begin to speak of somebody else. Reads and writes nothing.

"Scleromyxedema, which is usually associated with IgG lambda, was diagnosed in our patient" is
one sentence with two tellers; `statements` judges each piece and joins neighbours that agree.
"""

from __future__ import annotations

import re

from pipeline.language.folding import fold

GENERAL_NOUN = (
    r"condition|complication|disease|disorder|entity|finding|feature|manifestation|phenomenon"
    r"|association|combination|syndrome|dermatosis|drug|agent|treatment|therapy|side effect"
    r"|adverse effect|symptom|sign|pattern|presentation|procedure"
)
PRESENT = (
    r"is|are|can|may|might|has|have|usually|typically|often|commonly|frequently|rarely|occurs?"
    r"|affects?|involves?|remains?|includes?|represents?|carries|carry|suele[n]?|puede[n]?|es|son"
    r"|pode[m]?|est|sont|peut|peuvent|ist|sind|kann|konnen"
)
THAT_IS_TO_SAY = r"that is\b(?: to say|,| of)"
# Each alternative matches at the place where a new piece begins.
BOUNDARY = re.compile(
    r"(?<=;\s)"
    r"|(?<=,\s)(?=(?:and |but |yet )?(?:we|here(?:in)?,?|the authors) "
    r"(?:here(?:in)? |also )?(?:we |the authors )?(?:describe|report|present|observed|treated))"
    r"|(?<=\s)(?=and we (?:here(?:in)? )?(?:describe|report|present|review)\b)"
    r"|(?<=,\s)(?=(?:in )?(?:our|this|the present) (?:own )?(?:patients?|cases?)\b)"
    r"|(?<=\s)(?=in contrast (?:to|with) (?:the |those |other |previous))"
    rf"|(?<=,\s)(?!{THAT_IS_TO_SAY})"
    rf"(?=(?:which|that|las? que|los que|que|qui|die|der|das) (?:{PRESENT})\b)"
    rf"|(?<=,\s)(?=an? (?:[\w-]+ ){{0,3}}(?:{GENERAL_NOUN})s? (?:that|which|known|in which|of which"
    rf"|often|usually|frequently|commonly|rarely|previously|described|reported|associated|seen)\b)"
    r"|(?<=,\s)(?=(?:(?:and|but) )?(?:was|were|had|presented|developed|showed|received|underwent"
    r"|fue|foi|etait|wurde|war|diagnosed|he|she|the patient)\b)"
    r"|(?<=\s)(?=(?:whereas|while|although|though|but|however|despite (?:reports|the fact)"
    r"|as (?:has been |had been |previously |also )?(?:reported|described|observed|published)"
    r"|as (?:confirmed|shown|illustrated|evidenced|demonstrated|seen) (?:by|in)"
    r"|and reviews? the|and discuss|with (?:a )?review of|similar to (?:the|those|other|previous)"
    r"|compared (?:with|to) (?:the|those|other|previous)"
    r"|(?:which|thus|thereby|therefore|and) (?:suggest|impl|indicat|support)\w*)\b)",
    re.IGNORECASE,
)  # fmt: skip
# A reference number or a lost blank hides the end of a sentence: "... effects.1-6 Herein, we".
HIDDEN_END = re.compile(
    r"(?<=[a-z)\]]\.)(?=\d{1,2}[\d,-]{0,12}\s+[A-Z])|(?<=[a-z]{3}\.)(?=[A-Z][a-z]+ [a-z])"
    r"|(?<=[a-z)]\.\])\s+(?=[A-Z])|(?<=[a-z]\.\d)(?=[A-Z][a-z]+ )"
)
RELATIVE = re.compile(
    rf"(?!{THAT_IS_TO_SAY})(?:which|that|las? que|los que|que|qui|die|der|das) (?:{PRESENT})\b"
    rf"|an? (?:[\w-]+ ){{0,3}}(?:{GENERAL_NOUN})s? (?:that|which|known|in which|of which|often"
    r"|usually|frequently|commonly|rarely|previously|described|reported|associated|seen)\b",
    re.IGNORECASE,
)


def sentences_of(text: str) -> list[tuple[int, int]]:
    """The character spans of the sentences hidden in what was taken for one."""
    return spans_between(HIDDEN_END, text)


def pieces_of(text: str) -> list[tuple[int, int]]:
    """The character spans of the pieces of a sentence, in order, without gaps."""
    return spans_between(BOUNDARY, text)


def spans_between(boundary: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    found = (match.start() for match in boundary.finditer(fold(text)))
    places = sorted({place for place in found if not is_in_brackets(text, place)} - {0, len(text)})
    return list(zip([0, *places], [*places, len(text)], strict=True))


def is_in_brackets(text: str, place: int) -> bool:
    """True inside a bracket that is closed later: '(46 and 70 years; patients 1 and 2)'."""
    before = text[:place]
    return before.count("(") > before.count(")") and ")" in text[place:]


def is_relative(piece: str) -> bool:
    """True for a general clause: 'which is usually …', 'a condition that …'."""
    return RELATIVE.match(fold(piece)) is not None
