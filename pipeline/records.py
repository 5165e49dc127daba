"""What passes between the stages: one immutable record per kind of row, nothing else.

Reads nothing, writes nothing.
Field names are the column names of the DuckDB contract wherever the contract names them.
`None` always means "the text does not say"; it never means "absent".
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

Source = Literal["entrez", "import", "starter"]
Decision = Literal["included", "excluded"]
Design = Literal["case_report", "case_series", "cohort", "review", "trial", "other"]
Sex = Literal["female", "male"]
ParaproteinStatus = Literal["present", "absent", "not_reported"]
HeavyChain = Literal["IgG", "IgA", "IgM", "IgD", "IgE"]
LightChain = Literal["kappa", "lambda"]
Outcome = Literal["alive", "dead", "not_reported"]
Response = Literal["complete", "partial", "improved", "none", "worse", "not_reported"]
StopReason = Literal[
    "adverse_effect", "no_response", "remission", "patient_choice", "death", "completed", "other"
]
Status = Literal["present", "absent", "uncertain"]
Subject = Literal["patient", "family", "literature", "other"]
TextBasis = Literal["abstract", "full_text"]
TableKind = Literal["patients_by_row", "patients_by_column", "cited", "aggregate", "other"]
ExtractionStatus = Literal["ran", "failed", "not_attempted"]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of text that offsets point into; `section` is unique within its article.

    `citations` are the offsets at which reference marks stood that were taken out of the text.
    """

    section: str
    kind: str
    title: str | None = None
    text: str
    citations: tuple[int, ...] = ()


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A report as parsed from what was given."""

    article_id: str
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    title: str
    vernacular_title: str | None = None
    journal: str | None = None
    year: int | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    mesh_terms: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    has_full_text: bool = False
    licence: str | None = None
    is_retracted: bool = False
    links: tuple[Link, ...] = ()
    source: Source
    raw_file: str
    sections: tuple[Section, ...]

    @property
    def text_sha256(self) -> str:
        """Checksum of the sections (keys, titles and texts) that offsets point into."""
        parts = ("section", "kind", "title", "text")
        encoded = msgspec.json.encode([{p: getattr(s, p) for p in parts} for s in self.sections])
        return hashlib.sha256(encoded).hexdigest()

    @property
    def text_basis(self) -> TextBasis:
        return "full_text" if self.has_full_text else "abstract"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A PubMed CommentsCorrections link, e.g. RetractionIn, ErratumIn, UpdateIn."""

    kind: str
    pmid: str | None = None
    reference: str | None = None


class Screening(msgspec.Struct, frozen=True, kw_only=True):
    """A decision on a report, with the words that decided (None where nothing was found)."""

    article_id: str
    decision: Decision
    reason: str
    design: Design
    decided_by: Literal["rule", "reviewer"] = "rule"
    section: str | None = None
    quote: str | None = None
    char_start: int | None = None
    char_end: int | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence for one value: the exact words and where they stand.

    `patient_id` is None for a finding that belongs to no single own patient.
    `item` groups the findings of one paraprotein component or treatment episode (1-based).
    """

    finding_id: str
    article_id: str
    patient_id: str | None
    field: str
    value: str
    item: int | None = None
    section: str
    sentence: str
    quote: str
    char_start: int
    char_end: int
    status: Status
    subject: Subject
    rule: str
    confidence: float


class Paraprotein(msgspec.Struct, frozen=True, kw_only=True):
    """An M component of a patient; g/L."""

    item: int
    heavy_chain: HeavyChain | None = None
    light_chain: LightChain | None = None
    concentration_g_per_l: float | None = None


class Organ(msgspec.Struct, frozen=True, kw_only=True):
    organ: str
    status: Literal["present", "absent"]


class Manifestation(msgspec.Struct, frozen=True, kw_only=True):
    organ: str
    manifestation: str
    hpo_id: str | None
    status: Literal["present", "absent"]


class Episode(msgspec.Struct, frozen=True, kw_only=True):
    """A treatment episode: `episode` is its order in the text; a regimen shares its `line`.

    `is_stopped` is False only where the text says that the treatment goes on.
    """

    episode: int
    therapy: str
    therapy_class: str
    dose_text: str | None = None
    line: int | None = None
    response: Response = "not_reported"
    is_relapse: bool = False
    duration_text: str | None = None
    duration_months: float | None = None
    is_stopped: bool | None = None
    stop_reason: StopReason | None = None


class Patient(msgspec.Struct, frozen=True, kw_only=True):
    """A patient individually described."""

    patient_id: str
    article_id: str
    label: str
    age_years: float | None = None
    age_low: float | None = None
    age_high: float | None = None
    age_kind: Literal["exact", "range"] | None = None
    sex: Sex | None = None
    paraprotein_status: ParaproteinStatus = "not_reported"
    plasma_cell_disorder: str | None = None
    has_extracutaneous: bool | None = None
    outcome: Outcome = "not_reported"
    follow_up_months: float | None = None
    text_basis: TextBasis
    paraproteins: tuple[Paraprotein, ...] = ()
    organs: tuple[Organ, ...] = ()
    manifestations: tuple[Manifestation, ...] = ()
    therapies: tuple[Episode, ...] = ()


class CohortFigure(msgspec.Struct, frozen=True, kw_only=True):
    """An aggregate figure of a series, e.g. '27 of 30 had a gammopathy'."""

    variable: str
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    statistic: Literal["count", "mean", "median", "range_low", "range_high"]
    finding_id: str


class UnlistedMention(msgspec.Struct, frozen=True, kw_only=True):
    """Words that the optional model takes for an entity and the vocabulary does not hold."""

    article_id: str
    section: str
    char_start: int
    char_end: int
    quote: str
    sentence: str
    label: str


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """What the extract stage says of one article: that it ran, failed, or was not attempted."""

    article_id: str
    status: ExtractionStatus
    message: str | None = None
    input_sha256: str | None = None
    patient_count: int | None = None
    patients: tuple[Patient, ...] = ()
    cohorts: tuple[CohortFigure, ...] = ()
    findings: tuple[Finding, ...] = ()
    unlisted: tuple[UnlistedMention, ...] = ()


class ParseProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A given file or record that could not become an article, and why."""

    raw_file: str
    record: str | None
    reason: str


