"""Cues that tell what kind of report a text is, whatever its disease. Reads and writes nothing.

All patterns are for folded text (`folding.fold`) in lower case. English first, then Spanish,
Portuguese, French and German.
"""

from __future__ import annotations

import re

COUNT = (
    r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|eighteen|twenty|thirty|dos|tres|cuatro|cinco|seis|dois|duas|quatro|deux"
    r"|trois|quatre|cinq|zwei|drei|vier|funf|sechs)"
)
PERSON = (
    r"(?:patients?|cases?|m[ae]n|wom[ae]n|males?|females?|gentlem[ae]n|lad(?:y|ies)|boys?|girls?"
    r"|child(?:ren)?|individuals?|subjects?|persons?|adults?|pacientes?|casos?|mujer(?:es)?"
    r"|varon(?:es)?"
    r"|hombres?|mulher(?:es)?|homens?|homem|patiente?s?|cas|femmes?|hommes?|malades?|patient(?:in"
    r"|en|innen)?"
    r"|fall|falle|frau(?:en)?|mann|manner|kranke)"
)
ADJECTIVES = r"(?:[\w'/-]+,? ){0,7}?"
REPORT_VERB = (
    r"(?:report|present|describe|document|discuss|encountered|observed|saw|treated|diagnosed"
    r"|managed"
    r"|reported|presented|described|illustrate|share|have (?:seen|treated|observed|encountered"
    r"|managed"
    r"|cared for|followed)|wish to (?:report|add|describe|present)|would like to (?:report|present"
    r"|describe|add)|add|evaluated|cared for|followed|studied|report on|demonstrate|detail)"
)


