"""A small county that changes from publish to publish, and what must hold of it whatever happens to a run."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from etl.layout import Layout
from etl.pipeline.again import verify

ROOT = Path(__file__).resolve().parents[2]
GOOD = next((ROOT / "datasets" / "inbox" / "2018").glob("*.xlsx"))
WHOLE = (sys.executable, "-m", "etl", "publish")
"""The command that people use; nothing of it is left out."""

Tree = dict[str, str]
"""By file: the hash of its bytes."""


@dataclass(slots=True)
class County:
    """Three bodies and a few workbooks in a folder."""

    root: Path
    chance: random.Random

    def begin(self) -> None:
        """Make the folder, with something to publish."""
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
        """Publish as people do, to the end."""
        return subprocess.run(
            [*WHOLE, "--root", self.root, *map(str, options)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    def twin(self, root: Path) -> County:
        """The same county in another folder, to which nothing happens."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return County(root, self.chance)

    def follow(self, other: County) -> None:
        """Have in the inbox what another county has there."""
        mine, theirs = (each.root / "datasets" / "inbox" for each in (self, other))
        shutil.rmtree(mine)
        shutil.copytree(theirs, mine)

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
        """Nothing is left of a run that came to no end, and what stands can be proved."""
        assert {path.name for path in self.root.iterdir()} == {"build", "datasets", "review", "site"}
        assert {path.name for path in (self.root / "build").iterdir()} <= {"kept", "lock"}
        assert verify(Layout(self.root), self.root / "site") == []

    def is_like(self, other: County) -> None:
        """Everything that was made is the same, byte for byte."""
        for folder in ("site", "review", "datasets"):
            mine, theirs = tree(self.root / folder), tree(other.root / folder)
            assert mine == theirs, differing(mine, theirs)

    def site(self) -> Tree:
        """The public site, file by file."""
        return tree(self.root / "site")

    def ledger(self) -> bytes:
        """What came in."""
        ledger = self.root / "datasets" / "ledger.csv"
        return ledger.read_bytes() if ledger.exists() else b""

    def log(self) -> bytes:
        """What was released."""
        log = self.root / "datasets" / "releases" / "log.jsonl"
        return log.read_bytes() if log.exists() else b""


def tree(folder: Path) -> Tree:
    """Every file below a folder."""
    files = (Path(here, name) for here, _, names in os.walk(folder) for name in names)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def differing(one: Tree, other: Tree) -> list[str]:
    """Some of the files that two folders do not share."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))[:5]
