"""What reading and checking a county's workbooks costs: `make bench`.

A made county of 75 departments, one year, budget and final account: 150 workbooks. Every way of reading them is timed in
the same run, in turn, several times; what counts is the median and its ratio to the others, which hardly depends on the
machine. Prints a table and writes build/bench.json. Goals that are missed are marked, and nothing fails: a machine that
is busy with other things would fail honest code.

floor          every file hashed, every part of it inflated: nobody can do with less
ours           from the ledger to checked tables: received, archived, read, recognised, normalised, checked
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from etl import demo
from etl.layout import Layout
from etl.ledger import receive
from etl.pipeline.stock import Work, examine_all
from etl.spec import load
from etl.spec.model import Spec

examine_room = import_module("etl.pipeline.examine")  # the package shows the verb of the same name
ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "build" / "bench.json"

WORKBOOKS = 150
"""75 departments, budget and final account."""
MANY = 10
"""Times as many for the question whether memory grows."""
DEPARTMENTS = 240
"""So many are made that 150 of their files are sound workbooks with a whole document: some offices file each table on
its own, some as CSV or HTML, and some files are made to be refused."""
SHEETS = 9
"""Of a whole document at the least."""
DAY = date(2026, 1, 1)
IN_MB = 2**10 if sys.platform == "linux" else 2**20
"""In which the system tells sizes."""

GOALS = {
    "pandas_openpyxl_to_ours": ("at least", 4.0),
    "ours_to_floor": ("at most", 25.0),
    "two_processes_to_one": ("at least", 1.6),
    "peak_mb": ("at most", 250.0),
    "peak_growth_of_reading": ("at most", 1.2),
    "peak_growth_of_keeping": ("at most", 1.2),
}


# --- what is timed ----------------------------------------------------------------------------------------------


def floor(files: Sequence[Path]) -> None:
    for path in files:
        hashlib.sha256(path.read_bytes()).hexdigest()
        with ZipFile(path) as parts:
            for name in parts.namelist():
                parts.read(name)


def calamine(files: Sequence[Path]) -> None:
    from python_calamine import CalamineWorkbook

    for path in files:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            for name in workbook.sheet_names:
                workbook.get_sheet_by_name(name).to_python()


def openpyxl_read_only(files: Sequence[Path]) -> None:
    import openpyxl

    for path in files:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass
        workbook.close()


def pandas_openpyxl(files: Sequence[Path]) -> None:
    import pandas

    for path in files:
        pandas.read_excel(path, sheet_name=None, engine="openpyxl", header=None)


def ours(layout: Layout, spec: Spec) -> None:
    receipts, _ = receive(layout, DAY)
    for receipt in receipts:
        examine_room.examine(receipt, spec)


def in_processes(layout: Layout, spec: Spec, jobs: int) -> int:
    """The same in processes of their own, and everything that came of it kept, as a publish keeps it."""
    receipts, _ = receive(layout, DAY)
    examined, _ = examine_all([(receipt, None) for receipt in receipts], spec, Work(jobs))
    return len(examined)


@dataclass
class Times:
    """Seconds of every round."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def take(self, work: Callable[[], object]) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        self.cpu.append(time.process_time() - cpu)
        self.wall.append(time.perf_counter() - wall)

    def said(self) -> dict[str, float]:
        return {"cpu": round(statistics.median(self.cpu), 3), "wall": round(statistics.median(self.wall), 3)}


def measure_times(county: Layout, spec: Spec, rounds: int) -> dict[str, dict[str, float]]:
    """Median seconds of every way. The processor's seconds count where there is one process: others do not disturb."""
    files = sorted(county.inbox.rglob("*.xlsx"))
    ways: dict[str, Callable[[], object]] = {
        "floor": lambda: floor(files),
        "calamine": lambda: calamine(files),
        "openpyxl_read_only": lambda: openpyxl_read_only(files),
        "pandas_openpyxl": lambda: pandas_openpyxl(files),
        "ours": lambda: ours(forgotten(county), spec),
        "one_process": lambda: in_processes(forgotten(county), spec, 1),
        "two_processes": lambda: in_processes(forgotten(county), spec, 2),
    }
    times = {name: Times() for name in ways}
    floor(files)  # from the disk into memory
    pandas_openpyxl(files[:1])  # imported
    for _ in range(rounds):
        for name, way in ways.items():
            times[name].take(way)
    return {name: one.said() for name, one in times.items()}


