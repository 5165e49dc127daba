"""The review notebook: every value beside its words, decided with a key, kept for good.

Reads the DuckDB file (read-only, closed after every look) and `corrections.csv` beside it.
Writes rows of `corrections.csv`; the next `make run` applies them.
What it shows and stores is worked out in `pipeline/review`; here is only how it is laid out.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="Review of the extracted values")


@app.cell
def _():
    import getpass
    import os
    import sys
    import time

    import marimo as mo

    root = mo.notebook_dir().parent
    if (root / "pipeline").is_dir() and str(root) not in sys.path:
        sys.path.insert(0, str(root))

    from pipeline import review
    from pipeline.review import choices, page, sources, tables
    from pipeline.settings import home, read_settings

    root = home()
    settings = read_settings(folder=root)
    database = root / settings.database
    ledger = root / settings.extracted_dir / "corrections.csv"
    return (
        choices,
        database,
        getpass,
        ledger,
        mo,
        os,
        page,
        review,
        settings,
        sources,
        tables,
        time,
    )


@app.cell
def _(mo):
    # The only state: which file was read, how often rows were stored, and where the reviewer is.
    get_generation, set_generation = mo.state(0)
    get_log, set_log = mo.state(0)
    get_place, set_place = mo.state(None)
    get_message, set_message = mo.state(
        ("info", "Nothing stored yet. Keys work while no field has the cursor; Tab leaves one.")
    )
    get_undo, set_undo = mo.state(())
    return (
        get_generation,
        get_log,
        get_message,
        get_place,
        get_undo,
        set_generation,
        set_log,
        set_message,
        set_place,
        set_undo,
    )


@app.cell
def _(get_message, mo, page):
    _kind, _text = get_message()
    message = mo.callout(mo.Html(page.message_html(_text)), kind=_kind)
    return (message,)


@app.cell
def _(database, get_generation, mo, review):
    get_generation()
    try:
        corpus = review.read_corpus(database)
    except review.ReviewError as _error:
        corpus = None
        _notice = mo.callout(str(_error), kind="warn")
    mo.stop(corpus is None, _notice if corpus is None else None)
    return (corpus,)


@app.cell
def _(mo):
    look = mo.ui.refresh(options=["10s", "1m"], default_interval="10s", label="look for newer data")
    return (look,)


@app.cell
def _(corpus, database, get_generation, look, mo, review, set_generation):
    # A run swaps the file by rename; this page goes on with what it read until asked.
    look.value
    _is_newer = review.generation_of(database) not in (None, corpus.generation)
    reload_button = mo.ui.button(
        label="Load the newer data",
        kind="success",
        on_click=lambda _: set_generation(get_generation() + 1),
    )
    _words = mo.md("**Newer data are there:** the pipeline has run since.")
    mo.callout(mo.hstack([_words, reload_button]), kind="info") if _is_newer else None
    return (reload_button,)


@app.cell
def _(getpass, mo, os):
    _name = os.environ.get("REVIEWER") or getpass.getuser()
    reviewer = mo.ui.text(value=_name, label="Reviewer", debounce=True)
    blind = mo.ui.checkbox(label="independent: hide what others decided")
    view = mo.ui.tabs(
        dict.fromkeys(
            ("Values", "Reports", "Duplicates", "Two reviewers", "Accuracy", "All decisions"), ""
        )
    )
    seed = mo.ui.number(start=0, stop=999_999, step=1, value=1, label="seed")
    size = mo.ui.number(start=1, stop=500, step=1, value=20, label="per field")
    return blind, reviewer, seed, size, view


@app.cell
def _(corpus, mo, review):
    filters = mo.ui.dictionary(
        {
            "show": mo.ui.dropdown(list(review.SHOWS), value="to decide", label="Show"),
            "fields": mo.ui.multiselect(review.fields_of(corpus.values), label="Fields"),
            "report": mo.ui.text(placeholder="PMID", label="Report", debounce=True),
            "text": mo.ui.text(placeholder="patient, title, words", label="Find", debounce=True),
            "untouched": mo.ui.checkbox(label="only reports nobody has looked at"),
            "newest": mo.ui.checkbox(label="only reports new or changed in the last run"),
            "audit": mo.ui.checkbox(label="audit sample"),
        }
    )
    return (filters,)


@app.cell
def _(get_log, ledger, review):
    get_log()
    decisions, ledger_problems = review.read_decisions(ledger)
    return decisions, ledger_problems


@app.cell
def _(blind, corpus, decisions, ledger_problems, look, mo, review, reviewer, view):
    _p = review.progress_of(corpus, decisions, reviewer.value)
    _progress = mo.md(
        f"**{_p.n_decided}** of {_p.n_values} values decided ({_p.n_mine} by you), "
        f"**{_p.n_reports_done}** of {_p.n_reports} reports done."
    )
    _starter = mo.callout(
        mo.md(
            "**Starter corpus.** Real reports restated in the project's own words; "
            "decisions on them train the hand, not the science."
        ),
        kind="warn",
    )
    _problems = mo.callout(
        mo.md("`make run` will refuse corrections.csv: " + " ".join(ledger_problems)),
        kind="danger",
    )
    mo.vstack(
        [
            mo.md("# Review of the extracted values"),
            *([_starter] if corpus.n_starter else []),
            mo.hstack([reviewer, blind, _progress], justify="start", gap=2, wrap=True),
            *([_problems] if ledger_problems else []),
            mo.hstack([view.style(max_width="100%", overflow_x="auto"), look], wrap=True),
        ]
    )
    return


@app.cell
def _(
    corpus,
    get_log,
    get_undo,
    ledger,
    review,
    reviewer,
    set_log,
    set_message,
    set_place,
    set_undo,
    time,
):
    pen = review.Pen(corpus, ledger, reviewer.value)

    def store(write, said, after=lambda: None):
        """Run `write`, which stores rows; say what happened; `after` only where it worked."""
        _start = time.perf_counter()
        try:
            _rows = write()
        except (review.LedgerError, OSError) as error:
            set_message(("danger", str(error)))
            return
        _rows = _rows if isinstance(_rows, list) else [_rows]
        set_undo((*get_undo(), tuple(_rows)))
        after()
        set_log(get_log() + 1)
        _took = 1000 * (time.perf_counter() - _start)
        set_message(("success", f"Stored in {_took:.0f} ms: {said}"))

    def undo_last():
        _stack = get_undo()
        if not _stack:
            set_message(("info", "There is nothing to undo on this page."))
            return
        try:
            pen.undo(_stack[-1])
        except (review.LedgerError, OSError) as error:
            set_message(("danger", str(error)))
            return
        set_undo(_stack[:-1])
        set_place(_stack[-1][0].place)
        set_log(get_log() + 1)
        set_message(("info", f"Taken back: {_stack[-1][0].patient_id} {_stack[-1][0].field}."))

    return pen, store, undo_last


@app.cell
def _(blind, corpus, database, filters, review, reviewer, seed, size):
    # Who decides independently sees what the program read, not what others made of it.
    seen = review.as_extracted(corpus, reviewer.value) if blind.value else corpus
    values_by_place = {value.place: value for value in seen.values}
    _f = filters.value
    mark = review.audit_mark(int(seed.value)) if _f["audit"] else ""
    _sample = review.draw_values(corpus, int(seed.value), int(size.value)) if _f["audit"] else None
    wanted = review.Filters(
        show=_f["show"],
        fields=tuple(_f["fields"]),
        report=_f["report"].strip(),
        text=_f["text"],
        said=review.findings_saying(database, _f["text"].strip()),
        only_untouched=_f["untouched"],
        only_new=_f["newest"],
        is_blind=blind.value,
        reviewer=reviewer.value,
        sample=None if _sample is None else frozenset(value.place for value in _sample),
        mark=mark,
    )
    return mark, seen, values_by_place, wanted


@app.cell
def _(database, decisions, get_place, mo, review, seen, set_place, tables, wanted):
    N_SHOWN = 200
    queue = review.make_queue(seen, decisions, wanted)
    # What a filter takes out of the queue is not looked at any more.
    current = next((value for value in queue if value.place == get_place()), None)
    current = current or (queue[0] if queue else None)
    _first = queue[:N_SHOWN]
    _quotes = review.quotes_of(database, [value.finding_id for value in _first])
    _more = f", the first {N_SHOWN} shown" if len(queue) > N_SHOWN else ""
    queue_table = mo.ui.table(
        tables.queue_rows(_first, _quotes),
        selection="single",
        page_size=10,
        show_column_summaries=False,
        show_data_types=False,
        show_download=False,
        label=f"{len(queue)} values in the queue{_more}",
        on_change=lambda chosen: (
            set_place((chosen[0]["patient"], chosen[0]["field"])) if len(chosen) else None
        ),
    )
    return current, queue, queue_table


@app.cell
def _(choices, corpus, mo):
    def widget_for(name, value=""):
        """A form element that offers exactly what can be stored for a field."""
        _options = choices.choices_of(name)
        if name == "therapy":
            _options = corpus.therapies
        if _options:
            _known = value if value in _options else None
            return mo.ui.dropdown(
                list(_options), value=_known, label="value", searchable=len(_options) > 9
            )
        return mo.ui.text(value=value, label="value", debounce=False)

    def small_table(rows, **more):
        """A table without what a reviewer does not need."""
        return mo.ui.table(
            rows,
            show_column_summaries=False,
            show_data_types=False,
            show_download=False,
            **more,
        )

    return small_table, widget_for


@app.cell
def _(current, mark, mo, pen, queue, review, set_place, store, undo_last, widget_for):
    _note = {"why": ""}

    def _decide(after, said):
        _next = review.place_after(queue, current.place)
        _reason = ": ".join(part for part in (mark, _note["why"]) if part)
        store(
            lambda: pen.decide(current, after, _reason),
            f"{current.patient_id} {current.field}: {said}.",
            lambda: set_place(_next),
        )

    def _correct(value):
        _decide(value or "", f"{current.value} is {value or 'not stated'}")

    def _go(step):
        set_place(review.next_of(queue, current.place, step))

    correction = (
        widget_for(current.name, current.value).form(
            submit_button_label="Correct (Ctrl+Enter)",
            submit_button_tooltip="store this value instead; empty means not stated",
            on_change=_correct,
            bordered=False,
        )
        if current
        else None
    )
    buttons = mo.hstack(
        [
            mo.ui.button(
                label="Confirm (c)",
                kind="success",
                keyboard_shortcut="c",
                tooltip="the value is right",
                on_click=lambda _: _decide(current.value, f"{current.value} confirmed"),
            ),
            mo.ui.button(
                label="Reject (x)",
                kind="danger",
                keyboard_shortcut="x",
                tooltip="the report does not say this of the patient",
                on_click=lambda _: _decide("", f"{current.value} rejected"),
            ),
            mo.ui.button(label="Previous (k)", keyboard_shortcut="k", on_click=lambda _: _go(-1)),
            mo.ui.button(label="Next (j)", keyboard_shortcut="j", on_click=lambda _: _go(1)),
            mo.ui.button(label="Undo (u)", keyboard_shortcut="u", on_click=lambda _: undo_last()),
            mo.ui.text(
                placeholder="why (optional)",
                label="reason",
                debounce=False,
                on_change=lambda words: _note.update(why=words),
            ),
        ],
        justify="start",
        align="end",
        wrap=True,
    )
    return buttons, correction


@app.cell
def _(
    blind,
    buttons,
    correction,
    current,
    database,
    decisions,
    filters,
    message,
    mo,
    review,
    reviewer,
    seed,
    seen,
    size,
    view,
):
    mo.stop(view.value != "Values")
    _drawn = [seed, size] if filters.value["audit"] else []
    _filters = mo.hstack(
        [*filters.elements.values(), *_drawn], justify="start", align="end", wrap=True
    )
    mo.stop(current is None, mo.vstack([_filters, mo.md("Nothing is left in this queue.")]))
    _known = review.latest(
        one for one in decisions if not blind.value or one.reviewer == reviewer.value
    )
    _about = review.about_value(database, seen, current, _known)
    mo.vstack(
        [
            _filters,
            mo.Html(_about.head),
            mo.Html(_about.sentence),
            buttons,
            mo.hstack([correction], justify="start"),
            message,
            mo.Html(_about.source),
            mo.Html(_about.report_and_patient),
        ]
    )
    return


@app.cell
def _(corpus, review, seed, small_table, tables, view):
    # Made without the decisions, so that the chosen row stays chosen when one is stored.
    _rows = (
        tables.report_rows(corpus, review.draw_reports(corpus, int(seed.value), 10))
        if view.value == "Reports"
        else []
    )
    report_table = small_table(
        _rows, selection="single", initial_selection=[0] if _rows else None, page_size=8
    )
    return (report_table,)


@app.cell
def _(choices, current, mo, report_table, settings, view):
    article_id = None
    if view.value == "Reports" and len(report_table.value):
        article_id = report_table.value[0]["report"]
    elif view.value == "Values" and current is not None:
        article_id = current.article_id
    excluded_for = mo.ui.dropdown(
        choices.exclusion_reasons(settings.disease),
        value="other_disease",
        label="reason to exclude",
    )
    report_reason = mo.ui.text(placeholder="why (optional)", label="note", debounce=False)
    return article_id, excluded_for, report_reason


@app.cell
def _(
    article_id,
    corpus,
    database,
    decisions,
    excluded_for,
    message,
    mo,
    page,
    pen,
    report_reason,
    report_table,
    review,
    sources,
    seed,
    store,
    undo_last,
    view,
):
    mo.stop(view.value != "Reports" or article_id is None)
    _article = corpus.articles[article_id]

    def _screen(after, said, why=""):
        _note = ": ".join(part for part in (why, report_reason.value) if part)
        store(lambda: pen.screen(article_id, after, _note), f"{article_id} {said}.")

    _mark = f"{review.audit_mark(int(seed.value))}: {review.READ_IN_FULL}"
    report_actions = mo.hstack(
        [
            mo.ui.button(
                label="Include", kind="success", on_click=lambda _: _screen("included", "included")
            ),
            excluded_for,
            report_reason,
            mo.ui.button(
                label="Exclude",
                kind="danger",
                on_click=lambda _: _screen(f"excluded:{excluded_for.value}", "excluded"),
            ),
            mo.ui.button(
                label="I read it in full; all that is stated is right or corrected",
                on_click=lambda _: _screen("included", "read in full", _mark),
                disabled=_article["decision"] != "included",
            ),
            mo.ui.button(label="Undo", on_click=lambda _: undo_last()),
        ],
        justify="start",
        align="end",
        wrap=True,
    )
    _sections, _findings = review.report_of(database, article_id)
    _made = [one for one in decisions if one.article_id == article_id and one.field == "screening"]
    mo.vstack(
        [
            report_table,
            mo.Html(sources.screening_html(_article, _made[-1] if _made else None)),
            report_actions,
            message,
            mo.Html(page.report_html(_sections, _findings, None)),
        ]
    )
    return (report_actions,)


@app.cell
def _(article_id, choices, corpus, current, mo, view):
    _patients = corpus.patients.get(article_id, [])
    _mine = current.patient_id if view.value == "Values" and current is not None else None
    add_patient = mo.ui.dropdown(
        _patients,
        value=_mine if _mine in _patients else (_patients[0] if _patients else None),
        label="patient",
    )
    add_field = mo.ui.dropdown(list(choices.CAN_BE_ADDED), value="organ", label="field")
    return add_field, add_patient


@app.cell
def _(add_field, choices, corpus, mo, widget_for):
    _keys = {
        "organ": list(corpus.organs),
        "manifestation": list(corpus.manifestations),
        **dict.fromkeys(choices.COMPONENT_FIELDS, ["1", "2", "3"]),
    }.get(add_field.value)
    has_key = _keys is not None
    add_key = mo.ui.dropdown(
        _keys or [""], value=(_keys or [""])[0], label="which", searchable=True
    )
    add_value = widget_for(
        add_field.value, "present" if add_field.value in ("organ", "manifestation") else ""
    )
    add_response = mo.ui.dropdown(list(choices.RESPONSES), value="not_reported", label="response")
    add_reason = mo.ui.text(placeholder="the words that say so", label="reason", debounce=False)
    return add_key, add_reason, add_response, add_value, has_key


@app.cell
def _(
    add_field,
    add_key,
    add_patient,
    add_reason,
    add_response,
    add_value,
    article_id,
    has_key,
    mo,
    pen,
    store,
    view,
):
    mo.stop(view.value not in ("Values", "Reports") or article_id is None)
    _is_therapy = add_field.value == "therapy"

    def _add():
        _patient, _value = add_patient.value, add_value.value or ""
        if _is_therapy:
            return pen.add_therapy(_patient, _value, add_response.value, add_reason.value)
        _key = add_key.value if has_key else ""
        return pen.add(_patient, add_field.value, _key, _value, add_reason.value)

    add_buttons = mo.hstack(
        [
            mo.ui.button(
                label="Add",
                kind="success",
                disabled=not add_patient.value or not add_value.value,
                on_click=lambda _: store(
                    _add, f"{add_patient.value} {add_field.value} {add_value.value} added."
                ),
            ),
            mo.ui.button(
                label="Add a patient that was missed",
                on_click=lambda _: store(
                    lambda: pen.add_patient(article_id, add_reason.value),
                    f"a patient of {article_id} added; values can be given after the next run.",
                ),
            ),
            mo.ui.button(
                label="This is no patient of the report",
                disabled=not add_patient.value,
                on_click=lambda _: store(
                    lambda: pen.reject_patient(add_patient.value, add_reason.value),
                    f"{add_patient.value} rejected.",
                ),
            ),
        ],
        justify="start",
        wrap=True,
    )
    _form = [add_patient, add_field, *([add_key] if has_key else []), add_value]
    _form += [*([add_response] if _is_therapy else []), add_reason]
    mo.vstack(
        [
            mo.md(f"**Add what was missed in {article_id}**"),
            mo.hstack(_form, justify="start", align="end", wrap=True),
            add_buttons,
        ]
    )
    return (add_buttons,)


@app.cell
def _(mo, queue_table, view):
    mo.stop(view.value != "Values")
    queue_table
    return


@app.cell
def _(corpus, decisions, mo, small_table, tables, view):
    mo.stop(view.value != "Duplicates")
    pairs = tables.pair_rows(corpus, decisions)
    _open = [number for number, row in enumerate(pairs) if not row["decision"]]
    pair_table = small_table(
        pairs,
        selection="single",
        initial_selection=(_open or [0])[:1] if pairs else None,
        page_size=8,
    )
    _all = [one for some in corpus.patients.values() for one in some]
    pair_by_hand = mo.ui.array(
        [mo.ui.dropdown(_all, label=label, searchable=True) for label in ("or a pair:", "and")]
    )
    pair_reason = mo.ui.text(placeholder="optional", label="why", debounce=True)
    return pair_by_hand, pair_reason, pair_table, pairs


@app.cell
def _(
    corpus,
    database,
    message,
    mo,
    page,
    pair_by_hand,
    pair_reason,
    pair_table,
    pairs,
    pen,
    review,
    small_table,
    store,
    undo_last,
    view,
):
    mo.stop(view.value != "Duplicates")
    _chosen = (
        [pair_table.value[0][f"patient_id_{side}"] for side in "ab"]
        if len(pair_table.value)
        else []
    )
    _two = pair_by_hand.value if all(pair_by_hand.value) else _chosen
    _cards = page.side_by_side(*(review.patient_html(database, corpus, one) for one in _two))

    def _pair(after):
        store(lambda: pen.pair(*_two, after, pair_reason.value), f"{' and '.join(_two)}: {after}.")

    # Bound to a name of its own: marimo forgets elements that nothing holds.
    pair_actions = mo.hstack(
        [
            mo.ui.button(
                label="One person (s)",
                kind="warn",
                keyboard_shortcut="s",
                disabled=len(set(_two)) < 2,
                on_click=lambda _: _pair("same"),
            ),
            mo.ui.button(
                label="Two persons (d)",
                kind="success",
                keyboard_shortcut="d",
                disabled=len(set(_two)) < 2,
                on_click=lambda _: _pair("different"),
            ),
            mo.ui.button(label="Undo (u)", keyboard_shortcut="u", on_click=lambda _: undo_last()),
            pair_reason,
            *pair_by_hand.elements,
        ],
        justify="start",
        align="end",
        wrap=True,
    )
    _n = review.merged_counts(database, pairs)
    effect_table = small_table(review.merging_effect(database), selection=None, page_size=20)
    mo.vstack(
        [
            mo.md(
                f"Pooled patients before any merging: **{_n.n_before}**; as the last run counted: "
                f"**{_n.n_after}**; with all decisions on this page: **{_n.n_expected}**."
            ),
            pair_table if pairs else mo.md("No two patients of different reports look alike."),
            pair_actions,
            message,
            mo.Html(_cards),
            mo.md("Pooled figures before and after merging, as of the last run:"),
            effect_table,
        ]
    )
    return effect_table, pair_actions


@app.cell
def _(decisions, mo, review, small_table, tables, view):
    mo.stop(view.value != "Two reviewers")
    conflicts = review.conflicts(decisions)
    conflict_table = small_table(
        tables.conflict_rows(conflicts),
        selection="single",
        initial_selection=[0] if conflicts else None,
        page_size=8,
    )
    agreement_table = small_table(tables.agreement_rows(decisions), selection=None, page_size=25)
    return agreement_table, conflict_table, conflicts


@app.cell
def _(conflict_table, conflicts, mo, view):
    mo.stop(view.value != "Two reviewers")
    _chosen = conflict_table.value
    conflict = conflicts[_chosen[0]["n"]] if len(_chosen) else None
    settle_as = mo.ui.dropdown(
        {one.value_after or "not stated": one.value_after for one in conflict.decisions}
        if conflict
        else {},
        label="the value that wins",
    )
    settle_why = mo.ui.text(placeholder="why", label="reason", debounce=False)
    return conflict, settle_as, settle_why


@app.cell
def _(
    agreement_table,
    conflict,
    conflict_table,
    conflicts,
    database,
    decisions,
    message,
    mo,
    pen,
    review,
    settle_as,
    settle_why,
    store,
    values_by_place,
    view,
):
    mo.stop(view.value != "Two reviewers")
    settle_button = mo.ui.button(
        label="Adjudicate",
        kind="warn",
        disabled=conflict is None or settle_as.value is None,
        on_click=lambda _: store(
            lambda: pen.adjudicate(conflict.decisions[0], settle_as.value, settle_why.value),
            f"{conflict.place[0]} {conflict.place[1]} adjudicated.",
        ),
    )
    _value = values_by_place.get(conflict.place) if conflict else None
    _words = [] if _value is None else [mo.Html(review.words_html(database, _value))]
    mo.vstack(
        [
            mo.md("### Agreement"),
            agreement_table
            if review.agreements(decisions)
            else mo.md("No value has been judged by two reviewers yet."),
            mo.md("### Conflicts"),
            conflict_table if conflicts else mo.md("There is no conflict."),
            *_words,
            mo.hstack(
                [settle_as, settle_why, settle_button], justify="start", align="end", wrap=True
            ),
            message,
        ]
    )
    return (settle_button,)


@app.cell
def _(corpus, decisions, mo, review, seed, size, small_table, tables, view):
    mo.stop(view.value != "Accuracy")
    _rows = tables.accuracy_rows(corpus, decisions)
    accuracy_table = small_table(_rows, selection=None, page_size=50)
    _seed = int(seed.value)
    _sample = review.draw_values(corpus, _seed, int(size.value))
    _done = review.latest(
        one for one in decisions if one.reason.startswith(review.audit_mark(_seed))
    )
    _reports = review.draw_reports(corpus, _seed, 10)
    _full = review.read_in_full(decisions)
    mo.vstack(
        [
            mo.md(
                "### Accuracy of the program on this corpus\n\n"
                "Precision is measured on a random sample of values (under *Values*, tick *audit "
                "sample*), recall on random reports read in full (under *Reports*). Only decisions "
                "of the audit count; each keeps the seed in its reason. After the next run the "
                "same numbers are the view `measured_accuracy` and a table of the report."
            ),
            mo.hstack([seed, size], justify="start"),
            mo.md(
                f"Sample with this seed: **{sum(value.place in _done for value in _sample)}** of "
                f"{len(_sample)} values decided, **{len(_full & set(_reports))}** of "
                f"{len(_reports)} reports read in full ({', '.join(_reports)})."
            ),
            accuracy_table if _rows else mo.md("Nothing has been audited yet."),
        ]
    )
    return (accuracy_table,)


@app.cell
def _(corpus, decisions, ledger, mo, small_table, tables, view):
    mo.stop(view.value != "All decisions")
    _rows = tables.decision_rows(corpus, decisions)
    decision_table = small_table(_rows, selection=None, page_size=20)
    _stale = sum(row["state"].startswith("stale") for row in _rows)
    mo.vstack(
        [
            mo.md(f"{len(_rows)} decisions in `{ledger.name}`, **{_stale}** of them stale."),
            *([decision_table] if _rows else []),
        ]
    )
    return (decision_table,)


if __name__ == "__main__":
    app.run()
