"""The tense of a sentence: told of somebody (past), or true in general (present).

Reads text, writes nothing. English first, then the forms of Spanish, Portuguese, French, German;
all for folded text in small letters.
"""

from __future__ import annotations

import functools
import re

from pipeline.language.folding import fold_lower

COMPOUND = re.compile(
    r"\b(?:is|are|be|been|being|has|have|can|may|might|will) (?:not |also |now )?(?:\w+ly )?"
    r"(?:been |be )?(?:\w+ly )?\w+(?:ed|wn|en|ought|ound|et)\b"
)
ATTRIBUTE = re.compile(
    r"\b(?:an?|the|with|of|by|for|despite|due to|markedly|severely|slightly) "
    r"(?:increased|reduced|decreased|treated|involved|reported|developed|improved|continued"
    r"|resulted"
    r"|required|sustained|confirmed|diagnosed|found|excluded|established|noted|included)"
    r" (?=[a-z-]+)(?!in\b|to\b|from\b|by\b|with\b|the\b|an?\b|after\b|on\b|during\b|his\b|her\b)"
)
# 'Manifestations reported in the disease include …': no one reports.
REPORTED_IN = re.compile(
    r"\b(?<!\bhe )(?<!\bshe )(?<!\bwe )(?<!\bpatient )(?<!\bwas )(?<!\bwere )"
    r"(?:reported|described|documented|published) (?:in|with|by|for)\b"
)
# Forms that can be nothing but a past tense; those of PAST may also be participles.
FINITE_PAST = re.compile(
    r"\b(?:was|were|had|did|became|began|led|took|got|fell|rose|came|went|died|underwent|grew|fue"
    r"|fueron|presento|presentaba|recibio|mostro|foi|foram|apresentou|evoluiu|recebeu|etait|avait"
    r"|wurde|wurden|zeigte|zeigten|hatte|hatten|erhielt)\b"
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
    r"|corrected|itched|afforded|dried|eased|faded|vanished|flattened|subsided|healed|abated|waned"
    r"|reverted|dropped|halved|doubled|succumbed|opted|elected|chose|evidenced|contained|stayed|met"
    r"|highlighted|satisfied|fulfilled|sufficed|helped|turned|ran|flared|reappeared|suspected"
    r"|sustained|shrank|withdrew|changed|clinched|secured|settled|underlined|labelled|noticed"
    r"|began|returned|brought|arose|gained|regained"
    r"|(?:identified|detected|observed|obtained|performed|exhibited|displayed|manifested|initiated"
    r"|administered|prescribed|discontinued|measured|attended|visited|typed|characteri[sz]ed)"
    r" (?:an?|the|no|his|her|our|this|two|three|ig\w*|monoclonal|mild|marked|severe|only)"
    r"|falleceu|faleceu|rechazo|negaba|negou|nego|desaparecieron|desapareceram|remitio|remitieron"
    r"|verschwand|verschwanden|besserte|fand|fanden|trat|blieb|schritt|wies|litt|klagte|lehnte"
    r"|fue|fueron|era|estaba|tenia|habia|presento|presentaba|recibio|mostro|mejoro|inicio|inicia"
    r"|desarrollo|evoluciono|respondio|fallecio|logro|observo|realizo|encontro|revelo|trato"
    r"|administro|requirio|acudio|consulto|refirio|refiere|consulta|foi|foram|era|estava|tinha"
    r"|havia|apresentou|apresentava|evoluiu|recebeu|mostrou|revelou|iniciou|houve|obteve|relatou"
    r"|etait|etaient|avait|avaient|presentait|a ete|ont ete|a permis|a presente"
    r"|(?:est|sont) (?:apparu|restee?|devenu|survenu|revenu|reste|parti|passe|sorti|entre)\w*"
    r"|(?<!se )ha (?:sido |estado )?\w+[ai]do|tem sido|a montre|a recu|a evolue"
    r"|(?:ont|avons|a) (?:recu|presente|montre|permis|obtenu|eu|evolue|developpe|repondu"
    r"|beneficie|inclus)|(?:est|sont) (?:decede|mort)\w*|s'est|se sont|s'etai(?:en)?t"
    r"|(?:si )?(?:sono|era|erano|hanno|ha|e) (?:\w+mente )?(?:stat[oaie]|\w{2,}(?:at|it|ut|ars|as"
    r"|ors|olt|ott|ost)[oaie])|\w{2,}(?:arono|irono|avano|evano)|ebbe|venne|vennero|furono|aveva"
    r"|replaced|\w{3,}ou(?:-se)?|\w{3,}aient|\w{3,}[^r\W]ait|\w{2,}(?:aron|ieron)|\w{3,}(?:aram"
    r"|eram|iram)|starb\w*|erhielten|bekam\w*|wurde|wurden|war"
    r"|waren|zeigte|zeigten|hatte|hatten|erhielt|kam"
    r"|stellte|bestand|bestanden|fuhrte|entwickelte|verstarb|ergab|konnte|konnten|kamen|stellten"
    r"|wiesen|blieben|litten|traten|begann|begannen|doszlo|uzyskano|stwierdzono"
    r"|zastosowano|obserwowano|zaobserwowano|wykonano|wlaczono|(?:nahm|ging|sprach|stieg|erwies|verlief|fiel"
    r"|schwand|bekam|verstarb)(?:en)?|liesen?(?= sich)|wirkten?|besserten|heilten?"
    r"|\w{3,}(?:iert|elt|igt|cht|hrt|lgt|ndet|ldet|ssert|chtert)en?)\b"
)  # fmt: skip
GENERIC = re.compile(
    r"\b(?:is|are|may|can|might|remains?|includes?|occurs?|affects?|tends?|has been|have been|has"
    r"|have|appears?|seems?|supports?|suggests?|represents?|involves?|shows?|consists?|develops?"
    r"|presents|present(?= (?:with|as|clinically)\b)|requires?|responds?|causes?|leads?|exhibits?"
    r"|provides?|offers?|plays?|carries"
    r"|mimics?|resembles?|warrants?|precludes|es|son|puede[n]?|sao|pode[m]?|est|sont|peut|peuvent"
    r"|ist|sind|kann|konnen|existe[n]?|descrevem|describen|decrivent|figuran?m?|ressaltam"
    r"|permanece[m]?|constituye[n]?|constitui|desempena|desempenha|afeta[m]?|ocorre[m]?|ocurre[n]?"
    r"|cursa[n]?|acomete[m]?|deve[m]?|debe[n]?|touche|survient|demeure|reste|beruht|tritt|treten"
    r"|bleibt|gehort|discutem|afasta|differs?|shares?|var(?:y|ies)|demonstrates?|reveals?|spreads?"
    r"|progress(?:es)?|worsens?|results?|arises?|reaches|accompan(?:y|ies)|comprises?|depends?"
    r"|remit|helps?|improves?|reduces?|begins?|starts?|precedes?|follows?|does|do|accounts?"
    r"|reflects?|suffers?|exists?|produces?|contributes?|makes?|becomes?|lacks?|resists?|serves?"
    r"|suele[n]?|afecta[n]?|caracteriza[n]?|parece[n]?|gilt|geht|puo|possono|colpisce|coinvolge"
    r"|rappresenta|rappresentano|costituisce|costituiscono|si associa|si manifesta)\b"
)


def is_past(text: str) -> bool:
    """True where any form stands that tells what happened; it may be a participle."""
    return PAST.search(without_compounds(text)) is not None


def is_finite_past(text: str) -> bool:
    """True where a form stands that can be nothing but a past tense."""
    return FINITE_PAST.search(without_compounds(text)) is not None


def is_generic(text: str) -> bool:
    """True where a present tense stands that general truths are told in."""
    return GENERIC.search(fold_lower(text)) is not None


@functools.lru_cache(maxsize=256)  # a sentence and its pieces are asked for several tenses
def without_compounds(text: str) -> str:
    """The folded text in small letters, without participles that tell nothing: 'is characterised',
    'has been shown', 'with increased mucin'."""
    return REPORTED_IN.sub(" ", ATTRIBUTE.sub(" ", COMPOUND.sub(" ", fold_lower(text))))
