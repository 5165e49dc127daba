"""How often a yes-or-no fact is read rightly: sensitivity and specificity by patient, as counts.

Reads annotated and extracted values, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass

from pipeline.evaluate.scoring import Pair
from pipeline.evaluate.values import Values

# The facts of the view patient_facts that the annotation holds too, each with the field that says
# it and its value there; the organs come after them.
FACTS = {
    "deaths": ("outcome", "dead"),
    "male": ("sex", "male"),
    "paraprotein": ("paraprotein_status", "present"),
}
ORGANS = "organs_present"
EXTRACUTANEOUS = "extracutaneous"  # true of a patient with any organ
COLUMNS = ("variable", "n_found", "n_true", "n_left_out", "n_false")


@dataclass
class Reading:
    """Of the patients who have a fact, those read so; of the others, those not read so."""

    n_found: int = 0
    n_true: int = 0
    n_left_out: int = 0
    n_false: int = 0

    def add(self, is_true: bool, is_read: bool) -> None:
        self.n_true += is_true
        self.n_false += not is_true
        self.n_found += is_true and is_read
        self.n_left_out += not (is_true or is_read)


def readings(pairs: Iterable[Pair]) -> dict[str, Reading]:
    """Counts by fact over the patients, annotated and extracted.

    A fact is counted as told or not told. One that no patient has, or all have, is left out:
    its sensitivity or its specificity was not measured.
    """
    facts = [(facts_of(expected), facts_of(found)) for expected, found in pairs]
    counted = {}
    for name in sorted(set().union(*(told for told, _ in facts))):
        reading = counted[name] = Reading()
        for told, read in facts:
            reading.add(name in told, name in read)
    return {name: reading for name, reading in counted.items() if reading.n_false}


def facts_of(values: Values | None) -> set[str]:
    """The facts that are told of a patient."""
    if values is None:
        return set()
    organs = set(values.by_field[ORGANS])
    facts = {name for name, (field, value) in FACTS.items() if values.by_field[field][value]}
    return facts | organs | ({EXTRACUTANEOUS} if organs else set())


def lines_of_readings(counted: Mapping[str, Reading], measured_on: str) -> Iterator[str]:
    """The counts as the lines of `diseases/*.accuracy.csv`."""
    yield ",".join((*COLUMNS, "measured_on"))
    for name, reading in counted.items():
        yield ",".join([name, *map(str, astuple(reading)), measured_on])
