"""The review notebook: every value beside its words, decided with a key, kept for good.

Reads the DuckDB file (read-only, closed after every look) and `corrections.csv` beside it.
Writes rows of `corrections.csv`; the next `make run` applies them.
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
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))

    from pipeline import review
    from pipeline.review import choices, page
    from pipeline.settings import read_settings

    settings = read_settings(folder=root)
    folder = root / settings.extracted_dir
    database = root / settings.database
    ledger = folder / "corrections.csv"
    return choices, database, getpass, ledger, mo, os, page, review, time


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
def _(database, get_generation, mo, review):
    get_generation()
    try:
        corpus = review.read_corpus(database)
    except review.ReviewError as _error:
        corpus = None
        _notice = mo.callout(str(_error), kind="warn")
    mo.stop(corpus is None, _notice if corpus is None else None)
    patients_by_report = {}
    for _id, _row in corpus.patients.items():
        patients_by_report.setdefault(_row["article_id"], []).append(_id)
    return corpus, patients_by_report


@app.cell
def _(corpus, mo):
    _starter = (
        mo.callout(
            mo.md(
                "**Starter corpus.** Real reports restated in the project's own words; "
                "decisions on them train the hand, not the science."
            ),
            kind="warn",
        )
        if corpus.n_starter
        else None
    )
    mo.vstack([part for part in (mo.md("# Review of the extracted values"), _starter) if part])
    return


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
    newer = (
        mo.callout(
            mo.hstack(
                [mo.md("**Newer data are there:** the pipeline has run since."), reload_button]
            ),
            kind="info",
        )
        if _is_newer
        else None
    )
    newer
    return (reload_button,)


@app.cell
def _(getpass, mo, os):
    _name = os.environ.get("REVIEWER") or getpass.getuser()
    reviewer = mo.ui.text(value=_name, label="Reviewer", debounce=True)
    blind = mo.ui.checkbox(label="independent: hide what others decided")
    view = mo.ui.tabs(
        {
            name: ""
            for name in (
                "Values",
                "Reports",
                "Duplicates",
                "Two reviewers",
                "Accuracy",
                "All decisions",
            )
        }
    )
    return blind, reviewer, view


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
    _problems = (
        mo.callout(
            mo.md("`make run` will refuse corrections.csv: " + " ".join(ledger_problems)),
            kind="danger",
        )
        if ledger_problems
        else None
    )
    _top = mo.hstack(
        [reviewer, blind, _progress, look], justify="start", align="center", gap=2, wrap=True
    )
    mo.vstack([part for part in (_top, _problems, view) if part is not None])
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
        set_log(get_log() + 1)
        set_message(("info", f"Taken back: {_stack[-1][0].patient_id} {_stack[-1][0].field}."))

    return pen, store, undo_last


@app.cell
def _(corpus, mo, review):
    show = mo.ui.dropdown(list(review.SHOWS), value="to decide", label="Show")
    fields = mo.ui.multiselect(review.fields_of(corpus.values), label="Fields")
    search = mo.ui.text(placeholder="patient, title, words", label="Find", debounce=True)
    untouched = mo.ui.checkbox(label="only reports nobody has looked at")
    newest = mo.ui.checkbox(label="only reports new or changed in the last run")
    audit = mo.ui.checkbox(label="audit sample")
    seed = mo.ui.number(start=0, stop=999_999, step=1, value=1, label="seed")
    size = mo.ui.number(start=1, stop=500, step=1, value=20, label="per field")
    return audit, fields, newest, search, seed, show, size, untouched


@app.cell
def _(
    audit,
    blind,
    corpus,
    decisions,
    fields,
    newest,
    review,
    reviewer,
    search,
    seed,
    show,
    size,
    untouched,
):
    mark = review.audit_mark(int(seed.value)) if audit.value else ""
    # Who decides independently sees what the program read, not what others made of it.
    seen = review.as_extracted(corpus, reviewer.value) if blind.value else corpus
    queue = review.make_queue(
        seen,
        decisions,
        review.Filters(
            show=show.value,
            fields=tuple(fields.value),
            text=search.value,
            only_untouched=untouched.value,
            only_new=newest.value,
            is_blind=blind.value,
            reviewer=reviewer.value,
            sample=frozenset(
                value.place
                for value in review.draw_values(corpus, int(seed.value), int(size.value))
            )
            if audit.value
            else None,
            mark=mark,
        ),
    )
    values_by_place = {value.place: value for value in seen.values}
    return mark, queue, seen, values_by_place


@app.cell
def _(get_place, queue, values_by_place):
    current = values_by_place.get(get_place()) or (queue[0] if queue else None)
    return (current,)


@app.cell
def _(current, mo, queue, set_place):
    N_SHOWN = 300
    _rows = [
        {
            "patient": value.patient_id,
            "field": value.field,
            "value": value.value,
            "confidence": value.confidence,
            "words": value.quote,
        }
        for value in queue[:N_SHOWN]
    ]
    _places = [value.place for value in queue[:N_SHOWN]]
    queue_table = (
        mo.ui.table(
            _rows,
            selection="single",
            page_size=10,
            show_column_summaries=False,
            show_data_types=False,
            show_download=False,
            label=f"{len(queue)} values in the queue"
            + (f", the first {N_SHOWN} shown" if len(queue) > N_SHOWN else ""),
            on_change=lambda chosen: (
                set_place((chosen[0]["patient"], chosen[0]["field"])) if len(chosen) else None
            ),
        )
        if _rows
        else mo.md("Nothing is left in this queue.")
    )
    return (queue_table,)


@app.cell
def _(choices, corpus, mo):
    def widget_for(name, value=""):
        """A form element that offers exactly what can be stored for a field."""
        _options = choices.choices_of(name)
        if name == "plasma_cell_disorder":
            _options = choices.DISORDERS
        if name == "therapy":
            _options = corpus.therapies
        if _options:
            _known = value if value in _options else None
            return mo.ui.dropdown(
                list(_options), value=_known, label="value", searchable=len(_options) > 9
            )
        return mo.ui.text(value=value, label="value", debounce=False)

    return (widget_for,)


@app.cell
def _(
    current,
    mark,
    mo,
    pen,
    queue,
    review,
    set_place,
    store,
    undo_last,
    widget_for,
):
    def _decide(after, said, why=""):
        _next = review.place_after(queue, current.place)
        store(
            lambda: pen.decide(current, after, ": ".join(part for part in (mark, why) if part)),
            f"{current.patient_id} {current.field}: {said}.",
            lambda: set_place(_next),
        )

    def _correct(form):
        _value = (form or {}).get("value") or ""
        _said = f"{current.value} is {_value or 'not stated'}"
        _decide(_value, _said, (form or {}).get("reason") or "")

    def _go(step):
        set_place(review.next_of(queue, current.place, step))

    correction = (
        mo.md("{value} {reason}")
        .batch(
            value=widget_for(current.name, current.value),
            reason=mo.ui.text(placeholder="why (optional)", label="reason"),
        )
        .form(
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
        ],
        justify="start",
        align="end",
        wrap=True,
    )
    return buttons, correction


@app.cell
def _(
    audit,
    blind,
    buttons,
    choices,
    corpus,
    correction,
    current,
    database,
    decisions,
    fields,
    get_message,
    mo,
    newest,
    page,
    review,
    reviewer,
    search,
    seed,
    seen,
    show,
    size,
    untouched,
    view,
):
    mo.stop(view.value != "Values")
    _filters = mo.hstack(
        [show, fields, search, untouched, newest, audit, *([seed, size] if audit.value else [])],
        justify="start",
        align="end",
        wrap=True,
    )
    mo.stop(current is None, mo.vstack([_filters, mo.md("Nothing is left in this queue.")]))
    _kind, _text = get_message()
    _article = corpus.articles[current.article_id]
    _seen = [one for one in decisions if not blind.value or one.reviewer == reviewer.value]
    _sure = "no finding" if current.confidence is None else f"confidence {current.confidence:.2f}"
    _head = mo.md(
        f"### {current.field} = **{current.value or 'removed'}**\n\n"
        f"patient {current.patient_id} · {_sure} · {current.rule or 'no rule'} · "
        f"one of {current.n_alike} patients in its figure"
    )
    _source = mo.Html(
        f"<p><b>{page.escape(_article['title'])}</b> ({page.escape(str(_article['year'] or 'no year'))})"
        f"<br>{page.links_html(_article)}</p>"
    )
    _sections, _findings = review.report_of(database, current.article_id)
    _order = list(choices.FIELDS)
    _own = sorted(
        (value for value in seen.values if value.patient_id == current.patient_id),
        key=lambda value: (_order.index(value.name), value.field),
    )
    _report = mo.Html(page.report_html(_sections, _findings, current))
    _card = mo.Html(page.card_html(current.patient_id, _own, review.latest(_seen), current.place))
    mo.vstack(
        [
            _filters,
            _head,
            mo.Html(page.sentence_html(current)),
            mo.hstack([buttons, correction], justify="start", align="center", gap=1, wrap=True),
            mo.callout(mo.md(_text), kind=_kind),
            _source,
            mo.hstack([_report, _card], widths="equal", gap=2, align="start", wrap=True),
        ]
    )
    return


@app.cell
def _(corpus, mo, patients_by_report, review, seed, view):
    # Made without the decisions, so that the chosen row stays chosen when one is stored.
    _sample = set(review.draw_reports(corpus, int(seed.value), 10))
    _rows = [
        {
            "report": article_id,
            "year": str(article["year"] or ""),
            "decision": article["decision"],
            "reason": article["reason"],
            "patients": len(patients_by_report.get(article_id, ())),
            "extraction": article["extraction"],
            "to read in full": "yes" if article_id in _sample else "",
            "title": article["title"],
        }
        for article_id, article in (corpus.articles.items() if view.value == "Reports" else ())
    ]
    report_table = mo.ui.table(
        _rows,
        selection="single",
        initial_selection=[0] if _rows else None,
        page_size=8,
        show_column_summaries=False,
        show_data_types=False,
        show_download=False,
    )
    return (report_table,)


@app.cell
def _(current, mo, report_table, view):
    article_id = None
    if view.value == "Reports" and len(report_table.value):
        article_id = report_table.value[0]["report"]
    elif view.value == "Values" and current is not None:
        article_id = current.article_id
    return (article_id,)


@app.cell
def _(choices, mo):
    excluded_for = mo.ui.dropdown(
        list(choices.EXCLUSION_REASONS), value="other_disease", label="reason to exclude"
    )
    report_reason = mo.ui.text(placeholder="why (optional)", label="note", debounce=False)
    return excluded_for, report_reason


@app.cell
def _(
    article_id,
    corpus,
    database,
    decisions,
    excluded_for,
    get_message,
    mo,
    page,
    pen,
    report_reason,
    report_table,
    review,
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

    _made = [one for one in decisions if one.article_id == article_id and one.field == "screening"]
    _pending = (
        f" Decided by {page.escape(_made[-1].reviewer)}: <b>{_made[-1].value_after}</b>"
        f" {page.escape(_made[-1].reason)}; a run applies it."
        if _made
        else ""
    )
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
    _kind, _text = get_message()
    _sections, _findings = review.report_of(database, article_id)
    _words = f' because of "{page.escape(_article["quote"])}"' if _article["quote"] else ""
    mo.vstack(
        [
            report_table,
            mo.Html(
                f"<p><b>{page.escape(_article['title'])}</b><br>{page.links_html(_article)}<br>"
                f"{_article['decision']} as {_article['reason']}{_words}, decided by "
                f"{_article['decided_by']}; design {_article['design']}; extraction: "
                f"{_article['extraction']} {page.escape(_article['message'] or '')}.{_pending}</p>"
            ),
            report_actions,
            mo.callout(mo.md(_text), kind=_kind),
            mo.Html(page.report_html(_sections, _findings, None)),
        ]
    )
    return (report_actions,)


@app.cell
def _(article_id, choices, current, mo, patients_by_report, view):
    _shown = article_id is not None
    _patients = patients_by_report.get(article_id, []) if _shown else []
    _mine = current.patient_id if view.value == "Values" and current is not None else None
    add_patient = mo.ui.dropdown(
        _patients,
        value=_mine if _mine in _patients else (_patients[0] if _patients else None),
        label="patient",
    )
    add_field = mo.ui.dropdown(
        [
            "organ",
            "manifestation",
            "therapy",
            *[name for name in choices.PATIENT_FIELDS if name != "patient"],
            *choices.COMPONENT_FIELDS,
        ],
        value="organ",
        label="field",
    )
    return add_field, add_patient


@app.cell
def _(add_field, choices, corpus, mo, widget_for):
    _keys = {
        "organ": list(corpus.organs),
        "manifestation": list(corpus.manifestations),
        **dict.fromkeys(choices.COMPONENT_FIELDS, ["1", "2", "3"]),
    }.get(add_field.value)
    add_key = mo.ui.dropdown(
        _keys or [""], value=(_keys or [""])[0], label="which", searchable=True
    )
    add_value = widget_for(
        add_field.value, "present" if add_field.value in ("organ", "manifestation") else ""
    )
    add_response = mo.ui.dropdown(list(choices.RESPONSES), value="not_reported", label="response")
    add_reason = mo.ui.text(placeholder="the words that say so", label="reason", debounce=False)
    has_key = _keys is not None
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

    add_button = mo.ui.button(
        label="Add",
        kind="success",
        disabled=not add_patient.value or not add_value.value,
        on_click=lambda _: store(
            _add, f"{add_patient.value} {add_field.value} {add_value.value} added."
        ),
    )
    new_button = mo.ui.button(
        label="Add a patient that was missed",
        on_click=lambda _: store(
            lambda: pen.add_patient(article_id, add_reason.value),
            f"a patient of {article_id} added; values can be given after the next run.",
        ),
    )
    gone_button = mo.ui.button(
        label="This is no patient of the report",
        disabled=not add_patient.value,
        on_click=lambda _: store(
            lambda: pen.write(
                article_id, add_patient.value, "patient", "described", "rejected", add_reason.value
            ),
            f"{add_patient.value} rejected.",
        ),
    )
    mo.vstack(
        [
            mo.md(f"**Add what was missed in {article_id}**"),
            mo.hstack(
                [
                    add_patient,
                    add_field,
                    *([add_key] if has_key else []),
                    add_value,
                    *([add_response] if _is_therapy else []),
                    add_reason,
                    add_button,
                    new_button,
                    gone_button,
                ],
                justify="start",
                align="end",
                wrap=True,
            ),
        ]
    )
    return add_button, new_button, gone_button


@app.cell
def _(mo, queue_table, view):
    mo.stop(view.value != "Values")
    queue_table
    return


@app.cell
def _(corpus, decisions, mo, review, view):
    mo.stop(view.value != "Duplicates")
    _decided = review.latest(decisions)
    _rows = []
    for _pair in corpus.duplicates:
        _place = (_pair["patient_id_a"], f"duplicate[{_pair['patient_id_b']}]")
        _new = _decided.get(tuple(_place))
        _rows.append({**_pair, "decision": _new.value_after if _new else _pair["decision"]})
    _open = [number for number, row in enumerate(_rows) if not row["decision"]]
    pair_table = mo.ui.table(
        _rows,
        selection="single",
        initial_selection=(_open or [0])[:1] if _rows else None,
        page_size=8,
        show_column_summaries=False,
        show_data_types=False,
        show_download=False,
    )
    n_same = sum(row["decision"] == "same" for row in _rows)
    return n_same, pair_table


@app.cell
def _(corpus, database, get_message, mo, n_same, page, pair_table, pen, review, store, view):
    mo.stop(view.value != "Duplicates")
    mo.stop(
        not len(pair_table.value),
        mo.md("No two patients of different reports look like one person."),
    )
    _a, _b = (pair_table.value[0][f"patient_id_{side}"] for side in "ab")
    _cards = [
        mo.Html(
            page.links_html(corpus.articles[one.rpartition("/")[0]])
            + page.card_html(one, [v for v in corpus.values if v.patient_id == one], {})
        )
        for one in (_a, _b)
    ]

    def _pair(after):
        store(lambda: pen.pair(_a, _b, after, ""), f"{_a} and {_b}: {after}.")

    # Bound to a name of its own: marimo forgets elements that nothing holds.
    pair_actions = mo.hstack(
        [
            mo.ui.button(
                label="One person (s)",
                kind="warn",
                keyboard_shortcut="s",
                on_click=lambda _: _pair("same"),
            ),
            mo.ui.button(
                label="Two persons (d)",
                kind="success",
                keyboard_shortcut="d",
                on_click=lambda _: _pair("different"),
            ),
        ],
        justify="start",
    )
    _n_pooled = review.ask(database, "select count(*) as n from pooled_patients")[0]["n"]
    _n_merged = sum(row["decision"] == "same" for row in corpus.duplicates)
    _kind, _text = get_message()
    mo.vstack(
        [
            mo.md(
                f"Pooled patients without merging: **{_n_pooled + _n_merged}**; "
                f"with the {n_same} pairs decided to be one person: "
                f"**{_n_pooled + _n_merged - n_same}**."
            ),
            pair_table,
            pair_actions,
            mo.callout(mo.md(_text), kind=_kind),
            mo.hstack(_cards, widths="equal", align="start"),
        ]
    )
    return (pair_actions,)


@app.cell
def _(decisions, mo, review, view):
    mo.stop(view.value != "Two reviewers")
    conflicts = review.conflicts(decisions)
    _rows = [
        {
            "n": number,
            "about": conflict.place[0],
            "field": conflict.place[1],
            **{one.reviewer: one.value_after or "not stated" for one in conflict.decisions},
            "adjudicated": (conflict.adjudicated.value_after or "not stated")
            if conflict.adjudicated
            else "",
        }
        for number, conflict in enumerate(conflicts)
    ]
    conflict_table = (
        mo.ui.table(
            _rows,
            selection="single",
            initial_selection=[0],
            page_size=8,
            show_column_summaries=False,
            show_data_types=False,
            show_download=False,
        )
        if _rows
        else None
    )
    return conflict_table, conflicts


@app.cell
def _(conflict_table, conflicts, mo, view):
    mo.stop(view.value != "Two reviewers")
    _chosen = conflict_table.value if conflict_table is not None else []
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
    conflict,
    conflict_table,
    decisions,
    get_message,
    mo,
    pen,
    review,
    settle_as,
    settle_why,
    store,
    view,
):
    mo.stop(view.value != "Two reviewers")
    _rows = [
        {
            "reviewers": f"{one.reviewer_a}, {one.reviewer_b}",
            "field": one.field,
            "judged by both": one.n_both,
            "alike": one.n_alike,
            "percent": round(one.percent, 1),
            "Cohen's kappa": "undefined" if one.kappa is None else f"{one.kappa:.2f}",
        }
        for one in review.agreements(decisions)
    ]
    agreement_table = (
        mo.ui.table(_rows, selection=None, show_download=False, show_column_summaries=False)
        if _rows
        else mo.md("No value has been judged by two reviewers yet.")
    )
    settle_button = mo.ui.button(
        label="Adjudicate",
        kind="warn",
        disabled=conflict is None or settle_as.value is None,
        on_click=lambda _: store(
            lambda: pen.adjudicate(conflict.decisions[0], settle_as.value, settle_why.value),
            f"{conflict.place[0]} {conflict.place[1]} adjudicated.",
        ),
    )
    _kind, _text = get_message()
    mo.vstack(
        [
            mo.md("### Agreement"),
            agreement_table,
            mo.md("### Conflicts"),
            conflict_table if conflict_table is not None else mo.md("There is no conflict."),
            mo.hstack([settle_as, settle_why, settle_button], justify="start", align="end"),
            mo.callout(mo.md(_text), kind=_kind),
        ]
    )
    return agreement_table, settle_button


@app.cell
def _(corpus, decisions, mo, review, seed, size, view):
    mo.stop(view.value != "Accuracy")

    def _shown(share, low, high, k, n):
        return "–" if share is None else f"{share:.2f} ({low:.2f} to {high:.2f}), {k}/{n}"

    _rows = [
        {
            "field": one.field,
            "read from": one.text_basis,
            "precision (95 % interval)": _shown(
                one.precision, one.precision_low, one.precision_high, one.n_right, one.n_audited
            ),
            "recall (95 % interval)": _shown(
                one.recall, one.recall_low, one.recall_high, one.n_found, one.n_stated
            ),
        }
        for one in review.measure(corpus, decisions)
    ]
    accuracy_table = (
        mo.ui.table(_rows, selection=None, show_download=False, show_column_summaries=False)
        if _rows
        else mo.md("Nothing has been audited yet.")
    )
    _sample = review.draw_values(corpus, int(seed.value), int(size.value))
    _done = review.latest(
        one for one in decisions if one.reason.startswith(review.audit_mark(int(seed.value)))
    )
    _reports = review.draw_reports(corpus, int(seed.value), 10)
    _full = review.read_in_full(decisions)
    mo.vstack(
        [
            mo.md(
                "### Accuracy of the program on this corpus\n\n"
                "Precision is measured on a random sample of values (under *Values*, tick *audit "
                "sample*), recall on random reports read in full (under *Reports*). Only decisions "
                "of the audit count."
            ),
            mo.hstack([seed, size], justify="start"),
            mo.md(
                f"Sample with this seed: **{sum(value.place in _done for value in _sample)}** of "
                f"{len(_sample)} values decided, **{len(_full & set(_reports))}** of "
                f"{len(_reports)} reports read in full ({', '.join(_reports)})."
            ),
            accuracy_table,
        ]
    )
    return (accuracy_table,)


@app.cell
def _(corpus, decisions, ledger, mo, review, view):
    mo.stop(view.value != "All decisions")
    _state = {row["line"]: row for row in corpus.decisions}

    def _said(one):
        _row = _state.get(one.line)
        if _row is None or _row["value_after"] != (one.value_after or None):
            return "waits for the next run"
        if _row["is_stale"]:
            return f"stale: {_row['stale_reason']}"
        return "superseded by a later row" if _row["is_superseded"] else "holds"

    _rows = [
        {
            "line": one.line,
            "state": _said(one),
            "reviewer": one.reviewer,
            "when": one.reviewed_on,
            "about": one.patient_id or one.article_id,
            "field": one.field,
            "before": one.value_before,
            "after": one.value_after,
            "reason": one.reason,
        }
        for one in reversed(decisions)
    ]
    decision_table = (
        mo.ui.table(
            _rows,
            selection=None,
            page_size=20,
            show_download=False,
            show_column_summaries=False,
            show_data_types=False,
        )
        if _rows
        else None
    )
    _stale = sum(row["state"].startswith("stale") for row in _rows)
    mo.vstack(
        [
            mo.md(f"{len(_rows)} decisions in `{ledger.name}`, **{_stale}** of them stale."),
            *([decision_table] if decision_table is not None else []),
        ]
    )
    return (decision_table,)


if __name__ == "__main__":
    app.run()
