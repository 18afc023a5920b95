"""The tables behind facts: from a fact's submission, sheet and cell back to its table, its line and its unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.documents.result import Key
from etl.table import Figure, Line, Submission, Table

MOST_DECIMALS = 6


class Known:
    """Standing tables by submission, and figures by cell."""

    def __init__(self, submissions: Sequence[Submission]) -> None:
        self._tables: dict[tuple[Key, str, str], list[Table]] = {}
        self.standing: list[tuple[Submission, Table]] = []
        for submission in submissions:
            for table in submission.tables:
                if table.table_id in submission.standing:
                    self._tables.setdefault((submission.key, table.table_id, table.sheet), []).append(table)
                    self.standing.append((submission, table))

    def keys(self, document: str, table_id: str) -> list[Key]:
        """Submissions of a document that hold a table, in the order in which they came."""
        found = (
            one.key for one, table in self.standing if (one.identity.document, table.table_id) == (document, table_id)
        )
        return list(dict.fromkeys(found))

    def place(self, row: Mapping[str, Any], prefix: str) -> tuple[Table, Line, Figure]:
        """The table, line and figure of a fact that a query names in the columns of a prefix."""
        key, sheet, cell = key_of(row, prefix), row[f"{prefix}sheet"], row[f"{prefix}cell"]
        for table in self._tables[key, row[f"{prefix}table_id"], sheet]:
            for line in table.lines:
                for figure in line.figures.values():
                    if figure.cell == cell:
                        return table, line, figure
        raise LookupError(f"{sheet}!{cell}")


def key_of(row: Mapping[str, Any], prefix: str) -> Key:
    """The key of the submission that a row of a query speaks of."""
    names = ("submission_id", "department_code", "fiscal_year", "document", "scope")
    return tuple(str(row[f"{prefix}{name}"]) for name in names)
