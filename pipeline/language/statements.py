"""Judges whose statement a sentence is before its facts count. Reads statements, writes nothing.

Four kinds of sentence carry most false values: background, cited cases, recommendations, family.
The cues are rows of rules/statements.csv, by group; this module weighs them: first the section's
role, then the cues in the order of `DECISIVE` and `WEAK`, then the tense.
A sentence that speaks of two is cut (`clauses`); each piece becomes a statement of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from pipeline.language.clauses import is_relative, pieces_of, sentences_of
from pipeline.language.folding import fold
from pipeline.language.sections import leading_heading
from pipeline.records import Mention, Role, Statement, Teller

CUES = "statements"
# The groups of statements.csv in the order in which they decide, and whose statement each makes.
DECISIVE: dict[str, Teller] = {
    "definition": "background",
    "conclusion": "recommendation",
    "family": "family",
    "series_own": "series",
    "own": "patient",
    "cited_strong": "cited",
}
WEAK: dict[str, Teller] = {
    "series": "series",
    "cited": "cited",
    "recommendation": "recommendation",
    "background": "background",
}
COMPOUND = re.compile(
    r"\b(?:is|are|be|been|being|has|have|can|may|might|will) (?:not |also |now )?(?:\w+ly )?"
    r"(?:been |be )?(?:\w+ly )?\w+(?:ed|wn|en|ought|ound|et)\b",
    re.IGNORECASE,
)
# Forms that can be nothing but a past tense; those of PAST may also be participles.
FINITE_PAST = re.compile(
    r"\b(?:was|were|had|did|became|began|led|took|got|fell|rose|came|went|died|underwent|grew|fue"
    r"|fueron|presento|presentaba|recibio|mostro|foi|foram|apresentou|evoluiu|recebeu|etait|avait"
    r"|wurde|wurden|zeigte|zeigten|hatte|hatten|erhielt)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|had|did|could|became|began|led|gave|took|got|fell|rose|came|went|died|underwent"
    r"|grew|felt|lost|left|ceased|spread|made|put|kept|got|saw|bore|brought|sought|spoke|broke"
    r"|showed|revealed|presented|developed|received|improved|responded|resulted|achieved|noted"
    r"|found|started|treated|failed|relapsed|recurred|resolved|disappeared|cleared|decreased"
    r"|increased|reduced|persisted|progressed|remained|continued|stopped|tolerated|experienced"
    r"|complained|suffered|admitted|diagnosed|confirmed|demonstrated|disclosed|regressed|softened"
    r"|worsened|deteriorated|reported|denied|appeared|occurred|required|returned|ensued"
    r"|followed(?! by)"
    r"|yielded|produced|induced|excluded|ruled|consisted|extended|involved|included|declined"
    r"|refused|reached|normali[sz]ed|established|stabili[sz]ed|allowed|permitted|proved|ended"
    r"|fue|fueron|era|estaba|tenia|habia|presento|presentaba|recibio|mostro|mejoro|inicio|inicia"
    r"|desarrollo|evoluciono|respondio|fallecio|logro|observo|realizo|encontro|revelo|trato"
    r"|administro|requirio|acudio|consulto|refirio|refiere|consulta|foi|foram|era|estava|tinha"
    r"|havia|apresentou|apresentava|evoluiu|recebeu|mostrou|revelou|iniciou|houve|obteve|relatou"
    r"|etait|etaient|avait|avaient|presentait|a ete|ont ete|a permis|est apparu\w*|a presente"
    r"|(?<!se )ha (?:sido |estado )?\w+[ai]do|tem sido|a montre|a recu|a evolue|wurde|wurden|war"
    r"|waren|zeigte|zeigten|hatte|hatten|erhielt|kam"
    r"|stellte|bestand|bestanden|fuhrte|entwickelte|verstarb|ergab|konnte)\b",
    re.IGNORECASE,
)  # fmt: skip
GENERIC = re.compile(
    r"\b(?:is|are|may|can|might|remains?|includes?|occurs?|affects?|tends?|has been|have been|has"
    r"|have|appears?|seems?|supports?|suggests?|represents?|involves?|shows?|consists?|develops?"
    r"|presents?|requires?|responds?|causes?|leads?|exhibits?|provides?|offers?|plays?|carries"
    r"|mimics?|resembles?|warrants?|precludes|es|son|puede[n]?|sao|pode[m]?|est|sont|peut|peuvent"
    r"|ist|sind|kann|konnen|existe[n]?|descrevem|describen|decrivent|figuran?m?|ressaltam"
    r"|permanece[m]?|constituye[n]?|constitui|desempena|desempenha|afeta[m]?|ocorre[m]?|ocurre[n]?"
    r"|cursa[n]?|acomete[m]?|deve[m]?|debe[n]?|touche|survient|demeure|reste|beruht|tritt|treten"
    r"|bleibt|gehort|discutem|afasta|differs?|shares?|var(?:y|ies)|demonstrates?|reveals?|spreads?"
    r"|progress(?:es)?|worsens?|results?|arises?|reaches|accompan(?:y|ies)|comprises?|depends?"
    r"|remit|helps?|improves?|reduces?|begins?|starts?|precedes?|follows?|does|do|accounts?"
    r"|reflects?|suffers?|exists?|produces?|contributes?|makes?|becomes?|lacks?|resists?|serves?"
    r"|suele[n]?|afecta[n]?|caracteriza[n]?|parece[n]?|gilt|geht)\b",
    re.IGNORECASE,
)
OWN_ROLES: tuple[Role, ...] = ("case", "results")
GENERAL_ROLES: tuple[Role, ...] = ("background", "discussion", "conclusion")
LIST_ITEM = re.compile(r"\((?:[ivx]{1,4}|[a-h]|\d)\)\s")
BULLETS = ("•", "- ", "* ", "·", "– ")
SINGULAR_CITED = re.compile(
    r"\b(?:an?|one|another) (?:[\w-]+ ){0,4}(?:patient|case|man|woman|male|female|boy|girl"
    r"|child)\b",
    re.IGNORECASE,
)


@dataclass
class Course:
    """What the sentences before have established, in the order of the report."""

    section: str = ""
    role: Role = "other"
    title: str = ""
    title_told: tuple[Teller, str] | None = None
    last_told: tuple[Teller, str] = ("heading", "a heading")
    is_introduced: bool = False
    is_announced: bool = False
    is_cited_person: bool = False


def judge(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Give each statement, in the order of the report, its teller and the cue that decided.

    A statement that speaks of two is returned as several, in order, without gaps.
    """
    course = Course()
    judged: list[Statement] = []
    for statement in statements:
        placed = with_role(statement, course)
        for start, end in sentences_of(placed.text):
            sentence = cut(placed, start, end)
            told = list(told_pieces(sentence, course))
            judged.extend(told)
            remember(sentence, told, course)
    return tuple(judged)


