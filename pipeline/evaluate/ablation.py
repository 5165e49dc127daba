"""What each part brings: the same evaluation with one part of the judging taken away.

Reads reports, writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from pipeline.records import Mention, Report, Statement


def without_statement_judging(report: Report) -> Report:
    """Every sentence but keywords and headings is the patient's."""
    return changed(
        report,
        lambda one: one if one.teller == "heading" else replace(one, teller="patient", why="all"),
    )


def without_context(report: Report) -> Report:
    """Nothing is denied, doubted, hypothetical, history or a relative's."""
    return changed(
        report, lambda one: replace(one, mentions=tuple(affirmed(m) for m in one.mentions))
    )


def changed(report: Report, change: Callable[[Statement], Statement]) -> Report:
    return replace(report, statements=tuple(change(one) for one in report.statements))


def affirmed(mention: Mention) -> Mention:
    return replace(
        mention,
        is_negated=False,
        is_family=False,
        is_hypothetical=False,
        is_historical=False,
        is_uncertain=False,
        cues=(),
    )


ABLATIONS: dict[str, Callable[[Report], Report]] = {
    "without statement judging": without_statement_judging,
    "without context": without_context,
}
