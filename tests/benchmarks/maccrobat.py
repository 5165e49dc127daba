"""MACCROBAT 2020: age and sex of 200 annotated case reports of all fields of medicine.

Reads ../shared/benchmarks/maccrobat2020 (brat files; Caufield et al.), writes nothing. The gold
value is the first Age and the first Sex annotated that names one (a decade is its two years).
Run: PYTHONPATH=. python tests/benchmarks/maccrobat.py [--errors]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.extract import extractor_of
from pipeline.parse.plain import read_plain
from pipeline.records import Patient
from pipeline.rules import bundled_rules

KIT = Path(__file__).parents[3] / "shared/benchmarks/maccrobat2020"
WORDS_OF_SEX = {
    "female": ("woman", "lady", "girl", "female", "primipara", "she"),
    "male": ("man", "gentleman", "boy", "male", "he"),
}
ANNOTATION = re.compile(r"^T\d+\t(?P<kind>Age|Sex) (?P<start>\d+)[^\t]*\t(?P<text>.+)$", re.M)
# No value at all: the words give neither a number nor a decade, or a limit of the study.
NO_AGE = re.compile(r"younger than|^(?:young|child|newborn|mid-teens|elderly)$", re.IGNORECASE)


@dataclass
class Score:
    """Counts of one field over the documents that have it, and the errors."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / max(1, self.right + self.wrong + self.missed)

    def count(self, name: str, gold: str, told: set[str]) -> None:
        if told == {gold}:
            self.right += 1
            return
        self.wrong += bool(told)
        self.missed += not told
        self.errors.append(f"{name}: annotated {gold}, read {sorted(told) or 'nothing'}")


def gold_of(annotations: str) -> dict[str, str]:
    """The first annotated age and sex that say something."""
    found: dict[str, str] = {}
    for match in sorted(ANNOTATION.finditer(annotations), key=lambda m: int(m["start"])):
        read = age_of if match["kind"] == "Age" else sex_of
        value = read(match["text"])
        if value and match["kind"] not in found:
            found[match["kind"]] = value
    return found


def sex_of(text: str) -> str | None:
    words = set(re.findall(r"[a-z]+", text.lower()))
    return next((sex for sex, forms in WORDS_OF_SEX.items() if words & set(forms)), None)


def age_of(text: str) -> str | None:
    """Years as text ('0.25' for three months), 'low-high' for a decade."""
    number = re.search(r"\d+", text)
    if number is None or len(number.group()) > 3 or NO_AGE.search(text):
        return None
    years = float(number.group())
    if re.search(r"\d0s", text):
        return f"{years:g}-{years + 9:g}"
    if "month" in text:
        years = round(years / 12, 2)
    return f"{years + 0.5 * ('half' in text):g}"


def ages_told(patients: tuple[Patient, ...]) -> set[str]:
    exact = {f"{p.age_years:g}" for p in patients if p.age_years is not None}
    return exact | {f"{p.age_low:g}-{p.age_high:g}" for p in patients if p.age_low and p.age_high}


def run(kit: Path = KIT) -> dict[str, Score]:
    """Read every document and compare."""
    extract, scores = extractor_of(bundled_rules()), {"Age": Score(), "Sex": Score()}
    for path in sorted(kit.glob("*.txt")):
        gold = gold_of(path.with_suffix(".ann").read_text(encoding="utf-8"))
        patients = extract(read_plain(path.read_text(encoding="utf-8"), path.stem).article).patients
        told = {"Age": ages_told(patients), "Sex": {str(p.sex) for p in patients if p.sex}}
        for kind, value in gold.items():
            scores[kind].count(path.stem, value, told[kind])
    return scores


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
