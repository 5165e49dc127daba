"""The NegEx/ConText kit: is a given concept denied in its sentence? Reads the kit, writes nothing.

The kit (Chapman et al., 2,376 sentences of discharge reports with the concept marked) is read
from ../shared/benchmarks/negex_context; our ConText cues judge the concept as they do in reports.
Run: PYTHONPATH=. python tests/benchmarks/negex.py [--errors]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.language.concepts import Match
from pipeline.language.context import Context
from pipeline.language.pipeline import build_language
from pipeline.rules import Row, bundled_rules

KIT = Path(__file__).parents[3] / "shared/benchmarks/negex_context/rsAnnotations-1-120-random.txt"
CONCEPT = Row("kit", 0, "concept", "", "", "", "", "phrase", "", "")


@dataclass(frozen=True)
class Item:
    """One line of the kit."""

    number: int
    concept: str
    sentence: str
    is_negated: bool
    is_historical: bool


@dataclass(frozen=True)
class Result:
    """Counts on negation, and the items judged wrongly."""

    right: int
    wrong: int
    missed: int
    errors: tuple[tuple[str, Item], ...]

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def read_kit(path: Path = KIT) -> list[Item]:
    """The items of the kit; raises OSError where it is absent."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    return [make_item(line.split("\t")) for line in lines if line.strip()]


def make_item(cells: list[str]) -> Item:
    number, concept, sentence, negation, temporality = (cell.strip() for cell in cells[:5])
    sentence = " ".join(sentence.split())
    return Item(int(number), concept, sentence, negation == "Negated", temporality == "Historical")


@cache
def machinery() -> tuple[Any, Context]:
    nlp = build_language()
    return nlp, Context(nlp, bundled_rules().table("context"))


def judge(item: Item) -> bool:
    """True where our cues call the item's concept denied."""
    nlp, context = machinery()
    place = place_of(item)
    if place is None:
        return False
    match = Match(CONCEPT, *place)
    (cues,) = context.cues_of(nlp(item.sentence), item.sentence, [match])
    return any(cue.category == "NEGATED_EXISTENCE" for cue in cues)


def place_of(item: Item) -> tuple[int, int] | None:
    """Where the concept stands: in capitals where the sentence has it so, else in any case."""
    words = r"[\W_]+".join(re.escape(word) for word in re.findall(r"[^\W_]+", item.concept))
    if not words:
        return None
    for pattern in (
        re.compile(rf"\b{words.upper()}\b"),
        re.compile(rf"\b{words}\b", re.IGNORECASE),
        re.compile(words, re.IGNORECASE),
    ):
        found = list(pattern.finditer(item.sentence))
        if found:
            return found[-1].span()
    return None


def run(path: Path = KIT) -> Result:
    """Judge every item of the kit."""
    judged = [(judge(item), item) for item in read_kit(path)]
    errors = tuple(
        ("wrong" if negated else "missed", item)
        for negated, item in judged
        if negated != item.is_negated
    )
    right = sum(negated and item.is_negated for negated, item in judged)
    wrong = sum(kind == "wrong" for kind, _ in errors)
    return Result(right, wrong, len(errors) - wrong, errors)


def lines_of(result: Result, *, show_errors: bool) -> Iterator[str]:
    yield f"negation: {result.right} right, {result.wrong} wrong, {result.missed} missed"
    yield f"F1 {result.f1:.3f}"
    if show_errors:
        for kind, item in result.errors:
            yield f"{kind} {item.number} [{item.concept}] {item.sentence}"


if __name__ == "__main__":
    for line in lines_of(run(), show_errors="--errors" in sys.argv):
        print(line)
