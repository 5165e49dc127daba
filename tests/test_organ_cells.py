"""What a cell beside a finding says in a table of one patient (guideline, last hard cases)."""

from __future__ import annotations

import pytest

from pipeline.extractors.organs import cell_status


@pytest.mark.parametrize("cell", ["No", "no", "−", "-", "Absent", "none"])
def test_a_cell_that_says_no_denies(cell: str) -> None:
    assert cell_status(cell)[0] == "absent"


@pytest.mark.parametrize("cell", ["", "ND", "NR", "N/A", "NA", "?", "not reported"])
def test_a_cell_that_tells_nothing_is_not_stated(cell: str) -> None:
    assert cell_status(cell)[0] == "uncertain"


@pytest.mark.parametrize("cell", ["Yes", "+", "severe, at night"])
def test_any_other_cell_affirms(cell: str) -> None:
    assert cell_status(cell)[0] == "present"
