"""Our negation on the NegEx kit of hospital notes, where the kit lies beside the project."""

from __future__ import annotations

import negex
import pytest

FLOOR = 0.95


@pytest.mark.slow
@pytest.mark.shared
def test_negation_on_the_negex_kit_stays_above_its_floor() -> None:
    """Below F1 0.95 a changed cue has done harm (0.978 when last measured)."""
    if not negex.KIT.exists():
        pytest.skip("the NegEx kit is not beside the project")
    assert negex.run().f1 >= FLOOR


def test_a_kit_line_is_read_and_judged() -> None:
    denied = negex.make_item(["1", "edema", "There was no EDEMA.", "Negated", "Recent", "Patient"])
    affirmed = negex.make_item(["2", "rash", "A RASH was seen.", "Affirmed", "Recent", "Patient"])
    assert denied.is_negated
    assert negex.judge(denied)
    assert not negex.judge(affirmed)
