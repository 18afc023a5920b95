"""Damaged files by the thousand against everything that reads and checks one: `make fuzz`.

A made county in many layouts and formats is the stock; each file is damaged in one of the ways below and examined as a
publish would examine it, in processes with limits. Whatever stands in a file, it may cost that file and no other: a
result that is no verdict but a mistake of ours is a failure, kept under build/fuzz/ with its story. What is found here
becomes a case in tests/. The same seed gives the same files.

A reader that takes its process down is no failure of ours to report: the file gets its finding, and is counted.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from etl import demo
from etl.layout import Layout
from etl.pipeline.stock import Item, Work, examine_all
from etl.spec import load
from etl.spec.model import Spec
from etl.table import Receipt

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "fuzz"
BATCH = 200
ODD = (
    "",
    "0",
    "-0.00",
    "1e309",
    "９９９",
    "1,2,3.4.5",
    "NaN",
    "=1+1",
    "#REF!",
    "\u202e",
    "\ufeff",
    "一般公共预算",
    "合计",
    "单位：万元",
    "2024年",
    "9" * 400,
    "\x00",
    "&#x0;",
    "]]>",
    "<c r='XFD1048576'><v>1</v></c>",
)
"""Texts that have surprised somebody before."""

Damage = Callable[[bytes, random.Random], bytes]


def flip(data: bytes, chance: random.Random) -> bytes:
    """Some bits are not what they were."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 24)):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut(data: bytes, chance: random.Random) -> bytes:
    """A copy that broke off."""
    return data[: chance.randrange(len(data))]


def drop(data: bytes, chance: random.Random) -> bytes:
    """A stretch is missing."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 400) :]


def repeat(data: bytes, chance: random.Random) -> bytes:
    """A stretch stands twice, or many times."""
    start = chance.randrange(len(data))
    stretch = data[start : start + chance.randint(1, 200)]
    return data[:start] + stretch * chance.choice((2, 3, 50)) + data[start:]


def plant(data: bytes, chance: random.Random) -> bytes:
    """A number or a text in the middle of something."""
    start = chance.randrange(len(data))
    return data[:start] + chance.choice(ODD).encode() + data[start + chance.randint(0, 8) :]


def inside(data: bytes, chance: random.Random) -> bytes:
    """The same done to one part of a zip, which is packed again: the reader gets past the outside."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return plant(data, chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = old.read(name)
            entry = zipfile.ZipInfo(name)  # without the time of day
            new.writestr(entry, _within(part, chance) if name == chosen and part else part)
    return stream.getvalue()


def _within(part: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.5:
        return chance.choice((flip, drop, repeat, plant))(part, chance)
    places = [match.span() for match in re.finditer(rb'>[^<>]{1,60}<|"[^"<>]{1,60}"', part)]
    if not places:
        return plant(part, chance)
    start, end = chance.choice(places)
    return part[: start + 1] + chance.choice(ODD).encode() + part[end - 1 :]


DAMAGES: tuple[Damage, ...] = (flip, cut, drop, repeat, plant, inside, inside, inside)
"""Most of them inside: what is damaged outside is refused at the door."""


def damaged(stock: Sequence[Path], chance: random.Random, folder: Path) -> Iterator[Item]:
    """A batch of files."""
    for number in range(BATCH):
        source = chance.choice(stock)
        data = chance.choice(DAMAGES)(source.read_bytes(), chance)
        path = folder / f"{number}{source.suffix}"
        path.write_bytes(data)
        digest = hashlib.sha256(data + str(number).encode()).hexdigest()
        yield Receipt(source.name, digest, "2026-01-01", len(data), path), None


def keep(item: Item, story: str) -> Path:
    """Put a file that brought a mistake of ours to light where it can be looked at."""
    receipt, _ = item
    KEPT.mkdir(parents=True, exist_ok=True)
    target = KEPT / f"{receipt.sha256[:16]}{receipt.archived.suffix}"
    target.write_bytes(receipt.archived.read_bytes())
    target.with_suffix(".txt").write_text(story, "utf-8")
    return target


def run(stock: Sequence[Path], spec: Spec, seconds: float, seed: int, jobs: int | None) -> tuple[Counter[str], int]:
    """Batch after batch; by status how many, and how many failures were kept."""
    chance = random.Random(seed)
    statuses: Counter[str] = Counter()
    failures = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with tempfile.TemporaryDirectory() as folder:
            # One name a file here: `examine_all` tells mishaps by name.
            items = [
                (Receipt(f"{place}/{one.file}", one.sha256, one.received_on, one.bytes, one.archived), None)
                for place, (one, _) in enumerate(damaged(stock, chance, Path(folder)))
            ]
            submissions, mishaps = examine_all(items, spec, Work(jobs=jobs))
            statuses.update(one.status or "read" for one in submissions)
            for item in items:
                if item[0].file in mishaps:
                    failures += 1
                    sys.stdout.write(f"{keep(item, mishaps[item[0].file])}\n")
    return statuses, failures


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--seconds", type=float, default=300)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--jobs", type=int)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        county = Path(folder) / "county"
        demo.make(county, demo.Plan(departments=12, years=1, seed=asked.seed))
        inbox = (county / "datasets" / "inbox").rglob("*")
        stock = sorted(path for path in inbox if path.is_file() and path.suffix != ".yml")
        spec = load(Layout(county))
        statuses, failures = run(stock, spec, asked.seconds, asked.seed, asked.jobs)
    told = ", ".join(f"{status} {count}" for status, count in sorted(statuses.items()))
    sys.stdout.write(f"seed {asked.seed}: {statuses.total()} submissions ({told}); failures: {failures}\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
