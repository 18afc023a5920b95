"""`python -m etl` is the command `mingzhang`."""

from __future__ import annotations

from etl.cli import main

if __name__ == "__main__":
    main(prog_name="mingzhang")
