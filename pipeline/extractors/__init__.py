"""The extractors, in the order they run. Each is one function: extract(report, rules, drafts).

`drafts` are those of the extractors before it, for what builds on them (responses on therapies).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.extractors import (
    age,
    cohorts,
    organs,
    outcomes,
    paraprotein,
    responses,
    sex,
    therapies,
)
from pipeline.extractors.tables import cohorts as table_cohorts
from pipeline.extractors.tables import values as table_values
from pipeline.records import Draft, Report
from pipeline.rules import Rules

Extractor = Callable[[Report, Rules, Sequence[Draft]], list[Draft]]

EXTRACTORS: tuple[tuple[str, Extractor], ...] = (
    ("age", age.extract),
    ("sex", sex.extract),
    ("cells", table_values.extract),
    ("paraprotein", paraprotein.extract),
    ("therapies", therapies.extract),
    ("organs", organs.extract),
    ("responses", responses.extract),
    ("outcomes", outcomes.extract),
    ("cohorts", cohorts.extract),
    ("figures", table_cohorts.extract),
)
