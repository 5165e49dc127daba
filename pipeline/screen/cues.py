"""Cues that tell what kind of report a text is, whatever its disease. Reads and writes nothing.

All patterns are for folded text (`folding.fold`) in lower case. English first, then Spanish,
Portuguese, French and German.
"""

from __future__ import annotations

import re

from pipeline.language.any_of import AnyOf
from pipeline.language.numbers import ONES_ABROAD, WORDS, any_of

# Without the numbers that are articles or adjectives as well: 'un', 'uma', 'neuf'.
FEW_ABROAD = {word: n for word, n in ONES_ABROAD.items() if n > 1 and word != "neuf"}
COUNT = rf"(?:\d{{1,3}}|{WORDS}|{any_of(FEW_ABROAD)})(?![\w-])"
DECADE = r"(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|\d0'?s)"
PERSON = (
    r"(?:patients?|pts?|cases?|m[ae]n|wom[ae]n|males?|females?|gentlem[ae]n|lad(?:y|ies)|boys?|girls?"
    r"|child(?:ren)?|individuals?|subjects?|persons?|adults?|pacientes?|casos?|mujer(?:es)?"
    r"|varon(?:es)?|doentes?|sisters|brothers|twins|siblings|instances"
    r"|hombres?|mulher(?:es)?|homens?|homem|patiente?s?|cas|femmes?|hommes?|malades?|patient(?:in"
    r"|en|innen)?"
    r"|fall|falle|frau(?:en)?|mann|manner|kranke|pazient[ei]|donn[ae]|uom(?:o|ini)|cas[oi])"
)
ADJECTIVES = r"(?:[\w'/-]+,? ){0,7}?"
REPORT_VERB = (
    r"(?:report|present|describe|document|discuss|encountered|observed|saw|treated|diagnosed"
    r"|managed"
    r"|reported|presented|described|illustrate|share|have (?:seen|treated|observed|encountered"
    r"|managed"
    r"|cared for|followed|under our care|had under our care)|relate|record|offer"
    r"|wish to (?:report|add|describe|present)|would like to (?:report|present"
    r"|describe|add)|add|evaluated|cared for|followed|studied|report on|demonstrate|detail)"
)


