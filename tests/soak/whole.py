"""Kills of the command that people use, with nothing left out, by the clock.

    python -m etl publish --root COUNTY     in a session of its own, so that whatever it starts can be found
    SIGKILL after a time drawn from a seed  for half of the kills to all of it, for half to the main process alone:
                                            workers, MkDocs and the process of the database are orphans then
    the next run                            for half of the kills at once, for half when the orphans are gone

A twin of the county, in another folder, is published as often and never killed: in the end the two are the same.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.county import ROOT, WHOLE, County, differing

LATE = 0.5
"""Share of the kills that fall into the last tenth of a run: there things take their places."""
SOON = 20.0
"""Seconds in which orphans must have ended by themselves; on a busy machine they may be slow to notice."""
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Orphans:
    """What was still there when the main process had been killed."""

    programs: tuple[str, ...]
    seconds: float
    """Until the last of them had ended."""


@dataclass(slots=True)
class Whole:
    """A county of which whole publishes are killed, and its twin."""

    county: County
    twin: County
    seconds: float
    """A run of it takes."""
    left: Counter[str] = field(default_factory=Counter)
    """After a kill: how often the earlier site stood, and how often the new one; how many came too late."""
    orphans: Counter[str] = field(default_factory=Counter)
    """In how many kills a program was left without the one that had started it."""
    slowest: float = 0.0
    """Seconds that orphans took to end, at most."""

    @classmethod
    def of(cls, folder: Path, chance: random.Random) -> Whole:
        """A new county, published once, and its twin."""
        county = County(folder / "county", chance)
        county.root.mkdir()
        county.begin()
        began = time.monotonic()
        assert county.publish().returncode == 0
        return cls(county, county.twin(folder / "twin"), time.monotonic() - began)

    def finish(self, county: County) -> None:
        """Publish a county to the end."""
        began = time.monotonic()
        run = county.publish()
        assert run.returncode == 0, run.stderr
        if county is self.twin:  # the other may find its work half done
            self.seconds = time.monotonic() - began

    def kill_once(self, number: int, *, alone: bool | None = None) -> None:
        """Change the county, kill a publish of it, look at what is left, publish it to the end, look at its twin."""
        county, chance = self.county, self.county.chance
        county.change(number)
        self.twin.follow(county)
        before, ledger, log = county.site(), county.ledger(), county.log()
        late, at, drawn, at_once = (chance.random() for _ in range(4))
        after_seconds = self.seconds * (0.9 + at / 10 if late < LATE else at)
        run = self.kill(after_seconds, alone=drawn < 0.5 if alone is None else alone)
        killed = county.site()
        county.look(ledger, log)
        if at_once < 0.5:
            self.finish(county)
            self.wait_for_orphans(run)
        else:
            self.wait_for_orphans(run)
            assert county.site() == killed, "an orphan wrote into the site"
            self.finish(county)
        self.finish(self.twin)
        after = county.site()
        assert killed in (before, after), f"{after_seconds} s: {differing(killed, before)}, {differing(killed, after)}"
        self.left["earlier" if killed == before else "new"] += 1
        county.look(ledger, log)
        county.is_clean()
        county.is_like(self.twin)

    def kill(self, after_seconds: float, *, alone: bool) -> int:
        """Start a publish and kill it, with all that it has started or alone. Out: the session it ran in."""
        run = subprocess.Popen(
            [*WHOLE, "--root", self.county.root],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            run.wait(after_seconds)
        except subprocess.TimeoutExpired:
            (os.kill if alone else os.killpg)(run.pid, signal.SIGKILL)
        assert run.wait() in (0, -signal.SIGKILL)
        self.left["too late"] += run.returncode == 0
        for program in set(programs_of(run.pid)):
            self.orphans[program] += 1
        return run.pid

    def wait_for_orphans(self, session: int) -> None:
        """They end by themselves, and soon."""
        began = time.monotonic()
        while left := programs_of(session):
            assert time.monotonic() - began < SOON, f"still there: {left}"
            time.sleep(0.05)
        self.slowest = max(self.slowest, time.monotonic() - began)


def programs_of(session: int) -> list[str]:
    """What runs in a session, by name; nothing where the system does not tell. What has ended counts as gone."""
    found: list[str] = []
    for process in PROC.glob("[0-9]*"):
        try:
            state, _, _, its_session = (process / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(its_session) == session and state not in "ZX":
                found.append(_name((process / "cmdline").read_bytes().split(b"\0")))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _name(command: list[bytes]) -> str:
    """Which of the programs of a publish it is; one that is ending has no command any more."""
    known = {b"mkdocs": "MkDocs", b"database.py": "database", b"etl": "worker"}
    words = [word.rpartition(b"/")[2] for word in command]
    said = b" ".join(words).decode(errors="replace")
    return next((name for word, name in known.items() if word in words), said or "ending")
