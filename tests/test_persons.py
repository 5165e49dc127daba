"""Whole reports in our own words: who the patients are and what is told of each, nothing else.

Each entry of tests/persons/*.txt is a title (`T:`), a text and, behind `=>`, one part for each
patient, parted by `|`: `58 f p:IgG-lambda dis=MGUS +neurologic -renal` (age, sex, paraprotein
present with its chains or `a` for absent, disorder, organs present and denied). A part that begins
with `@` holds the figures of a series. Treatments and outcomes are tried in tests/histories.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.answers import bundled_extractor
from pipeline.evaluate.values import Values, extraction_values
from pipeline.parse.plain import read_plain
from pipeline.records import Article, Extraction

FOLDER = Path(__file__).parent / "persons"
SEXES = {"m": "male", "f": "female"}
SIGNS = {"+": "organs_present", "-": "organs_absent"}
FIELDS = (
    *("age", "sex", "paraprotein_status", "heavy_chain", "light_chain", "plasma_cell_disorder"),
    *SIGNS.values(),
)


def entries() -> Iterator[object]:
    for path in sorted(FOLDER.glob("*.txt")):
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        for number, block in enumerate(blocks[1:], start=1):  # the first says what the file holds
            yield pytest.param(block.strip(), id=f"{path.stem}-{number}")


def parts_of(block: str) -> tuple[str, str, list[str]]:
    """Title, text and the expected parts; raises ValueError where the last line is missing."""
    title, *lines, expected = block.splitlines()
    if not (title.startswith("T:") and expected.startswith("=>")):
        raise ValueError(f"no title or no expectation: {block}")
    parts = [part.strip() for part in expected.removeprefix("=>").split("|")]
    return title.removeprefix("T:").strip(), "\n".join(lines), [part for part in parts if part]


def told(part: str) -> Counter[str]:
    """The values of a part as 'field=value'; raises ValueError on a word it does not know."""
    found: Counter[str] = Counter()
    for word in part.split():
        if word in SEXES:
            found[f"sex={SEXES[word]}"] += 1
        elif word[0] in SIGNS:
            found.update(f"{SIGNS[word[0]]}={organ}" for organ in word[1:].split(","))
        elif word == "a":
            found["paraprotein_status=absent"] += 1
        elif word.startswith("p"):
            found["paraprotein_status=present"] += 1
            chains = [chain for one in word[2:].split("+") for chain in one.split("-")]
            found.update({f"heavy_chain={chain}" for chain in chains if chain[:2] == "Ig"})
            found.update(
                {f"light_chain={chain}" for chain in chains if chain[:1] in "kl" and chain}
            )
        elif word.startswith("dis="):
            found[f"plasma_cell_disorder={word.removeprefix('dis=')}"] += 1
        elif word[0].isdigit():
            found[f"age={word}"] += 1
        else:
            raise ValueError(f"unknown word {word!r} in {part!r}")
    return found


def values_of(patient: Values) -> Counter[str]:
    return Counter(
        f"{field}={value}" for field in FIELDS for value in patient.by_field[field].elements()
    )


@cache
def extractor() -> Callable[[Article], Extraction]:
    return bundled_extractor()


@pytest.mark.parametrize("block", entries())
def test_each_person_is_read_as_told(block: str) -> None:
    title, text, parts = parts_of(block)
    patients, series = extraction_values(extractor()(read_plain(text, "X", title).article))
    figures = set(series.by_field["cohort_figures"])
    expected = [part for part in parts if not part.startswith("@")]
    assert [values_of(patient) for patient in patients] == [told(part) for part in expected]
    if not expected:
        assert figures == {figure.removeprefix("@") for part in parts for figure in part.split()}


def test_an_unknown_word_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown word"):
        told("58 f paraprotein ?")


def test_an_entry_without_expectation_is_an_error() -> None:
    with pytest.raises(ValueError, match="no expectation"):
        parts_of("T: A title\nA text.")