def with_role(statement: Statement, course: Course) -> Statement:
    """The statement with the role of the last heading that stands in the text itself."""
    if statement.section != course.section:
        course.section, course.role = statement.section, statement.role
        course.is_announced = course.is_cited_person = False
    if statement.role == "title":
        course.title = course.title or plain(statement.text)
        return statement
    if course.title and plain(statement.text) == course.title:
        return msgspec.structs.replace(statement, role="title")
    heading = leading_heading(statement.text) if statement.role == "abstract" else None
    if heading is not None:
        course.role, length = heading
        course.is_cited_person = False
        if length >= len(statement.text):
            return msgspec.structs.replace(statement, role="other", why="a heading")
    elif course.role == "keywords" != statement.role and is_sentence(statement.text):
        course.role = statement.role
    return msgspec.structs.replace(statement, role=course.role)


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip().lower()


def is_sentence(text: str) -> bool:
    """True for a line that ends as sentences do and is no item of a list."""
    return text.endswith(".") and not text.startswith(BULLETS) and len(text.split()) >= 6


def told_pieces(statement: Statement, course: Course) -> Iterator[Statement]:
    """The statement judged; in several pieces where its parts have different tellers."""
    whole = teller_of(statement, course)
    if statement.role in ("title", "keywords", "other") or whole[0] == "heading":
        yield named(statement, whole)
        return
    pieces = [cut(statement, start, end) for start, end in pieces_of(statement.text)]
    tellers = tellers_of(pieces, whole, course)
    first = 0
    for number in range(1, len(pieces) + 1):
        if number == len(pieces) or tellers[number][0] != tellers[first][0]:
            start, end = pieces[first].start, pieces[number - 1].end
            offset = statement.start
            yield named(cut(statement, start - offset, end - offset), tellers[first])
            first = number


