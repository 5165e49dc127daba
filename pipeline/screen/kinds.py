"""Cues of the kind of a report: comment, review, case, trial, cohort. Reads and writes nothing.

All patterns are for folded text (`folding.fold`), as in `cues`.
"""

from __future__ import annotations

from pipeline.language.any_of import AnyOf
from pipeline.screen.cues import COUNT, PERSON

# The authors say that they have no patient to tell of.
NO_OWN = AnyOf(
    r"\bno (?:patients?|cases?|experience|data) of our own\b|\bnot? (?:have )?any (?:patients?"
    r"|cases?)"
    r" of our own\b|\bwithout (?:a |any )?(?:patients?|cases?) of (?:our|his|her|their) own\b"
)
COMMENT_TITLE = AnyOf(
    r"^(?:re|reply|response|answer(?! to (?:the|our) (?:[\w-]+ ){0,3}(?:quiz|puzzle|challenge))"
    r"|comment(?:s|ary)?|editorial|correspondence|letter|discussion"
    r"|invited commentary|author'?s? reply|in reply|erratum|corrigendum)\b ?(?::|to\b|on\b"
    r"|regarding|from|by|-|$|about)",
    r"\bcomments? (?:on|to|regarding)\b|: (?:a )?comments?$"
    r"|\b(?:reply|response) (?:to|from) (?:the )?(?:letter"
    r"|comment|editor|author|dr|professor|['\"])",
    r"\bauthors'? (?:reply|response)\b|\bcommentary\b|\bre: ",
)
COMMENT_TEXT = AnyOf(
    r"\b(?:we|i) (?:were|was) (?:\w+ )?(?:intrigued|interested|impressed|struck|surprised|pleased)"
    r" (?:by|in|to read)\b|\b(?:we|i) (?:\w+ )?enjoyed\b|\bcongratulate (?:the|dr|them|our)"
    r"|\bthe authors (?:deserve|should|do not|did not)\b|\b(?:we"
    r"|i) (?:have )?read (?:with (?:\w+ ){0,2}(?:interest|attention|pleasure)"
    r"|the (?:\w+ )*(?:article|paper|report|letter|case))",
    r"\bin this issue of\b|\bin the (?:current|present|same) issue of\b|\bthe (?:recent"
    r"|interesting|excellent) (?:\w+ )?(?:article|paper|report|letter|study|communication) (?:by"
    r"|in|of|on|from)\b",
    r"\b(?:calls? for comment|would like to comment|wish to comment|want to comment"
    r"|comment on the)\b|\bcomment on\b[^.]{0,60}\bpage\b",
    r"\bwe (?:thank|appreciate) (?:dr|the authors?|professor|\w+ et al|\w+ and (?:colleagues"
    r"|\w+) for)\b[^.]{0,60}(?:comment|letter|interest|remarks)",
    r"\bthe recent (?:case|article|paper|report|study) (?:of|by|from) [a-z][\w'-]+ (?:et al|and)\b"
    r"|\bthe article (?:by|entitled)\b|\b(?:in|with) their (?:recent )?(?:article|letter|paper),",
)
# A journalist tells of a report that others published.
NEWS_TEXT = AnyOf(
    r"\b(?:according to|in) (?:an?|the|this|their) (?:[\w-]+ ){0,2}(?:report|study|article|paper"
    r"|letter) (?:that was |which was |recently )?(?:published|appearing|featured) (?:\w+ )?in\b"
)
FIRST_PERSON = AnyOf(r"\b(?:we|our|i)\b")
REVIEW_TITLE = AnyOf(
    r"\b(?:narrative|systematic|literature|scoping|brief|mini|critical|comprehensive|current"
    r"|clinical|state[- ]of[- ]the[- ]art) ?-?review\b|\ba review\b|: (?:an? )?review\b"
    r"|(?<!chart )(?<!retrospective )(?<!record )(?<!records )(?<!note )(?<!notes )\breview"
    r"(?: article)?$|^review\b",
    r"\b(?:new concepts|perspectives?|insights? into|management of|therapeutic options"
    r"|treatment options|update|overview|consensus|guidelines?|recommendations?|position (?:paper"
    r"|statement)"
    r"|s[123]k? guideline|meta-analysis|what'?s new|advances|pathogenesis of|classification"
    r"|diagnostic criteria|spectrum of|approach to|mimics?|mimickers|how (?:i|we) treat"
    r"|current concepts?|primer|clinical pearls|cme|part [12i]+)\b",
    r"\bselected (?:\w+ ){0,2}(?:diseases|disorders|dermatoses|conditions|mucinoses)\b",
    r"\b(?:revision|revisao|uebersicht|ubersicht|mise au point|revue (?:generale"
    r"|de la litterature)|actualizacion|atualizacao|leitlinie|consenso)\b",
)
REVIEW_TEXT = AnyOf(
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
CASE_TITLE = AnyOf(
    r"\bcases?\b|\bcase[- ](?:report|series)\b|\b(?:report|observation) (?:of|de)\b"
    r"|\b(?:in|of) (?:an?|two|three|four"
    r"|five|\d+) (?:[\w-]+ ){0,5}(?:patients?|man|woman|male|female|lady|gentleman|boy|girl|child"
    r"|adult|infant)\b",
    r"\b\d{1,2}[- ]year[- ]old\b|\bcasos?\b|\breporte\b|\brelato\b|\ba propos\b|\bfallbericht\b"
    r"|\bun cas\b|\bd'un cas\b|\bkasuistik\b|\bquiz\b|\b(?:what is|your) (?:the "
    r"|your )?diagnosis\b",
    r"^diagnos[ie]s\b|\banswer\b|\bpatients?\b|\bpaciente\b|\bcohort\b|\bsingle[- ]cent"
    r"|\bexperience\b|\bseries\b",
)
RESULT_TITLE = AnyOf(
    r"\b(?:successful|successfully|treated|responding|responsive|response|refractory|resolution"
    r"|remission|improvement|presenting|presentation|associated|following|after|complicat\w+"
    r"|masquerading|mimicking|fatal|unusual|atypical|with|without|preceding|induced|diagnosed"
    r"|efficacy|effect|tratado|tratada|asociado|associado|traite|behandelt|mit|con|avec)\b"
)
# A bare title that tells what became of a patient, not what is known of the disease.
TOLD_TITLE = AnyOf(
    r"\b(?:successful|successfully|treated|responding|responsive|refractory|resolution|remission"
    r"|regression|clearance|improvement|presenting|masquerading|complicated|fatal|tratad[oa]"
    r"|traitee?|behandelt)\b"
)
TRIAL = AnyOf(
    r"\bopen[- ]label\b|\brandomi[sz]ed\b|\bplacebo\b|\b(?:clinical|open|pilot|controlled"
    r"|phase (?:i|ii|iii|1|2|3)) (?:\w+ )?trial\b|\bpilot study\b"
)
COHORT = AnyOf(
    r"\b(?:cohort|multicent(?:er|re)|nation-?wide|registry|consecutive|database|enrolled"
    r"|all patients (?:diagnosed|seen|with)|between (?:\w+ )?(?:19|20)\d\d and)\b"
    r"|\bpatients? diagnosed [^.]{0,60}between\b|\bcases diagnosed at\b"
)
# What happened to the disease, not to a patient: 'it was first described in 1906'.
HISTORY = AnyOf(
    r"\b(?:was|were) (?:\w+ )?(?:first|originally|initially|named|coined|introduced|divided"
    r"|classified|proposed|described|defined|termed|thought|believed|considered)\b"
    r"|\b(?:reports|articles|papers|studies|experts|authors|criteria|databases|committee"
    r"|questionnaires?)\b"
)
# What happened in the laboratory.
IN_VITRO = AnyOf(r"\b(?:cell lines?|cultures?|cultured|incubat\w+|m?rna|in vitro|mice|rats)\b")
NON_HUMAN = AnyOf(
    r"\b(?:dogs?|canine|cats?|feline|horses?|equine|mice|mouse|murine|rats?|rabbits?|bovine"
    r"|zebrafish|shar[- ]pei dogs?|veterinary|in vitro study|cell line)\b"
)
CASE_NAMED = AnyOf(
    r"\bcase[- ]?(?:report|series|study)?s?\b|\breport of\b|\bcasos?\b|\bcas\b|\bfallbericht\b",
    rf"\b(?:an?|one|our|{COUNT}) (?:[\w-]+ ){{0,3}}?{PERSON}\b",
)
CASE_ADDED = AnyOf(
    r"\bcase[- ](?:report|series|study)\b|\breport of (?:an?|one|two|three|four|five|\d)\b",
    r"\b(?:an?|one|our|two|three) (?:[\w-]+ ){0,2}?(?:cases?|patients?|m[ae]n|wom[ae]n)\b",
    r"\b(?:caso clinico|relato de caso|cas clinique|fallbericht)\b",
)
SYSTEMATIC_TITLE = AnyOf(
    r"\b(?:systematic|scoping) (?:literature )?review\b|\bmeta-?analysis\b"
    r"|\bpooled analysis\b|\banalysis of (?:\w+ ){0,3}?(?:published|reported) (?:cases"
    r"|patients)\b|\bguidelines?\b"
    r"|\bconsensus\b|\bposition statement\b"
)