def forgotten(county: Layout) -> Layout:
    """The county as it was before anything was received."""
    shutil.rmtree(county.archive, ignore_errors=True)
    county.ledger.unlink(missing_ok=True)
    return county


# --- where the time goes ----------------------------------------------------------------------------------------


@contextmanager
def watched() -> Iterator[dict[str, float]]:
    """Seconds by room while files are examined: every verb that `examine` calls is timed from outside."""
    spent: dict[str, float] = defaultdict(float)
    verbs = {
        name: verb
        for name, verb in vars(examine_room).items()
        if callable(verb) and not isinstance(verb, type) and _room(verb) not in ("", "pipeline", "finding")
    }

    def timed(verb: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return verb(*given, **named)
            finally:
                spent[f"{_room(verb)}.{verb.__name__}"] += time.process_time() - began

        return call

    vars(examine_room).update({name: timed(verb) for name, verb in verbs.items()})
    try:
        yield spent
    finally:
        vars(examine_room).update(verbs)


def _room(verb: Callable[..., Any]) -> str:
    package, *rooms = (getattr(verb, "__module__", None) or "").split(".")
    return rooms[0] if package == "etl" and rooms else ""


def measure_rooms(county: Layout, spec: Spec) -> dict[str, float]:
    """Share of each verb in the processor's time for all files, in percent; the rest is the story's own."""
    began = time.process_time()
    receipts, _ = receive(forgotten(county), DAY)
    received = time.process_time() - began
    with watched() as spent:
        for receipt in receipts:
            examine_room.examine(receipt, spec)
    spent["ledger.receive"] = received
    whole = time.process_time() - began
    shares = {name: 100 * seconds / whole for name, seconds in sorted(spent.items(), key=lambda one: -one[1])}
    return {name: round(share, 1) for name, share in {**shares, "rest": 100 - sum(shares.values())}.items()}


# --- memory -----------------------------------------------------------------------------------------------------


def measure_memory(county: Layout, many: Layout) -> dict[str, float]:
    """Peaks in MB of a fresh run for each: of the process that reads, and of the one that keeps what was read."""
    peaks: dict[str, float] = {}
    for size, layout in (("", forgotten(county)), ("_of_ten_times_as_many", forgotten(many))):
        run = subprocess.run(
            [sys.executable, __file__, "--peak-of", str(layout.root)], cwd=ROOT, check=True, stdout=subprocess.PIPE
        )
        for name, peak in json.loads(run.stdout).items():
            peaks[f"{name}{size}"] = round(peak, 1)
    return peaks


def tell_peaks(root: Path) -> None:
    layout = Layout(root)
    submissions = in_processes(layout, load(layout), 1)
    peaks = {
        "reading": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / IN_MB,
        "keeping": _own_peak(),
        "submissions": submissions,
    }
    sys.stdout.write(json.dumps(peaks))


def _own_peak() -> float:
    """Linux counts to a program what the one that started it had needed, except in its own status."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / IN_MB
    said = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
    return int(said["VmHWM"].split()[0]) / IN_MB


# --- the county -------------------------------------------------------------------------------------------------


def make_county(folder: Path, workbooks: int) -> Layout:
    """A county whose inbox holds nothing but workbooks with a whole document each."""
    made, county = Layout(folder / "made"), Layout(folder / "county")
    demo.make(made.root, demo.Plan(DEPARTMENTS, years=1, seed=1))
    shutil.copytree(made.datasets, county.datasets, ignore=shutil.ignore_patterns("inbox"))
    with (made.root / "truth" / "submissions.csv").open(encoding="utf-8-sig", newline="") as stream:
        sound = {made.inbox / row["file"] for row in csv.DictReader(stream) if row["expected_status"] == "accepted"}
    whole = [path for path in sorted(sound) if path.suffix == ".xlsx" and _sheets(path) >= SHEETS]
    if len(whole) < workbooks:
        raise SystemExit(f"{len(whole)} workbooks in the made county instead of {workbooks}")
    for path in whole[:workbooks]:
        place = county.inbox / path.relative_to(made.inbox)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return county


def _sheets(path: Path) -> int:
    with ZipFile(path) as parts:
        return sum(name.startswith("xl/worksheets/sheet") for name in parts.namelist())


def multiply(county: Layout, folder: Path, times: int) -> Layout:
    """Every workbook as often as that: the same tables, other bytes."""
    many = Layout(folder / "many")
    shutil.copytree(county.datasets, many.datasets, ignore=shutil.ignore_patterns("inbox", "archive", "ledger.csv"))
    for path in sorted(county.inbox.rglob("*.xlsx")):
        for number in range(times):
            copy = many.inbox / str(number) / path.relative_to(county.inbox)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            with ZipFile(copy, "a") as parts:
                parts.comment = f"copy {number}".encode()
    return many


# --- what is said -----------------------------------------------------------------------------------------------


def ratios(times: dict[str, dict[str, float]], peaks: dict[str, float]) -> dict[str, float]:
    cpu = {name: one["cpu"] for name, one in times.items()}
    found = {
        "pandas_openpyxl_to_ours": cpu["pandas_openpyxl"] / cpu["ours"],
        "ours_to_floor": cpu["ours"] / cpu["floor"],
        "two_processes_to_one": times["one_process"]["wall"] / times["two_processes"]["wall"],
        "peak_mb": max(peaks["reading"], peaks["keeping"]),
        "peak_growth_of_reading": peaks["reading_of_ten_times_as_many"] / peaks["reading"],
        "peak_growth_of_keeping": peaks["keeping_of_ten_times_as_many"] / peaks["keeping"],
    }
    return {name: round(value, 2) for name, value in found.items()}


def is_met(name: str, value: float) -> bool:
    sense, goal = GOALS[name]
    return value >= goal if sense == "at least" else value <= goal


def show(result: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    times = Table(
        "way", "cpu s", "wall s", "x floor", title=f"{result['workbooks']} workbooks, {result['sheets']} sheets"
    )
    for name, one in result["times"].items():
        times.add_row(
            name, f"{one['cpu']:.2f}", f"{one['wall']:.2f}", f"{one['cpu'] / result['times']['floor']['cpu']:.1f}"
        )
    rooms = Table("verb", "% of the time", title="where the time goes")
    for name, share in result["rooms"].items():
        rooms.add_row(name, f"{share:.1f}")
    memory = Table("process", "peak MB", title="memory")
    for name, peak in result["peaks"].items():
        if not name.startswith("submissions"):
            memory.add_row(name, f"{peak:.0f}")
    goals = Table("ratio", "is", "goal", "", title="goals")
    for name, value in result["ratios"].items():
        sense, goal = GOALS[name]
        goals.add_row(name, f"{value:.2f}", f"{sense} {goal:g}", "met" if is_met(name, value) else "MISSED")
    for table in (times, rooms, memory, goals):
        console.print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time and memory of reading a county's workbooks.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workbooks", type=int, default=WORKBOOKS)
    parser.add_argument("--peak-of", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak_of:
        tell_peaks(options.peak_of)
        return
    with tempfile.TemporaryDirectory() as name:
        county = make_county(Path(name), options.workbooks)
        spec = load(county)
        many = multiply(county, Path(name), MANY)
        result: dict[str, Any] = {
            "workbooks": options.workbooks,
            "sheets": sum(_sheets(path) for path in county.inbox.rglob("*.xlsx")),
            "rounds": options.rounds,
            "times": measure_times(county, spec, options.rounds),
            "rooms": measure_rooms(county, spec),
            "peaks": measure_memory(county, many),
        }
    result["ratios"] = ratios(result["times"], result["peaks"])
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    show(result)


if __name__ == "__main__":
    main()
