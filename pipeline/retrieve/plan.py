"""What is asked: the searches of the disease file, and the terms made from them.

Reads the [search] table given to it, writes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import msgspec

from pipeline.retrieve.errors import RetrieveError
from pipeline.retrieve.manifest import Row

LARGEST_UID_LIST = 200  # longer exceptions would make the term unwieldy; they are refetched then
FOREVER = "3000"
LONG_AGO = date(1800, 1, 1)


class Branch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One named part of a search; the parts are joined with OR."""

    name: str
    term: str


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The [search] table of a disease file."""

    pubmed: tuple[Branch, ...]
    pmc: tuple[Branch, ...] = ()
    overlap_days: int = 14

    @property
    def digest(self) -> str:
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]

    def branches(self, database: Literal["pubmed", "pmc"]) -> tuple[Branch, ...]:
        return self.pubmed if database == "pubmed" else self.pmc

    def term(self, database: Literal["pubmed", "pmc"]) -> str:
        """The whole search of a database on one line."""
        parts = [" ".join(branch.term.split()) for branch in self.branches(database)]
        return " OR ".join(f"({part})" for part in parts)


def read_plan(search: Mapping[str, Any]) -> Plan:
    """The plan in a disease file's [search] table; raises RetrieveError where it is not one."""
    try:
        plan = msgspec.convert(search, Plan)
    except msgspec.ValidationError as error:
        raise RetrieveError(
            f"The [search] part of the disease file is not usable: {error}."
        ) from error
    if not plan.pubmed or not all(b.term.strip() for b in (*plan.pubmed, *plan.pmc)):
        raise RetrieveError("The [search] part of the disease file has an empty PubMed search.")
    return plan


def with_dates(term: str, field: str, first: date | None, last: date | None = None) -> str:
    """The term limited to days first to last of a date field, both included."""
    start = f"{first:%Y/%m/%d}" if first else "1800"
    end = f"{last:%Y/%m/%d}" if last else FOREVER
    return f'({term}) AND ("{start}"[{field}] : "{end}"[{field}])'


def eastern_day(moment: datetime) -> date:
    """The day of a moment on NCBI's calendar, US Eastern (winter) time."""
    return (moment.astimezone(UTC) - timedelta(hours=5)).date()


def changed_since(row: Row, watermark: date, today: date) -> date:
    """The first modification day that would mean that our copy of a record is out of date.

    A copy says itself until which day it is revised. A copy that was fetched within a day of
    its revision may have been revised again that day, so it is looked at once more later.
    """
    revised = date.fromisoformat(row.revised_on) if row.revised_on else LONG_AGO
    fetched = eastern_day(datetime.fromisoformat(row.fetched_on))
    is_fresh = fetched <= revised + timedelta(days=1) < today and not row.is_unchanged
    first = revised if is_fresh else revised + timedelta(days=1)
    if row.is_unchanged and fetched <= today:  # later: the clock ran ahead when it was fetched
        first = max(first, fetched)
    return max(first, watermark)


def revision_term(
    term: str, stored: Iterable[Row], searched: set[str], watermark: date, today: date
) -> str:
    """One search for the stored records that were modified after our copies of them.

    `searched` are the ids of the search itself; stored ones outside it are named in the term.
    """
    rows = [row for row in stored if row.status != "deleted"]
    since = {row.id: changed_since(row, watermark, today) for row in rows}
    later = sorted((i for i, day in since.items() if day > watermark), key=int)
    if len(later) > LARGEST_UID_LIST:
        later = []
    outside = sorted(set(since) - searched - set(later), key=int)[-LARGEST_UID_LIST:]
    whole = with_dates(_or_uids(f"({term})", outside), "mdat", watermark)
    if not later:
        return whole
    parts = [f"(({whole}) NOT ({_or_uids('', later)}))"]
    for day in sorted({since[i] for i in later if since[i] <= today}):
        uids = _or_uids("", [i for i in later if since[i] == day])
        parts.append(f"({with_dates(uids, 'mdat', day)})")
    return " OR ".join(parts)


def _or_uids(term: str, ids: Iterable[str]) -> str:
    return " OR ".join([*([term] if term else []), *(f"{i}[uid]" for i in ids)])
