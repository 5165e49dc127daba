"""The notations in which reports write an age in years. Reads and writes nothing.

Each is a name, a pattern over folded text, and the share of such finds expected to be right.
Here those of English; `age_letters` and `age_abroad` hold the others, `age_words` their pieces.
"""

from __future__ import annotations

import re

from pipeline.extractors.ages.abroad import ABROAD
from pipeline.extractors.ages.letters import LETTERS
from pipeline.extractors.ages.words import (
    ABROAD_YEARS,
    GAP,
    N2,
    N3,
    NUMBER,
    OCCUPATION,
    OLD,
    PERSON,
    PLURAL,
    UNIT,
    YEARS,
    N,
    Notation,
)
from pipeline.language.numbers import ONES, TENS, any_of

ENGLISH: tuple[Notation, ...] = (
    ("year_old", rf"{N}{GAP}{UNIT}\.?{GAP}{OLD}(?![a-z])", 0.97),
    # The head of a numbered case: 'Patientin 2: 43 Jahre'.
    (
        "numbered",
        rf"\b(?:case|patient(?:in|e)?|fall|caso|cas|paciente|doente)(?: no\.?)? (?:\d{{1,2}}"
        rf"|[A-H])"
        rf"\W{{1,3}}{N}{GAP}(?:{YEARS}|{ABROAD_YEARS})(?! (?:later|after|before|ago))",
        0.9,
    ),
    # Broken where a line of fixed width was cut: '60-yea r-old'.
    ("year_old_broken", rf"{N}{GAP}y ?e ?a ?r ?s?{GAP}o ?l ?d(?![a-z])", 0.9),
    ("year_and_half_old", rf"{N} and a half{GAP}{YEARS}{GAP}old(?![a-z])", 0.9),
    ("years_old_of_two", rf"{N},? (?:and|or|,) {N2}{GAP}{YEARS}{GAP}old(?![a-z])", 0.95),
    # 'Four patients (39, 44, 58 and 61 years old)': one each, in the order of the patients.
    (
        "years_of_each",
        rf"\b{PLURAL}\b[^.;:\d]{{0,40}}?(?P<list>{NUMBER}(?:, {NUMBER}){{0,6}},? (?:and|&|y|e"
        rf"|et|und)"
        rf" {NUMBER})(?:{GAP}(?:{YEARS}|{ABROAD_YEARS})\b(?! (?:later|after|before|ago|earlier"
        r"|of (?:treatment|follow|duration|evol)|de (?:evol|trat|hist|dura))))",
        0.93,
    ),
    (
        "aged_each",
        rf"\b(?:aged?s?(?: were|:)?|agees?|von|de) (?P<list>{NUMBER}(?:, {NUMBER})"
        rf"{{1,6}},? (?:and|&|y|e|et|und) {NUMBER})\b",
        0.93,
    ),
    ("yo", rf"{N}{GAP}(?:y/o|y-o|yo|y\.\s?o\.?|yr/o|yrs?/o)(?:(?![a-z])|(?=[mf]\b))", 0.97),
    (
        "aged",
        rf"\b(?:aged|ages) {N}(?:{GAP}{UNIT})?(?:{GAP}old)?(?![\d-])(?! ?(?:-|to) ?\d)",
        0.95,
    ),
    (
        "aged_both",
        rf"\baged?s? {N}(?:, {N3},?)?,? (?:and|y|e|et|&"
        rf"|/) (?!(?:{any_of(ONES)})\b){N2}(?:{GAP}{YEARS})?(?: old)?(?!\d)",
        0.95,
    ),
    (
        "age",
        rf"\bage[:,]? (?:was |is |of |= ?)?{N}(?:{GAP}{UNIT})?(?:{GAP}old)?(?![\d-])(?! ?(?:-"
        rf"|to) ?\d)",
        0.85,
    ),
    (
        "age_field",
        rf"\bage(?: ?\(years\))?(?: ?[/,] ?(?:sex|gender))? ?[:=|] ?{N}(?:{GAP}{UNIT})?",
        0.95,
    ),
    (
        "of_years",
        rf"\b{PERSON} (?:(?:of|at|with) )?\(?{N}{GAP}{UNIT}\b\)?(?: of age)?",
        0.93,
    ),
    (
        "comma_years",
        rf"\b{PERSON},? ?\(?(?:(?:fe)?male, )?(?P<n>[1-9]\d|(?:{any_of(TENS)})(?:[ -]\w+)?)"
        rf"{GAP}{YEARS}(?: of age| old)?\b",
        0.93,
    ),
    (
        "person_comma",
        rf"\b(?:wom[ae]n|m[ae]n|lady|gentleman|girl|boy|(?:fe)?male|patient|{OCCUPATION}"
        rf"|mujer|varon|hombre|mulher|homem|femme|homme|frau|mann|patientin)"
        rf"(?: \(?(?:fe)?male\)?)?, (?:now |then |currently )?{N}(?=,| with\b| who\b| when\b"
        rf"|;|\))",
        0.88,
    ),
    (
        "smoker_of",
        rf"\b(?:an?|this|our|the) (?:[\w'-]+ ){{0,4}}?(?!disorder|fever|cancer|tumou?r|ulcer"
        rf"|number|error|factor|master|center|matter)(?:[a-z-]*(?:er|or|ist|ian|ant|ee)|cook"
        rf"|clerk|nurse|nun|widow|housewife|individual|person|adult|father|mother)"
        rf" of {N}{GAP}years?(?!['’]|{GAP}(?:of|duration|history|follow|standing))",
        0.85,
    ),
    # 'A soldier of 32 collapsed': only nouns that can be nothing but a person go without 'years'.
    (
        "soldier_of",
        rf"\b(?:an?|this|our|the) (?:[\w'-]+ ){{0,3}}?{OCCUPATION}"
        r" of (?P<n>[1-9]\d)(?! ?(?:to|-|%|per|mg|kg|years"
        r"|children|pupils|people))",
        0.85,
    ),
    # 'A singer of 36 with scleromyxedema': what ends like a trade, before a word on a person.
    (
        "singer_of",
        r"\ban? (?:[a-z-]+ ){0,2}?(?!disorder|fever|cancer|tumou?r|ulcer|number|error|factor|matter"
        r"|master|cent|quarter|power|order|titer|diameter|layer|cluster|parameter|marker|other)"
        r"[a-z-]{2,20}(?:er|or|ist|ian|man|woman|maid) of (?P<n>[1-9]\d) (?:with|who|whose)\b",
        0.85,
    ),
    # 'A spinster of 58 was admitted': any noun that is told to do what people do.
    (
        "person_of",
        r"\ban? (?!(?:dose|score|total|mean|median|level|ratio|rate|maximum|minimum|titr?er?|value"
        r"|count|range|average|pressure|period|cohort|series|group|number|age|course|weight|index"
        r"|sample|set|sum|majority|year|force|height|score|power|temperature|pulse)\b)"
        r"[a-z-]{4,} of (?P<n>[1-9]\d) (?:was (?:admitted|referred|seen|examined"
        r"|hospitali[sz]ed|treated|found)|presented|consulted|complained|attended|noticed|developed|came|reported)\b",
        0.8,
    ),
    # 'Mrs. L., 45 years, had …'.
    (
        "titled",
        r"\b(?:mr|mrs|ms|miss|monsieur|madame|mme|herr|frau|sra?|senora?)\.? "
        rf"(?-i:[A-Z])[\w'-]{{0,20}}\.?,? (?:aged? )?{N}"
        rf"(?:{GAP}(?:{YEARS}|{ABROAD_YEARS}))?(?:{GAP}old)?(?=[,;) ])",
        0.9,
    ),
    (
        "is_now",
        rf"\b(?:she|he|who|(?:the|our|this) (?:patient|man|woman|boy|girl|child|lady)"
        rf"|(?-i:(?!CK|RF|TG|PT|HR|BP|IL)[A-Z]{{2}})),? (?:is"
        rf"|was) (?:now |currently "
        rf"|then )?{N}"
        rf"(?= (?:and|when|at (?:presentation|the time|diagnosis|referral))\b|[.;]|,(?!\d))",
        0.85,
    ),
    (
        "age_by_then",
        rf"{N}(?: {YEARS})?(?: old| of age)? (?:by the time (?:of|we|she|he)"
        rf"|at (?:the time of )?"
        rf"(?:presentation|diagnosis|referral|admission|operation|consultation)\b"
        rf"|when (?:we (?:first )?(?:saw|met)|first seen|referred|examined|she was (?:first )?"
        rf"(?:seen|referred|diagnosed)|he was (?:first )?(?:seen|referred|diagnosed)"
        rf"|s?he (?:came|presented|consulted|attended)\b))",
        0.9,
    ),
    (
        "man_of",
        rf"\b(?:man|woman|lady|gentleman|male|female|boy|girl) of {N}(?![\d%]|\.\d)"
        rf"(?! (?:with|the|months?|weeks?|days?))"
        rf"(?: {YEARS})?",
        0.9,
    ),
    # 'A man of 53 with diabetes'; without the article it may count people of a group.
    (
        "a_man_of",
        r"\b(?:an?|another|one|our|this) (?:[\w-]+ ){0,3}?(?:man|woman|lady|gentleman)"
        r" of (?P<n>[1-9]\d) with\b",
        0.9,
    ),
    # 'The first, 44, had …', 'the second (71)'.
    (
        "ordinal_comma",
        r"\bthe (?:first|second|third|fourth|other|former|latter)(?: (?:one|patient|wom[ae]n"
        r"|m[ae]n|case))?(?:, (?:now |then |aged )?(?P<n>[1-9]\d)(?=,)"
        r"| \((?:aged )?(?P<n2>[1-9]\d)(?: years?)?\))",
        0.88,
    ),
    ("who_is", r"(?<=[a-z], )who (?:is|was) (?:now |then )?(?P<n>[1-9]\d)(?=[,;.)])", 0.88),
    # 'The younger, 58, had …'.
    (
        "elder_comma",
        rf"\bthe (?:elder|eldest|older|oldest|younger|youngest)(?: (?:one|patient|sister"
        rf"|brother|twin|sibling|wom[ae]n|m[ae]n))?,?"
        rf" (?:of |now )?{N}(?=,|;|\)| had| was| also)",
        0.88,
    ),
    (
        "years_person",
        rf"{N}{GAP}(?:(?P<unit>months?)|{YEARS})\b,?{GAP}(?:[a-z-]+ ){{0,2}}?(?:fe)?male\b",
        0.93,
    ),
    ("years_man", rf"{N}{GAP}{YEARS},?{GAP}(?:man|woman|lady|gentleman|boy|girl)\b", 0.93),
    (
        "sex_comma",
        rf"\b(?:fe)?male(?: patient)?[,;] {N}(?: {YEARS})?(?: old)?"
        r"(?![\d%]|\.\d| ?(?:mg|g|cases))",
        0.85,
    ),
    (
        "in_brackets",
        r"\b(?:wom[ae]n|m[ae]n|female|male|patient|brother|sister|twin)(?: \d)?"
        r" \((?:aged )?(?P<n>[1-9]\d)"
        r"(?: ?(?:years?|yrs?)(?: old)?)?\)",
        0.85,
    ),
)
NOTATIONS: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE), confidence)
    for name, pattern, confidence in (*ENGLISH, *LETTERS, *ABROAD)
)