def tellers_of(
    pieces: Sequence[Statement], whole: tuple[Teller, str], course: Course
) -> list[tuple[Teller, str]]:
    """The teller of each piece; one without a cue of its own takes that of the sentence."""
    if len(pieces) == 1:
        return [whole]
    own = [teller_of_piece(piece, course) for piece in pieces]
    main = [
        told
        for piece, told in zip(pieces, own, strict=True)
        if told is not None and not is_relative(piece.text)
    ]
    default = next((told for told in main if told[0] in ("patient", "series")), None)
    default = default or (main[0] if main else whole)
    return [told or default for told in own]


def teller_of_piece(piece: Statement, course: Course) -> tuple[Teller, str] | None:
    """What a piece says of itself; None where it has no cue."""
    cues = cues_of(piece)
    told = decisive(piece, cues, course)
    if told is not None:
        return told
    is_past = PAST.search(without_compounds(piece.text)) is not None
    if is_relative(piece.text) and not is_past:
        return "background", "a general clause"
    if "series" in cues:
        return "series", cue_of(cues["series"])
    return None if is_past else weak(cues)


def cut(statement: Statement, start: int, end: int) -> Statement:
    """The part of a statement between two offsets into its text, without blanks at its ends."""
    piece = statement.text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = max(start, end - (len(piece) - len(piece.rstrip())))
    first, last = statement.start + start, statement.start + end
    return msgspec.structs.replace(
        statement,
        start=first,
        end=last,
        text=statement.text[start:end],
        mentions=tuple(m for m in statement.mentions if first <= m.start < last),
    )


def named(statement: Statement, told: tuple[Teller, str]) -> Statement:
    return msgspec.structs.replace(statement, teller=told[0], why=told[1])


def cues_of(statement: Statement) -> dict[str, Mention]:
    """The first cue of each group."""
    return {mention.group: mention for mention in reversed(statement.of(CUES))}


def cue_of(mention: Mention) -> str:
    return f"{mention.rule} {mention.text!r}"


def teller_of(statement: Statement, course: Course) -> tuple[Teller, str]:
    """The teller of a whole sentence: role, decisive cues, weak cues, tense."""
    cues = cues_of(statement)
    if statement.role in ("keywords", "other"):
        return "heading", statement.why or f"role {statement.role}"
    if "heading" in cues or statement.text.startswith(BULLETS):
        return "heading", cue_of(cues["heading"]) if "heading" in cues else "an item of a list"
    if statement.role == "title":
        is_again = plain(statement.text) == course.title
        return course.title_told if is_again and course.title_told else teller_of_title(cues)
    if LIST_ITEM.match(statement.text):
        return course.last_told
    told = decisive(statement, cues, course)
    if told is not None:
        return told
    is_past = PAST.search(without_compounds(statement.text)) is not None
    is_general = statement.role in GENERAL_ROLES and not is_past
    is_general |= "background" in cues and not is_past
    if "series" in cues and not is_general and not course.is_cited_person:
        return "series", cue_of(cues["series"])
    said = weak({name: cue for name, cue in cues.items() if name != "series"})
    if said is not None and not is_narrated(statement, said[0], is_past, course):
        return said
    return teller_without_cue(statement, course, is_past)


