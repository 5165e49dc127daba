"""medspaCy's ConText: which cues deny, doubt, date or lend to a relative what a match says.

Reads the context table of the rules, writes nothing.
The cues are found once a text and judged sentence by sentence, and only in sentences that hold a
match and a cue that may reach it, one in five: no cue reaches beyond its sentence, and ConText's
own time grows with the square of a text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from pipeline.language.concepts import Match
from pipeline.language.context_cues import context_rule, is_cut_off, is_of_name
from pipeline.language.expressions import Expressions
from pipeline.language.folding import fold
from pipeline.language.medspacy_parts import (
    ConTextGraph,
    ConTextModifier,
    ConTextRule,
    prune_overlapping_matches,
)
from pipeline.language.token_spans import (
    folded_copy,
    numbers_of_sentences,
    spans_within,
    tokens_of,
)
from pipeline.rules import Row

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


def named_tokens(targets: Iterable[Span]) -> dict[str, set[int]]:
    """The tokens of the names of findings, by table."""
    named: dict[str, set[int]] = defaultdict(set)
    for span in targets:
        named[span.label_].update(range(span.start, span.end))
    return named
