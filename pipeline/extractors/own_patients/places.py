"""Body before abstract: where both tell a value of a patient, the full text decides.

Reads drafts and the sections they stand in, writes nothing. What gives way stays a finding; the
view `disagreements` lists it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.records import Draft, Report

FULL_TEXT_KINDS = ("body", "table", "legend")
# Of these a patient has one; of organs and manifestations one status each.
SINGLE = frozenset((
    "age_years", "age_low", "age_high", "sex", "paraprotein_status", "plasma_cell_disorder",
    "has_extracutaneous", "outcome", "follow_up_months",
))  # fmt: skip
STATUS = frozenset(("organ", "manifestation"))
BACKGROUND_ROLES = ("background", "discussion", "conclusion")


def body_first(report: Report, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of one patient, without those of title and abstract on which the body decides.

    A passing word of the introduction or the discussion decides nothing.
    """
    full = full_text_of(report)
    decided = {
        decision_on(draft)
        for draft in drafts
        if draft.statement.section in full and draft.statement.role not in BACKGROUND_ROLES
    } - {None}
    return [
        draft
        for draft in drafts
        if draft.statement.section in full or decision_on(draft) not in decided
    ]


def full_text_of(report: Report) -> set[str]:
    return {s.section for s in report.article.sections if s.kind in FULL_TEXT_KINDS}


def decision_on(draft: Draft) -> tuple[str, str] | None:
    if draft.field in SINGLE:
        return draft.field, ""
    return (draft.field, draft.value) if draft.field in STATUS else None


def without_abstract_rivals(report: Report, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without the one component of the abstract that the body types otherwise.

    Two components told together, in the abstract or in the body, are a biclonal gammopathy.
    """
    full = full_text_of(report)
    chains: dict[bool, dict[int, dict[str, str]]] = {
        True: defaultdict(dict),
        False: defaultdict(dict),
    }
    for draft in drafts:
        if draft.field in ("heavy_chain", "light_chain") and draft.item is not None:
            chains[draft.statement.section in full][draft.item][draft.field] = draft.value
    ours, theirs = chains[True], chains[False]
    if len(theirs) != 1 or len(ours) != 1 or set(ours) == set(theirs):
        return list(drafts)
    (item,), (told,), (rival,) = theirs, ours.values(), theirs.values()
    if all(told.get(name, value) == value for name, value in rival.items()):
        return list(drafts)
    return [d for d in drafts if d.item != item or d.field not in CHAIN_FIELDS]


CHAIN_FIELDS = ("heavy_chain", "light_chain", "concentration_g_per_l")