def decisive(
    statement: Statement, cues: dict[str, Mention], course: Course
) -> tuple[Teller, str] | None:
    """What a strong cue decides; a pronoun follows the person spoken of last."""
    for group, teller in DECISIVE.items():
        if group in cues:
            return teller, cue_of(cues[group])
    cue = cues.get("person") or cues.get("finding")
    if cue is None:
        return None
    is_past = PAST.search(without_compounds(statement.text)) is not None
    if "recommendation" in cues and not is_past:
        return "recommendation", cue_of(cues["recommendation"])
    if course.is_cited_person:
        return "cited", "told of the patient cited before"
    return "patient", cue_of(cue)


def weak(cues: dict[str, Mention]) -> tuple[Teller, str] | None:
    for group, teller in WEAK.items():
        if group in cues:
            return teller, cue_of(cues[group])
    return None


def teller_of_title(cues: dict[str, Mention]) -> tuple[Teller, str]:
    """A title speaks of the patient unless its words name a topic or a review."""
    if "title_own" not in cues:
        for group in ("title_topic", "recommendation"):
            if group in cues:
                return "background", cue_of(cues[group])
    for group in ("series_own", "title_series", "series"):
        if group in cues:
            return "series", cue_of(cues[group])
    return "patient", "title"


def without_compounds(text: str) -> str:
    """The folded text without 'is characterised', 'has been shown': their participle is no past."""
    return COMPOUND.sub(" ", fold(text))


def teller_without_cue(statement: Statement, course: Course, is_past: bool) -> tuple[Teller, str]:
    """No cue: the section's role decides, then tense after the own patient was introduced."""
    if statement.role in GENERAL_ROLES:
        if course.is_announced and is_past and statement.role == "background":
            return "patient", "told after 'we report'"
        return "background", f"role {statement.role}"
    if statement.role in OWN_ROLES:
        return "patient", f"role {statement.role}"
    if course.is_introduced and not is_past and not is_generic(statement):
        is_after_other = course.last_told[0] in ("background", "cited", "recommendation")
        if is_after_other:
            return course.last_told[0], "no verb, as the sentence before"
    if course.is_introduced and (is_past or not is_generic(statement)):
        return "patient", "told of the patient already introduced"
    return "background", "present tense" if course.is_introduced else "before any patient"


def is_narrated(statement: Statement, teller: Teller, is_past: bool, course: Course) -> bool:
    """True where a finite past tense outweighs a weak cue: 'he was given, usually monthly, …'."""
    is_finite = FINITE_PAST.search(without_compounds(statement.text)) is not None
    if statement.role in OWN_ROLES:
        return is_past and (is_finite or not is_generic(statement))
    is_told_of_own = course.is_introduced and statement.role not in GENERAL_ROLES
    return teller == "background" and is_finite and is_told_of_own and not is_generic(statement)


def is_generic(statement: Statement) -> bool:
    """True where a present tense stands that general truths are told in."""
    return GENERIC.search(fold(statement.text)) is not None


def remember(statement: Statement, told: Sequence[Statement], course: Course) -> None:
    """Note who was introduced: the own patient, or a cited one whom the next 'he' may mean."""
    tellers = [piece.teller for piece in told]
    last = tellers[-1]
    if statement.role == "title":
        course.title_told = course.title_told or (last, told[-1].why)
        course.is_introduced |= "person" in cues_of(statement)
    if statement.role in ("title", "other", "keywords"):
        return
    course.last_told = (last, told[-1].why)
    if "patient" in tellers or "series" in tellers:
        course.is_introduced = True
        course.is_announced |= "own" in cues_of(statement)
    if last == "cited" and statement.role not in OWN_ROLES:
        course.is_cited_person |= SINGULAR_CITED.search(fold(told[-1].text)) is not None
    elif last != "cited":
        course.is_cited_person = False