def compiled(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# An own patient is told of: the authors say so, or the sentence tells one person's history.
OWN_REPORTED = compiled(
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
    r"\bthe patient (?:was|had|has|is|did|presented|developed|received|underwent|responded|died"
    r"|showed|experienced|complained|denied|reported|remained|tolerated|started|improved"
    r"|continued)\b",
    r"\b(?:the|this|both|these|all|either|neither of the|each|first"
    r"|second) (?:\w+ )?patients?(?:'s)? (?:was|were|had|presented|developed|received|underwent"
    r"|responded|showed|improved|experienced|died|initially|complained)\b",
    r"\b(?:she|he) (?:was|had|has|is|did|presented|developed|received|underwent|responded|died"
    r"|showed|experienced|complained|denied|noticed|consulted)\b",
    r"\b(?:these|our|such|following|presented) (?:\w+ )?cases (?:underscore|underline|highlight"
    r"|illustrate|show|demonstrate|emphasi[sz]e|confirm|suggest|stress)s?\b"
    r"|\billustrated by these cases\b",
    r"\bcase (?:report|presentation|description|1|2)\b|\bpatient (?:no\.? ?)?[1-9]\b"
    r"|\breport of (?:a|an|one|two|three|four|five|\d+|the) (?:\w+ )?cases?\b",
    r"\b(?:relatamos|relata-se|relato de|apresentamos|apresenta-se|descrevemos|descreve-se"
    r"|comunicamos|presentamos|describimos|reportamos|se presenta|se describe|se comunica"
    r"|se reporta|exponemos|reporte de)\b",
    r"\b(?:nous (?:rapportons|presentons|decrivons|avons (?:traite|observe|suivi))|rapportons"
    r"|est rapporte|sont rapportes|cas clinique|observation)\b",
    r"\b(?:wir (?:berichten|beschreiben|stellen|prasentieren)|berichtet wird|wird berichtet"
    r"|fallbericht|kasuistik|der patient|die patientin|vorgestellt wird|stellte sich)\b",
    r"\b(?:paciente|paciente [a-z]+|mujer|varon|hombre|mulher|homem|patiente?|femme"
    r"|homme),? (?:de |do |da |agee? de |[a-z]+ de )*\d{1,2} ?(?:anos|ans)\b",
    r"\bnuest(?:ro|ra) (?:paciente|caso)\b|\bnoss[oa] (?:paciente|caso)\b|\bnotre (?:patiente?"
    r"|malade|cas|observation)\b",
)
ONE_PERSON = compiled(
    r"^\W*(?:an?|one) (?:[\w-]+ ){0,4}?(?:patient|man|woman|male|female|lady|gentleman)"
    r" (?:with|who|in whom|whose|affected|suffering|having|treated|known|diagnosed)\b",
    r"\b(?:in|from|of|on) an? (?:[\w-]+ ){0,4}?(?:patient|man|woman|male|female|subject|individual"
    r"|adult) (?:with|who|in whom|whose|affected|suffering|having|treated)\b",
    r"\b(?:mit|bei) eine[rm] (?:[\w-]+ ){0,3}?patient(?:in|en)\b|\ben (?:un|una) (?:paciente|mujer"
    r"|varon|hombre)\b|\bem (?:um|uma) paciente\b|\bchez une? (?:patiente?|femme|homme|malade)\b",
)
VAGUE = compiled(
    r"\b(?:will|may|can|might|could|should|usually|typically|often|generally|fewer than|most"
    r"|about \d+ ?%|one in)\b"
)
AGED_PERSON = compiled(
    r"\b(?:man|woman|patient|male|female|lady|gentleman)[^.]{0,20} in (?:his|her) (?:\w+ )?\d0s\b",
    r"\b\d{1,2}[ -]{0,2}(?:year|yr|month|week)s?\.?[ -]{0,2}old\b(?! (?:history|lesion|eruption"
    r"|rash))",
    r"\b[a-z]+(?:-[a-z]+)?[ -]years?[ -]old\b|\b\d{1,2} ?(?:y/o|yo|y\.o\.)\b",
    r"\b(?:m[ae]n|wom[ae]n|female|male|lady|gentleman|patient|girl|boy),? (?:aged?|of"
    r"|who was) \d{1,2}\b",
    r"\b(?:aged?|agee? de) \d{1,2}\b|\b\d{1,2}[ -]?jahrige",
)
SERIES = compiled(
    r"\b(?:we|i) (?:have )?(?:retrospectively |prospectively |also )*(?:reviewed|studied"
    r"|analy[sz]ed|evaluated|identified|included|enrolled|collected|investigated|assessed|treated"
    r"|re-?evaluated|compared|performed|conducted)\b",
    rf"\b{COUNT} {ADJECTIVES}{PERSON}\b,? {ADJECTIVES}(?:were|was|had|received|underwent|with|of"
    rf"|showed|included|followed|treated|responded|evaluated|seen|who|in whom|mit|con|com|avec)",
    r"\b(?:records|charts|data|files|biops\w+) (?:of|from) (?:all |the |\w+ )*(?:patients|cases)\b",
    r"\bpatients (?:were|received|underwent|had been) (?:\w+ )?(?:enrolled|included|identified"
    r"|treated|recruited|evaluated|analy[sz]ed|reviewed|followed|diagnosed|given)\b",
    r"\b(?:retrospective|prospective|open[- ]label|multicent(?:er|re)|single[- ]cent(?:er|re)"
    r"|clinicopathologic\w*|cohort) (?:\w+ )?(?:study|review|analysis|series|trial|cohort)\b",
    rf"\bin (?:all )?{COUNT} (?:\w+ )?(?:patients|cases)\b|\b{COUNT} (?:of|out of) (?:the |our "
    rf"|these )?{COUNT}\b|\b{COUNT} (?:patients|cases)\b",
    r"\b(?:se incluyeron|se estudiaron|foram (?:incluidos|estudados)|ont ete inclus"
    r"|wurden (?:ausgewertet|eingeschlossen|untersucht))\b",
)
# A sentence about other people's patients.
CITED = compiled(
    r"\bet al\b|\bin the literature\b|\b(?:reported|described|published|observed) by\b"
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
COMMENT_TITLE = compiled(
    r"^(?:re|reply|response|answer|comment(?:s|ary)?|editorial|correspondence|letter|discussion"
    r"|invited commentary|author'?s? reply|in reply|erratum|corrigendum)\b ?(?::|to\b|on\b"
    r"|regarding|from|by|-|$|about)",
    r"\bcomments? (?:on|to|regarding)\b|\b(?:reply|response) (?:to|from) (?:the )?(?:letter"
    r"|comment|editor|author|dr|professor|['\"])",
    r"\bauthors'? (?:reply|response)\b|\bcommentary\b|\bre: ",
)
COMMENT_TEXT = compiled(
    r"\b(?:we|i) (?:have )?read (?:with \w+ ?\w* ?(?:interest|attention|pleasure)"
    r"|the (?:\w+ )*(?:article|paper|report|letter|case))",
    r"\bin this issue of\b|\bin the (?:current|present|same) issue of\b|\bthe (?:recent"
    r"|interesting|excellent) (?:\w+ )?(?:article|paper|report|letter|study|communication) (?:by"
    r"|in|of|on|from)\b",
    r"\b(?:calls? for comment|would like to comment|wish to comment|want to comment"
    r"|comment on the)\b|\bcomment on\b[^.]{0,60}\bpage\b",
    r"\bwe (?:thank|appreciate) (?:dr|the authors?|professor|\w+ et al|\w+ and (?:colleagues"
    r"|\w+) for)\b[^.]{0,60}(?:comment|letter|interest|remarks)",
    r"\bthe article (?:by|entitled)\b|\b(?:in|with) their (?:recent )?(?:article|letter|paper),",
)
REVIEW_TITLE = compiled(
    r"\b(?:narrative|systematic|literature|scoping|brief|mini|critical|comprehensive|current"
    r"|clinical|state[- ]of[- ]the[- ]art) ?-?review\b|\ba review\b|: (?:an? )?review\b"
    r"|\breview(?: article)?$|^review\b",
    r"\b(?:new concepts|perspectives?|insights? into|management of|therapeutic options"
    r"|treatment options|update|overview|consensus|guidelines?|recommendations?|position (?:paper"
    r"|statement)"
    r"|s[123]k? guideline|meta-analysis|what'?s new|advances|pathogenesis of|classification"
    r"|diagnostic criteria|spectrum of|approach to|mimics?|mimickers|how (?:i|we) treat"
    r"|current concepts?|primer|clinical pearls|cme|part [12i]+)\b",
    r"\b(?:revision|revisao|uebersicht|ubersicht|mise au point|revue (?:generale"
    r"|de la litterature)|actualizacion|atualizacao|leitlinie|consenso)\b",
)
REVIEW_TEXT = compiled(
    r"\b(?:systematically reviewed|review(?:ed)? (?:the |all )?(?:\w+ )?(?:published|reported"
    r"|literature))\b",
    r"\b(?:this|the present|our) (?:\w+ )?(?:review|chapter|overview|article|consensus|guideline"
    r"|statement)\b[^.]{0,25}(?:summari[sz]|discuss|focus|describ|deal|provide|aim|outline|present"
    r"|address|cover|review|highlight|set|giv|offer)\w*",
    r"\b(?:in this|this) (?:review|chapter|overview|guideline|narrative|consensus|mini-review)\b"
    r"|\bpurpose of review\b|\brecent findings\b",
    r"\bwe (?:systematically |briefly |here |also )*(?:review|summari[sz]e|searched"
    r"|performed a (?:systematic|literature)|conducted a (?:systematic|literature))\b",
    r"\b(?:are|is|were) (?:reviewed|discussed|summari[sz]ed)\b|\b(?:pubmed|medline|embase"
    r"|cochrane)\b[^.]{0,40}search|\bliterature search\b|\bsystematic (?:literature )?(?:search"
    r"|review)\b",
    r"\b(?:uberblick|ubersichtsarbeit|esta revision|esta revisao|cette revue|se revisa|revisamos"
    r"|artigo de revisao|wird .{0,30} zusammengefasst)\b",
)
CASE_TITLE = compiled(
    r"\bcases?\b|\bcase[- ](?:report|series)\b|\breport of\b|\b(?:in|of) (?:an?|two|three|four"
    r"|five|\d+) (?:[\w-]+ ){0,5}(?:patients?|man|woman|male|female|lady|gentleman|boy|girl|child"
    r"|adult|infant)\b",
    r"\b\d{1,2}[- ]year[- ]old\b|\bcasos?\b|\breporte\b|\brelato\b|\ba propos\b|\bfallbericht\b"
    r"|\bun cas\b|\bd'un cas\b|\bkasuistik\b|\bquiz\b|\b(?:what is|your) (?:the "
    r"|your )?diagnosis\b",
    r"^diagnos[ie]s\b|\banswer\b|\bpatients?\b|\bpaciente\b|\bcohort\b|\bsingle[- ]cent"
    r"|\bexperience\b|\bseries\b",
)
RESULT_TITLE = compiled(
    r"\b(?:successful|successfully|treated|responding|responsive|response|refractory|resolution"
    r"|remission|improvement|presenting|presentation|associated|following|after|complicat\w+"
    r"|masquerading|mimicking|fatal|unusual|atypical|with|without|preceding|induced|diagnosed"
    r"|efficacy|effect|tratado|tratada|asociado|associado|traite|behandelt|mit|con|avec)\b"
)
TRIAL = compiled(
    r"\bopen[- ]label\b|\brandomi[sz]ed\b|\bplacebo\b|\b(?:clinical|open|pilot|controlled"
    r"|phase (?:i|ii|iii|1|2|3)) (?:\w+ )?trial\b|\bpilot study\b"
)
COHORT = compiled(
    r"\b(?:cohort|multicent(?:er|re)|nation-?wide|registry|consecutive|database|enrolled"
    r"|all patients (?:diagnosed|seen|with)|between (?:\w+ )?(?:19|20)\d\d and)\b"
    r"|\bpatients? diagnosed [^.]{0,60}between\b|\bcases diagnosed at\b"
)
NON_HUMAN = compiled(
    r"\b(?:dogs?|canine|cats?|feline|horses?|equine|mice|mouse|murine|rats?|rabbits?|bovine"
    r"|zebrafish|shar[- ]pei dogs?|veterinary|in vitro study|cell line)\b"
)
# Stricter: the authors' own words of reporting.
OWN_SAID = compiled(
    r"\b(?:we|i)\b[^.]{0,60}\b(?:patients?|cases?|m[ae]n|wom[ae]n|experience with)\b",
    r"\bour (?:own )?(?:patients?|cases?|series)\b|\b(?:the present|this) case\b|\bcase report\b",
    r"\b(?:presentamos|describimos|comunicamos|relatamos|descrevemos|apresentamos|reportamos)\b",
    r"\bnous (?:rapportons|presentons|decrivons)\b|\bwir (?:berichten|beschreiben)\b",
)
OWN_RECORDS = compiled(
    r"\b(?:records|charts|files|data) (?:of|from) [^.]{0,80}\b(?:reviewed|studied|analy[sz]ed"
    r"|collected)\b",
    r"\bwe (?:retrospectively |prospectively )?(?:reviewed|treated|analy[sz]ed|studied)"
    r" (?:the )?(?:records|charts|data|\w+ patients)",
)
CASE_NAMED = compiled(
    r"\bcase[- ]?(?:report|series|study)?s?\b|\breport of\b|\bcasos?\b|\bcas\b|\bfallbericht\b",
    rf"\b(?:an?|one|our|{COUNT}) (?:[\w-]+ ){{0,3}}?{PERSON}\b",
)
SYSTEMATIC_TITLE = compiled(
    r"\b(?:systematic|scoping) (?:literature )?review\b|\bmeta-?analysis\b|\bguidelines?\b"
    r"|\bconsensus\b|\bposition statement\b"
)
