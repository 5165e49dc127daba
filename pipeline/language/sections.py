"""The role a section plays in a report, from its kind and its heading. Reads and writes nothing."""

from __future__ import annotations

import functools
import re

from pipeline.language.folding import fold
from pipeline.records import Role, Section

# Headings as journals use them, English first, then Spanish, Portuguese, French, German.
HEADINGS: tuple[tuple[Role, str], ...] = (
    ("keywords", r"key ?-?words?|mesh( terms)?|publication types?|substances|palabras? clave"
                 r"|palavras?-chave|descritores|descriptores|mots?[ -]cles?|schlusselworter"),
    ("other", r"references|bibliograf\w*|bibliograph\w*|literatur(e cited|verzeichnis)?"
              r"|acknowledge?ments?|funding.*|(conflicts?|declaration) of interests?"
              r"|competing interests?"
              r"|ethic\w*.*|consent.*|author contributions?|how to cite.*|correspondence( address)?"
              r"|abbreviations|supplementary.*|footnotes?"),
    ("case", r"(?:[\w&-]+ ){0,3}cases?\b(?!.control)(?: [\w.#&-]+){0,4}|clinical (case"
        r"|presentation|findings|course|history|summary)"
             r"|case summary|(case )?(report|description|presentation|history)s?"
             r"|patients?( \d+)?|observations?"
             r"|patient information|timeline|diagnostic (assessment|focus)( and assessment)?"
             r"|therapeutic (interventions?|focus)( and assessment)?|patient perspective"
             r"|caso(s)?( clinico(s)?)?|(descripcion|presentacion|reporte) del? caso"
             r"|(relato|descricao|apresentacao)( d[eo]s? casos?)?|cas( clinique)?"
             r"|fall(bericht|beschreibung|vorstellung|berichte)?|(unser|der) fall"
             r"|(?:cas[oe]?|fall|patient(?:in|e)?|paciente|doente|observation)(?: n(?:r|umero)?\.?"
             r"[o°]?\.?)? ?(?:\d{1,2}|[ivx]{1,4}|[a-h])"
             r"|kasuistik|course|follow-up|outcomes?"
             r"|treatment( course)?"
             r"|therap(y|eutic course)|diagnosis|investigations?|differential diagnosis"),
    ("results", r"((patients?|cases?|subjects) and )?results?( and discussion)?|findings"
             r"|resultados?|resultats?|ergebnisse"
        r"|main results"),
    ("methods", r"(materials?|patients?|subjects?) and methods?|methods?( and .*)?|design"
                r"|study design|setting|participants|metodos?"
                r"|materia(?:l|is|les) [ey] metodos|(?:pacientes|doentes|casuistica)"
                r" [ey] metodos|(?:patients|malades) et methodes|methodes?|methodik"
                r"|(?:patienten|material) und methoden?"
                r"|interventions?"),
    ("background", r"background( and (purpose|aims?|objectives?))?|introduction"
             r"|objectives?( and .*)?|aims?|purpose|importance|context"
                   r"|introducc?ion|introducao|einleitung|hintergrund|antecedentes|fundamento"
                   r"|objetivos?|what (was|is already) known.*|rationale"),
    ("discussion", r"discuss?ions?|discusion|discussao|diskussion|comments?|comentario|commentaire"
                   r"|review of (the )?literature|literature review|learning points?|significance"),
    ("conclusion", r"conclusions?(/.*)?|conclusiones|conclusao|conclusoes|schlussfolgerung(en)?"
                   r"|interpretation|key (message|learning)s?.*|teaching points?"
             r"|limitations?|implications?"),
    # 'Management' may be the patient's or the disease's: the tense decides, as in an abstract.
    ("abstract", r"(structured )?abstract|summary|resumen|resumo|resume|zusammenfassung"
                 r"|(?:treatment and |clinical )?management(?: and outcomes?)?"),
)  # fmt: skip
NUMBER = r"(\d{1,3}(\.\d{1,3}){0,4}\.?\s{0,9})?"
PATTERNS = [(role, re.compile(rf"{NUMBER}({words})\s*[:.\-|]*", re.IGNORECASE))
            for role, words in HEADINGS]  # fmt: skip
# 'Discussion and conclusions', 'Follow-up and outcome': of two roles the one nearer to the patient.
JOINED = re.compile(r"\s*(?:\band\b|\by\b|\be\b|\bet\b|\bund\b|&|/|,)\s*", re.IGNORECASE)
LONGEST_JOINED = 60
FIRST: tuple[Role, ...] = (
    "case",
    "results",
    "methods",
    "discussion",
    "conclusion",
    "background",
    "abstract",
    "keywords",
    "title",
    "table",
    "legend",
    "other",
)
KINDS: dict[str, Role] = {
    "title": "title", "abstract": "abstract", "body": "abstract", "keywords": "keywords",
    "legend": "legend", "table": "table", "other_abstract": "other",
}  # fmt: skip


def role_of(section: Section) -> Role:
    """The role its heading names, the innermost heading of a path first; else its kind's."""
    if section.kind not in ("abstract", "body"):
        return KINDS.get(section.kind, "other")
    for heading in reversed((section.title or "").split(" > ")):
        role = role_of_heading(heading)
        if role is not None:
            return role
    return KINDS[section.kind]


