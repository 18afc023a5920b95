"""Kills at a counted moment: whenever Python is about to touch the file system, the run may end there.

Counted, so that a kill can be had again; and at any call, where a clock would meet the short ones seldom or never.
What `run` leaves out, pages and libraries, takes most of the time and writes into the folder of the run alone: see `whole`.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.county import ROOT, County, differing

LATE = 0.5
"""Share of the kills that are drawn from the last tenth of a run: there things take their places."""


@dataclass(slots=True)
class Moments:
    """A county of which publishes are killed at a moment each."""

    county: County
    moments: int = 0
    """At which a run of it touches the file system."""
    left: Counter[str] = field(default_factory=Counter)
    """After a kill: how often the earlier site stood, and how often the new one."""

    def begin(self) -> None:
        """Make the county and publish it once."""
        self.county.begin()
        assert self.publish().returncode == 0

    def twin(self, root: Path) -> Moments:
        """The same county in another folder, to which nothing happens."""
        return Moments(self.county.twin(root), self.moments)

    def publish(self, *options: object) -> subprocess.CompletedProcess[str]:
        """A publish in a process of its own."""
        events = self.county.root.with_suffix(".moments")
        run = subprocess.run(
            [sys.executable, "-m", "tests.soak.run", self.county.root, "--events", events, *map(str, options)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if events.exists():
            self.moments = int(events.read_text("utf-8"))
            events.unlink()
        return run

    def kill_once(self, number: int) -> None:
        """Change the county, kill a publish of it, and look at what is left; then publish it to the end."""
        county = self.county
        county.change(number)
        before, ledger, log = county.site(), county.ledger(), county.log()
        first = int(self.moments * 0.9) if county.chance.random() < LATE else 1
        moment = county.chance.randint(first, self.moments)
        run = self.publish("--kill-at", moment)
        assert run.returncode in (0, -signal.SIGKILL), run.stderr
        killed = county.site()
        county.look(ledger, log)
        run = self.publish()
        assert run.returncode == 0, f"after moment {moment}: {run.stderr}"
        after = county.site()
        assert killed in (before, after), f"moment {moment}: {differing(killed, before)}, {differing(killed, after)}"
        self.left["earlier" if killed == before else "new"] += 1
        county.look(ledger, log)
        county.is_clean()
