"""What publishing a whole county costs, cold and again, and what its site weighs: `make bench`.

A county is made, with one year and with five, and published by the real command: from nothing, again with nothing
changed, and again with one file more. Others do a part of it in the same run: MkDocs builds as many empty pages,
Frictionless validates the same rows, pandas and openpyxl read the same workbooks. Prints a table and writes
build/bench-publish.json. Goals that are missed are marked, and nothing fails: a machine that is busy with other things
would fail honest code. Data are weighed apart from pages: the contract asks for every figure with file, sheet and cell.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from etl import demo
from etl.publish.links import survey
from etl.publish.places import is_document

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "build" / "bench-publish.json"
DEPARTMENTS = 75
IN_MB = 2**10 if sys.platform == "linux" else 2**20
HEAVY = 40_000
"""Bytes of an ordinary page."""
GOALS = {
    "5 years, cold, seconds": 90,
    "5 years, unchanged, seconds": 5,
    "5 years, one changed to cold": 0.5,
    "5 years, ordinary pages above 40 kB": 0,
    "5 years, broken links": 0,
    "5 years, site MB": 100,
}
"""At most."""


def run(*command: str, cwd: Path = ROOT) -> dict[str, float]:
    """Seconds on the clock and on the processors, and the peak of the largest process where it is known."""
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: {os.waitstatus_to_exitcode(status)}")
    told = {"seconds": time.monotonic() - began, "cpu seconds": used.ru_utime + used.ru_stime}
    # Linux counts to a program what the one that started it needed: below that, nothing is known.
    if used.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:
        told["peak MB"] = used.ru_maxrss / IN_MB
    return told


def publish(root: Path) -> dict[str, float]:
    return run(sys.executable, "-m", "etl", "publish", "--root", str(root))


def one_more(root: Path) -> None:
    """A workbook that stands comes again under a later name: every figure of it stands anew, with another source."""
    with (root / "site" / "data" / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        file = next(row["source_file"] for row in csv.DictReader(stream) if row["source_file"].endswith(".xlsx"))
    source = root / "datasets" / "inbox" / file
    source.with_name(f"{source.stem}（再次报送）.xlsx").write_bytes(_commented(source.read_bytes()))


def _commented(workbook: bytes) -> bytes:
    """The same workbook with a comment at the end of its zip."""
    return workbook[:-2] + (1).to_bytes(2, "little") + b"x"


# --- others, each with a part of the work -----------------------------------------------------------------------


def mkdocs_alone(pages: int, folder: Path) -> dict[str, float]:
    """As many pages without a word in them, in the theme as it comes."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    for number in range(pages):
        (docs / f"{number}.md").write_text(f"# {number}\n", "utf-8")
    (docs / "index.md").write_text("# x\n", "utf-8")
    settings = "site_name: x\ntheme: {name: material, font: false}\nplugins: []\nnav: [{x: index.md}]\n"
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    return run(sys.executable, "-m", "mkdocs", "build", "--quiet", cwd=folder)


def frictionless_alone(site: Path) -> dict[str, float]:
    """The same rows against the same schemas, as a reader of the data would do it."""
    told = "import sys, frictionless; sys.exit(not frictionless.validate(sys.argv[1], limit_errors=10).valid)"
    return run(sys.executable, "-c", told, str(site / "data" / "datapackage.json"))


def pandas_alone(inbox: Path) -> dict[str, float]:
    """Every xlsx of the inbox read into frames, and nothing else."""
    told = (
        "import sys, pathlib, zipfile, pandas\n"
        "for path in pathlib.Path(sys.argv[1]).rglob('*.xlsx'):\n"
        "    try: pandas.read_excel(path, sheet_name=None, engine='openpyxl', header=None)\n"
        "    except (ValueError, KeyError, TypeError, OSError, zipfile.BadZipFile): pass\n"
    )
    return run(sys.executable, "-c", told, str(inbox))


# --- what is measured -------------------------------------------------------------------------------------------


def measure(folder: Path, years: int) -> dict[str, float]:
    """Make a county, publish it three times, and look at the site."""
    root = folder / f"county-{years}"
    demo.make(root, demo.Plan(DEPARTMENTS, years, seed=1))
    files = sum(1 for path in (root / "datasets" / "inbox").rglob("*") if path.is_file())
    cold = publish(root)
    unchanged = publish(root)
    weights = weigh(root / "site")
    one_more(root)
    changed = publish(root)
    told = {"files": float(files)}
    for name, one in (("cold", cold), ("unchanged", unchanged), ("one changed", changed)):
        told |= {f"{name}, {what}": value for what, value in one.items()}
    told["one changed to cold"] = changed["seconds"] / cold["seconds"]
    return {f"{years} year{'s' if years > 1 else ''}, {name}": value for name, value in {**told, **weights}.items()}


def weigh(site: Path) -> dict[str, float]:
    sizes = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*") if path.is_file()}
    data = sum(size for name, size in sizes.items() if name.startswith("data/"))
    seen = survey(site)
    ordinary = [page.weight for name, page in seen.pages.items() if not is_document(name)]
    return {
        "pages": len(seen.pages),
        "ordinary pages": len(ordinary),
        "ordinary pages above 40 kB": sum(1 for weight in ordinary if weight > HEAVY),
        "links": seen.links,
        "broken links": len(seen.broken()),
        "facts.csv MB": sizes["data/facts.csv"] / 1e6,
        "other data MB": (data - sizes["data/facts.csv"]) / 1e6,
        "pages MB": (sum(sizes.values()) - data) / 1e6,
        "site MB": sum(sizes.values()) / 1e6,
    }


def compare(folder: Path, pages: int) -> dict[str, float]:
    """Peers over the county of five years."""
    root = folder / "county-5"
    ways: dict[str, Callable[[], dict[str, float]]] = {
        "mkdocs alone, empty pages": lambda: mkdocs_alone(pages, folder / "empty"),
        "frictionless alone, the same rows": lambda: frictionless_alone(root / "site"),
        "pandas + openpyxl, reading only": lambda: pandas_alone(root / "datasets" / "inbox"),
    }
    return {f"{name}, {what}": value for name, way in ways.items() for what, value in way().items()}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--years", type=int, nargs="*", default=[1, 5])
    asked = options.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        measured: dict[str, float] = {}
        for years in asked.years:
            measured |= measure(folder, years)
        if 5 in asked.years:
            measured |= compare(folder, int(measured["5 years, ordinary pages"] / 2))
    finally:
        shutil.rmtree(folder)
    for name, value in measured.items():
        goal = GOALS.get(name)
        told = "" if goal is None else f"  (goal {goal}{'' if value <= goal else ', MISSED'})"
        sys.stdout.write(f"{name:50}{value:14,.1f}{told}\n")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(measured, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
