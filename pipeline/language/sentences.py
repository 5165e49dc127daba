"""Sentences as scispaCy's pysbd component cuts them, in a quarter of its time.

Reads and writes nothing.
pysbd spends most of its time on building expressions: one for every sentence, to find its place in
the text, and one for every abbreviation in every line. Here places are found by plain search, and
an abbreviation's expressions are built once, for those that stand before a full stop.
`tests/test_sentences.py` compares the two.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import numpy as np
from pysbd.lang.english import English
from pysbd.segmenter import Segmenter
from pysbd.utils import Rule, TextSpan
from scispacy.consts import ABBREVIATIONS
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token

SENTENCES = "sentences"
HIDDEN = "∯"
# Of case records: 'Rx: Tab. methotrexate', 'Inj. dexamethasone', 'Inv.: no M band'.
RECORDS = ["tab", "tabs", "inj", "cap", "caps", "inv", "syr", "oint"]
NAMES = [abbreviation.strip() for abbreviation in English.Abbreviation.ABBREVIATIONS] + RECORDS
PREPOSITIVE = English.Abbreviation.PREPOSITIVE_ABBREVIATIONS
NUMBERED = English.Abbreviation.NUMBER_ABBREVIATIONS
# Each abbreviation, and what a line must hold for its full stop to stand there; the dots inside
# 'e.g' stand for any letter in pysbd's own expressions, so that no full stop is sure for those.
BEFORE_STOP = [(name, name if "." in name else f"{name}.") for name in NAMES]


@Language.component(SENTENCES)  # type: ignore[untyped-decorator]
def set_sentences(doc: Doc) -> Doc:
    """Mark where sentences begin, as `scispacy.custom_sentence_segmenter` does."""
    starts = set(sentence_starts(doc))
    begins = []
    before: Token | None = None
    for token in doc:
        if token.idx in starts:
            begins.append(before is None or not joins_next(before))
        else:
            begins.append(before is not None and parts_paragraphs(before))
        before = token
    # All at once: to set them token by token, spaCy looks each time through the whole text.
    return doc.from_array([SENT_START], np.where(begins, 1, -1).astype(np.uint64))


def parts_paragraphs(token: Token) -> bool:
    """True for a blank of two line breaks inside the text."""
    return bool(token.is_space) and token.i != 0 and token.text.count("\n") >= 2


def joins_next(token: Token) -> bool:
    """True for an abbreviation ('67-jähr. Patient' too) and for line breaks at the beginning."""
    if token.text == "." and token.i:
        return bool(token.nbor(-1).text.endswith("jähr"))
    return token.text in ABBREVIATIONS or (token.i == 0 and not token.text.strip("\n"))


def sentence_starts(doc: Doc) -> Iterator[int]:
    """Where pysbd's sentences begin that are made of whole tokens; offsets into the text."""
    for place in Sentences().segment(doc.text):
        end = place.end - (len(place.sent) - len(place.sent.rstrip(" ")))
        span = doc.char_span(place.start, end)
        if span is not None:
            yield span[0].idx


class Abbreviations(English.AbbreviationReplacer):  # type: ignore[misc]
    """Hides the full stops of abbreviations, asking only for those that stand before one."""

    def search_for_abbreviations_in_string(self, text: str) -> str:
        """The line with the full stops that end no sentence replaced by pysbd's sign for them."""
        if "{" in text:  # only there may pysbd find a "next word" after an abbreviation
            return str(super().search_for_abbreviations_in_string(text))
        lowered = text.lower()
        for name, needed in BEFORE_STOP:
            if needed in lowered:
                for written in dict.fromkeys(written_as(name).findall(text)):
                    text = hidden_stop(written.strip()).sub(HIDDEN, f" {text}")[1:]
        return text

    def replace_abbreviation_as_sentence_boundary(self) -> str:
        """Shows the full stops again that end a sentence, where any was hidden."""
        if HIDDEN in self.text:
            return str(super().replace_abbreviation_as_sentence_boundary())
        return str(self.text)


@functools.cache
def written_as(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s|\r|\n){name}", re.IGNORECASE)


@functools.lru_cache(maxsize=2000)
def hidden_stop(written: str) -> re.Pattern[str]:
    """The full stop after an abbreviation as it is written, where the sentence goes on after it."""
    name = written.lower()
    if name in PREPOSITIVE:
        return re.compile(rf"(?<=\s{written})\.(?=(\s|:\d+))")
    if name in NUMBERED:
        return re.compile(rf"(?<=\s{written})\.(?=(\s\d|\s+\())")
    goes_on = r"((\.|\:|-|\?|,)|(\s([a-z]|I\s|I'm|I'll|\d|\()))"
    return re.compile(rf"(?<=\s{re.escape(written)})\.(?={goes_on})")


def in_one_pass(rules: list[Rule]) -> list[Rule]:
    """Rules that put one sign for another, as one: none of them makes what another looks for."""
    signs = {rule.pattern: rule.replacement for rule in rules}
    either = re.compile("|".join(map(re.escape, signs)))
    return [Rule(either, lambda found: signs[found.group()])]


class Rules(English):  # type: ignore[misc]
    """pysbd's rules for English with our search for abbreviations, and its signs put back at once
    instead of in twenty-three passes over every sentence."""

    AbbreviationReplacer = Abbreviations

    class SubSymbolsRules(English.SubSymbolsRules):  # type: ignore[misc]
        """The signs that stood for punctuation."""

        All = in_one_pass(English.SubSymbolsRules.All)

    class ReinsertEllipsisRules(English.ReinsertEllipsisRules):  # type: ignore[misc]
        """The signs that stood for dots in a row."""

        All = in_one_pass(English.ReinsertEllipsisRules.All)


class Sentences(Segmenter):  # type: ignore[misc]
    """pysbd's segmenter, which looks for its sentences in the text by plain search."""

    def __init__(self) -> None:
        super().__init__(language="en", clean=False, char_span=True)
        self.language_module = Rules

    def sentences_with_char_spans(self, sentences: list[str]) -> list[TextSpan]:
        spans: list[TextSpan] = []
        for sentence in sentences:
            place = place_after(sentence, self.original_text, spans[-1].end if spans else 0)
            if place is not None:
                spans.append(TextSpan(self.original_text[slice(*place)], *place))
        return spans


def place_after(sentence: str, text: str, end: int) -> tuple[int, int] | None:
    """The first place of a sentence, with the blanks behind it, that ends after `end`."""
    start = text.find(sentence)
    while start >= 0:
        finish = start + len(sentence)
        while text[finish : finish + 1].isspace():
            finish += 1
        if finish > end:
            return start, finish
        start = text.find(sentence, max(finish, start + 1))
    return None
