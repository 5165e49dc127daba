"""What the reviewer reads, as HTML: the sentence, the report with all findings, the patient card.

Reads rows, writes nothing. Everything that comes from outside is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise

from pipeline.review.corpus import Value
from pipeline.review.decisions import Decision, Place
from pipeline.review.look import Row

# Field -> colour of its marks; the field is also named in the tooltip and by the legend.
COLOURS: Mapping[str, tuple[str, str]] = {
    "age": ("age", "#fde68a"),
    "sex": ("sex", "#fbcfe8"),
    "paraprotein": ("paraprotein", "#c7d2fe"),
    "organ": ("organ", "#bbf7d0"),
    "therapy": ("therapy", "#fed7aa"),
    "outcome": ("outcome", "#bae6fd"),
    "other": ("not counted: family, cited, background", "#e5e7eb"),
}
GROUPS: Mapping[str, str] = {
    "age_years": "age",
    "age_low": "age",
    "age_high": "age",
    "sex": "sex",
    "paraprotein_status": "paraprotein",
    "plasma_cell_disorder": "paraprotein",
    "heavy_chain": "paraprotein",
    "light_chain": "paraprotein",
    "concentration_g_per_l": "paraprotein",
    "organ": "organ",
    "manifestation": "organ",
    "has_extracutaneous": "organ",
    "therapy": "therapy",
    "response": "therapy",
    "is_relapse": "therapy",
    "dose_text": "therapy",
    "duration_text": "therapy",
    "duration_months": "therapy",
    "is_stopped": "therapy",
    "stop_reason": "therapy",
    "line": "therapy",
    "outcome": "outcome",
    "follow_up_months": "outcome",
}
STYLE = """<style>
.rv{font:1rem/1.6 system-ui,sans-serif;color:#1f2937;max-width:60rem}
.rv mark{color:inherit;border-radius:.2rem;padding:0 .1rem}
.rv mark.here{outline:3px solid #b91c1c;outline-offset:1px;font-weight:650}
.rv .sentence{font-size:1.15rem;border-left:.3rem solid #0b5a8a;padding:.4rem .9rem;
  background:#f8fafc}
.rv .report{max-height:26rem;overflow-y:auto;border:1px solid #d5d9dd;padding:.2rem 1rem;
  white-space:pre-line}
.rv-pair{display:flex;flex-wrap:wrap;gap:1rem}
.rv-pair>div{flex:1 1 20rem;min-width:0;overflow-x:auto}.rv-pair>div:last-child{flex-grow:1.6}
.rv h3{margin:.4rem 0;font-size:1.3rem;font-weight:400}
.rv h4{margin:.8rem 0 .1rem;font-size:.85rem;color:#4b5563}
.rv table{border-collapse:collapse;font-size:.9rem}
.rv td,.rv th{border-bottom:1px solid #e5e7eb;padding:.15rem .6rem;text-align:left;
  vertical-align:top}
.rv .who{color:#4b5563;font-size:.85rem}.rv td:nth-child(3){min-width:6rem}
.rv .changed{color:#9a3412;font-weight:600}
.rv .legend mark{margin-right:.7rem;font-size:.8rem;padding:.05rem .4rem}
</style>"""


def side_by_side(*parts: str) -> str:
    """Parts beside each other, below each other where the page is narrow."""
    return f'{STYLE}<div class="rv-pair">{"".join(f"<div>{part}</div>" for part in parts)}</div>'


def message_html(text: str) -> str:
    """What happened; it may repeat words of a report."""
    return f"<p>{escape(text)}</p>"


def head_html(value: Value, finding: Row | None) -> str:
    """The value looked at, how sure it is, and how much it weighs."""
    sure = "no finding" if value.confidence is None else f"confidence {value.confidence:.2f}"
    rule = "no rule" if finding is None else str(finding["rule"])
    weight = f"one of {value.n_alike} patients in its figure"
    about = escape(" · ".join((f"patient {value.patient_id}", sure, rule, weight)))
    name, stated = escape(value.field), escape(value.value or "removed")
    return shell(f'<h3>{name} = <b>{stated}</b></h3><p class="who">{about}</p>')


def shell(body: str) -> str:
    return f'{STYLE}<div class="rv">{body}</div>'


def group_of(finding: Row) -> str:
    if finding["subject"] != "patient" or finding["patient_id"] is None:
        return "other"
    return GROUPS.get(str(finding["field"]), "other")


def tooltip(finding: Row) -> str:
    who = finding["patient_id"] or finding["subject"]
    sure = f"{float(finding['confidence']):.2f}"
    return (
        f"{finding['field']} = {finding['value']} ({finding['status']}) · {who} ·"
        f" {finding['rule']} · confidence {sure}"
    )


def marked(text: str, findings: Sequence[Row], here: tuple[int, int] | None) -> str:
    """The text with every finding marked; marks may overlap. `here` is the value looked at."""
    spans = [place_of(finding) for finding in findings]
    cuts = {0, len(text), *(cut for span in spans for cut in span), *(here or ())}
    parts = []
    for start, end in pairwise(sorted(cut for cut in cuts if 0 <= cut <= len(text))):
        over = [f for f, (a, b) in zip(findings, spans, strict=True) if a <= start and end <= b]
        is_here = here is not None and here[0] <= start and end <= here[1]
        parts.append(piece(text[start:end], over, is_here))
    return "".join(parts)


def piece(text: str, over: Sequence[Row], is_here: bool) -> str:
    if not over and not is_here:
        return escape(text)
    # The narrowest finding gives the colour; the tooltip names all of them.
    inner = min(
        over, key=lambda f: (group_of(f) == "other", f["char_end"] - f["char_start"]), default=None
    )
    colour = COLOURS[group_of(inner) if inner else "other"][1]
    title = escape("\n".join(tooltip(finding) for finding in over))
    here = ' class="here" aria-current="true"' if is_here else ""
    return f'<mark{here} style="background:{colour}" title="{title}">{escape(text)}</mark>'


def sentence_html(value: Value, finding: Row | None) -> str:
    """The sentence of a value with its words marked; says so where there are none."""
    if value.finding_id is None:
        return shell("<p>No words of their own stand behind this value in the report.</p>")
    if finding is None:
        return shell("<p>The data were made anew since; load the newer data to see the words.</p>")
    sentence, quote = str(finding["sentence"]), str(finding["quote"])
    before, _, after = sentence.partition(quote)
    words = f'<mark class="here" style="background:#fde68a">{escape(quote)}</mark>'
    if quote not in sentence:
        before, after = sentence, ""
    return shell(f'<p class="sentence">{escape(before)}{words}{escape(after)}</p>')


def report_html(sections: Sequence[Row], findings: Sequence[Row], finding: Row | None) -> str:
    """The whole report with all findings marked, the one looked at outlined."""
    parts = [legend()]
    for section in sections:
        own = [f for f in findings if f["section"] == section["section"]]
        is_here = finding is not None and finding["section"] == section["section"]
        here = place_of(finding) if finding and is_here else None
        title = section["title"] or section["section"]
        parts.append(f"<h4>{escape(str(title))}</h4>{marked(str(section['text']), own, here)}")
    return shell(f'{parts[0]}<div class="report" tabindex="0">{"".join(parts[1:])}</div>')


def place_of(finding: Row) -> tuple[int, int]:
    return (int(finding["char_start"]), int(finding["char_end"]))


def legend() -> str:
    marks = "".join(
        f'<mark style="background:{colour}">{escape(label)}</mark>'
        for label, colour in COLOURS.values()
    )
    return f'<p class="legend">{marks}</p>'


def card_html(
    patient_id: str,
    values: Iterable[Value],
    quotes: Mapping[str, str],
    decided: Mapping[Place, Decision],
    current: Place | None = None,
) -> str:
    """All values of a patient with their words and who decided, pending decisions beside them."""
    rows = []
    for value in values:
        decision = decided.get(value.place)
        here = ' style="background:#fef3c7"' if value.place == current else ""
        quote = quotes.get(value.finding_id or "", "–")
        rows.append(
            f"<tr{here}><td>{escape(value.field)}</td><td>{escape(value.value or 'removed')}</td>"
            f"<td>{decided_text(value, decision)}</td><td>{escape(quote)}</td></tr>"
        )
    head = "<tr><th>field</th><th>value</th><th>decided by, confidence</th><th>words</th></tr>"
    return shell(f"<h4>Patient {escape(patient_id)}</h4><table>{head}{''.join(rows)}</table>")


def decided_text(value: Value, decision: Decision | None) -> str:
    if decision is None:
        more = "" if value.confidence is None else f" {value.confidence:.2f}"
        if value.decided_by != "rule":
            more = f"; extracted: {value.value_extracted or 'nothing'}"
        return f'<span class="who">{escape(value.decided_by + more)}</span>'
    by = (
        f'<span class="who">{escape(decision.reviewer)}, {escape(decision.reviewed_on[:10])}</span>'
    )
    if decision.value_after == value.value:
        return f"{by}: confirmed"
    after = decision.value_after or "not stated"
    return f'{by}: <span class="changed">{escape(after)}</span>'
