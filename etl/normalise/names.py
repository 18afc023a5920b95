"""Lines that are printed by name only: which line of the declarations they are."""

from __future__ import annotations

from collections.abc import Sequence

from etl.labels import fold_name
from etl.spec.model import LineName, Spec


class LineReader:
    """Finds the code of a line by its name, remembering under which line it stands.

    The same words mean different things in two places of one table: 一般公共预算财政拨款 is an income at the top and an
    opening balance under 年初财政拨款结转和结余.
    """

    def __init__(self, sets: Sequence[str], spec: Spec) -> None:
        self._classes = spec.codes["functional"].by_name if "classes" in sets and "functional" in spec.codes else {}
        self._names: dict[str, list[LineName]] = {}
        for key in sets:
            for line in spec.lines.sets.get(key, ()):
                for label in line.labels:
                    self._names.setdefault(label, []).append(line)
        self._under = ""

    def code(self, name: str) -> str:
        """Code of a line; empty where no declaration has the name."""
        folded = fold_name(name)
        candidates = self._names.get(folded, [])
        for line in candidates:
            if line.under and line.under == self._under:
                return line.code
        for line in candidates:
            if not line.under:
                self._under = line.code
                return line.code
        if folded in self._classes:
            self._under = ""
            return self._classes[folded]
        return ""
