"""The notations in which reports write an age. Reads and writes nothing.

Each is a name, a pattern over folded text, and the share of such finds expected to be right.
Groups: `n` (and `n2`, `n3`) the number, `unit` years unless given. Source: clinical.md 10.
"""

from __future__ import annotations

import re

from pipeline.language.numbers import (
    ORDINAL_DECADES,
    TENS,
    WORDS,
    any_of,
    number_of_words,
)

DIGITS = r"\d{1,3}(?:[.,]\d)?"
N = rf"(?P<n>(?<![\d.,])(?:{DIGITS}|\b{WORDS}))"
N2 = rf"(?P<n2>(?:{DIGITS}|\b{WORDS}))"
N3 = rf"(?P<n3>(?:{DIGITS}|\b{WORDS}))"
GAP = r"[\s-]{0,3}"
YEARS = r"(?:years?|yrs?|y)"
UNIT = r"(?P<unit>years?|yrs?|months?|mos?|weeks?|wks?|days?)"
OLD = r"(?:old|of age)"
PERSON = (
    r"(?:wom[ae]n|m[ae]n|females?|males?|lady|gentleman|boy|girl|patients?|infant|child"
    r"|mujer|varon|hombre|paciente|senora|senor|nina|nino|mulher|homem|doente|menina|menino"
    r"|femme|homme|patiente|malade|fille|garcon|enfant|frau|mann|patientin|donna|uomo|paziente)"
)
SEX_LETTER = r"(?:[FfMm]|female|male|woman|man|femme|homme|mujer|hombre)"
ABROAD_YEARS = r"(?:anos|ans|anni|jahren?)"

