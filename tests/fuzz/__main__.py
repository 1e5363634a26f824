"""Damaged files for every reader, for a bounded time: ``python -m tests.fuzz [--seconds N] [--seed S] [reader …]``.

A file must be read or refused in words (``UserError``) within 10 seconds of work and 1 GB. Anything else is a finding;
its file is kept. The same seed gives the same files, as far as the time reaches.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.readers import READERS, case, start_from
from tests.fuzz.trial import Fate, Outcome, serve

SECONDS = 10.0
MEGABYTES = 1024.0
_TICK = 0.05
_PATIENCE = 6
"""How many times the limit may pass while the child does not work: other programs work, or it waits for nothing."""
_MAKING = 120.0
"""Seconds that a new child may take to start and to make its first file."""


class Child:
    """A process that reads; replaced when it dies or has to be ended."""

    def __init__(self, seed: int, others: Path | None = None) -> None:
        self._seed = seed
        self._others = others
        self._start()

    def run(self, reader: str, number: int) -> Outcome:
        """What came of one file."""
        self._pipe.send((reader, number))
        try:
            if not self._pipe.poll(_MAKING):
                raise TimeoutError(f"no file was made: {reader} {number}")
            self._pipe.recv()
            outcome = self._wait()
        except EOFError:
            self._process.join()
            outcome = Outcome(Fate.CRASHED, f"exit code {self._process.exitcode}")
        if outcome.fate in (Fate.TIME, Fate.MEMORY, Fate.CRASHED):
            self.end()
            self._start()
        return outcome

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other, self._seed, self._others), daemon=True)
        self._process.start()
        other.close()

    def _wait(self) -> Outcome:
        started, worked = time.perf_counter(), self._processor_seconds()
        while not self._pipe.poll(_TICK):
            passed = time.perf_counter() - started
            seconds, megabytes = min(passed, self._processor_seconds() - worked), self._megabytes()
            if seconds > SECONDS or passed > SECONDS * _PATIENCE:
                return Outcome(Fate.TIME, f"more than {SECONDS:g} s", seconds, megabytes)
            if megabytes > MEGABYTES:
                return Outcome(Fate.MEMORY, f"more than {MEGABYTES:g} MB", seconds, megabytes)
        outcome = self._pipe.recv()
        assert isinstance(outcome, Outcome)
        if outcome.megabytes > MEGABYTES:
            return Outcome(Fate.MEMORY, f"more than {MEGABYTES:g} MB", outcome.seconds, outcome.megabytes)
        return outcome

    def _processor_seconds(self) -> float:
        """What the child has worked so far: a busy machine makes no finding. 0 where the system does not say."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _megabytes(self) -> float:
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            return 0.0
        return pages * 4096 / (1 << 20)


@dataclass
class Tally:
    """One line of the table."""

    cases: int = 0
    read: int = 0
    refused: int = 0
    findings: int = 0
    slowest: float = 0.0
    megabytes: float = 0.0
    kinds: dict[str, int] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> bool:
        """Count an outcome; True for a finding of a new kind."""
        self.cases += 1
        self.read += outcome.fate is Fate.READ
        self.refused += outcome.fate is Fate.REFUSED
        self.findings += outcome.is_finding
        self.slowest = max(self.slowest, outcome.seconds)
        self.megabytes = max(self.megabytes, outcome.megabytes)
        if not outcome.is_finding:
            return False
        kind = re.sub(r": .*", "", f"{outcome.fate} {outcome.detail}", flags=re.DOTALL)
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        return self.kinds[kind] == 1


class Run:
    """A run over some readers, shared by the threads that each lead a child."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._end = time.monotonic() + options.seconds
        self._turn = 0
        self.tallies = {reader: Tally() for reader in options.readers or READERS}

    def lead(self) -> None:
        child = Child(self._options.seed, self._options.documents)
        try:
            while time.monotonic() < self._end:
                reader, number = self._next()
                self._note(reader, number, child.run(reader, number))
        finally:
            child.end()

    def _next(self) -> tuple[str, int]:
        with self._lock:
            readers = list(self.tallies)
            number, place = divmod(self._turn, len(readers))
            self._turn += 1
            return readers[place], number

    def _note(self, reader: str, number: int, outcome: Outcome) -> None:
        with self._lock:
            if not self.tallies[reader].add(outcome):
                return
        print(f"{reader} {number}: {outcome.fate}: {outcome.detail}", flush=True)
        if self._options.keep is not None:
            self._options.keep.mkdir(parents=True, exist_ok=True)
            path = self._options.keep / f"{reader}-{self._options.seed}-{number}-{outcome.fate}"
            path.write_bytes(case(reader, self._options.seed, number))


def main(words: list[str]) -> int:
    """Print the findings as they come and the table at the end; 1 if there were findings."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="reader", help=", ".join(READERS))
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--documents", type=Path, help="folder of further documents to start from")
    parser.add_argument("--keep", type=Path, help="folder for the files of the findings")
    options = parser.parse_args(words)
    if not READERS.keys() >= set(options.readers):
        parser.error(f"readers are {', '.join(READERS)}")
    if options.documents is not None:
        start_from(options.documents)
    run = Run(options)
    threads = [threading.Thread(target=run.lead) for _ in range(options.processes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print_table(run.tallies)
    return int(any(tally.findings for tally in run.tallies.values()))


def print_table(tallies: dict[str, Tally]) -> None:
    """One line a reader, then one a kind of finding."""
    print(f"{'reader':10} {'cases':>7} {'read':>7} {'refused':>8} {'findings':>9} {'slowest s':>10} {'peak MB':>8}")
    for reader, tally in tallies.items():
        figures = f"{tally.cases:7} {tally.read:7} {tally.refused:8} {tally.findings:9}"
        print(f"{reader:10} {figures} {tally.slowest:10.2f} {tally.megabytes:8.0f}")
    for reader, tally in tallies.items():
        for kind, count in sorted(tally.kinds.items()):
            print(f"{reader}: {count} x {kind}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
