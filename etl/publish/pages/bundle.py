"""Parts of a stylesheet or a script as one file: one request instead of ten. In: parts. Out: a file."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path


def bundle(parts: Iterable[Path], target: Path) -> None:
    """Write the parts one after the other, in the order given."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(part.read_text("utf-8").strip() for part in parts) + "\n", "utf-8", newline="\n")


def ground() -> Path:
    """The stylesheet of Material for MkDocs, whose name changes with every version: ours is written upon it."""
    stylesheets = Path(str(files("material"))) / "templates" / "assets" / "stylesheets"
    return next(iter(sorted(stylesheets.glob("main.*.css"))))
