"""Which sections of a plain text are the body of a full report, and which its abstract.

Reads sections in their order, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.parse.page_headings import role_named
from pipeline.records import Role, Section

TOLD: tuple[Role, ...] = ("case", "results", "methods", "background")
INTRODUCTION = re.compile(r"\W*(?:\d\W*)?introd", re.IGNORECASE)


def with_body(sections: Sequence[Section]) -> list[Section]:
    """The sections with kind 'body' from where the report itself begins.

    That is behind the keywords or at a heading that the abstract had already; without an abstract
    it is the whole text, if it has a discussion. An abstract alone has no body.
    """
    begin = beginning_of_body(sections)
    return [
        msgspec.structs.replace(section, kind="body")
        if begin is not None and number >= begin and section.kind == "abstract"
        else section
        for number, section in enumerate(sections)
    ]


def beginning_of_body(sections: Sequence[Section]) -> int | None:
    roles = [role_named(s.title) if s.title and s.kind == "abstract" else None for s in sections]
    starts = [place for place in (after_keywords(sections), repeated(sections, roles)) if place]
    if starts:
        return min(starts)
    if "abstract" in roles:
        return after_abstract(roles)
    is_full = "discussion" in roles and any(role in TOLD for role in roles)
    return (
        next((n for n, s in enumerate(sections) if s.kind == "abstract"), None) if is_full else None
    )


def after_keywords(sections: Sequence[Section]) -> int | None:
    """The first told section behind keywords that have told sections before them too."""
    for number, section in enumerate(sections):
        before = any(s.kind == "abstract" for s in sections[:number])
        behind = [n for n, s in enumerate(sections) if n > number and s.kind == "abstract"]
        if section.kind == "keywords" and before and len(behind) > 1:
            return behind[0]
    return None


def repeated(sections: Sequence[Section], roles: Sequence[Role | None]) -> int | None:
    """The heading with which a report begins anew what its abstract had told."""
    for number, role in enumerate(roles):
        is_new = INTRODUCTION.match(sections[number].title or "") is not None
        told_before = [r for r in roles[:number] if r is not None]
        if is_new and any(r in ("abstract", "case", "conclusion") for r in told_before):
            return number
        is_again = role in TOLD and role in told_before[:-1]
        if is_again and (role == "background" or "conclusion" in told_before):
            return number
    return None


def after_abstract(roles: Sequence[Role | None]) -> int | None:
    """The first heading of the report behind an abstract that is one paragraph."""
    first = roles.index("abstract")
    behind = [n for n, role in enumerate(roles) if n > first and role in TOLD]
    is_full = "discussion" in roles[first:] or len(behind) > 1
    return behind[0] if behind and is_full else None
