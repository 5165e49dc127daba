"""What parts a response from a treatment of its sentence: another clause, an exception, a change.

Reads statements, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extractors.clauses import text_between
from pipeline.extractors.treatment.drugs import Named
from pipeline.records import Statement

OTHER_CLAUSE = re.compile(
    r"[;:]|\b(but|and then|whereas|while|so|before|prior to"
    r"|and (?:added|gave|started|began|switched|changed|replaced|introduced|initiated)"
    r"|followed by|then|later|subsequently|allowing|permitting|however|hence|thus|therefore"
    r"|prompting|necessitating|(?:and|was|were|he|she|patient) (?:then )?switched"
    r"|por lo que|por ello|se cambio|se sustituyo|c'est pourquoi|de sorte que"
    r"|posteriormente|luego|despues|depois|em seguida|ensuite|puis|danach|anschliessend"
    r"|woraufhin|sodass|so dass|daher|weshalb"
    r"|pero|mas|mais)\b"
    r"|, (and |but |y |e |et |und )?(the|his|her|he|she|it|they|was|were|now|then|after|following|a"
    r"|an)\b"
    r"|\b(and|y|e|et|und) (was|were|he|she|the (patient|dose)|therapy|treatment was)\b",
    re.IGNORECASE,
)
REASON = re.compile(
    r"\bfor (?:an?|the|his|her|this|that)\b[^,;]*\b(?:that|which|whose)\b", re.IGNORECASE
)
EXCEPTED = re.compile(
    r"\b(?:with the exception of|except(?:ing)?(?: for)?|apart from|aside from|other than"
    r"|save(?: for)?|but for|(?:all|every|everything|none|nothing|no)(?: [\w-]+){0,4} but|beyond"
    r"|besides|salvo|excepto|exceto|hormis|sauf|ausser"
    r"|mit ausnahme von"
    r"|(?:not|n't|poorly) tolerat(?:e|ed|ing)|intolerant (?:of|to)|intolerance (?:of|to|for)"
    r"|allergic to) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
LEFT_BEHIND = re.compile(
    r"\b(?:substituted for|(?:took|taking|taken|takes) the place of|supersed(?:ed|ing)"
    r"|replac(?:ed|ing)(?! (?:by|with)\b)|in place of|instead of"
    r"|(?:after|because of|due to|owing to|following|on account of) (?:[\w-]+ ){0,4}(?:reactions?"
    r"|intolerance|allergy|side[ -]effects|toxicity|withdrawal|discontinuation|stopping|cessation)"
    r"(?: (?:to|of|with|from|under))?) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
FAILED_BEFORE = re.compile(
    r"(?: \([^)]*\))?,? (?:(?:was |were |had been )?(?:\w+ ){0,2}(?:given|tried|started|used|begun"
    r"|introduced|initiated|commenced|instituted|added|prescribed|administered) )?(?:after"
    r"|following|because of|owing to|upon|tras|apos|apres|nach) [^,;]*$",
    re.IGNORECASE,
)
REACH = 200  # characters that EXCEPTED and LEFT_BEHIND can span: a dozen words
# 'A was given to a man in whom B had been useless': B was given before.
TOLD_OF_BEFORE = re.compile(r"\b(?:in|on|for) whom (?:\w+ ){0,3}$|\bwho had (?:\w+ ){0,4}$", re.I)
AND_ALONE = re.compile(r"\b(?:and|y|e|et|und) (?:the |his |her )?$", re.IGNORECASE)
BE = re.compile(
    r"\s*(?:\([^)]*\) )?(?:was|were|could be|had been|has been|is|fue|foi|a ete|wurde)\b", re.I
)


def is_excepted(named: Named, statement: Statement) -> bool:
    """'With the exception of A, none of the drugs helped' says nothing of A; 'she did not tolerate
    A, and B and C failed' says nothing of A's effect."""
    before = text_between(statement, named.start - REACH, named.start)
    return EXCEPTED.search(before) is not None


def is_left_behind(group: Sequence[Named], statement: Statement) -> bool:
    """'A was substituted for B', 'A after reactions to B': what is told next is told of A."""
    before = text_between(statement, group[0].start - REACH, group[0].start)
    return LEFT_BEHIND.search(before) is not None


def is_told_of_before(group: Sequence[Named], statement: Statement) -> bool:
    """A treatment of a relative clause in the past: what is being given is that before it."""
    before = text_between(statement, group[0].start - REACH, group[0].start)
    return TOLD_OF_BEFORE.search(before) is not None


def begins_clause(words: str, group: Sequence[Named], statement: Statement) -> bool:
    """'Resolution of the lesions was noted and A was tapered': A begins what is told next."""
    behind = text_between(statement, group[-1].end, statement.end)
    return AND_ALONE.search(words) is not None and BE.match(behind) is not None


def before_aside(earlier: Sequence[Sequence[Named]], statement: Statement) -> list[Named]:
    """'A, after failure of B and C, cleared the skin': A did."""
    for one, aside in pairwise(earlier):
        words = text_between(statement, one[-1].end, aside[0].start)
        if FAILED_BEFORE.match(words):
            return list(one)
    return []
