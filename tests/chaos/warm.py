"""A warm process: libraries loaded, rules read, the language built; each order runs in a fork.

Reads orders as JSON lines on standard input; writes the process id and the exit status of each.
A fork shares nothing with the others but what was loaded before, so it may be killed anywhere.
"""

from __future__ import annotations

import ctypes
import functools
import json
import os
import resource
import signal
import sys
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from matplotlib.figure import Figure

import pipeline.retrieve
from pipeline import analyse, extract, given, load, parse, screen  # noqa: F401 (loaded for speed)
from pipeline.__main__ import main
from pipeline.parse.plain import read_plain
from pipeline.rules import bundled_rules

WATCHED = ("open", "os.rename", "os.remove", "os.mkdir", "os.truncate", "socket.connect")


def warm_up() -> None:
    """Build the language once, draw no pictures, shorten the waits of retrieval; nothing else.

    A picture is made in memory and is half of the time of a run on so few reports.
    """
    figures: Any = Figure
    figures.savefig = lambda _figure, target, **_options: target.write("<svg ></svg>")
    reader = extract.extractor_of(bundled_rules())
    reader(read_plain("A 50-year-old man had scleromyxedema and IgG lambda.", "warm").article)
    vars(extract)["extractor_of"] = lambda *_arguments, **_options: reader
    refresh: Any = sys.modules["pipeline.retrieve.refresh"]
    refresh.Pace = functools.partial(
        pipeline.retrieve.Pace, first_wait_seconds=0.0, timeout_seconds=5.0, window_seconds=0.0
    )


def carry_out(order: dict[str, Any]) -> int:
    """One run of the command line under the faults that the order names."""
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    events = os.open(order["events_file"], os.O_WRONLY | os.O_CREAT)
    os.environ.update(order["environment"])
    if shift := order.get("clock_shift_days"):
        shift_clock(timedelta(days=shift))
    if limit := order.get("largest_file_bytes"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if order.get("is_bound_by_modes"):
        be_bound_by_modes()
    count = watch(order["environment"]["EXTRACTED_DIR"], order.get("dies_at"))
    try:
        return main(order["arguments"])
    finally:
        sys.stdout.flush()
        os.write(events, str(count[0]).encode())


def be_bound_by_modes() -> None:
    """Give up the power to write where the mode of a folder forbids it, which root has.

    capabilities(7): CAP_DAC_OVERRIDE is bit 1, CAP_DAC_READ_SEARCH bit 2; version 3 of capset(2).
    """
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    for place in range(3):  # effective, permitted, inheritable
        sets[place] &= ~0b110
    if libc.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def watch(folder: str, dies_at: int | None) -> list[int]:
    """Count what is done to files below `folder` and to sockets; die just before number `dies_at`.

    A random moment seldom falls between two renames; this one does.
    """
    count = [0]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in WATCHED:
            return
        if event == "socket.connect" or str(arguments[0]).startswith(folder):
            count[0] += 1
            if count[0] == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return count


def shift_clock(shift: timedelta) -> None:
    """Let every module of ours read a clock that is wrong by `shift`."""

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + shift

    for name, module in list(sys.modules.items()):
        is_ours = name.startswith("pipeline") and isinstance(module, ModuleType)
        if is_ours and getattr(module, "datetime", None) is datetime:
            module.datetime = Shifted  # type: ignore[attr-defined]


def serve() -> None:
    """One fork an order; a parent that goes away ends the loop."""
    print("ready", flush=True)
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            os._exit(carry_out(json.loads(line)))
        print(process, flush=True)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    warm_up()
    serve()
