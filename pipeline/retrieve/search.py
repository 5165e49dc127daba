"""Asking for ids: whole id lists, beyond the 9,999 that one search gives. Writes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec

from pipeline.retrieve.answers import FoundIds, found_ids
from pipeline.retrieve.entrez import Client
from pipeline.retrieve.errors import RetrieveError, Trouble
from pipeline.retrieve.plan import with_dates

MOST_IDS_OF_A_SEARCH = 9_999  # PubMed's limit since November 2022
FIRST_DAY = date(1940, 1, 1)  # earlier than almost every create date; the first slice is open


class SearchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A search as sent, as PubMed translated it, and what it found (ids in numeric order)."""

    name: str
    database: str
    sent: str
    translated: str
    count: int
    warnings: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


def search_ids(client: Client, name: str, database: str, term: str) -> SearchAnswer:
    """Every id of a search; raises RetrieveError where the ids do not add up to the count."""
    first = ask_ids(client, database, term)
    ids = set(first.ids)
    if first.count > MOST_IDS_OF_A_SEARCH and database == "pubmed":
        last = datetime.now(UTC).date() + timedelta(days=1)
        ids = _sliced(client, database, term, (None, FIRST_DAY, last))
    elif len(ids) < first.count:
        ids = _paged(client, database, term, first)
    if len(ids) < first.count:
        raise RetrieveError(
            f"The search {name} counts {first.count:,} records but gave {len(ids):,} ids:"
            " run again; if it stays so, narrow the search in the disease file."
        )
    return SearchAnswer(
        name=name,
        database=database,
        sent=term,
        translated=client.redact(first.translation),
        count=first.count,
        warnings=tuple(client.redact(warning) for warning in first.warnings),
        ids=tuple(sorted(ids, key=int)),
    )


def ask_ids(client: Client, database: str, term: str, start: int = 0) -> FoundIds:
    """One request of a search: the first ids from `start` on, at most 9,999."""
    _, found = client.ask(
        "esearch",
        lambda body: _full_page(found_ids(body), start),
        client.pace.tries,
        db=database,
        term=term,
        retstart=str(start),
        retmax=str(MOST_IDS_OF_A_SEARCH),
        retmode="xml",
    )
    return found


def _full_page(found: FoundIds, start: int) -> FoundIds:
    if found.count > start and not found.ids:
        raise Trouble("damaged", "counted records but sent no ids")
    if len(found.ids) > found.count:
        raise Trouble("damaged", "sent more ids than it counted records")
    return found


def _paged(client: Client, database: str, term: str, first: FoundIds) -> set[str]:
    """The ids of a search whose answer came in pages smaller than asked for."""
    ids = list(first.ids)
    while len(ids) < first.count:
        page = ask_ids(client, database, term, len(ids)).ids
        if not page:  # it counts fewer by now: whoever asks compares the ids with the count
            break
        ids.extend(page)
    return set(ids)


def _sliced(
    client: Client, database: str, term: str, days: tuple[date | None, date, date]
) -> set[str]:
    """The ids of a search too large for one answer, split by the day the record was created.

    Create dates are single, so slices do not overlap (publication dates do).
    `days` are the open or given start, the first day that can be split at, and the last day.
    """
    start, low, high = days
    middle = low + (high - low) // 2
    ids: set[str] = set()
    for first, last in ((start, middle), (middle + timedelta(days=1), high)):
        found = ask_ids(client, database, with_dates(term, "crdt", first, last))
        if found.count <= MOST_IDS_OF_A_SEARCH:
            ids.update(found.ids)
        elif (first or low) < last:
            ids |= _sliced(client, database, term, (first, first or low, last))
        else:
            raise RetrieveError(
                f"More than 9,999 records of the search were created on {last}:"
                " narrow the search in the disease file."
            )
    return ids
