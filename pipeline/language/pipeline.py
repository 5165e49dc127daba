"""The spaCy pipeline: scispaCy tokenizer, sentences and abbreviations.

Reads and writes nothing. Built once a process, whatever the number of reports.
"""

from __future__ import annotations

import spacy
from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  registers its factory
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language

from pipeline.language.sentences import SENTENCES


def build_language() -> Language:
    """A blank English pipeline: tokens, sentences, abbreviations."""
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.add_pipe(SENTENCES)
    nlp.add_pipe("abbreviation_detector")
    return nlp
