"""Every table that stands, in one DuckDB; the only room that knows it.

In come the declarations, the submissions and the public facts; out come answers to named queries, and files: Parquet,
and a database that browsers can open. Lives in memory, with one connection. Amounts are exact, DECIMAL(18,2).

| table | a row is |
| --- | --- |
| `facts` | a figure (contract, section 5) |
| one for each table id, `_` for `-` | a record of the dataset (contract, section 4) |
| `departments`, `approvals`, `obligations` | what is declared |
| `submissions` | a file that came in, whatever its fate |
| `received_tables` | a table of a submission: whether it stands, and whether there is anything in it |
| `coverage` | a duty and what became of it (contract, section 7), once it has been measured |

Facts and datasets hold standing tables of accepted submissions of bodies that may be named, and nothing else: whatever
is exported may be public. Decides nothing about that; it is settled when a submission gets here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self

import duckdb

from etl.answer import CoverageRow
from etl.fact import Fact, records
from etl.spec.declarations import Department
from etl.spec.model import Spec, TableSpec
from etl.spec.unnamed import public_departments
from etl.table import Submission, Table
from etl.warehouse.database import quoted, write_database

if TYPE_CHECKING:
    import pandas as pd

QUERIES = Path(__file__).parents[1] / "queries"

PUBLIC_VIEWS = ("departments", "coverage")
"""Tables that hold more than may go out; what may is asked by `etl/queries/public_<table>.sql`."""

MONEY = "DECIMAL(18,2)"

Columns = Mapping[str, str]
"""By name, the type of a column."""

FACTS: Columns = MappingProxyType(
    dict.fromkeys(Fact._fields, "VARCHAR") | {"fiscal_year": "INTEGER", "amount_yuan": MONEY}
)
COVERAGE: Columns = MappingProxyType(
    dict.fromkeys(CoverageRow.__dataclass_fields__, "VARCHAR")
    | {"fiscal_year": "INTEGER", "due_on": "DATE", "published_on": "DATE", "days_late": "INTEGER"}
)
DEPARTMENTS: Columns = MappingProxyType(
    {
        "department_code": "VARCHAR",
        "name_zh": "VARCHAR",
        "name_en": "VARCHAR",
        "aliases": "VARCHAR",
        "kind": "VARCHAR",
        "scope": "VARCHAR",
        "parent_code": "VARCHAR",
        "valid_from": "INTEGER",
        "valid_to": "INTEGER",
        "exempt": "VARCHAR",
        "exempt_reason": "VARCHAR",
        "successor_of": "VARCHAR",
        "name_source": "VARCHAR",
        "may_be_named": "BOOLEAN",
        "who": "VARCHAR",
    }
)
APPROVALS: Columns = MappingProxyType(
    {
        "department_code": "VARCHAR",
        "fiscal_year": "INTEGER",
        "document": "VARCHAR",
        "approved_on": "DATE",
        "published_on": "DATE",
        "published_url": "VARCHAR",
        "note": "VARCHAR",
    }
)
OBLIGATIONS: Columns = MappingProxyType(
    {
        "place": "INTEGER",
        "document": "VARCHAR",
        "table_id": "VARCHAR",
        "since": "INTEGER",
        "until": "INTEGER",
        "level": "VARCHAR",
        "who": "VARCHAR",
        "authority": "VARCHAR",
        "clock": "VARCHAR",
        "division": "VARCHAR",
    }
)
SUBMISSIONS: Columns = MappingProxyType(
    {
        "place": "INTEGER",
        "submission_id": "VARCHAR",
        "file": "VARCHAR",
        "sha256": "VARCHAR",
        "received_on": "DATE",
        "department_code": "VARCHAR",
        "fiscal_year": "INTEGER",
        "document": "VARCHAR",
        "scope": "VARCHAR",
        "status": "VARCHAR",
        "errors": "INTEGER",
        "warnings": "INTEGER",
        "notes": "INTEGER",
    }
)
RECEIVED_TABLES: Columns = MappingProxyType(
    {"place": "INTEGER", "table_id": "VARCHAR", "stands": "BOOLEAN", "state": "VARCHAR"}
)
"""`place` is that of the submission; `state` is `filled`, `nil-declared` or `nil-undeclared`."""

TYPES: Mapping[str, str] = MappingProxyType({"string": "VARCHAR", "integer": "INTEGER", "number": "DOUBLE"})
"""By type of the Table Schema; money is no ordinary number."""

_CONFIG: Mapping[str, str | int] = MappingProxyType(
    {
        "threads": 1,  # rows keep their order, and files their bytes
        "autoinstall_known_extensions": "false",  # they would be fetched from a remote host
        "autoload_known_extensions": "false",
        "temp_directory": "",
    }
)


class Warehouse:
    """What stands, ready to be asked."""

    def __init__(
        self, spec: Spec, submissions: Sequence[Submission], facts: Iterable[Fact], *, datasets: bool = True
    ) -> None:
        """Load everything; without `datasets` only what questions about facts need."""
        unnamed = {department.code for department in spec.departments if not department.may_be_named}
        self._table_ids = tuple(spec.tables)
        self._connection = duckdb.connect(config=dict(_CONFIG))
        self.load("departments", DEPARTMENTS, _departments(spec, spec.departments))
        self.load("named_departments", DEPARTMENTS, _departments(spec, public_departments(spec.departments)))
        self.load("approvals", APPROVALS, in_columns(APPROVALS, spec.approvals))
        self.load("obligations", OBLIGATIONS, _obligations(spec))
        self.load("submissions", SUBMISSIONS, _submissions(submissions))
        self.load("received_tables", RECEIVED_TABLES, _received_tables(submissions))
        self.load("coverage", COVERAGE, ())
        self.load("facts", FACTS, (fact for fact in facts if fact.department_code not in unnamed))
        public = [submission for submission in submissions if submission.identity.department_code not in unnamed]
        for table in spec.tables.values() if datasets else ():
            columns = _dataset_columns(table)
            self.load(table.table_id, columns, _dataset_rows(table.table_id, tuple(columns), public))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the memory."""
        self._connection.close()

    def load(self, table: str, columns: Columns, rows: Iterable[Sequence[object]]) -> None:
        """Make a table, in place of one of the same name. Values pass as text and are cast: nothing is guessed."""
        import pandas as pd

        name = _name(table)
        definition = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} ({definition})")
        values = list(rows)
        if not values:
            return
        casts = ", ".join(_cast(column, kind) for column, kind in columns.items())
        self._connection.register("arriving", pd.DataFrame(values, columns=list(columns), dtype="str"))
        self._connection.execute(f"INSERT INTO {name} SELECT {casts} FROM arriving")
        self._connection.unregister("arriving")

    def ask(self, query: str, **parameters: object) -> list[dict[str, Any]]:
        """The rows that answer `etl/queries/<query>.sql`, by name of their columns."""
        text = (QUERIES / f"{query}.sql").read_text("utf-8")
        answer = self._connection.execute(text, parameters)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def frame_of(self, query: str) -> pd.DataFrame:
        """What answers `etl/queries/<query>.sql`, as a pandas frame with its columns even where nothing does."""
        return self._connection.execute((QUERIES / f"{query}.sql").read_text("utf-8")).df()

    def frame(self, table: str) -> pd.DataFrame:
        """A table as a pandas frame, for looking at it as a whole. Amounts are floats there: not for publishing."""
        return self._connection.execute(f"SELECT * FROM {_name(table)}").df()

    def export_parquet(self, table: str, path: Path, **only: object) -> None:
        """Write what is public of a table as Parquet: the same rows give the same bytes.

        `only` names columns and the value their rows must have: `fiscal_year=2024`.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        where = " AND ".join(f'"{column}" = ?' for column in only) or "true"
        rows = f"SELECT * FROM ({_public(table)}) WHERE {where}"
        # Snappy, because every reader knows it, those in a browser included.
        copy = f"COPY ({rows}) TO {quoted(path)} (FORMAT parquet, COMPRESSION snappy)"
        try:
            self._connection.execute(copy, [*only.values()])
        except duckdb.IOException as problem:  # a full disk is no mistake of ours
            raise OSError(str(problem)) from problem

    def export_database(self, path: Path) -> None:
        """Write what is public as a DuckDB file: facts, datasets, departments and coverage."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            for table in ("facts", *self._table_ids, *PUBLIC_VIEWS):
                self.export_parquet(table, Path(folder, f"{table.replace('-', '_')}.parquet"))
            write_database(Path(folder), path)


def in_columns(columns: Iterable[str], values: Iterable[object]) -> Iterator[Sequence[object]]:
    """Values with an attribute for each column, as rows."""
    return map(attrgetter(*columns), values)


def _name(table: str) -> str:
    return '"' + table.replace("-", "_").replace('"', '""') + '"'


def _public(table: str) -> str:
    """The query for what may go out of a table."""
    if table in PUBLIC_VIEWS:
        return (QUERIES / f"public_{table}.sql").read_text("utf-8")
    return f"FROM {_name(table)}"


def _cast(column: str, kind: str) -> str:
    """An empty text is a text; it is no number and no day."""
    return f'"{column}"' if kind == "VARCHAR" else f"CAST(NULLIF(\"{column}\", '') AS {kind})"


# --- rows -------------------------------------------------------------------------------------------------------


def _departments(spec: Spec, departments: Sequence[Department]) -> Iterable[Sequence[object]]:
    for department in departments:
        yield (
            department.code,
            department.name.zh,
            department.name.en,
            "|".join(department.aliases),
            department.kind,
            department.scope,
            department.parent_code,
            department.valid_from,
            department.valid_to,
            department.exempt,
            department.exempt_reason,
            "|".join(department.successor_of),
            department.name_source,
            department.may_be_named,
            spec.who(department),
        )


