"""The review: values beside their words, decisions kept as rows, accuracy measured from them.

Reads the DuckDB file (read-only) and corrections.csv; writes rows of corrections.csv.
`notebooks/review.py` shows it; nothing here needs a notebook.
"""

from __future__ import annotations

from pipeline.review.about import about_value, patient_html, words_html
from pipeline.review.agreement import Agreement, Conflict, agreements, cohens_kappa, conflicts
from pipeline.review.audit import (
    READ_IN_FULL,
    Accuracy,
    audit_mark,
    draw_reports,
    draw_values,
    measure,
    read_in_full,
)
from pipeline.review.corpus import Corpus, Value, as_extracted, read_corpus, report_id_of
from pipeline.review.deciding import Pen
from pipeline.review.decisions import Decision, latest, read_decisions
from pipeline.review.ledger import LedgerError, append, retract
from pipeline.review.look import (
    ReviewError,
    ask,
    findings_saying,
    generation_of,
    quotes_of,
    report_of,
)
from pipeline.review.merging import MergedCounts, merged_counts, merging_effect
from pipeline.review.queue import (
    SHOWS,
    Filters,
    Progress,
    fields_of,
    make_queue,
    next_of,
    place_after,
    progress_of,
)

__all__ = [
    "READ_IN_FULL",
    "SHOWS",
    "Accuracy",
    "Agreement",
    "Conflict",
    "Corpus",
    "Decision",
    "Filters",
    "LedgerError",
    "MergedCounts",
    "Pen",
    "Progress",
    "ReviewError",
    "Value",
    "about_value",
    "agreements",
    "append",
    "as_extracted",
    "ask",
    "audit_mark",
    "cohens_kappa",
    "conflicts",
    "draw_reports",
    "draw_values",
    "fields_of",
    "findings_saying",
    "generation_of",
    "latest",
    "make_queue",
    "measure",
    "merged_counts",
    "merging_effect",
    "next_of",
    "patient_html",
    "place_after",
    "progress_of",
    "quotes_of",
    "read_corpus",
    "read_decisions",
    "read_in_full",
    "report_id_of",
    "report_of",
    "retract",
    "words_html",
]
