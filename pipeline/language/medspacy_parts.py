"""The parts of medspaCy that are used here, without what it loads for parts that are not.

Reads and writes nothing.
Importing medspaCy imports QuickUMLS, and with it NLTK, scikit-learn and scipy.stats, only to
register a component for dictionaries that we do not have: two thirds of the time that `read` took
to start, and half the memory of a worker. An empty module stands in its place meanwhile.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without(name: str) -> Iterator[None]:
    """An empty module in the place of `name`, unless it is loaded already."""
    if name in sys.modules:
        yield
        return
    stand_in = ModuleType(name)
    stand_in.spacy_component = None  # type: ignore[attr-defined]  # all that medspaCy asks of it
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        del sys.modules[name]


with without("quickumls"):
    from medspacy.common.util import prune_overlapping_matches
    from medspacy.context import ConText, ConTextGraph, ConTextModifier, ConTextRule
    from medspacy.target_matcher import TargetMatcher, TargetRule

__all__ = [
    "ConText",
    "ConTextGraph",
    "ConTextModifier",
    "ConTextRule",
    "TargetMatcher",
    "TargetRule",
    "prune_overlapping_matches",
]
