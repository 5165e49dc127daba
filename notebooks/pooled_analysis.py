"""The pooled questions, answered with SQL over the DuckDB file, with figures.

Reads the DuckDB file (read-only) and queries/reports; writes nothing.
Every cell asks one snapshot, so that all answers on the page come from the same run.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Pooled analysis of the case reports")


@app.cell
def _():
    import sys

    import duckdb
    import marimo as mo

    root = mo.notebook_dir().parent
    if (root / "pipeline").is_dir() and str(root) not in sys.path:
        sys.path.insert(0, str(root))

    from pipeline.analyse import curves, figures, intervals, models
    from pipeline.analyse.page import with_names
    from pipeline.analyse.results import Results
    from pipeline.review import generation_of
    from pipeline.settings import QUERIES, home, read_settings

    database = home() / read_settings(folder=home()).database
    reports = QUERIES / "reports"
    return (
        Results,
        curves,
        database,
        duckdb,
        figures,
        generation_of,
        intervals,
        mo,
        models,
        reports,
        with_names,
    )


@app.cell
def _(mo):
    get_loaded, set_loaded = mo.state(0)
    look = mo.ui.refresh(options=["10s", "1m"], default_interval="10s", label="look for newer data")
    return get_loaded, look, set_loaded


@app.cell
def _(database, duckdb, generation_of, get_loaded, mo):
    # The snapshot: copied into memory and the file closed again, so no run ever waits for this page.
    get_loaded()
    mo.stop(
        not database.exists(),
        mo.callout(f"There is no database at {database} yet; `make run` makes it.", kind="warn"),
    )
    generation = generation_of(database)
    pooled = duckdb.connect()
    _file = str(database).replace("'", "''")
    pooled.execute(f"attach '{_file}' as given (read_only)")
    pooled.execute("copy from database given to memory")
    _ = pooled.execute("detach given")
    return generation, pooled


@app.cell
def _(database, generation, generation_of, get_loaded, look, mo, set_loaded):
    look.value
    reload_button = mo.ui.button(
        label="Load the newer data", kind="success", on_click=lambda _: set_loaded(get_loaded() + 1)
    )
    _notice = mo.callout(
        mo.hstack([mo.md("**Newer data are there:** the pipeline has run since."), reload_button])
    )
    mo.vstack([look, *([_notice] if generation_of(database) != generation else [])])
    return (reload_button,)


@app.cell
def _(mo, pooled):
    _run = pooled.execute("select started_at, mode, pipeline_version from runs limit 1").fetchone()
    _starter = pooled.execute("select count(*) from articles where source = 'starter'").fetchone()[
        0
    ]
    _notice = mo.callout(
        mo.md(
            "**Starter corpus.** Real reports restated in the project's own words: these figures "
            "show what the pipeline does and are no evidence. Set `NCBI_EMAIL` and run `make run`."
        ),
        kind="warn",
    )
    _title = mo.md(
        f"""
        # Pooled analysis of the case reports

        Data of the run that began {_run[0] if _run else "at an unknown time"}.
        *Not reported* means that the text does not say; it is never counted as absent, and every
        share stands beside the number of patients it was taken of. Intervals are Wilson 95 %.
        Each question is a file of `queries/reports`; change the SQL in `marimo edit` to ask anew.
        """
    )
    mo.vstack([_title, *([_notice] if _starter else [])])
    return


@app.cell
def _(mo, pooled, reports, with_names):
    def sql_of(name):
        return (reports / f"{name}.sql").read_text(encoding="utf-8")

    names = dict(pooled.execute(sql_of("names")).fetchall())

    def answer(name):
        """The rows of a question of queries/reports, with the names that the report uses."""
        return with_names(pooled.execute(sql_of(name)).df(), names)

    def cell(value):
        """A cell for people: a dash where the text does not say."""
        return "–" if value is None else value

    def shown(table, draw=None):
        """A table, below its figure where there is one to draw."""
        _rows = table.astype(object).where(table.notna(), None)
        if "year" in _rows:  # a year is no quantity: without it, it is shown as 2,004
            _rows["year"] = [None if year is None else f"{year:.0f}" for year in _rows["year"]]
        _table = mo.ui.table(
            _rows,
            selection=None,
            page_size=15,
            show_column_summaries=False,
            show_data_types=False,
            show_download=False,
            format_mapping=dict.fromkeys(_rows, cell),
        )
        if draw is None or table.empty:
            return _table
        _fitting = 'style="max-width:100%;height:auto" '
        _svg = str(draw(table).svg).replace("<svg ", f"<svg {_fitting}", 1)
        return mo.vstack([mo.Html(_svg), _table])

    def question(name, heading, draw=None):
        """Heading, figure and rows of a question of queries/reports."""
        _asked = sql_of(name).splitlines()[0].removeprefix("--").strip()
        _words = mo.md(f"## {heading}\n\n{_asked} `{name}.sql`")
        return mo.vstack([_words, shown(answer(name), draw)])

    def questions(*asked):
        """Several of them. Bind it to a name: marimo forgets tables that nothing holds."""
        return mo.vstack([question(*one) for one in asked], gap=2)

    return answer, questions, shown


@app.cell
def _(curves, figures, intervals, questions):
    asked_patients = questions(
        ("corpus", "What this is made of"),
        ("patients_by_sex_and_age", "Sex and age", figures.sex_and_age),
        ("paraprotein", "Monoclonal protein"),
        ("isotypes", "Isotypes", figures.isotypes),
        ("proportions", "What is said of them", intervals.facts),
        ("organs", "Organs involved", intervals.organs),
        ("organ_combinations", "Which organs come together", curves.organ_combinations),
        ("dermato_neuro_syndrome", "Dermato-neuro syndrome"),
    )
    asked_patients
    return (asked_patients,)


@app.cell
def _(figures, questions):
    asked_therapies = questions(
        ("response_by_therapy", "Therapies and responses", figures.responses)
    )
    asked_therapies
    return (asked_therapies,)


@app.cell
def _(mo, pooled):
    therapies = [
        row[0]
        for row in pooled.execute(
            "select therapy from therapy_episodes group by therapy order by count(*) desc, therapy"
        ).fetchall()
    ]
    therapy = mo.ui.dropdown(
        therapies, value=therapies[0] if therapies else None, label="therapy", searchable=True
    )
    return (therapy,)


@app.cell
def _(mo, pooled, therapy):
    pooled.execute("set variable therapy = ?", [therapy.value])
    episodes = mo.sql(
        """
        select
            therapy_episodes.patient_id,
            articles.year,
            therapies.line,
            therapies.response,
            therapies.is_relapse,
            therapies.dose_text,
            therapies.duration_text,
            therapies.duration_months,
            therapies.is_stopped,
            therapies.stop_reason,
            articles.title
        from therapy_episodes
        join therapies using (patient_id, episode)
        join articles using (article_id)
        where therapy_episodes.therapy = getvariable('therapy')
        order by articles.year, therapy_episodes.patient_id
        """,
        engine=pooled,
        output=False,
    )
    return (episodes,)


@app.cell
def _(episodes, mo, shown, therapy):
    asked_episodes = mo.vstack(
        [mo.md("## The patients behind a therapy"), therapy, shown(episodes)]
    )
    asked_episodes
    return (asked_episodes,)


@app.cell
def _(figures, questions):
    asked_outcome = questions(
        ("deaths", "Outcome"),
        ("not_reported", "What the reports do not say", figures.not_reported),
    )
    asked_outcome
    return (asked_outcome,)


@app.cell
def _(Results, answer, mo, models, shown):
    _layers = answer("layers")
    asked_layers = mo.vstack(
        [
            mo.md(
                "## Patients and series, pooled\n\nRandom-intercept binomial models over the rows "
                "of `layers.sql`; patients and series apart, then together."
            ),
            shown(models.pooled_layers(_layers, Results())),
            shown(models.layer_contrasts(_layers, Results())),
        ]
    )
    asked_layers
    return (asked_layers,)


@app.cell
def _(intervals, questions):
    asked_series = questions(
        ("published_comparison", "Beside the published series", intervals.compared),
        ("cohort_figures", "Figures of series as a whole"),
    )
    asked_series
    return (asked_series,)


@app.cell
def _(mo, pooled):
    words = mo.sql(
        """
        select
            evidence.patient_id,
            evidence.field,
            evidence.value,
            evidence.quote,
            evidence.sentence,
            round(evidence.confidence, 2) as confidence
        from evidence
        join pooled_patients using (patient_id)
        order by evidence.patient_id, evidence.field
        """,
        engine=pooled,
        output=False,
    )
    return (words,)


@app.cell
def _(mo, shown, words):
    asked_words = mo.vstack(
        [
            mo.md(
                "## Every value and its words\n\nSearch the table to see what a figure rests on."
            ),
            shown(words),
        ]
    )
    asked_words
    return (asked_words,)


if __name__ == "__main__":
    app.run()
