"""Time and memory of ``gkdesk extract`` per file: ``python -m tests.bench.extract [FILE…]``.

Without files it takes one document of each family of the accuracy corpus. "In the process" is reading, extracting and
checking in a warm program (median of the runs); "as a command" is the whole process from start to end, with the peak
of its memory. Figures are for comparing on one machine, never limits of a test.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from gkdesk.workflow.tasks import read_report

RUNS = 5
DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"


def main(arguments: list[str]) -> int:
    """Prints one line per file."""
    files = [Path(argument) for argument in arguments] or list(one_of_each_family())
    print(f"{'file':40} {'in the process':>16} {'as a command':>14} {'peak memory':>12}")
    for path in files:
        inside = statistics.median(seconds_inside(path) for _ in range(RUNS))
        runs = [command_figures(path) for _ in range(RUNS)]
        seconds = statistics.median(run[0] for run in runs)
        megabytes = max(run[1] for run in runs)
        print(f"{path.name[:40]:40} {inside:14.3f} s {seconds:12.2f} s {megabytes:9.0f} MB")
    return 0


def one_of_each_family() -> Iterator[Path]:
    """The first document of each folder of the corpus."""
    for folder in sorted(path for path in DOCUMENTS.iterdir() if path.is_dir()):
        yield min(path for path in folder.iterdir() if not path.name.endswith(".json"))


def seconds_inside(path: Path) -> float:
    """Seconds to read, extract and check a file in this process."""
    start = time.perf_counter()
    read_report(path)
    return time.perf_counter() - start


def command_figures(path: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of the whole command."""
    command = [sys.executable, "-m", "gkdesk", "extract", "--quiet", str(path)]
    # A child's peak counts the memory it had before its program was loaded, so a small process starts it.
    done = subprocess.run([sys.executable, "-I", "-S", "-c", _LAUNCHER, *command], capture_output=True, check=True)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes) / 1024


_LAUNCHER = """
import os, sys, time
start = time.perf_counter()
null = os.open(os.devnull, os.O_WRONLY)
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
usage = os.wait4(child, 0)[2]
print(time.perf_counter() - start, usage.ru_maxrss)
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
