"""Publishes that are killed, and what they leave: `make soak` for hundreds, `make test` for a dozen.

A small county changes, and a publish of the change is ended by SIGKILL at a moment drawn from a seed. Whatever the
moment: the public site is whole, the earlier or the new one; the ledger and the log of releases begin as they began
before; every copy in the archive is what its name says; and the next run needs no cleaning. There are two kinds of
kills: at a counted call (`moments`), and by the clock, of the whole command (`whole`).
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.soak.county import County
from tests.soak.moments import Moments
from tests.soak.whole import Whole

EVERY = 20
"""After so many kills, how it stands."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill publishes and look at what they leave.")
    parser.add_argument("--kills", type=int, default=300, help="at a counted moment (300)")
    parser.add_argument("--whole", type=int, default=60, help="of the whole command, by the clock (60)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    order = ["moment"] * options.kills + ["whole"] * options.whole
    chance.shuffle(order)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        moments, whole = begin(Path(folder), chance)
        for number, kind in enumerate(order, start=1):
            (whole if kind == "whole" else moments).kill_once(number)
            if number % EVERY == 0 or number == len(order):
                tell(number, moments, whole, time.monotonic() - began)


def begin(folder: Path, chance: random.Random) -> tuple[Moments, Whole]:
    """A county for each kind, published once."""
    root = folder / "moments" / "county"
    root.mkdir(parents=True)
    moments = Moments(County(root, chance))
    moments.begin()
    (folder / "whole").mkdir()
    return moments, Whole.of(folder / "whole", chance)


def tell(number: int, moments: Moments, whole: Whole, seconds: float) -> None:
    sys.stdout.write(
        f"{number} kills in {seconds:.0f} s; at a moment: {dict(moments.left)}; of the whole command: {dict(whole.left)}, "
        f"orphans {dict(whole.orphans)}, gone after {whole.slowest:.1f} s at most\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
