"""Two plain baselines on the same vocabulary, so that what the rules add is visible.

Reads articles and rules, writes nothing.
`terms`: every term found anywhere is the patient's. `context`: the same with medspaCy's own
ConText rules, which deny, set aside as history or hypothesis, or give to the family.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pipeline.evaluate.values import LABEL_AGGREGATE, Values, make_values
from pipeline.language.concepts import ConceptMatcher, Match
from pipeline.language.medspacy_parts import ConText
from pipeline.language.pipeline import build_language
from pipeline.language.token_spans import spans_of
from pipeline.records import Article
from pipeline.rules import Rules

AGE = re.compile(r"\b(\d{1,3})[ -]?(?:years?|yrs?)[ -]?old\b", re.IGNORECASE)
SEX = re.compile(
    r"\b(?:(?P<female>wom[ae]n|female|lady|girl|she|her)|(?P<male>m[ae]n|male|gentleman|boy|he"
    r"|his))\b",
    re.IGNORECASE,
)
HEAVY = re.compile(r"\bIg ?([GAMDE])\b")
LIGHT = re.compile(r"\b(kappa|lambda)\b|([κλ])", re.IGNORECASE)
GREEK = {"κ": "kappa", "λ": "lambda"}
DEAD = re.compile(r"\b(died|death|fatal|deceased)\b", re.IGNORECASE)
GAMMOPATHY = re.compile(
    r"\b(monoclonal|paraprotein\w*|gammopath\w+|M[- ](?:protein|component|spike))\b", re.IGNORECASE
)
DISORDERS = {
    "MGUS": re.compile(r"\bMGUS\b|undetermined significance"),
    "multiple_myeloma": re.compile(r"\bmyeloma\b", re.IGNORECASE),
}
TABLES = ("organs", "therapies", "responses")
GRADES = ("complete", "partial", "improved", "none", "worse", "relapse")
TARGETS = "targets"
Baseline = Callable[[Article], Values]


def term_baseline(rules: Rules) -> Baseline:
    """Every term is a value; the first response word of its sentence is its response."""
    matcher = ConceptMatcher(row for table in TABLES for row in rules.table(table))
    nlp = build_language()

    def read(article: Article) -> Values:
        text = "\n".join(section.text for section in article.sections)
        doc = nlp(text)
        matches = matcher.find(text)
        return baseline_values(text, doc, matches, {}, rules)

    return read


def context_baseline(rules: Rules) -> Baseline:
    """The same terms with medspaCy's ConText as it ships."""
    matcher = ConceptMatcher(row for table in TABLES for row in rules.table(table))
    nlp = build_language()
    context: Any = ConText(nlp, input_span_type="group", span_group_name=TARGETS)

    def read(article: Article) -> Values:
        text = "\n".join(section.text for section in article.sections)
        doc = nlp(text)
        matches = matcher.find(text)
        spans = spans_of(doc, matches)
        doc.spans[TARGETS] = [span for span in spans if span is not None]
        context(doc)
        statuses = {
            match: status_of(span) for match, span in zip(matches, spans, strict=True) if span
        }
        return baseline_values(text, doc, matches, statuses, rules)

    return read


def status_of(span: Any) -> str:
    if span._.is_negated:
        return "absent"
    is_set_aside = span._.is_family or span._.is_historical or span._.is_hypothetical
    return "dropped" if is_set_aside else "present"


def baseline_values(
    text: str, doc: Any, matches: list[Match], statuses: dict[Match, str], rules: Rules
) -> Values:
    by_status: dict[str, set[str]] = {"present": set(), "absent": set(), "dropped": set()}
    for match in matches:
        if match.row.table == "organs":
            by_status[statuses.get(match, "present")].add(match.row.group)
    organs = {row.group for row in rules.table("organs")} - {"skin", ""}
    age, sex, light = AGE.search(text), SEX.search(text), LIGHT.search(text)
    heavy = HEAVY.search(text)
    disorder = next((name for name, words in DISORDERS.items() if words.search(text)), None)
    return make_values(
        "1",
        ages=[age.group(1)] if age else [],
        sex=sex.lastgroup if sex else None,
        status="present" if GAMMOPATHY.search(text) else None,
        heavy=[f"Ig{heavy.group(1)}"] if heavy else [],
        light=[GREEK.get(light.group(), light.group().lower())] if light else [],
        disorder=disorder,
        present=sorted(by_status["present"] & organs),
        absent=sorted((by_status["absent"] - by_status["present"]) & organs),
        episodes=baseline_episodes(doc, matches, statuses),
        outcome="dead" if DEAD.search(text) else None,
    )


def baseline_episodes(
    doc: Any, matches: list[Match], statuses: dict[Match, str]
) -> tuple[tuple[str, str], ...]:
    """One episode per therapy, with the first response word of the sentence it stands in."""
    episodes: dict[str, str] = {}
    for sentence in doc.sents:
        inside = [m for m in matches if sentence.start_char <= m.start < sentence.end_char]
        words = [m.row.id for m in inside if m.row.table == "responses" and m.row.id in GRADES]
        for match in inside:
            if match.row.table == "therapies" and statuses.get(match, "present") == "present":
                for name in match.row.id.removeprefix("regimen:").split("+"):
                    if episodes.get(name, "not_reported") == "not_reported":
                        episodes[name] = words[0] if words else "not_reported"
    return tuple(episodes.items())


def no_aggregate() -> Values:
    return Values(LABEL_AGGREGATE, {})
