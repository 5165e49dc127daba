"""The forms in which a sentence writes a number of patients, the fuller ones first.

Reads and writes nothing.
"Eight of the 10 patients", "in 27", "(n = 5)", "4 (40%)", "all patients except one", "none".
"""

from __future__ import annotations

import re

from pipeline.extractors.series.counting import NUMBER, PEOPLE

UNIT = r"(?! ?(?:-|years?|months?|weeks?|days?|cycles?|courses?|infusions?|doses?|mg|g\b|%|times))"
IN_WORDS = "percent in words"
FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("except", rf"\ball (?:(?:of )?(?:the "
            rf"|our )?(?:{NUMBER} )?(?:\w+ )?{PEOPLE} )?(?:except(?: for)?|but|save|apart from"
            rf"|other than) (?P<n>{NUMBER})\b"),
        ("except", rf"\b(?:tod[oa]s|tous|toutes|alle|tutt[ie]) (?:(?:l[oa]s |os |as |les |die "
            rf"|i |le )?"
            rf"{PEOPLE} )?(?:menos|excepto|salvo|exceto|sauf|bis auf|ausser|tranne|eccetto)"
            rf" (?P<n>{NUMBER}|un[oa]?|uma?|une|einen?)\b"),
        ("except", rf"\b(?:every|each) (?:patient|case|one) (?:except(?: for)?|but|save)"
            rf" (?P<n>{NUMBER})\b"),
        ("of", rf"(?<![\w./-])(?P<n>{NUMBER}) (?:\(\d[\d.]* ?%\) )?(?:out )?of (?:the |our |these "
            rf"|a total of )?(?P<N>{NUMBER})\b(?: (?:[\w-]+ ){{0,3}}?{PEOPLE})?"),
        ("of", r"(?<![\d.,/-])(?P<n>\d{1,3}) ?/ ?(?P<N>\d{1,3})(?![\d/]| ?(?:mg|months|years))"),
        ("equal", r"\b[nN] ?= ?(?P<n>\d{1,3})\b"),
        ("times", rf"(?<![\w./-])(?P<n>{NUMBER}) times\b(?! (?:a|per|daily|weekly|the|upper|more|as"
            r"|higher|each|every|normal|greater|over|longer)\b)"),
        ("equal", r"(?<=[a-zλκ] \()(?P<n>\d{1,3})(?=\)(?! ?\d))"),
        ("all", rf"\b(?:all|each|every)(?: of)?(?: the| our"
            rf"| these)?(?: (?P<n>{NUMBER}))?(?: (?!except|but)[\w-]+){{0,2}}? {PEOPLE}\b"
            rf"|\b(?:all|each|every one|every) of them\b|\beach one\b"),
        ("all", rf"\b(?:tod[oa]s|tous|toutes|alle[nr]?|tutt[ie])"
            rf"(?: (?:l[oa]s|os|as|les|i|gli|le|die|den))? {PEOPLE}\b"),
        ("all", r"\b(?:tod[oa]s|tous|toutes|tutt[ie])\b(?= (?:ten\w+|tinham|presenta\w+"
            r"|apresenta\w+|recib\w+|receb\w+|avaient|ont|etaient|avevano|hanno|eran|eram))"),
        ("all", rf"\ball (?P<n>{NUMBER})\b(?! (?:of|years?|months?|\w+ criteria))"),
        ("all", r"(?<!patients )(?<!cases )(?<!patient )\b(?:every one|everyone|each)\b"
            r"(?= (?:had|was|received|developed|showed))"),
        ("rest", rf"\b(?:remaining|other) (?P<n>{NUMBER})\b{UNIT}"),
        ("whom", rf"(?<![\w./-])(?P<n>{NUMBER}) of (?:whom|which|them|these(?: {PEOPLE})?"
            rf"|(?:the|our) (?:\w+ )?(?:{PEOPLE}|treated|untreated|affected|survivors))\b"
            rf"|(?<![\w./-])(?P<m>{NUMBER}|un[oa]?|eine[mr]?) (?:de (?:l[oa]s cuales|ell[oa]s)"
            rf"|d[oa]s quais|del[ea]s|d'entre eux|von (?:denen|ihnen)|dei quali)\b"),
        ("both", rf"\b(?:both|ambos|ambas|les deux|beide)(?: of)?(?: the| our"
            rf"| these)?(?: {PEOPLE})?\b(?! sexes| genders| the \w+ and)"),
        ("part", rf"(?<![\w-])(?:a |one |las? |les? )?(?P<part>half|(?:one |a )third|two[- ]thirds"
            rf"|a quarter|three[- ]quarters|la mitad|a metade|la moitie|die halfte)"
            rf"(?: (?:of|de|des|dos|der)(?: the| our| all| los| os| les)? ?(?:{PEOPLE}|them)\b"
            rf"|(?=[,.;)]|$| (?:were|was|had|have|are|received|presented|showed"
            r"|developed|died)\b))"),
        ("people", rf"(?<![\w./-])(?P<n>{NUMBER})(?: (?!\d|of\b|with\b|and\b|to\b|or\b|in\b|per"
            rf"|years?\b|months?\b"
            rf"|cycles?\b)[\w-]+){{0,5}}? {PEOPLE}\b"),
        ("one", rf"\b(?:ein|eine|un|una|um|uma|une) {PEOPLE}\b"),
        ("behind", r"(?<=[a-z] )(?<!\bin )(?<!\bof )(?P<n>\d{1,3})(?= ?\(\d[\d.,]* ?%\)"
            r"(?! ?(?:of\b|had|were|was|patients|cases|men|women|developed|received|died)))"),
        ("share", rf"(?<![\w./-])(?P<n>{NUMBER}) ?[(\[]\d[\d.,]* ?%[)\]]"),
        ("percent", r"(?<![\d.,-])(?P<p>\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|per ?cent\b)"
            r"(?! ?(?:ci|confidence))"),
        (IN_WORDS, rf"(?<![\w./-])(?P<w>{NUMBER}) per ?cent\b"),
        ("in", rf"(?:(?<=\bin )|(?<=[a-z] to )|(?<=\bby )|(?<=\bchez )|(?<=\bbei )"
            rf"|(?<=\ben )|(?<=\bem ))"
            rf"(?P<n>{NUMBER}|un[oa]?|uma?)\b(?!\.\d){UNIT}(?= ?[,.;)(]| and\b| or\b| but\b"
            rf"| whereas\b| while\b| it\b| they\b| an? (?:ig|mono|para)"
            rf"| before\b| after\b| the\b| y\b| et\b| e\b"
            rf"| und\b| d'entre| vom\b| de tipo| du type| kam\b| of (?:ig|type)"
            rf"| (?:pacientes|malades|patient|doentes|casos)|$)"),
        ("result", rf"(?<![\w./-])(?P<n>{NUMBER}) (?=(?:an? )?(?:near[ -]?)?(?:complete|partial"
            rf"|remision|respuestas?|remissions?|reponses?|remiss(?:ao|oes)|respostas?|remissionen)\b)"),
        ("result", rf"(?<![\w./-])(?P<n>{NUMBER})(?= (?:went |passed |came )?into "
            r"(?:an? )?(?:complete|partial)\b)"),
        ("group", rf"(?<=\bof the )(?P<n>{NUMBER})\b(?= (?:patients )?(?:who )?(?:were |had )?"
            rf"(?:treated|given|receiving|received)\b)"),
        ("colon", rf"(?<=: )(?P<n>{NUMBER})(?= ?\(| of\b| ?[,.;]|$)"),
        ("behind", r"(?:(?<=\bcr )|(?<=\bpr )|(?<=\bcr: )|(?<=\bpr: ))(?P<n>\d{1,3})\b(?! ?%)"),
        ("all", r"(?<!had )(?<!have )(?<!were )(?<!was )\ball(?=(?:[.,;)]|$)"
             r"| (?:had|were|have|has|received|underwent|responded|showed"
            r"|developed|presented|carried)\b)"),
        ("others", r"\b(?:all (?:of )?)?the (?:others|rest|remainder)\b(?= (?:had|were|showed"
            r"|achieved|responded|improved|received|obtained|have|has|was))"),
        ("none", r"\b(?:none|neither|no (?:patients?|cases?))\b"),
        ("vague", r"\b(?:most|some|several|many|the majority|a minority)\b"
            r"(?! (?:common|frequent|often|likely|important|notabl))|\bin (?:the )?others\b"),
        ("listed", r"(?:(?<=[a-zλκ] )|(?<=[a-zλκ], ))(?P<n>\d{1,3})(?= ?(?:[,;)]|\.(?!\d)|$)"
            r"| and (?:[\w-]+ ){1,3}\d{1,3}(?: ?[(,;]|\.?$))"),
        ("verb", rf"(?:(?<=, )|(?<=and ))(?P<n>{NUMBER})"
            rf"(?= in (?:an? )?(?:CR|PR|complete|partial)\b)"),
        ("verb", rf"(?<![\w./-])(?P<n>{NUMBER})"
            rf"(?= (?:\(\d[\d.,]* ?%\) )?(?:also |subsequently |later |further |\w+-related "
            rf"|early |late )?"
            rf"(?:were|was|had|also|went|took|tried|cleared|improved|failed|remained"
            rf"|has|have|is|are|developed|received|died|deaths?|achieved|obtained|showed|underwent"
            rf"|(?!aged|used|based|related|repeated|divided|weekly|need|speed)[a-z]{{4,}}ed"
            rf"|recibi\w+|presentaron|presento|tuvieron"
            rf"|desarrollaron|fallecieron|murieron|mejoraron|respondieron|receberam|apresentaram"
            rf"|tiveram|faleceram|ont|avaient|etaient|sont|erhielten|hatten|zeigten|verstarben)\b)"),
    )
)  # fmt: skip