NUMBER = rf"(?:{DIGITS}|{WORDS})"
PLURAL = (
    r"(?:patients|cases|m[ae]n|women|males|females|sisters|brothers|twins|siblings|adults|ladies"
    r"|gentlemen|pacientes|casos|mujeres|varones|hombres|hermanas|hermanos|doentes|mulheres|homens"
    r"|irmas|irmaos|patientes|cas|femmes|hommes|soeurs|freres|patienten|patientinnen|frauen"
    r"|manner|schwestern|bruder)"
)
NOTATIONS: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE), confidence)
    for name, pattern, confidence in (
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
        ("yo", rf"{N}{GAP}(?:y/o|y-o|yo|y\.\s?o\.?|yr/o|yrs?/o)(?![a-z])", 0.97),
        (
            "aged",
            rf"\b(?:aged|ages) {N}(?:{GAP}{UNIT})?(?:{GAP}old)?(?![\d-])(?! ?(?:-|to) ?\d)",
            0.95,
        ),
        (
            "aged_both",
            rf"\baged?s? {N}(?:, {N3},?)?,? (?:and|y|e|et|&"
            rf"|/) {N2}(?:{GAP}{YEARS})?(?: old)?(?!\d)",
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
            rf"\b(?:wom[ae]n|m[ae]n|lady|gentleman|girl|boy|(?:fe)?male|patient|nurse|farmer"
            rf"|worker|mujer|varon|hombre|mulher|homem|femme|homme|frau|mann|patientin)"
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
            rf"\b(?:she|he|who|the patient|(?-i:[A-Z]{{2}})),? (?:is|was) (?:now |currently "
            rf"|then )?{N}"
            rf"(?= (?:and|when|at (?:presentation|the time|diagnosis|referral))\b|[,.;])",
            0.85,
        ),
        (
            "age_by_then",
            rf"{N}(?: {YEARS})?(?: old| of age)? (?:by the time (?:of|we|she|he)"
            rf"|at (?:the time of )?"
            rf"(?:presentation|diagnosis|referral|admission|operation|consultation)\b"
            rf"|when (?:we (?:first )?(?:saw|met)|first seen|referred|examined|she was (?:first )?"
            rf"(?:seen|referred|diagnosed)|he was (?:first )?(?:seen|referred|diagnosed)))",
            0.9,
        ),
        (
            "man_of",
            rf"\b(?:man|woman|lady|gentleman|male|female|boy|girl) of {N}(?![\d%]|\.\d)"
            rf"(?! (?:with|the|months?|weeks?|days?))"
            rf"(?: {YEARS})?",
            0.9,
        ),
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
        # Capital letters only: "57 m" is a length.
        ("letter", r"(?<![\d.,/-])(?P<n>[1-9]\d)-?(?-i:[FM])(?![\w/-])", 0.85),
        ("letter_in_brackets", r"\((?P<n>[1-9]\d)[ -](?-i:[FM])(?=[,;)])", 0.85),
        ("letter_first", r"(?<![\w/.])(?-i:[FM])[ ]?/[ ]?(?P<n>[1-9]\d)(?![\d/.])", 0.9),
        (
            "letter_slash",
            rf"(?<![\d.,/-])(?P<n>\d{{1,3}})(?: ?{YEARS})? ?[/,] ?{SEX_LETTER}(?![\w/])",
            0.9,
        ),
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
        ("anos_de_edad", rf"{N}\s?anos (?:de (?:edad|idade|vida)|d'age)(?! media)", 0.97),
        (
            "de_anos",
            rf"\b(?:{PERSON}|primeir[oa]|segund[oa]|terceir[oa]|primer[oa]?|tercer[oa]?|outr[oa]"
            rf"|otr[oa]"
            rf"|premiere?|deuxieme|seconde?|troisieme|autre|erste|zweite|dritte)"
            rf"(?:(?: (?!seguimiento|tratamiento|hace|tras|durante|seit|desde|depuis|evoluc"
            rf"|historia"
            rf"|seguimento|tratamento|apos|control|nach|vor)[a-z]+){{0,4}}?,? (?:de |con |com |d'"
            rf"|di |von )"
            rf"|,? )(?:edad |idade )?{N}\s?{ABROAD_YEARS}(?: de (?:edad|idade)"
            rf"| d'age)?(?! de (?:evoluc|histor"
            rf"|durac)|\s?d'(?:evol|hist))",
            0.92,
        ),
        # 'Paciente masculino, 50 anos': the sex stands between the person and the age.
        (
            "sexo_anos",
            r"(?:(?<=fem[ei]nin[oa], )|(?<=masculin[oa], )|(?<=fem[ei]nin[oa] )|(?<=masculin[oa] ))"
            rf"(?:de |con |com )?{N}\s?anos\b"
            r"(?! de (?:evol|hist))",
            0.9,
        ),
        ("edad", rf"\b(?:edad|idade)(?: de|:)? {N}\s?anos", 0.9),
        ("age_de", rf"\bagee?s?,? (?:de |d')?{N}\s?(?P<unit>ans|mois)\b", 0.97),
        ("jahrig", rf"{N}{GAP}jahrige?[rnms]?\b", 0.97),
        ("jahre_alt", rf"{N}{GAP}jahre (?:alte?[rnms]?|jung)\b", 0.95),
        ("im_alter", rf"\bim alter von {N}{GAP}jahren", 0.85),
        # '46岁' and '46歲' of Chinese and Japanese, '40-letniego' of Polish.
        ("sui", r"(?P<n>(?<!\d)[1-9]\d) ?[岁歲歳]", 0.95),
        ("letni", r"(?P<n>(?<!\d)[1-9]\d)[ -]letni\w{0,3}\b", 0.95),
        ("ans_first", rf"\b(?:monsieur|madame|mme|mr|m)\.? [A-Z]?\.?,? ?{N}\s?ans\b", 0.9),
    )
)
WHOSE = r"(?:his|her|their|the|hers|la|sa)"
PART = r"(?:(?:early|mid|middle|late)[\s-](?:to[\s-]late[\s-])?)?"
DECADES: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE), confidence)
    for name, pattern, confidence in (
        ("decade_number", rf"\bin {WHOSE} {PART}(?P<tens>[1-9])0'?s\b", 0.93),
        (
            "decade_word",
            rf"\b(?:in {WHOSE} {PART}|(?:early|mid|late)[\s-])"
            r"(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties"
            r"|nineties)\b",
            0.9,
        ),
        (
            "decade_ordinal",
            rf"\b(?:in|during) {WHOSE} {PART}(?P<ordinal>{any_of(ORDINAL_DECADES)})"
            r" decade\b(?: of (?:his |her )?life)?",
            0.9,
        ),
        (
            "decade_person",
            r"\b(?P<tens>[2-9])0'?s[- ](?:year[- ]old )?(?:male|female|man|woman|patient)\b",
            0.9,
        ),
        (
            "decade_about",
            r"\b(?:(?P<tens>[2-9])0|(?P<word>twenty|thirty|forty|fifty|sixty|seventy|eighty))"
            r"[- ]?something\b(?:[- ]year[- ]old)?",
            0.9,
        ),
        (
            "decade_latin",
            r"\b(?:a|an|this|the)? ?\b(?P<latin>quinqua|sexa|septua|octo|nona)genarian",
            0.9,
        ),
    )
)
LATIN = {"quinqua": 50, "sexa": 60, "septua": 70, "octo": 80, "nona": 90}


def number_of(text: str) -> float | None:
    """The number in digits (comma or point) or in words."""
    if text[0].isdigit():
        return float(text.replace(",", "."))
    return number_of_words(text)


def years_of_decade(found: re.Match[str]) -> tuple[float, float] | None:
    """First and last year of the decade: 'sixth decade' and 'in her fifties' are 50 to 59."""
    groups = found.groupdict()
    if groups.get("tens"):
        low = int(groups["tens"]) * 10
    elif groups.get("ordinal"):
        low = ORDINAL_DECADES[groups["ordinal"].lower()]
    elif groups.get("latin"):
        low = LATIN[groups["latin"].lower()]
    else:
        low = TENS[re.sub("ies$", "y", groups["word"].lower())]
    return float(low), float(low + 9)
