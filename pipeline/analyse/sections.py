"""What stands in the report, in order: a question each, its figure, what is computed from it.

Reads and writes nothing: a list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pipeline.analyse import curves, figures, intervals, models
from pipeline.analyse.results import Results


@dataclass(frozen=True)
class Computed:
    """A table computed from the rows of the section's query, and how."""

    caption: str
    compute: Callable[[pd.DataFrame, Results], pd.DataFrame]
    figure: figures.Draw | None = None


@dataclass(frozen=True)
class Section:
    """A file of queries/reports on the page.

    note: what a reader must know of the figures. nothing: what stands there where no row came.
    is_shown_empty: False for what only a refresh, an audit or a retraction can fill.
    is_input: the rows are the input of the models alone and not printed.
    """

    query: str
    heading: str
    figure: figures.Draw | None = None
    computed: tuple[Computed, ...] = ()
    note: str = ""
    nothing: str = "No report says anything of it."
    is_shown_empty: bool = True
    is_input: bool = False


@dataclass(frozen=True)
class Part:
    heading: str
    sections: tuple[Section, ...]


SILENCE = (
    "Texts name an organ or a sign when it is there and seldom when it is not, so a share of those "
    "stated is too high. The pale bar shows how far: from all silent texts meaning absent to all "
    "meaning present."
)
NO_COMPARISON = (
    "Episodes of treatment, not patients. Nobody was randomised, and the sicker get more: nothing "
    "here compares one therapy with another. Benefit is complete, partial or improved."
)
LAYERS = (
    "Patients told one by one and series told as a whole are pooled apart, then together with all "
    "single patients as one study. GLMM: binomial model with a random intercept for each study, "
    "maximum likelihood by Gauss-Hermite quadrature, profile interval; the prediction is for a "
    "further study; the check is the two-step logit method with REML and Hartung-Knapp. A series "
    "gives way to its parent where both may hold the same patients and both give the figure."
)
SURVIVAL = (
    "Only patients whose text states both an outcome and a time. Reports are written after the "
    "event that made them worth writing, and the time before the report cannot have been fatal: "
    "this is no survival of the disease."
)
READING = (
    "Share of all pooled patients whose text says so, corrected by the measured sensitivity and "
    "specificity (Rogan-Gladen; interval of Lang and Reiczigel, which carries the uncertainty of "
    "both). They were measured in the reports of this corpus that a reviewer read in full; for a "
    "fact that no such report measures, in other published texts, which may be harder or easier to "
    "read than these."
)

PARTS = (
    Part(
        "What this is built from",
        (
            Section("provenance", "Source and age"),
            Section("prisma", "From records to patients (PRISMA 2020)"),
            Section("refresh", "What the refreshes changed", is_shown_empty=False),
            Section("changed_figures", "Pooled figures that changed", is_shown_empty=False),
            Section(
                "failed_reports", "What could not be read",
                nothing="Every file and every included report could be read.",
            ),
            Section("reports_per_year", "Reports over time", figures.reports_per_year),
        ),
    ),
    Part(
        "The patients",
        (
            Section("patients_by_sex_and_age", "Sex and age", figures.sex_and_age),
            Section("age", "Age by sex"),
            Section("proportions", "What is said of them", intervals.facts, note=SILENCE),
            Section("isotypes", "Isotypes", figures.isotypes),
            Section("organs", "Organs involved", intervals.organs, note=SILENCE),
            Section(
                "organ_combinations", "Which organs come together", curves.organ_combinations,
                note="Organs named as involved; one that is not named is not known to be spared.",
            ),
            Section("not_reported", "What the reports do not say", figures.not_reported),
        ),
    ),
    Part(
        "Therapies and outcome",
        (
            Section(
                "response_by_therapy", "Response by therapy", figures.responses,
                note=NO_COMPARISON,
            ),
            Section("response_by_line", "Response by line of therapy"),
            Section(
                "response_by_combination", "Drugs given together",
                note="Mixed: the text grades the drugs of a course differently.",
            ),
            Section(
                "time_on_treatment", "Time on treatment",
                note="In months, of the episodes whose text gives a time; other words are cycles, "
                "ranges and a year of beginning.",
            ),
            Section(
                "reasons_for_stopping", "Why treatments were ended",
                note="A text that is silent on the end has not said that the treatment goes on.",
            ),
            Section(
                "response_by_report", "Who tells of success", intervals.by_report,
                note="Authors write up what worked. A share that is higher in reports of one "
                "patient than in series is the mark of it.",
            ),
            Section(
                "hidden_failures", "How many untold failures it would take",
                note="The worst case: failures that nobody published and that would bring the "
                "share with benefit down to one half.",
            ),
            Section("deaths", "Deaths and follow-up"),
            Section(
                "time_to_death", "Time to death",
                computed=(
                    Computed(
                        "Kaplan-Meier estimate from the rows above", models.survival_steps,
                        curves.survival,
                    ),
                ),
                note=SURVIVAL,
                nothing="No text states both an outcome and a time: no survival can be shown.",
            ),
        ),
    ),
    Part(
        "Series, and the published figures",
        (
            Section(
                "layers", "Patients and series, pooled",
                computed=(
                    Computed("Each layer pooled, and both together", models.pooled_layers),
                    Computed("Series against single patients", models.layer_contrasts),
                ),
                note=LAYERS, is_input=True,
            ),
            Section(
                "published_comparison", "Beside the published series", intervals.compared,
                nothing="No published series is given for this disease.",
                note="Hollow and grey: left out of the pooling, for the reason given. Reports of "
                "single patients favour the unusual, so a difference is expected.",
            ),
            Section("series_figures", "Figures of series as they were read"),
            Section(
                "series_as_read", "The same figures, read by the program and by a person",
                nothing="None of the published series is among the reports.",
            ),
        ),
    ),
    Part(
        "How far to trust it",
        (
            Section(
                "sensitivity", "With and without", note="Duplicates are pairs of patients of "
                "different reports who may be one person; retracted reports count only here.",
            ),
            Section("possible_duplicates", "Likely duplicates", nothing="No pair looks like one."),
            Section("retracted", "Retracted reports", nothing="No report was retracted."),
            Section(
                "measured_accuracy", "Measured accuracy",
                nothing="Not measured on this corpus: make review draws a sample to read.",
            ),
            Section(
                "corrected_proportions", "Corrected for misreading",
                computed=(Computed("Corrected shares", models.corrected),),
                note=READING,
                nothing="How well reports are read was not measured, so nothing can be corrected: "
                "make review draws reports to read in full.",
            ),
        ),
    ),
)  # fmt: skip
