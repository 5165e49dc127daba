"""Shards on an existing Dask cluster, whose retry of lost workers is the fault tolerance.

Connects to the scheduler it is given; the shards must lie where every worker sees them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.extract.shards import ExtractError, Shard, read_shard

RETRIES = 2  # of a shard that raised; a lost worker's shard is given to another without counting
PATIENCE = "20s"  # for the scheduler to answer


def on_cluster(shards: Iterable[Shard], address: str) -> Iterator[str]:
    """Read the shards on the cluster; yields where each result stands, in order.

    Raises ExtractError where Dask is not installed, the scheduler does not answer, or a shard
    cannot be read.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise ExtractError("--cluster needs the extra `cluster` (Dask distributed).") from error
    try:
        client = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise ExtractError(f"No Dask scheduler answers at {address}: {error}") from error
    with client:
        futures = [client.submit(read_shard, shard, retries=RETRIES) for shard in shards]
        for future in futures:
            try:
                yield future.result()
            except (ExtractError, KilledWorker, OSError) as error:
                raise ExtractError(f"The cluster could not read a shard: {error}") from error
