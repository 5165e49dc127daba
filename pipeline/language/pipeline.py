"""The spaCy pipeline: scispaCy tokenizer, sentences and abbreviations.

Reads and writes nothing. Built once a process, whatever the number of reports.
spaCy reads the annotations of a factory, so that they must be no strings here.
"""

import spacy
from scispacy.abbreviation import AbbreviationDetector
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language.sentences import SENTENCES

BRACKET = "("


@Language.factory("abbreviations")
class Abbreviations:
    """scispaCy's detector, asked only of texts with a bracket: it finds none elsewhere."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.detector = AbbreviationDetector(nlp, name)
        self.bracket = nlp.vocab.strings.add(BRACKET)

    def __call__(self, doc: Doc) -> Doc:
        has_bracket = any(token.orth == self.bracket for token in doc)
        return self.detector(doc) if has_bracket else doc


def build_language() -> Language:
    """A blank English pipeline: tokens, sentences, abbreviations."""
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.add_pipe(SENTENCES)
    nlp.add_pipe("abbreviations")
    return nlp
