"""What the loops count: cases, what was lost, what was mixed, and each with its words."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Verdict:
    """The findings of one loop."""

    name: str
    n_cases: int = 0
    lost: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.mixed or self.remarks)

    def lines(self) -> list[str]:
        counts = f"lost = {len(self.lost)}, mixed = {len(self.mixed)}"
        other = f", other = {len(self.remarks)}" if self.remarks else ""
        shown = [f"    {text}" for text in (self.lost + self.mixed + self.remarks)[:8]]
        return [f"{self.name}: {self.n_cases} cases, {counts}{other}", *shown]
