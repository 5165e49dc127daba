"""Shards on processes of this machine, in order, with one retry of a shard whose worker died.

Starts and ends processes; reads and writes the files of the shards.
The parent holds the names of the shards it has not given out, never their content.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from pipeline.extract.shards import ExtractError, Shard, read_shard

MOST_TRIES = 2
Warn = Callable[[str], None]


@dataclass
class Worker:
    """A process, the line to it, and the number of the shard it reads (None: it waits)."""

    process: SpawnProcess
    line: Connection
    number: int | None = None


def on_processes(shards: Iterable[Shard], n_workers: int, warn: Warn) -> Iterator[str]:
    """Read the shards on `n_workers` processes; yields where each result stands, in order.

    A worker that dies costs one retry of its shard, which `warn` names; the second time, and for
    a shard that cannot be read, ExtractError is raised. However it ends, no process is left.
    """
    pool = Pool(shards, warn)
    try:
        for _ in range(n_workers):
            pool.start()
        yield from pool.results()
    finally:
        pool.stop()


class Pool:
    """The workers, the shards in hand, and the results that wait for those before them."""

    def __init__(self, shards: Iterable[Shard], warn: Warn) -> None:
        self.coming = enumerate(shards)
        self.again: deque[int] = deque()
        self.in_hand: dict[int, Shard] = {}
        self.tries: dict[int, int] = {}
        self.done: dict[int, str] = {}
        self.workers: list[Worker] = []
        self.warn = warn

    def start(self) -> None:
        """A new worker; spawned, because a fork would copy the threads of DuckDB half.

        Ctrl-C reaches every process of a terminal; a worker is born deaf to it, and only the
        parent answers, by ending the others.
        """
        context = multiprocessing.get_context("spawn")
        resource_tracker.ensure_running()  # started below, it would end the deafness of the first
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs,), daemon=True)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        theirs.close()
        self.workers.append(Worker(process, ours))

    def results(self) -> Iterator[str]:
        wanted = 0
        self.give_out()
        while self.in_hand or self.done:
            while wanted in self.done:
                yield self.done.pop(wanted)
                wanted += 1
            self.give_out()
            if self.in_hand:
                self.take_in()

    def give_out(self) -> None:
        """A shard for every worker that waits; a lost one comes before new ones."""
        for worker in list(self.workers):
            if worker.number is None and (number := self.next_number()) is not None:
                self.tries[number] = self.tries.get(number, 0) + 1
                worker.number = number
                self.send(worker, self.in_hand[number])

    def send(self, worker: Worker, shard: Shard) -> None:
        """A worker may have died while it waited: then the shard goes to a new one."""
        try:
            worker.line.send(shard)
        except (BrokenPipeError, ConnectionResetError):
            self.replace(worker)

    def next_number(self) -> int | None:
        if self.again:
            return self.again.popleft()
        number, shard = next(self.coming, (None, None))
        if number is not None and shard is not None:
            self.in_hand[number] = shard
        return number

    def take_in(self) -> None:
        """Wait for workers to answer or to die."""
        busy = {worker.line: worker for worker in self.workers if worker.number is not None}
        for line in wait(list(busy)):
            worker = busy[line]  # type: ignore[index]
            try:
                is_read, said = worker.line.recv()
            except (EOFError, ConnectionResetError):
                self.replace(worker)
                continue
            if not is_read:
                raise ExtractError(said)
            number, worker.number = worker.number, None
            self.finish(number, said)

    def finish(self, number: int | None, target: str) -> None:
        if number is not None:
            self.done[number] = target
            del self.in_hand[number], self.tries[number]

    def replace(self, worker: Worker) -> None:
        """A worker died: its shard is read once more, by a new one."""
        number = worker.number
        self.workers.remove(worker)
        worker.process.join()
        if number is None:
            return
        name = self.in_hand[number].source
        if self.tries[number] >= MOST_TRIES:
            raise ExtractError(f"{name}: its worker died twice (exit {worker.process.exitcode}).")
        self.warn(f"{name}: its worker died (exit {worker.process.exitcode}); it is read again.")
        self.again.append(number)
        self.start()

    def stop(self) -> None:
        for worker in self.workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()


def work(line: Connection) -> None:
    """What a worker does: read one shard after the other until the line is closed."""
    while True:
        try:
            shard = line.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            line.send((True, read_shard(shard)))
        except Exception as error:  # told to the parent, which stops the run with it
            line.send((False, f"{shard.source}: {type(error).__name__}: {error}"))
