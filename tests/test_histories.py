"""Treatment histories and figures of series in our own words: all that is told, nothing else.

Each entry of tests/histories/*.txt is a text and, behind `=>`, what must be read from it:
`ivig=complete` a treatment episode (`relapse`: benefit, then lost; `2:` of the second patient),
`@deaths=4` a figure of a series, `alive`, `dead` or `untold` what became of the patient (where
none of the three is given, this is not compared). A line `T:` holds a title; a lone sentence
follows OPENING.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.answers import bundled_extractor
from pipeline.evaluate.values import extraction_values
from pipeline.parse.plain import read_plain
from pipeline.records import Article, Extraction

FOLDER = Path(__file__).parent / "histories"
OPENING = "A 58-year-old man with scleromyxedema was seen. "


def entries() -> Iterator[object]:
    for path in sorted(FOLDER.glob("*.txt")):
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        for number, block in enumerate(blocks[1:], start=1):  # the first says what the file holds
            yield pytest.param(block.strip(), id=f"{path.stem}-{number}")


def parts_of(block: str) -> tuple[str, str, Counter[str]]:
    """Title, text and expected values of an entry; raises ValueError where the last is missing."""
    *lines, expected = block.splitlines()
    if not expected.startswith("=>"):
        raise ValueError(f"no expectation below: {lines}")
    title = "".join(line.removeprefix("T:").strip() for line in lines if line.startswith("T:"))
    text = "\n".join(line for line in lines if not line.startswith("T:"))
    values = [value.strip() for value in expected.removeprefix("=>").split(";")]
    is_report = any(line.startswith("T:") for line in lines)
    return title, text if is_report else OPENING + text, Counter(v for v in values if v)


@cache
def extractor() -> Callable[[Article], Extraction]:
    return bundled_extractor()


def values_of(title: str, text: str) -> Counter[str]:
    patients, series = extraction_values(extractor()(read_plain(text, "X", title).article))
    found = Counter(f"@{figure}" for figure in series.by_field["cohort_figures"].elements())
    for number, patient in enumerate(patients, start=1):
        whose = f"{number}:" if len(patients) > 1 else ""
        found.update(f"{whose}{therapy}={response}" for therapy, response in patient.episodes)
        found.update(f"{whose}{what}" for what in patient.by_field["outcome"] or ("untold",))
    return found


@pytest.mark.parametrize("block", entries())
def test_history_is_read_as_told(block: str) -> None:
    title, text, expected = parts_of(block)
    found = values_of(title, text)
    if not any(is_outcome(value) for value in expected):
        found = Counter({value: n for value, n in found.items() if not is_outcome(value)})
    is_case = not any(value.startswith("@") for value in expected)
    assert found == expected or (is_case and kept(found) == expected)


def is_outcome(value: str) -> bool:
    return value.split(":")[-1] in ("alive", "dead", "untold")


def kept(found: Counter[str]) -> Counter[str]:
    """Without the number of patients, which a report of two may tell."""
    return Counter({value: n for value, n in found.items() if not value.startswith("@")})


def test_an_entry_without_expectation_is_an_error() -> None:
    with pytest.raises(ValueError, match="no expectation"):
        parts_of("IVIG was given.\nThalidomide was given.")
