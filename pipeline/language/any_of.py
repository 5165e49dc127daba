"""One of several expressions in a text, found as an alternation would, in a part of its time.

Reads and writes nothing.
"""

from __future__ import annotations

import functools
import re

from pipeline.language.expressions import Expressions

REMEMBERED = 64  # texts: a sentence is asked for the same cue several times, then never again
# A stretch of an expression in which a bar would not part it: an escaped sign, a class.
UNDIVIDED = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[]", re.DOTALL)


class AnyOf:
    """Expressions of which the first match counts, in any case: `search` is that of `pattern`.

    The text must be folded: its lower case has the same length.
    """

    def __init__(self, *expressions: str) -> None:
        self.pattern = re.compile("|".join(f"(?:{one})" for one in expressions), re.IGNORECASE)
        self.expressions = Expressions([part for one in expressions for part in parts_of(one)])
        self.search = functools.lru_cache(maxsize=REMEMBERED)(self.expressions.first)


def parts_of(expression: str) -> list[str]:
    """'a|b(?:c|d)' as 'a' and 'b(?:c|d)', each of which is then tried for itself."""
    parts, depth = [""], 0
    for piece in UNDIVIDED.findall(expression):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts
