"""Where things lie, as a value made from a root. Bottom room: imports nothing of ours, touches no file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of one jurisdiction (contract, section 2) and of what is made from it (section 4)."""

    root: Path

    @property
    def datasets(self) -> Path:
        return self.root / "datasets"

    @property
    def jurisdiction(self) -> Path:
        return self.datasets / "jurisdiction.yml"

    @property
    def departments(self) -> Path:
        return self.datasets / "register" / "departments.csv"

    @property
    def approvals(self) -> Path:
        return self.datasets / "register" / "approvals.csv"

    @property
    def inbox(self) -> Path:
        return self.datasets / "inbox"

    @property
    def archive(self) -> Path:
        return self.datasets / "archive"

    @property
    def ledger(self) -> Path:
        return self.datasets / "ledger.csv"

    @property
    def corrections(self) -> Path:
        return self.datasets / "corrections.yml"

    @property
    def acceptances(self) -> Path:
        return self.datasets / "accepted.yml"

    @property
    def withdrawals(self) -> Path:
        return self.datasets / "withdrawn.yml"

    @property
    def releases(self) -> Path:
        """The log of releases, and what is kept beside it."""
        return self.datasets / "releases"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def review(self) -> Path:
        return self.root / "review"

    @property
    def schemas(self) -> Path:
        """The root's own `schemas/` where it has one, otherwise that of the program."""
        own = self.root / "schemas"
        return own if own.is_dir() else PROGRAM / "schemas"

    @property
    def docs(self) -> Path:
        """Hand-written pages, templates and assets: the program's own, shared by every county."""
        return PROGRAM / "docs"


_PACKAGE = Path(__file__).resolve().parent
PROGRAM = _PACKAGE if (_PACKAGE / "schemas").is_dir() else _PACKAGE.parent
"""The folder that holds `schemas/`, `docs/` and `mkdocs.yml`: the package where it is installed, else the checkout."""
