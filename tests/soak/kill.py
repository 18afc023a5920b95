"""Publishes that are killed, and what they leave: `make soak` for hundreds, `make test` for a dozen.

A small county changes, and a publish of the change is ended by SIGKILL at a moment drawn from a seed. Whatever the
moment: the public site is whole, the earlier or the new one; the ledger and the log of releases begin as they began
before; every copy in the archive is what its name says; and the next run needs no cleaning.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[2]
GOOD = next((ROOT / "datasets" / "inbox" / "2018").glob("*.xlsx"))
LATE = 0.5
"""Share of the kills that are drawn from the last tenth of a run: there things take their places."""

Tree = dict[str, str]


@dataclass(slots=True)
class Soak:
    """A county that is published again and again, and how the runs ended."""

    root: Path
    chance: random.Random
    moments: int = 0
    """At which a run of it touches the file system."""
    left: Counter[str] = field(default_factory=Counter)
    """After a kill: how often the earlier site stood, and how often the new one."""

    def begin(self) -> None:
        """Make the county and publish it once."""
        register = self.root / "datasets" / "register" / "departments.csv"
        register.parent.mkdir(parents=True)
        rows = (ROOT / "datasets" / "register" / "departments.csv").read_text("utf-8-sig").splitlines(keepends=True)
        few = [row for row in rows if row.startswith(("department_code,", "000,", "101,", "201,"))]
        register.write_text("".join(few), "utf-8")  # every body gets its letters and pages, and those take long
        shutil.copyfile(ROOT / "datasets" / "jurisdiction.yml", self.root / "datasets" / "jurisdiction.yml")
        inbox = self.root / "datasets" / "inbox" / "2018"
        inbox.mkdir(parents=True)
        shutil.copyfile(GOOD, inbox / GOOD.name)
        self.change(0)
        assert self.publish().returncode == 0

    def change(self, number: int) -> None:
        """A file comes in that was never there before; the one of the last time stays or goes."""
        inbox = self.root / "datasets" / "inbox"
        book = openpyxl.load_workbook(GOOD)
        book.worksheets[0]["A2"] = f"第 {number} 份"
        for earlier in inbox.glob("*.xlsx"):
            if self.chance.random() < 0.5:
                earlier.unlink()
        book.save(inbox / f"{number}.xlsx")

    def publish(self, *options: object) -> subprocess.CompletedProcess[str]:
        """A publish in a process of its own."""
        events = self.root / "moments"
        run = subprocess.run(
            [sys.executable, "-m", "tests.soak.run", self.root, "--events", events, *map(str, options)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if run.returncode == 0:
            self.moments = int(events.read_text("utf-8"))
            events.unlink()
        return run

    def kill_once(self, number: int) -> None:
        """Change the county, kill a publish of it, and look at what is left; then publish it to the end."""
        self.change(number)
        before, ledger, log = self.site(), self.ledger(), self.log()
        first = int(self.moments * 0.9) if self.chance.random() < LATE else 1
        moment = self.chance.randint(first, self.moments)
        run = self.publish("--kill-at", moment)
        assert run.returncode in (0, -signal.SIGKILL), run.stderr
        killed = self.site()
        self.look(ledger, log)
        run = self.publish()
        assert run.returncode == 0, f"after moment {moment}: {run.stderr}"
        after = self.site()
        assert killed in (before, after), f"moment {moment}: {differing(killed, before)}, {differing(killed, after)}"
        self.left["earlier" if killed == before else "new"] += 1
        self.look(ledger, log)
        self.is_clean()

    def look(self, ledger: bytes, log: bytes) -> None:
        """Ledger and log only grew; the archive holds what it says."""
        assert self.ledger().startswith(ledger)
        assert self.log().startswith(log)
        archive = self.root / "datasets" / "archive"
        for path in archive.rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem, path.name
        lines = self.ledger().decode().splitlines()[1:]
        kept = {path.stem for path in archive.rglob("*") if path.is_file()}
        assert {line.split(",")[1] for line in lines if line.count(",") >= 3} <= kept

    def is_clean(self) -> None:
        """Nothing is left of the run that was killed."""
        assert {path.name for path in self.root.iterdir()} == {"build", "datasets", "review", "site"}
        assert {path.name for path in (self.root / "build").iterdir()} <= {"kept", "lock"}

    def site(self) -> Tree:
        """The public site, file by file."""
        site = self.root / "site"
        files = (path for path in sorted(site.rglob("*")) if path.is_file())
        return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def ledger(self) -> bytes:
        """What came in."""
        return (self.root / "datasets" / "ledger.csv").read_bytes()

    def log(self) -> bytes:
        """What was released."""
        log = self.root / "datasets" / "releases" / "log.jsonl"
        return log.read_bytes() if log.exists() else b""


def differing(one: Tree, other: Tree) -> list[str]:
    """Some of the files that two sites do not share."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))[:5]


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill publishes and look at what they leave.")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(Path(folder), random.Random(options.seed))
        soak.begin()
        for number in range(1, options.kills + 1):
            soak.kill_once(number)
            if number % 20 == 0 or number == options.kills:
                sys.stdout.write(f"{number} kills, {dict(soak.left)}, {time.monotonic() - began:.0f} s\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
