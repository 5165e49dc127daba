"""The notations of an age in other languages than English. Reads and writes nothing.

For folded text; see notations.py.
"""

from __future__ import annotations

from pipeline.extractors.ages.words import ABROAD_YEARS, GAP, PERSON, N, Notation
from pipeline.language.numbers import GERMAN

# What lasts so many years, after 'une', 'un', 'una', 'um': no person.
NO_TIME = (
    r"(?!(?:duree|evolu|histoi|histor|period|recul|suivi|surviv?e?|interval|moyen|median|delai"
    r"|traitem|remission|remision|remissao|duracion|duracao|seguim|media|age|edad|idade|promedio"
    r"|minim|maxim|experience|experiencia|tratam|tabagis|antecedent|series?|cohort|espace|lapso"
    r"|total|terapia|tiempo|tempo|temps|antigued|dis(?:ease|tanc)|durat|storia|anamnes)[a-z]*\b)"
)
ABROAD: tuple[Notation, ...] = (
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
    # 'Une ancienne infirmiere de 60 ans': any noun for a person, by its article.
    (
        "une_de_ans",
        rf"(?:(?<=\bun )|(?<=\bum )|(?<=\buna )|(?<=\bune )|(?<=\buma ))"
        rf"{NO_TIME}[a-z-]+ (?:{NO_TIME}[a-z-]+ ){{0,2}}?(?:de|di) "
        rf"(?P<n>[1-9]\d) ?(?:anos|ans|anni)\b(?! d[e'])",
        0.85,
    ),
    # 'Paciente masculino, 50 anos': the sex stands between the person and the age.
    (
        "sexo_anos",
        r"(?:(?<=fem[ei]nin[oa], )|(?<=masculin[oa], )|(?<=fem[ei]nin[oa] )|(?<=masculin[oa] ))"
        rf"(?:[a-z]{{4,12}}, )?(?:de |con |com )?{N}\s?anos\b"
        r"(?! de (?:evol|hist))",
        0.9,
    ),
    ("di_anni", rf"\bdi anni {N}\b", 0.93),
    ("edad", rf"\b(?:edad|idade)(?: de|:)? {N}\s?anos", 0.9),
    ("age_de", rf"\bagee?s?,? (?:de |d')?{N}\s?(?P<unit>ans|mois)\b", 0.97),
    ("jahrig", rf"(?:{N}{GAP}|(?P<n2>\b{GERMAN}))jahrige?[rnms]?\b", 0.97),
    ("jahre_alt", rf"{N}{GAP}jahre (?:alte?[rnms]?|jung)\b", 0.95),
    ("jahre_in_brackets", r"\((?P<n>[1-9]\d) ?j(?:\.|ahre)?[,;)]", 0.85),
    ("im_alter", rf"\bim alter von {N}{GAP}jahren", 0.85),
    # '46岁' and '46歲' of Chinese and Japanese, '40-letniego' of Polish.
    ("sui", r"(?P<n>(?<!\d)[1-9]\d) ?[岁歲歳]", 0.95),
    ("letni", r"(?P<n>(?<!\d)[1-9]\d)[ -]letni\w{0,3}\b", 0.95),
    (
        "lat",
        r"\b(?:pacjent\w*|chor(?:a|y|ej|ego)|kobiet[aye]|mezczyzn[aye]),? (?:lat|w wieku) "
        r"(?P<n>[1-9]\d)\b(?! ?miesi)",
        0.95,
    ),
    ("jahr_abbreviated", r"(?P<n>(?<!\d)[1-9]\d)[ -]jahr\.(?= )", 0.9),
    ("ans_first", rf"\b(?:monsieur|madame|mme|mr|m)\.? [A-Z]?\.?,? ?{N}\s?ans\b", 0.9),
)
