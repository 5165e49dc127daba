"""Fuzzing by coverage (atheris): every target for FUZZ_SECONDS; prints the number of cases.

    make fuzz                    ten minutes a target
    make fuzz FUZZ_SECONDS=60    one minute a target

Each target runs in a process of its own; a case that breaks a promise is kept below
tests/data/fuzz/<target>/, where tests/test_fuzz.py tries it from then on. Ends with 1 then.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def fuzz_here(name: str, seconds: int) -> None:
    """Fuzz one target in this process; libFuzzer ends it."""
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["pipeline", "targets"]):
        import targets

    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        for number, seed in enumerate(targets.seeds(name)):
            (Path(folder) / str(number)).write_bytes(seed)
        kept = targets.ROOT / "tests" / "data" / "fuzz" / name
        kept.mkdir(parents=True, exist_ok=True)
        options = [f"-max_total_time={seconds}", f"-artifact_prefix={kept}/", "-rss_limit_mb=4000"]
        options += ["-max_len=4000", "-print_final_stats=1", "-timeout=120"]
        atheris.Setup([sys.argv[0], *options, folder], targets.timed(targets.TARGETS[name]))
        atheris.Fuzz()


def fuzz(name: str, seconds: int) -> tuple[int, bool]:
    """The number of cases of one target, and whether all promises were kept."""
    done = subprocess.run(
        [sys.executable, __file__, "--here", name, "--seconds", str(seconds)],
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    found = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stderr)
    if done.returncode != 0:
        print(done.stderr[-3000:], file=sys.stderr)
    return int(found[1]) if found else 0, done.returncode == 0 and found is not None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--here", help="fuzz this target in this process")
    parser.add_argument("--only", nargs="*", help="names of targets")
    options = parser.parse_args()
    if options.here:
        fuzz_here(options.here, options.seconds)
        return 0
    from targets import TARGETS

    all_clean = True
    for name in options.only or TARGETS:
        n_cases, is_clean = fuzz(name, options.seconds)
        all_clean &= is_clean
        print(f"{name}: {n_cases:,} cases, {'clean' if is_clean else 'NOT CLEAN'}", flush=True)
    return 0 if all_clean else 1


if __name__ == "__main__":
    sys.exit(main())
