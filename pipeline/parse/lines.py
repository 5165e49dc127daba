"""Lines of plain text: which are prose, which are notes or references, which run on.

Reads text, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

PROSE_LENGTH = 80
# A line at least so long that ends without a full stop runs on into the next.
WRAPPED_LENGTH = 40
TERMINAL = (".", "!", "?", ":", ";", "|")
WORD = re.compile(r"[a-z]{3}")
END_OF_SENTENCE = re.compile(r"[.?!](?:\s|$)")
VERB = re.compile(
    r"\b(?:was|were|is|are|had|has|have|presented|developed|received|showed|noticed|died|we"
    r"|fue|era|foi|est|etait|était|wurde|war|ist|presentamos|relatamos|rapportons|berichten)\b",
    re.IGNORECASE,
)
CITATION = re.compile(
    r"\b(19|20)\d\d[^\n]{0,20};\s*\d+|\bdoi\b|https?:|\bcited (19|20)\d\d", re.IGNORECASE
)
# The matter of correspondence, funding and ethics notes: no sentence of theirs is the report's.
NOTE = re.compile(
    r"@|\be-?mail|\btel\b|\bfax\b|correspond|conflict|interest|disclos|fund(?:ed|ing)|\bgrant"
    r"|support|licen[cs]e|copyright|creative commons|open access|distributed|author|consent|ethic"
    r"|approv|declare|thank|acknowledg|accepted|received on|reprint|cite this|university|hospital"
    r"|department|(?<=[\w.])\.(?:com|org|edu)\b",
    re.IGNORECASE,
)
SENTENCE_GAP = re.compile(r"(?<=[.?!;])\s+(?=[A-ZÀ-Ý])")


def is_sentence(line: str) -> bool:
    """A word and, later in the same line, the end of a sentence.

    Two searches, as one pattern for both takes time that grows with the cube of a line.
    """
    words = ((WORD.search(part), part) for part in line.split("\n"))
    return any(word and END_OF_SENTENCE.search(part, word.end()) for word, part in words)


def is_long(line: str) -> bool:
    """A line as long as prose: the last one of a text that was cut off has no full stop."""
    return len(line.strip()) >= PROSE_LENGTH and not NOTE.search(line)


def is_prose(line: str) -> bool:
    """A long line with a sentence, or a short one that is nothing but a sentence with a verb."""
    if not is_sentence(line) or is_reference(line):
        return False
    content = line.strip()
    is_told = content.endswith((".", "!")) and VERB.search(content) and not NOTE.search(content)
    return len(content) >= PROSE_LENGTH or bool(is_told)


def is_reference(line: str) -> bool:
    """A short line with a year, volume and page, a DOI or an address: a citation, not prose."""
    return len(line) < 400 and CITATION.search(line) is not None


def end_of_note(text: str, start: int, end: int) -> int | None:
    """Where, within the line of a note or a list of words, the report goes on; None if nowhere."""
    for gap in SENTENCE_GAP.finditer(text, start, end):
        following = SENTENCE_GAP.search(text, gap.end(), end)
        sentence = text[gap.end() : following.start() if following else end]
        if len(sentence) >= WRAPPED_LENGTH and VERB.search(sentence) and not NOTE.search(sentence):
            return gap.end()
    return None


def unwrapped(
    text: str, is_heading: Callable[[str], bool], begins_section: Callable[[str], bool]
) -> str:
    """A line break inside a sentence becomes a blank, one character for one.

    `is_heading` tells of a line that it is nothing but a heading, `begins_section` that it begins
    with one: neither is run together with the line before.
    """

    def joined(found: re.Match[str]) -> str:
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()].rstrip()
        line_end = text.find("\n", found.end())
        after = text[found.end() : line_end if line_end >= 0 else len(text)]
        if not before or is_heading(before) or begins_section(after):
            return "\n"
        runs_on = len(before) >= WRAPPED_LENGTH or before[:1].islower()
        is_wrapped = runs_on and not before.endswith(TERMINAL)
        return " " if is_wrapped or after[:1].islower() else "\n"

    return re.sub(r"\n(?=[^\n])", joined, text)
