"""Entities of the optional model that the vocabulary does not hold, for the reviewer.

Reads statements and, where it is installed, the model en_core_sci_sm; writes nothing.
They never become values: the model names no drug and no finding, only that words are an entity.
"""

from __future__ import annotations

import functools
import importlib.util
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.records import Mention, Statement, UnlistedMention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span

MODEL = "en_core_sci_sm"
OWN_TELLERS = ("patient", "series")
FEWEST_LETTERS = 4


@functools.cache
def optional_model() -> Language | None:
    """The model, loaded once a process; None where it is not installed. A model that is installed
    and cannot be loaded raises what spaCy raises: it must not look like one that found nothing."""
    if importlib.util.find_spec(MODEL) is None:
        return None
    import spacy

    return spacy.load(MODEL)


def unlisted_mentions(
    article_id: str, statements: Sequence[Statement], model: Language | None
) -> tuple[UnlistedMention, ...]:
    """What the model finds in the own patients' sentences beside all mentions of the rules."""
    if model is None:
        return ()
    own = [statement for statement in statements if statement.teller in OWN_TELLERS]
    docs = model.pipe(statement.text for statement in own)
    return tuple(
        mention
        for statement, doc in zip(own, docs, strict=True)
        for entity in doc.ents
        for mention in mention_of(article_id, statement, entity)
    )


def mention_of(article_id: str, statement: Statement, entity: Span) -> Iterator[UnlistedMention]:
    start, end = statement.start + entity.start_char, statement.start + entity.end_char
    letters = re.findall(r"[^\W\d_]", entity.text)
    if len(letters) < FEWEST_LETTERS or any(overlaps(m, start, end) for m in statement.mentions):
        return
    yield UnlistedMention(
        article_id=article_id,
        section=statement.section,
        char_start=start,
        char_end=end,
        quote=entity.text,
        sentence=statement.text,
        label=entity.label_,
    )


def overlaps(mention: Mention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end
