"""Parts of docs/ are made by the code, so they cannot say what is no longer so.

`make docs` writes them anew (UPDATE_DOCS=1); without it they are compared. A made part stands
between `<!-- made: name -->` and `<!-- end -->`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import duckdb
import pytest
from load_cases import QUERIES
from test_architecture import COMMON, INNER, own_imports, part_of

from pipeline.extract.one import doubted, number
from pipeline.extractors import EXTRACTORS
from pipeline.extractors.gather import gather
from pipeline.extractors.own_patients.patients import attribute
from pipeline.language.reader import Reader
from pipeline.load import schema
from pipeline.parse.plain import read_plain
from pipeline.records import Article, Draft, Mention, Patient, Report
from pipeline.rules import bundled_rules

DOCS = Path(__file__).parent.parent / "docs"
EXAMPLE = (
    "Case report\n\n"
    "Scleromyxedema is usually associated with an IgG lambda paraprotein. "
    "A 62-year-old woman presented with waxy papules and dysphagia, but without dyspnoea. "
    "Serum immunofixation showed an IgG kappa paraprotein. "
    "Her sister had a neuropathy. "
    "She received prednisone without benefit, then IVIG, and her skin improved markedly. "
    "Smith et al. treated a patient with thalidomide."
)
SHOWN = ("organs", "paraproteins", "responses", "sexes", "therapies")
STAGE_ORDER = ("retrieve", "parse", "screen", "extract", "load", "analyse", "review", "export")


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as a Markdown table; a bar within a cell would end it."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def data_dictionary() -> str:
    """Every table, then every view, of an empty DuckDB file, with its comments."""
    connection = duckdb.connect()
    schema.create_tables(connection, QUERIES)
    schema.derive_tables(connection, QUERIES)
    schema.create_views(connection, QUERIES)
    chapters = []
    for kind in ("table", "view"):
        chapters.append(f"## {kind.capitalize()}s")
        catalogue = connection.execute(
            f"select {kind}_name, comment from duckdb_{kind}s() where not internal order by all"
        ).fetchall()
        for name, comment in catalogue:
            columns = connection.execute(
                "select column_name, data_type, coalesce(comment, '') from duckdb_columns()"
                " where table_name = ? order by column_index",
                [name],
            ).fetchall()
            chapters.append(f"### {name}\n\n{comment}")
            chapters.append(table(("column", "type", "meaning"), columns))
    return "\n\n".join(chapters)


def architecture() -> str:
    """Who imports whom, stage by stage; the common ground below everything is left out."""
    arrows = sorted(
        {
            (part_of(path), other)
            for path in INNER
            for other in own_imports(path) - COMMON - {part_of(path)}
        }
    )
    lines = ["```mermaid", "flowchart LR", "  given[(extracted/raw)] --> retrieve"]
    lines.append("  __main__{{__main__: the order}} --> " + " & ".join(STAGE_ORDER))
    lines += [f"  {a} --> {b}" for a, b in arrows if not b.startswith("__")]
    return "\n".join([*lines, "```"])


def example_report() -> tuple[Article, Report]:
    rules = bundled_rules()
    article = read_plain(EXAMPLE, "example", "A case of scleromyxedema").article
    return article, attribute(Reader(rules).read(article), rules)


def example_drafts(report: Report) -> list[Draft]:
    drafts: list[Draft] = []
    for _, extract in EXTRACTORS:
        drafts.extend(extract(report, bundled_rules(), drafts))
    return doubted(report, drafts)


def example_sections() -> str:
    article, _ = example_report()
    rows = [(s.section, s.kind, s.title or "", f"{s.text[:60]} …") for s in article.sections]
    return table(("section", "kind", "heading", "text"), rows)


def example_mentions() -> str:
    _, report = example_report()
    found = [m for s in report.statements for m in s.mentions if m.table in SHOWN]
    rows = [
        (m.text, file_of(m.rule), m.concept, judged(m))
        for m in found
        if not m.concept.startswith("subject_")
    ]
    return table(("words", "file", "id", "ConText says"), rows)


def file_of(rule: str) -> str:
    """'organs.csv' of 'organs.csv:12 …': a row added above must not change the page."""
    return re.sub(r"(\.csv):\d+", r"\1", rule)


def judged(mention: Mention) -> str:
    said = ("negated", "family", "hypothetical", "historical", "uncertain")
    verdicts = [name for name in said if getattr(mention, f"is_{name}")]
    return f"{', '.join(verdicts)} ({', '.join(mention.cues)})" if verdicts else ""


def example_tellers() -> str:
    _, report = example_report()
    rows = [(s.text, s.teller, file_of(s.why), ", ".join(s.patients)) for s in report.statements]
    return table(("sentence", "teller", "because of", "patient"), rows)


def example_findings() -> str:
    _, report = example_report()
    rows = [
        (f.field, f.value, f.quote, f"{f.section} {f.char_start}-{f.char_end}", f.status,
         f.subject, file_of(f.rule))
        for f in number(report, example_drafts(report))
    ]  # fmt: skip
    return table(("field", "value", "words", "place", "status", "subject", "rule"), rows)


def example_values() -> str:
    _, report = example_report()
    (patient,) = gather(report, bundled_rules(), example_drafts(report))
    return table(("column", "value"), values_of(patient))


def values_of(patient: Patient) -> list[tuple[str, object]]:
    chains = [f"{p.heavy_chain}-{p.light_chain}" for p in patient.paraproteins]
    return [
        ("patients.age_years", f"{patient.age_years:g}"),
        ("patients.sex", patient.sex),
        ("patients.paraprotein_status", patient.paraprotein_status),
        ("paraproteins", ", ".join(chains)),
        *(("organ_involvement", f"{o.organ}: {o.status}") for o in patient.organs),
        *(("therapies", f"{t.episode}. {t.therapy}: {t.response}") for t in patient.therapies),
        ("patients.outcome", patient.outcome),
    ]


MADE: dict[tuple[str, str], Callable[[], str]] = {
    ("data_dictionary.md", "dictionary"): data_dictionary,
    ("architecture.md", "imports"): architecture,
    ("how_extraction_works.md", "example"): lambda: f"> {EXAMPLE.splitlines()[-1]}",
    ("how_extraction_works.md", "sections"): example_sections,
    ("how_extraction_works.md", "mentions"): example_mentions,
    ("how_extraction_works.md", "tellers"): example_tellers,
    ("how_extraction_works.md", "findings"): example_findings,
    ("how_extraction_works.md", "values"): example_values,
}


@pytest.mark.parametrize(("name", "part"), MADE)
def test_the_made_part_is_what_the_code_says(name: str, part: str) -> None:
    path = DOCS / name
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(rf"(<!-- made: {part} -->\n\n).*?(\n*<!-- end -->)", re.DOTALL)
    assert len(pattern.findall(text)) == 1, f"{name} has no part {part}"
    made = MADE[name, part]()
    if os.environ.get("UPDATE_DOCS"):
        text = pattern.sub(lambda m: f"{m.group(1)}{made}\n\n<!-- end -->", text)
        path.write_text(text, encoding="utf-8")
    assert f"<!-- made: {part} -->\n\n{made}\n\n<!-- end -->" in text, "run `make docs`"


def test_no_made_part_is_forgotten() -> None:
    marked = {
        (path.name, part)
        for path in DOCS.glob("*.md")
        for part in re.findall(r"<!-- made: (\w+) -->", path.read_text(encoding="utf-8"))
    }
    assert marked == set(MADE)


def test_the_example_shows_each_kind_of_statement() -> None:
    """The page is worth reading only while its sentence meets all that it speaks of."""
    _, report = example_report()
    assert {"patient", "background", "cited", "family"} <= {s.teller for s in report.statements}
    mentions = [m for s in report.statements for m in s.mentions]
    assert any(m.is_negated for m in mentions)
