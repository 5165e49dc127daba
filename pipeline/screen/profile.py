"""The [screening] table of a disease file as patterns. Reads a profile, writes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("names", "generalized", "ambiguous", "localized")


class ProfileError(Exception):
    """A disease file whose [screening] table cannot be used; the message names the entry."""


@dataclass(frozen=True)
class Profile:
    """What the disease is called, what it is not, and the words that tell its forms apart.

    names: the disease itself; generalized: other names of it; ambiguous: names of it that older
    and newer texts use for different forms; localized: forms that do not count; look_alikes:
    other diseases; extent_generalized, extent_localized: findings that decide an ambiguous name;
    reason_localized: the reason given for a form that does not count.
    ambiguous_until: before this year the ambiguous names were names of the disease itself.
    """

    names: re.Pattern[str]
    generalized: re.Pattern[str]
    ambiguous: re.Pattern[str]
    localized: re.Pattern[str]
    look_alikes: tuple[re.Pattern[str], ...]
    extent_generalized: re.Pattern[str]
    extent_localized: re.Pattern[str]
    reason_localized: str
    ambiguous_until: int


def profile_of(disease: Mapping[str, Any]) -> Profile:
    """The patterns of a disease; raises ProfileError where the table or an entry is unusable."""
    table = disease.get("screening")
    if not isinstance(table, Mapping):
        raise ProfileError("The disease file has no [screening] table.")
    if not table.get("names"):
        raise ProfileError("screening.names is empty: without it no report can be found.")
    fields = (*KINDS, "extent_generalized", "extent_localized")
    patterns = {field: pattern_of(field, table.get(field, ())) for field in fields}
    rivals = tuple(pattern_of("look_alikes", [term]) for term in table.get("look_alikes", ()))
    return Profile(
        **patterns,
        look_alikes=rivals,
        reason_localized=str(table.get("reason_localized", "other_disease")),
        ambiguous_until=int(table.get("ambiguous_until", 0)),
    )


def pattern_of(field: str, terms: Sequence[str]) -> re.Pattern[str]:
    """One pattern of all terms (regular expressions for folded lower-case text)."""
    for term in terms:
        try:
            re.compile(term)
        except re.error as error:
            raise ProfileError(
                f"screening.{field}: {term!r} is no regular expression: {error}."
            ) from error
    joined = "|".join(f"(?:{term})" for term in terms) if terms else r"(?!)"
    return re.compile(rf"(?<![a-z])(?:{joined})", re.IGNORECASE)
