"""What an extraction depends on, as checksums: the article, the rules, the code, the model.

Reads the code of this package and the articles, writes nothing.
"""

from __future__ import annotations

import functools
import hashlib
from importlib.metadata import PackageNotFoundError, version

from pipeline.files import sha256_of_code
from pipeline.held_articles import HeldArticle
from pipeline.language.unlisted import MODEL
from pipeline.rules import Rules

CODE_FILES = ("extract/*.py", "records.py", "rules.py", "language/*.py", "extractors/**/*.py")


def code_sha256() -> str:
    """Checksum of the code that extracts, so that changed code extracts again."""
    return sha256_of_code(*CODE_FILES)


@functools.cache
def model_version() -> str:
    """The version of the optional model, '' where it is not installed."""
    try:
        return version(MODEL)
    except PackageNotFoundError:
        return ""


def reader_sha256(rules: Rules) -> str:
    """One checksum of all that reads: rules, code and model."""
    parts = (rules.sha256, code_sha256(), model_version())
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def input_sha256(held: HeldArticle, rules: Rules) -> str:
    """What an extraction depends on: the article as parsed, and what reads it."""
    text = (held.article_id, held.sections_sha256, str(held.has_full_text))
    parts = (*text, reader_sha256(rules))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
