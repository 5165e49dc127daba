"""PHEE: age, sex and drug named in single sentences of case reports of adverse drug events.

Reads ../shared/benchmarks/phee/test.v2.json (Sun et al. 2022, one sentence a line with spans),
writes nothing. Age: sentences whose annotated age has a number; sex: those whose gender is a word
of one sex; drug: the annotated drugs that our vocabulary of therapies holds at all.
Run: PYTHONPATH=. python tests/benchmarks/phee.py [--errors]
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from maccrobat import Score, age_of, sex_of

from pipeline.extractors.age import ages_of
from pipeline.language.concepts import ConceptMatcher
from pipeline.language.folding import fold
from pipeline.records import Statement
from pipeline.rules import bundled_rules

KIT = Path(__file__).parents[3] / "shared/benchmarks/phee/test.v2.json"
# "Two women": the sentence is of several patients, and no single age or sex is right.
SEVERAL = re.compile(r"\b(?:and|two|three|patients|men|women|children|both)\b|,|-\d|to \d", re.I)


def read_kit(path: Path = KIT) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def arguments_of(item: dict[str, Any], role: str, kind: str) -> list[str]:
    """The texts annotated as e.g. Subject.Age in any event of the sentence, each once."""
    found = [
        " ".join(mention)
        for event in item["annotations"][0]["events"]
        for mention in event.get(role, {}).get(kind, {}).get("text", [])
    ]
    return list(dict.fromkeys(found))


def run(path: Path = KIT) -> dict[str, Score]:
    """Compare every sentence; 'drug' counts mentions, the others sentences."""
    rules = bundled_rules()
    matcher = ConceptMatcher([*rules.table("sexes"), *rules.table("therapies")])
    scores = {"Age": Score(), "Sex": Score(), "Drug": Score()}
    for item in read_kit(path):
        text = item["context"]
        matches = matcher.find(text)
        for annotated in arguments_of(item, "Subject", "Age")[:1]:
            gold = None if SEVERAL.search(annotated) else age_of(annotated)
            if gold:
                scores["Age"].count(item["id"], gold, ages_in(text))
        for annotated in arguments_of(item, "Subject", "Gender")[:1]:
            gold = None if SEVERAL.search(annotated) else sex_of(annotated)
            if gold:
                told = {m.row.id for m in matches if m.row.table == "sexes"} & {"female", "male"}
                scores["Sex"].count(item["id"], gold, told)
        drugs = {fold(text[m.start : m.end]).lower() for m in matches if m.row.table == "therapies"}
        for annotated in arguments_of(item, "Treatment", "Drug"):
            if any(m.row.table == "therapies" for m in matcher.find(f"We gave {annotated} daily.")):
                is_found = any(drug in fold(annotated).lower() for drug in drugs)
                scores["Drug"].count(item["id"], annotated, {annotated} if is_found else set())
    return scores


def ages_in(text: str) -> set[str]:
    statement = Statement(section="s", role="abstract", start=0, end=len(text), text=text)
    return {
        f"{a.low_years:g}" if a.high_years is None else f"{a.low_years:g}-{a.high_years:g}"
        for a in ages_of(statement)
    }


def lines_of(scores: dict[str, Score], *, show_errors: bool) -> Iterator[str]:
    for kind, score in scores.items():
        yield (
            f"{kind}: {score.right} right, {score.wrong} wrong, {score.missed} missed,"
            f" share right {score.share:.3f}"
        )
        if show_errors:
            yield from score.errors


if __name__ == "__main__":
    for line in lines_of(run(), show_errors="--errors" in sys.argv):
        print(line)
