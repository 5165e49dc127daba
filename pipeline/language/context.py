"""medspaCy's ConText: which cues deny, doubt, date or lend to a relative what a match says.

Reads the context table of the rules, writes nothing.
The cues are found once a text and judged sentence by sentence, and only in sentences that hold a
match and a cue that may reach it, one in five: no cue reaches beyond its sentence, and ConText's
own time grows with the square of a text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import compress

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from pipeline.language.concepts import Match
from pipeline.language.expressions import Expressions
from pipeline.language.folding import fold
from pipeline.language.medspacy_parts import (
    ConTextGraph,
    ConTextModifier,
    ConTextRule,
    prune_overlapping_matches,
)
from pipeline.rules import Row, RulesError

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
UNREACHING = ("TERMINATE", "PSEUDO")  # they only end or hide other cues

Cue = tuple[int, int, int]  # its name, its first token and its last but one


class Context:
    """Our cues alone: phrases found by spaCy's matcher on tokens, expressions on the text."""

    def __init__(self, nlp: Language, rows: Sequence[Row]) -> None:
        self.rules: dict[int, ConTextRule] = {}
        self.phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.expression_names: list[int] = []
        rules = [context_rule(row) for row in rows]
        for number, rule in enumerate(rules):
            name = f"{rule.category}_{number}"
            self.rules[nlp.vocab.strings.add(name)] = rule
            if rule.pattern is None:
                self.phrases.add(name, [nlp.tokenizer(rule.literal.lower())])
            else:
                self.expression_names.append(nlp.vocab.strings[name])
        self.expressions = Expressions([rule.pattern for rule in rules if rule.pattern])

    def cues_of(self, doc: Doc, text: str, matches: Sequence[Match]) -> list[list[ConTextModifier]]:
        """The cues that reach each match in a text, in their order.

        A match inside a token takes the whole token; one that covers none has no cue. ConText
        reads a copy with the accents off, so that 'não' and 'nao' are one cue; the copy has the
        same tokens, sentences and offsets.
        """
        if not matches:
            return []
        folded = fold(text)
        copy = doc if folded == text else folded_copy(doc)
        sentence_of = numbers_of_sentences(copy)
        cues = self.cues_by_sentence(copy, folded, sentence_of)
        if not cues:
            return [[] for _ in matches]
        spans = spans_within(copy, matches, cues.keys())
        targets = {span for span in spans if span is not None}
        named = named_tokens(targets)
        reached: dict[Span | None, list[ConTextModifier]] = defaultdict(list)
        for target, cue in self.edges(copy, sentence_of, cues, targets):
            if not is_of_name(cue, named[target.label_]) and not is_cut_off(target, cue):
                reached[target].append(cue)
        return [reached[span] for span in spans]

    def cues_by_sentence(
        self, doc: Doc, folded: str, sentence_of: Sequence[int]
    ) -> dict[int, list[Cue]]:
        """The cues of each sentence that has one which may reach a match, by its number."""
        cues: dict[int, list[Cue]] = defaultdict(list)
        for name, start, end in self.found(doc, folded):
            cues[sentence_of[start]].append((name, start, end))
        return {
            number: found
            for number, found in cues.items()
            if any(self.rules[name].direction not in UNREACHING for name, _, _ in found)
        }

    def edges(
        self,
        doc: Doc,
        sentence_of: Sequence[int],
        cues: Mapping[int, Sequence[Cue]],
        targets: Iterable[Span],
    ) -> Iterator[tuple[Span, ConTextModifier]]:
        """Each target with each cue that reaches it, as medspaCy's graph of a sentence says."""
        targets_in: dict[int, list[Span]] = defaultdict(list)
        for target in targets:
            for number in {sentence_of[target.start], sentence_of[target.end - 1]}:
                targets_in[number].append(target)
        for number in cues.keys() & targets_in.keys():
            modifiers = [ConTextModifier(self.rules[n], *place, doc) for n, *place in cues[number]]
            graph = ConTextGraph(targets=targets_in[number], modifiers=modifiers)
            graph.update_scopes()
            graph.apply_modifiers()
            yield from graph.edges

    def found(self, doc: Doc, folded: str) -> list[Cue]:
        """Every cue of a folded text by name and tokens; of overlapping ones the longest."""
        places = [token.idx for token in doc]
        expressions = sorted((n, m.start(), m.end()) for n, m in self.expressions.find(folded))
        found = [
            *self.phrases(doc),
            *((self.expression_names[n], *tokens_of(places, *place)) for n, *place in expressions),
        ]
        pruned: list[Cue] = prune_overlapping_matches(found)
        return pruned


def numbers_of_sentences(doc: Doc) -> list[int]:
    """For each token the number of its sentence."""
    return [number for number, sentence in enumerate(doc.sents) for _ in range(len(sentence))]


def tokens_of(places: list[int], start: int, end: int) -> tuple[int, int]:
    """The tokens that hold the characters from `start` to `end`, as first and last but one."""
    return bisect_right(places, start) - 1, bisect_left(places, end)


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


def folded_copy(doc: Doc) -> Doc:
    """The same tokens and sentences with folded text."""
    return Doc(
        doc.vocab,
        words=[fold(token.text) for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc],
    )


def spans_of(doc: Doc, matches: Iterable[Match]) -> list[Span | None]:
    """The matches as spans of whole tokens, labelled with their table."""
    return [
        doc.char_span(m.start, m.end, label=m.row.table, alignment_mode="expand") for m in matches
    ]


def spans_within(
    doc: Doc, matches: Sequence[Match], sentences: Container[int]
) -> list[Span | None]:
    """The same for the matches in the numbered sentences; None for all others."""
    starts = [sentence.start_char for sentence in doc.sents]
    is_within = [
        any(bisect_right(starts, place) - 1 in sentences for place in (m.start, m.end - 1))
        for m in matches
    ]
    spans = iter(spans_of(doc, compress(matches, is_within)))
    return [next(spans) if within else None for within in is_within]


def named_tokens(targets: Iterable[Span]) -> dict[str, set[int]]:
    """The tokens of the names of findings, by table."""
    named: dict[str, set[int]] = defaultdict(set)
    for span in targets:
        named[span.label_].update(range(span.start, span.end))
    return named


def is_of_name(cue: ConTextModifier, named: set[int]) -> bool:
    """True where a cue is words of a finding's name: the 'not' of 'could not swallow' denies
    nothing that is named after it."""
    return named.issuperset(range(*cue.modifier_span))


def is_cut_off(span: Span, cue: ConTextModifier) -> bool:
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
