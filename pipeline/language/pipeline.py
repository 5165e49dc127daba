"""The spaCy pipeline: scispaCy tokenizer, sentences and abbreviations, medspaCy ConText.

Reads the context table of the rules, writes nothing.
Built once a process: the rules are compiled once, whatever the number of reports.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import spacy
from medspacy.context import ConTextRule
from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  registers its factory
from scispacy.custom_sentence_segmenter import pysbd_sentencizer  # noqa: F401  the same
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.language.concepts import Match
from pipeline.language.folding import fold
from pipeline.rules import Row, RulesError

TARGETS = "targets"
NAMED = "tokens of the names of findings, by table"
CATEGORIES = {
    "negation": "NEGATED_EXISTENCE",
    "uncertain": "POSSIBLE_EXISTENCE",
    "historical": "HISTORICAL",
    "hypothetical": "HYPOTHETICAL",
    "family": "FAMILY",
}
RELATIVE = re.compile(r"\b(?:whose|dont|cuy[oa]s?|cuj[oa]s?|deren|dessen)\b", re.IGNORECASE)
NEXT_CLAUSE = re.compile(
    r";|[,.] (?:and|but|while|whereas|although|y|e|et|und|mas|pero|mais|aber)\b", re.IGNORECASE
)
DIRECTIONS = ("forward", "backward", "bidirectional", "terminate", "pseudo")


def build_language() -> Language:
    """A blank English pipeline: tokens, sentences, abbreviations."""
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.add_pipe("pysbd_sentencizer")
    nlp.add_pipe("abbreviation_detector")
    return nlp


def build_context(nlp: Language, context_rows: Sequence[Row]) -> Any:
    """medspaCy's ConText with our cues alone, over the span group `TARGETS`."""
    context = nlp.create_pipe(
        "medspacy_context",
        config={"rules": None, "input_span_type": "group", "span_group_name": TARGETS},
    )
    context.add([context_rule(row) for row in context_rows])
    return context


def context_rule(row: Row) -> ConTextRule:
    """One cue as ConText wants it; a cue that terminates ends the scope of every kind of cue."""
    kind = "negation" if row.id == "any" else row.id
    if kind not in CATEGORIES or row.group not in DIRECTIONS:
        raise RulesError(f"{row.name}: unknown kind or direction {row.id!r}, {row.group!r}.")
    pattern = row.term if row.match == "regex" else None
    scope = int(row.codes) if row.codes else None
    if row.group == "terminate":
        # medspaCy 1.3 overlooks a cue that lies inside the whole-sentence scope of a terminator,
        # so that only the first terminator of a sentence would end a backward cue.
        scope = 1
    return ConTextRule(
        fold(row.term),
        CATEGORIES[kind],
        pattern=pattern,
        direction=row.group.upper(),
        max_scope=scope,
    )


def judged_spans(context: Any, doc: Doc, matches: Sequence[Match]) -> list[Span | None]:
    """The matches as spans judged by ConText, in their order; None where one covers no token.

    A match inside a token takes the whole token. ConText reads a copy with the accents off, so
    that 'não' and 'nao' are one cue; the copy has the same tokens, sentences and offsets.
    """
    if not matches:
        return []
    copy = folded_copy(doc)
    spans = set_targets(copy, matches)
    context(copy)
    return spans


def set_targets(doc: Doc, matches: Sequence[Match]) -> list[Span | None]:
    """Lay the matches over the tokens as the spans that ConText reads."""
    spans = [
        doc.char_span(m.start, m.end, label=m.row.table, alignment_mode="expand") for m in matches
    ]
    doc.spans[TARGETS] = [span for span in spans if span is not None]
    named: dict[str, set[int]] = defaultdict(set)
    doc.user_data[NAMED] = named
    for span in doc.spans[TARGETS]:
        named[span.label_].update(range(span.start, span.end))
    return spans


def cues_of(span: Span) -> list[Any]:
    """The context cues that reach a target, without those that are words of a finding's name:
    the 'not' of 'could not swallow' denies nothing that is named after it."""
    named = span.doc.user_data[NAMED][span.label_]
    return [
        cue
        for cue in span._.modifiers
        if not named.issuperset(range(*cue.modifier_span)) and not is_cut_off(span, cue)
    ]


def is_cut_off(span: Span, cue: Any) -> bool:
    """True where a relative's clause ends between a word such as 'mother' and the target:
    'a man, whose mother had lupus, had dyspnoea', 'she had dyspnoea, and her father has gout'."""
    if cue.category != CATEGORIES["family"]:
        return False
    first, last = cue.modifier_span
    if last <= span.start:
        before = span.doc[max(0, first - 2) : first].text
        between = span.doc[last : span.start].text
        return RELATIVE.search(before) is not None and "," in between
    return NEXT_CLAUSE.search(span.doc[span.end : first].text) is not None


def folded_copy(doc: Doc) -> Doc:
    """The same tokens and sentences with folded text."""
    return Doc(
        doc.vocab,
        words=[fold(token.text) for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc],
    )
