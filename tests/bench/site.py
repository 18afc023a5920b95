"""What the site of a county of 75 departments and five years costs: `make bench`.

The county is made, published by the real command, and looked at. Prints a table and writes build/bench-site.json. Goals
that are missed are marked, and nothing fails. Data are counted apart from pages: how large they are is for the contract
to say, which asks for every figure with its file, sheet and cell in plain text.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from etl import demo
from etl.publish.links import survey

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "build" / "bench-site.json"
DEPARTMENTS, YEARS = 75, 5
GOALS = {"seconds": 90, "pages_mb": 100, "site_mb": 100, "ordinary_above_40_kb": 0, "broken_links": 0}
"""At most."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder))
    for name, value in measured.items():
        goal = GOALS.get(name)
        told = "" if goal is None else f"  (goal {goal}{'' if value <= goal else ', MISSED'})"
        sys.stdout.write(f"{name:24}{value:14,.1f}{told}\n")
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(measured, indent=2) + "\n", "utf-8")
    return 0


def measure(root: Path) -> dict[str, float]:
    """Make a county in a folder, publish it, and look at the result."""
    demo.make(root, demo.Plan(DEPARTMENTS, YEARS, seed=1))
    began, before = time.monotonic(), os.times()
    subprocess.run([sys.executable, "-m", "etl", "publish", "--root", str(root)], check=True, cwd=ROOT)
    seconds, after = time.monotonic() - began, os.times()
    site = root / "site"
    sizes = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*") if path.is_file()}
    data = sum(size for name, size in sizes.items() if name.startswith("data/"))
    seen = survey(site)
    ordinary = [page.weight for name, page in seen.pages.items() if name.removeprefix("en/").count("/") < 4]
    return {
        "seconds": seconds,
        "cpu_seconds": after.children_user + after.children_system - before.children_user - before.children_system,
        "pages": len(seen.pages),
        "ordinary_pages": len(ordinary),
        "ordinary_above_40_kb": sum(1 for weight in ordinary if weight > 40_000),
        "links": seen.links,
        "broken_links": len(seen.broken()),
        "data_mb": data / 1e6,
        "pages_mb": (sum(sizes.values()) - data) / 1e6,
        "site_mb": sum(sizes.values()) / 1e6,
    }


if __name__ == "__main__":
    raise SystemExit(main())