# An own patient is told of: the authors say so, or the sentence tells one person's history.
OWN_REPORTED = AnyOf(
    rf"\b(?:we|i|the authors?|this (?:paper|article|report|letter|study)|authors) (?:also |here "
    rf"|hereby |herein |now |recently |wish to )*"
    rf"(?:herein )?{REPORT_VERB}s?\b (?:here |herein |on |about |briefly )*(?:{COUNT}|an?|the|our"
    rf"|one|another|this|such|first|clinical|successful|case)\b"
    rf"(?! (?:review|literature|current|available|article|recent|published|paper|series by)),? "
    rf"{ADJECTIVES}(?:{PERSON}|experience|observation|series|success|effect|use|treatment"
    rf"|results?)\b",
    rf"\b(?:{PERSON}) ?{ADJECTIVES}(?:is|are|was|were) (?:here |hereby |herein )?(?:reported"
    rf"|presented|described|documented)\b(?! (?:by|in the literature|previously))",
    r"\bwe (?:made|established|confirmed|reached|arrived at) (?:the|a|this) (?:\w+ )?diagnosis\b"
    r"|\bthe patient's\b|\bthe patient (?:presented )?in (?:the )?question\b|\b(?:in|of) (?:this"
    r"|our|the present|the exhibited) patient\b",
    r"\bis (?:reported|presented|described)(?:\.| here| who| with| in wh)",
    r"\b(?:present|this|our) (?:case|observation|patient|report of a case)\b",
    r"\bour (?:\w+ ){0,2}(?:patients?|cases?|series|cohort|experience with)\b|\bin ours\b",
    r"\bthe patient(?:, who|, [^,.;]{3,60},)? (?:was|had|has|is|did|presented|developed|received"
    r"|underwent|carried"
    r"|responded|died"
    r"|showed|experienced|complained|denied|reported|remained|tolerated|started|improved"
    r"|continued)\b",
    r"\b(?:os autores|los autores|gli autori|les auteurs|die autoren|autori|autorzy) (?:relat"
    r"|apresent|present|descr|reporta|rapport|decri|beri|riport|comunic|popis|opis)\w+",
    r"\bwir haben (?:[\w-]+ ){1,9}?(?:ausgewertet|untersucht|behandelt|analysiert|beobachtet)\b",
    r"\b(?:case|patient)s? followed for\b",
    r"\b(?:nous avons|ont ete|a ete) (?:\w+ )?(?:etudie|analyse|inclus|reuni|colligen?|colliges?"
    r"|revu|suivi|hospitalise|traite)e?s?\b",
    r"\b(?:the|this|both|these|all|either|neither of the|each|first"
    r"|second) (?:\w+ )?(?:patients?|sisters?|brothers?|siblings|twins|women|men)(?:'s)? (?:was"
    r"|were|had|presented|developed|received|underwent"
    r"|responded|showed|improved|experienced|died|initially|complained)\b",
    r"\b(?:she|he) (?:was|had|has|is|did|presented|developed|received|underwent|responded|died"
    r"|showed|experienced|complained|denied|noticed|consulted)\b",
    r"\b(?:these|our|such|following|presented) (?:\w+ )?cases (?:underscore|underline|highlight"
    r"|illustrate|show|demonstrate|emphasi[sz]e|confirm|suggest|stress)s?\b"
    r"|\billustrated by these cases\b",
    r"\b(?:an?|one|this) (?:[\w-]+ ){0,2}?(?:patient|man|woman|lady|gentleman) (?:was|had been)"
    r" (?:\w+ )?(?:referred|seen|admitted|evaluated|hospitali[sz]ed|sent)\b",
    r"\bcase (?:report|presentation|description|1|2)\b|\bpatient (?:no\.? ?)?[1-9]\b"
    r"|\breport of (?:a|an|one|two|three|four|five|\d+|the) (?:\w+ )?cases?\b",
    r"\b(?:descrevem-se|relatam-se|apresentam-se|describen|se describen|se presentan|se comunican"
    r"|se reportan|relatamos|relata-se|relato de|apresentamos|apresenta-se|descrevemos|descreve-se"
    r"|comunicamos|presentamos|describimos|reportamos|se presenta|se describe|se comunica"
    r"|se reporta|exponemos|reporte de)\b",
    r"\b(?:nous (?:rapportons|presentons|decrivons|avons (?:traite|observe|suivi))|rapportons"
    r"|est rapporte|sont rapportes|cas clinique|observation)\b",
    r"\b(?:wir (?:berichten|beschreiben|stellen|prasentieren)|berichtet wird"
    r"|wird (?:[\w-]+ ){0,9}?berichtet"
    r"|fallbericht|kasuistik|der patient|die patientin|vorgestellt wird|stellte sich)\b",
    r"\b(?:riportiamo|descriviamo|presentiamo|viene (?:riportato|descritto|presentato)"
    r"|giung\w+ (?:da noi|alla nostra)|caso clinico|(?:nostr[oa]|il|la) paziente)\b"
    r"|\b(?:opisujemy|przedstawiamy|przedstawiono|opisano|opis przypadku)\b",
    r"\b(?:paciente|paciente [a-z]+|mujer|varon|hombre|mulher|homem|patiente?|femme"
    r"|homme),? (?:de |do |da |agee? de |[a-z]+ de ){0,5}\d{1,2} ?(?:anos|ans)\b",
    r"\bnuest(?:ro|ra) (?:paciente|caso)\b|\bnoss[oa] (?:paciente|caso)\b|\bnotre (?:patiente?"
    r"|malade|cas|observation)\b",
)
ONE_PERSON = AnyOf(
    r"^\W*(?:an?|one) (?:[\w-]+ ){0,4}?(?:patient|man|woman|male|female|lady|gentleman)"
    r" (?:with|who|in whom|whose|affected|suffering|having|treated|known|diagnosed)\b",
    r"\b(?:in|from|of|on) an? (?:[\w-]+ ){0,4}?(?:patient|man|woman|male|female|subject|individual"
    r"|adult) (?:with|who|in whom|whose|affected|suffering|having|treated)\b",
    r"\b(?:mit|bei) eine[rm] (?:[\w-]+ ){0,3}?patient(?:in|en)\b|\ben (?:un|una) (?:paciente|mujer"
    r"|varon|hombre)\b|\bem (?:um|uma) paciente\b|\bchez une? (?:patiente?|femme|homme|malade)\b",
)
VAGUE = AnyOf(
    r"\b(?:will|may|can|might|could|should|usually|typically|often|generally|fewer than|most"
    r"|about \d+ ?%|one in)\b"
)
AGED_PERSON = AnyOf(
    rf"\bin (?:his|her) (?:\w+[ -])?{DECADE}(?![a-z])",
    r"\b(?-i:Mr|Mrs|Ms|Monsieur|Madame|Mme|Herr|Frau|Sra?)\.? [a-z][\w'-]*\.?,? (?:aged? )?\d\d\b",
    rf"\b{WORDS} years of age\b|(?<!between \d\d and )(?<!\d\d to )(?<!\d\d-)"
    r"\b\d{1,2} years of age\b|\b[1-9]\d ?[MF]\b(?!\w)",
    rf"\b(?:man|woman|male|female|patient),? (?:aged?|of|aged about) {WORDS}",
    r"\b(?:de|con|com|d'|von) \d{2} ?(?:anos|ans|jahren)(?: de (?:edad|idade))?\b(?! de (?:evol"
    r"|hist))",
    r"\b\d{1,2}[ -]{0,2}(?:year|yr|month|week)s?\.?[ -]{0,2}old\b(?! (?:history|lesion|eruption"
    r"|rash))",
    r"\b[a-z]+(?:-[a-z]+)?[ -]years?[ -]old\b|\b\d{1,2} ?(?:y/o\b|yo\b|y\.\s?o\.)",
    r"\b(?:female|male|woman|man|patient|f|m),? \d\d\b(?! ?(?:%|mg|ml|months|weeks"
    r"|patients|cases))",
    r"\b(?:m[ae]n|wom[ae]n|female|male|lady|gentleman|patient|girl|boy),? (?:aged?|of"
    r"|who was) \d{1,2}\b",
    r"\b(?:aged?|agee? de) \d{1,2}\b|\b\d{1,2}[ -]?jahrige"
    r"|\ban? (?:[\w-]+ ){1,2}of [1-9]\d,? (?:came|presented|was|had|noticed|complained|with|who)\b",
    # Ages as Italian, Polish, Dutch, Scandinavian, Czech, South Slavic, Turkish, Hungarian,
    # Russian, Chinese, Japanese and Korean write them.
    r"\bdi \d{1,2} anni\b|\b\d{1,2}[ -]{0,2}(?:letni\w*|jarige|arig\w*|let(?:y|a|eho|e|ou)\b"
    r"|godisnj\w+|yas\w+|eves\b|лет\w*)|\d{1,2} ?[岁歲歳才세]",
)
SERIES = AnyOf(
    r"\b(?:we|i) (?:have )?(?:retrospectively |prospectively |also )*(?:reviewed|studied"
    r"|analy[sz]ed|evaluated|identified|included|enrolled|collected|investigated|assessed|treated"
    r"|re-?evaluated|compared|performed|conducted)\b",
    rf"\b{COUNT} {ADJECTIVES}{PERSON}\b,? {ADJECTIVES}(?:were|was|had|received|underwent|with|of"
    rf"|showed|included|followed|treated|responded|evaluated|seen|who|in whom|mit|con|com|avec)",
    r"\b(?:records|charts|data|files|biops\w+) (?:of|from) (?:\w+ ){0,8}(?:patients|cases)\b"
    r"|\b(?:biops\w+|specimens|slides) from our\b",
    r"\bpatients (?:were|received|underwent|had been) (?:\w+ )?(?:enrolled|included|identified"
    r"|treated|recruited|evaluated|analy[sz]ed|reviewed|followed|diagnosed|given)\b",
    r"\b(?:retrospective|prospective|open[- ]label|multicent(?:er|re)|single[- ]cent(?:er|re)"
    r"|clinicopathologic\w*|cohort) (?:\w+ )?(?:study|review|analysis|series|trial|cohort)\b",
    rf"\bin (?:all )?{COUNT} (?:\w+ )?(?:patients|cases)\b|\b{COUNT} (?:of|out of) (?:the |our "
    rf"|these )?{COUNT}\b|\b{COUNT} (?:patients|cases)\b"
    rf"|\b(?:bei|en|em|chez) {COUNT} {PERSON}\b",
    r"\b(?:se incluyeron|se estudiaron|foram (?:incluidos|estudados)|ont ete inclus"
    r"|wurden (?:ausgewertet|eingeschlossen|untersucht))\b",
    r"\b(?:etude|estudio|estudo|studio) (?:\w+ )?(?:retrospecti\w+|retrospettiv\w+|prospecti\w+"
    r"|multicentri\w+)|\bretrospektive (?:\w+ )?(?:analyse|studie|untersuchung)\b",
    r"\ball (?:\w+ )?cases of [^.;]{3,60}\b(?:diagnosed|seen|treated)\b",
)
# A sentence about other people's patients.
CITED = AnyOf(
    r"\bet (?:al|coll)\b|\bin the literature\b|\b(?:reported|described|published|observed) by\b"
    r"|\bhave been (?:reported|described|published)\b",
    r"\b(?:has|have) (?:previously |also |rarely )*been (?:reported|described|published)\b"
    r"|\bthe authors\b (?:reviewed|reported|describe|concluded|found)",
    r"\b(?:previous|earlier|published|other|some|several) (?:reports?|cases|studies|authors|series"
    r"|publications)\b|\breview of the literature (?:yielded|revealed|disclosed)",
    r"\b(?:cases|patients) (?:were|had been|are) (?:published|on record|known)\b|\bin (?:one|a"
    r"|another|their) (?:study|series|review|cohort|report)\b",
    r"\b(?:are|is|were) (?:on record|known)\b",
    r"\baccording to\b|\bcolleagues\b|\bcoworkers\b|\bin (?:their|his|her) (?:article|series|paper"
    r"|study|report|letter)\b",
)
# 'Smith et al. report the case of a woman of 51': a news item or a comment tells it.
REPORTED_BY_OTHERS = AnyOf(
    r"\b[a-z][\w'-]+ (?:et (?:al|coll)\b\.?|and (?:colleagues|co-?workers)),? (?:\w+ )?"
    r"(?:report|describe|present|rapport|decri|observ|relat|publi)\w*",
)
# The authors announce a case of their own, whatever else the sentence speaks of.
REPORTED_HERE = AnyOf(
    r"\b(?:we|i) (?:\w+ ){0,2}?(?:report|describe|present|relate|document|illustrate)s?"
    r" (?:\w+ ){0,2}?(?:an?|one|our|two|three|four|the) (?:[\w-]+ ){0,4}?"
    r"(?:case|patient|man|woman|instance)s?\b(?! (?:of the literature|reported|published))",
)
# Stricter: the authors' own words of reporting.
OWN_SAID = AnyOf(
    r"\b(?:we|i)\b[^.]{0,60}\b(?:patients?|cases?|m[ae]n|wom[ae]n|experience with)\b",
    r"\bour (?:own )?(?:patients?|cases?|series)\b|\b(?:the present|this) case\b|\bcase report\b",
    r"\b(?:presentamos|describimos|comunicamos|relatamos|descrevemos|apresentamos|reportamos)\b",
    r"\bnous (?:rapportons|presentons|decrivons)\b|\bwir (?:berichten|beschreiben)\b",
)
OWN_RECORDS = AnyOf(
    r"\b(?:records|charts|files|data) (?:of|from) [^.]{0,80}\b(?:reviewed|studied|analy[sz]ed"
    r"|collected)\b",
    r"\b(?:records|charts|files|case notes?|biops\w+|specimens|sections|slides),? (?:of|from)"
    r" [^.]{0,120}\b(?:were|was) (?:\w+ )?"
    r"(?:reviewed|studied|analy[sz]ed|collected|searched)|\b(?:chart|case note|record)s? review of",
    rf"\b{COUNT} (?:\w+ )?(?:patients|cases)(?: with [\w -]{{3,50}})? (?:were|was) (?:included"
    r"|identified|enrolled|seen)",
    r"\bwe (?:retrospectively |prospectively )?(?:reviewed|treated|analy[sz]ed|studied)"
    r" (?:the )?(?:records|charts|data|\w+ patients)",
)
# Figures of other people's patients beside those of one's own.
OTHERS_COUNTED = AnyOf(
    r"\bliterature\b|\bretrieved\b|\b(?:published|reported|recorded|known|earlier|previous)"
    r" (?:\w+ )?(?:cases|patients|reports)\b|\bwere (?:published|on record)\b"
)
# 'These included X and Y': the diagnoses of a series of one's own.
DIAGNOSES_LISTED = re.compile(
    r"\b(?:these|they|patients?|cases?|diagnos[ei]s|conditions?|entities|diseases?|dermatoses"
    r"|disorders?|findings|manifestations|lesions|subtypes|mucinoses)\b[^.;?]{0,60}"
    r"\b(?:includ(?:ed|ing)|compris\w+|consisted of|encompass\w+|namely)\b"
    r"(?![^.;]{0,80}\b(?:exclud|ruled|differential|considered|literature))[^.;?]*$",
    re.IGNORECASE,
)