def _obligations(spec: Spec) -> Iterable[Sequence[object]]:
    duties = in_columns(tuple(OBLIGATIONS)[1:], spec.obligations)
    return ((place, *duty) for place, duty in enumerate(duties))


def _submissions(submissions: Sequence[Submission]) -> Iterable[Sequence[object]]:
    for place, submission in enumerate(submissions):
        receipt, identity = submission.receipt, submission.identity
        yield (
            place,
            receipt.submission_id,
            receipt.file,
            receipt.sha256,
            receipt.received_on,
            identity.department_code,
            identity.fiscal_year or None,
            identity.document,
            identity.scope,
            submission.shown_status,
            submission.count("error"),
            submission.count("warning"),
            submission.count("note"),
        )


def _received_tables(submissions: Sequence[Submission]) -> Iterable[Sequence[object]]:
    for place, submission in enumerate(submissions):
        ordered = sorted(submission.tables, key=lambda table: table.table_id)
        for table_id, tables in groupby(ordered, key=lambda table: table.table_id):
            yield place, table_id, table_id in submission.standing, _state(list(tables))


def _state(tables: Sequence[Table]) -> str:
    """What the tables of one id in one submission amount to."""
    if any(not table.is_empty for table in tables):
        return "filled"
    return "nil-declared" if all(table.nil_note >= 0 for table in tables) else "nil-undeclared"


def _dataset_columns(table: TableSpec) -> Columns:
    return {
        str(entry["name"]): MONEY if str(entry["name"]).endswith("_yuan") else TYPES[str(entry["type"])]
        for entry in table.schema["fields"]
    }


def _dataset_rows(table_id: str, names: Sequence[str], submissions: Sequence[Submission]) -> Iterable[Sequence[object]]:
    """The rows of a dataset, bodies within documents within years; a blank has no value."""
    standing = [submission for submission in submissions if table_id in submission.standing]
    for submission in sorted(standing, key=_order):
        for table in submission.tables:
            if table.table_id == table_id:
                for record in records(submission.identity, table):
                    values = (record.values.get(name) for name in names)
                    yield [None if value == "" else value for value in values]


def _order(submission: Submission) -> tuple[int, str, str, str]:
    identity = submission.identity
    return identity.fiscal_year, identity.document, identity.department_code, identity.scope