class RawFile(msgspec.Struct, frozen=True, kw_only=True):
    """A given file as parse reads it; `name` is what messages and `raw_file` columns show."""

    path: str
    name: str
    source: Source
    sha256: str


Role = Literal[
    "title", "abstract", "background", "methods", "case", "results", "discussion", "conclusion",
    "keywords", "table", "legend", "other",
]  # fmt: skip
Teller = Literal[
    "patient", "series", "cited", "background", "recommendation", "family", "heading", "other"
]


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A vocabulary row found in the text and judged by its context; offsets into the section.

    `table` is the rules file it stands in ('organs', 'therapies', ...), `concept` the row's id,
    `group` the row's group, `rule` names file and line, `cues` the context words that decided.
    A near miss is a misspelt form of the row.
    """

    table: str
    concept: str
    label: str
    group: str
    codes: str
    rule: str
    start: int
    end: int
    text: str
    is_negated: bool = False
    is_family: bool = False
    is_hypothetical: bool = False
    is_historical: bool = False
    is_uncertain: bool = False
    is_near_miss: bool = False
    cues: tuple[str, ...] = ()


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a cell of a table of patients or figures.

    `entry` names the patient (or row) within the report ('table-1/3'), `label` what the table
    calls it; `plain` is the cell folded, in lower case, without a footnote mark; `header` is the
    header in words, `fields` what it means, `organ` the organ it names.
    `named` are the mentions in the header, whose offsets are not those of the cell.
    """

    kind: TableKind
    entry: str
    label: str = ""
    plain: str = ""
    header: str = ""
    fields: tuple[str, ...] = ()
    organ: str = ""
    named: tuple[Mention, ...] = ()


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a report, with whose statement it is; offsets into its section.

    `teller` says about whom it speaks, `why` names the cue that decided.
    `patients` holds the labels of the own patients it speaks of, in order.
    `has_citation`: a reference mark stood in it or behind its full stop.
    `cell`: it is a cell of a table of patients, cited patients or figures.
    """

    section: str
    role: Role
    start: int
    end: int
    text: str
    teller: Teller = "other"
    why: str = ""
    patients: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    has_citation: bool = False
    cell: Cell | None = None

    def of(self, table: str) -> tuple[Mention, ...]:
        """The mentions of one rules table, in the order of the text."""
        return tuple([mention for mention in self.mentions if mention.table == table])

    def part(self, start: int, end: int, loose_in_front: str | None = None) -> Statement:
        """The words between two offsets into the text, with the mentions that begin in them.

        Blanks at both ends are left out, in front the signs of `loose_in_front` instead.
        """
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip(loose_in_front))
        end = max(start, end - (len(piece) - len(piece.rstrip())))
        first, last = self.start + start, self.start + end
        return msgspec.structs.replace(
            self,
            start=first,
            end=last,
            text=self.text[start:end],
            mentions=tuple(m for m in self.mentions if first <= m.start < last),
        )


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report as read: its statements in order, its own patients, its abbreviations.

    `labels` are the own patients individually described; `patient_count` is what the text says
    of its own patients altogether, None where it does not say.
    """

    article: Article
    statements: tuple[Statement, ...]
    abbreviations: tuple[tuple[str, str], ...] = ()
    labels: tuple[str, ...] = ()
    patient_count: int | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A value an extractor read, before it is numbered: the words and the patient's label.

    `patient` is None where the value belongs to no single own patient.
    """

    patient: str | None
    field: str
    value: str
    item: int | None = None
    statement: Statement
    start: int
    end: int
    status: Status = "present"
    subject: Subject = "patient"
    rule: str
    confidence: float


# The closed list of the annotation guideline: review offers it, load checks by it.
DISORDERS = ("MGUS", "smouldering_myeloma", "multiple_myeloma", "waldenstrom", "other")
# How the reason of a decision begins that settles what reviewers said differently.
ADJUDICATED = "adjudicated: "
# The columns of corrections.csv: review writes them, load reads them.
CORRECTION_COLUMNS = (
    "reviewer",
    "reviewed_on",
    "article_id",
    "text_sha256",
    "patient_id",
    "field",
    "value_before",
    "value_after",
    "reason",
)
