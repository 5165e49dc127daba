"""Ages beside the sex as a letter: '62M', 'F/54', 'M, 58 y'. Reads and writes nothing.

For folded text; see notations.py. Capital letters only, where the letter stands first or
without a stroke: '57 m' is a length.
"""

from __future__ import annotations

from pipeline.extractors.ages.words import GAP, YEARS, Notation

SEX_LETTER = r"(?:[FfMm]|female|male|woman|man|femme|homme|mujer|hombre)"
# 'Of 30, 18 F, 12 M' counts people; a patient stands at the beginning.
OPENING = r"(?:^|(?<=[.:;] ))"
NO_COUNT = r"(?![.,;:] (?:and )?\d{1,3} ?/?[fm]\b)"
LETTERS: tuple[Notation, ...] = (
    ("letter", r"(?<![\d.,/-])(?P<n>[1-9]\d)-?(?-i:[FM])(?![\w/-])", 0.85),
    ("letter_opening", rf"{OPENING}(?P<n>[1-9]\d) (?-i:[FM])(?=[.,;:] ){NO_COUNT}", 0.85),
    (
        "letter_after_years",
        rf"(?<![\d.,/-])(?P<n>[1-9]\d){GAP}{YEARS}\.?{GAP}(?-i:[FM])(?![\w/-])",
        0.9,
    ),
    (
        "letter_opening_first",
        rf"{OPENING}\(?(?:(?-i:[FM])|(?:fe)?male),? (?P<n>[1-9]\d)(?: ?{YEARS})?(?=[.,;:)])",
        0.9,
    ),
    ("letter_in_brackets", r"\((?P<n>[1-9]\d)[ -](?-i:[FM])(?=[,;)])", 0.85),
    ("letter_first_in_brackets", r"\((?-i:[FM]),? ?(?P<n>[1-9]\d)(?: ?y(?:ears?|rs?)?)?\)", 0.88),
    ("letter_first", r"(?<![\w/.])(?-i:[FM])[ ]?/[ ]?(?P<n>[1-9]\d)(?![\d/]|\.\d)", 0.9),
    (
        "letter_slash",
        rf"(?<![\d.,/-])(?P<n>\d{{1,3}})(?: ?{YEARS})? ?[/,] ?{SEX_LETTER}(?!\w|/\d)",
        0.9,
    ),
)
