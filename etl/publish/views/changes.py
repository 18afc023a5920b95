"""What changed, release by release. In: Public. Out: a ShownRelease for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.history import ARRIVED, DocumentChange, Release
from etl.publish.public import Public


@dataclass(frozen=True, slots=True)
class ShownRelease:
    """One release: what came for the first time by body, and what became of the rest."""

    release: Release
    groups: tuple[tuple[str, tuple[DocumentChange, ...]], ...]
    """By code of the body, in the order of the register: documents that are new."""
    told: tuple[DocumentChange, ...]
    """Every other change."""

    @property
    def arrived(self) -> int:
        return sum(len(documents) for _, documents in self.groups)

    @property
    def has_page(self) -> bool:
        """Whether there is more to it than the page of all releases shows."""
        return bool(self.release.documents)


def view_changes(public: Public) -> tuple[ShownRelease, ...]:
    """Latest first."""
    order = [department.code for department in public.departments]
    return tuple(_shown(release, order) for release in public.releases.releases)


def _shown(release: Release, order: Sequence[str]) -> ShownRelease:
    new = [change for change in release.documents if change.kind == ARRIVED]
    groups = ((code, tuple(change for change in new if change.whose.department_code == code)) for code in order)
    told = tuple(change for change in release.documents if change.kind != ARRIVED)
    return ShownRelease(release, tuple(group for group in groups if group[1]), told)