@functools.lru_cache(maxsize=20_000)
def role_of_heading(heading: str) -> Role | None:
    """The role a heading names, None where the words are no heading we know."""
    folded = fold(heading).strip()
    role = role_of_whole(folded)
    if role is not None or len(folded) > LONGEST_JOINED:
        return role
    parts = [role_of_whole(part) for part in JOINED.split(folded)]
    known = [part for part in parts if part is not None]
    return min(known, key=FIRST.index) if len(known) == len(parts) > 1 else None


def role_of_whole(folded: str) -> Role | None:
    for role, pattern in PATTERNS:
        if folded and pattern.fullmatch(folded):
            return role
    return None


INLINE_ROLES: tuple[tuple[Role, str], ...] = (
    ("background", r"backgrounds?(?:/objectives?)?|introduction|objectives?|aims?|purpose"
        r"|importance|introduccion|introducao|einleitung|hintergrund|objetivos?"),
    ("methods", r"(?:patients|materials?|subjects) and methods|methods?"),
    ("case", r"case (?:reports?|presentations?|summary|history|description|series)"
             r"|(?:report|presentation|description) of (?:a |the )?cases?|clinical presentation"
             r"|caso clinico|relato d[eo] caso|observation|fallbericht|kasuistik"),
    ("results", r"results?|findings|resultados|resultats|ergebnisse"),
    ("discussion", r"discussion|comments?|review of (?:the )?literature|discusion|discussao"
                   r"|diskussion|comentarios?|commentaires?"),
    ("conclusion", r"conclusions?|limitations?|conclusion(?:es)?|conclusao|conclusoes"
                   r"|schlussfolgerung(?:en)?"),
)  # fmt: skip
# In running text the heading stands in front of a capital: "Results The infusions helped".
INLINE = [
    (
        role,
        re.compile(rf"(?:abstract\s+)?(?:{words})[.,-]?\s+(?=[A-Z\"'(][\w'-]*\s)", re.IGNORECASE),
    )
    for role, words in INLINE_ROLES
]
CAPITAL_FIRST = re.compile(r"[A-Z]")
# The first entry of a list of references: '1. Somebody AB, ...'; but '[1] In this study, we' is a
# sentence behind the mark of the one before it.
REFERENCE_ENTRY = re.compile(
    r"\[?1[\].]\s{1,3}(?:[A-Z][\w'-]{1,30}(?: [\w'-]{1,30}){0,2},? (?:[A-Z]\.?[ -]?){1,4}"
    r"(?:[,.;]|and\b)|[A-Z][\w'. -]{1,40} et al)"
)
AIMS = r"(?:objectives?|aims?|purpose|objetivos?|objectifs?|ziel)"
BULLETS = "•-*·–"
MOST_HEADING_WORDS = 4  # "Patients and methods." run into the text; "Case 1." names a patient
UNNUMBERED = re.compile(r"[^\W\d]{4,}(?: [^\W\d]{2,}){0,3}\.")
SENTENCE_WORD = re.compile(
    r"\b(?:is|are|was|were|had|has|have|we|our|this|these|in|with|who|diagnosis|investigations?"
    r"|differential diagnosis|en|es|fue|nous|notre|wir)\b",
    re.IGNORECASE,
)
LIST_HEADING = re.compile(
    r"(?:mesh(?: terms)?|publication types?|substances|key ?words?|palabras clave|palavras-chave"
    r"|mots-cles|schlusselworter|grant support|linkout|related information)\W{0,3}",
    re.IGNORECASE,
)


def leading_heading(sentence: str) -> tuple[Role, int] | None:
    """The role that a heading at the beginning of a sentence names, and where the text after it
    begins; None where the sentence begins with no heading.

    'Case report: A man …', 'Results Eight patients …', or a line that is nothing but a heading.
    """
    folded = fold(sentence)
    if folded[:1] in BULLETS:
        return None
    if REFERENCE_ENTRY.match(folded):
        return "other", 0
    if LIST_HEADING.fullmatch(folded):
        return "keywords", len(sentence)
    before, colon, _ = folded[:60].partition(":")
    if colon and (role := role_of_words(re.sub(r"^abstract\s+(?=\w)", "", before, flags=re.I))):
        return role, len(before) + 1
    bare = re.sub(r"[\s|:]+$", "", folded)
    if UNNUMBERED.fullmatch(bare) and len(bare.split()) <= MOST_HEADING_WORDS:
        bare = bare[:-1]
    if not bare.endswith(".") and (role := role_of_words(bare)):
        return role, len(sentence)
    return inline_heading(folded)


def role_of_words(words: str) -> Role | None:
    """The role of a short line; a line with a verb or a pronoun is a sentence, not a heading."""
    if len(words) > 50 or SENTENCE_WORD.search(words):
        return None
    return role_of_heading(words)


def inline_heading(folded: str) -> tuple[Role, int] | None:
    """A heading run into its text; the capital after it is what tells it from an ordinary word."""
    for role, pattern in INLINE:
        found = pattern.match(folded)
        if found and CAPITAL_FIRST.match(folded) and folded[found.end()].isupper():
            return role, found.end()
    return None
