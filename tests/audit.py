"""Ask the advisory database about every pinned package; says plainly when it cannot be reached.

    make audit

Runs pip-audit (of .venv-audit) over both locks. Ends with 0 where nothing is known, 1 where
something is, 2 where the database could not be asked: then nothing was checked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
UNKNOWN = 2
NOT_ASKED = (
    "The advisory database cannot be reached from here: nothing was checked. Try again where the"
    " network allows it."
)


def audit(program: list[str], lock: Path) -> tuple[int, list[str]]:
    """Status and lines for one lock; `program` is the command that runs pip-audit."""
    done = subprocess.run(
        [*program, "--disable-pip", "--require-hashes", "--format", "json", "-r", str(lock)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        reason = done.stderr.strip().rpartition("\n")[2][-300:]
        return UNKNOWN, [f"{lock.name}: {NOT_ASKED}", f"  pip-audit said: {reason}"]
    known = [
        f"  {package['name']} {package.get('version', '?')}: {advisory['id']},"
        f" mended in {', '.join(advisory['fix_versions']) or 'no version yet'}"
        for package in packages
        for advisory in package.get("vulns", ())
    ]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    n_asked = len(packages) - len(skipped)
    lines = [f"{lock.name}: {n_asked} packages checked, {len(known)} known advisories.", *known]
    if skipped:  # pip-audit itself ends with 0 then and says that nothing is known
        shown = f"{', '.join(skipped[:5])}{' ...' if len(skipped) > 5 else ''}"
        lines.append(f"  not found in the database, so not checked: {len(skipped)} ({shown})")
    if not n_asked:
        lines.append(f"  {NOT_ASKED}")
    return int(bool(known)) or (UNKNOWN if skipped else 0), lines


def main(program: list[str]) -> int:
    worst = 0
    for lock in sorted(ROOT.glob("requirements-3.*.lock")):
        status, lines = audit(program, lock)
        worst = max(worst, status)
        print("\n".join(lines))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
