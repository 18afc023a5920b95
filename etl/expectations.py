"""Plausibility of everything that is published, taken together; the only room that knows Great Expectations.

In come the warehouse and suites in the standard form of Great Expectations, with a reason for every expectation in
its `meta`; out come results for our own pages, and the whole validation results without what changes from run to run.
Decides nothing about publishing: an expectation that is not met is for a person to look at.

A suite is named after what it is about: a table of the warehouse (`facts`, `coverage`), or a query over them
(`etl/queries/plausible_<name>.sql`), which has one row for each body, table or year.

The library takes seconds to import and much memory, so it is imported once, when suites are run and not before.
What it is run over is gathered first: it may then be run in another process.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.answer import ExpectationResult
from etl.warehouse import QUERIES, Warehouse

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.datasource.fluent.pandas_datasource import PandasDatasource

VOLATILE = frozenset({"batch_id", "batch_markers", "run_id"})
"""Keys of a validation result that differ from run to run."""


@dataclass(frozen=True, slots=True)
class Suite:
    """One suite, and the frame of what it is named after."""

    suite: Mapping[str, Any]
    frame: pd.DataFrame


def suites(warehouse: Warehouse, suite_files: Iterable[Path]) -> tuple[Suite, ...]:
    """Everything that is to be run: whoever runs it needs the warehouse no more."""
    read = (json.loads(suite_file.read_text("utf-8")) for suite_file in suite_files)
    return tuple(Suite(suite, _frame(suite["name"], warehouse)) for suite in read)


def expect(asked: Iterable[Suite]) -> tuple[tuple[ExpectationResult, ...], dict[str, dict[str, Any]]]:
    """Run every suite over its frame; with the results, the validation of each suite by its name."""
    source = _source()
    results: list[ExpectationResult] = []
    validations: dict[str, dict[str, Any]] = {}
    for one in asked:
        suite, name = one.suite, one.suite["name"]
        validation = _validate(suite, one.frame, source)
        found = {result["expectation_config"]["id"]: result for result in validation["results"]}
        in_order = [_explained(found[expectation["id"]]) for expectation in suite["expectations"]]
        results += [_result(name, result) for result in in_order]
        validations[name] = _settled({**validation, "results": in_order})
    return tuple(results), validations


def _frame(name: str, warehouse: Warehouse) -> pd.DataFrame:
    """A table of the warehouse, or the answer to a query over several."""
    query = f"plausible_{name}"
    return warehouse.frame_of(query) if (QUERIES / f"{query}.sql").is_file() else warehouse.frame(name)


def _source() -> PandasDatasource:
    """Where frames are put, one for all suites. Everything is in memory: it writes no file and calls nobody."""
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = great_expectations.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context.data_sources.add_pandas("warehouse")


def _validate(suite: Mapping[str, Any], frame: pd.DataFrame, source: PandasDatasource) -> dict[str, Any]:
    """The validation result of Great Expectations."""
    import great_expectations

    asset = source.add_dataframe_asset(suite["name"])
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    result = batch.validate(great_expectations.ExpectationSuite(**suite))
    validation: dict[str, Any] = result.to_json_dict()  # type: ignore[no-untyped-call]
    return validation


def _explained(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result whose exceptions, one for each metric behind it, are one message without a traceback."""
    info = result["exception_info"]
    infos: Sequence[Any] = [info] if "raised_exception" in info else list(info.values())
    messages = sorted({str(each["exception_message"]) for each in infos if each["raised_exception"]})
    explained = {"raised_exception": bool(messages), "exception_message": "; ".join(messages)}
    return {**result, "exception_info": explained}


def _result(suite: str, result: Mapping[str, Any]) -> ExpectationResult:
    config, details = result["expectation_config"], result["result"]
    problem = str(result["exception_info"]["exception_message"])
    return ExpectationResult(
        suite,
        config["type"],
        _column(config["kwargs"]),
        bool(result["success"]) and not problem,  # what could not be tried is not a pass
        problem or _observed(details),
        int(details.get("unexpected_count") or 0),
        config["meta"]["reason_zh"],
        config["meta"]["reason_en"],
    )


def _column(kwargs: Mapping[str, Any]) -> str:
    """The column or columns it is about; empty for the table as a whole."""
    if "column" in kwargs:
        return str(kwargs["column"])
    return ", ".join(kwargs["column_list"]) if "column_list" in kwargs else ""


def _observed(details: Mapping[str, Any]) -> str:
    """What was seen, in short: a value, or how many rows there were."""
    value = details.get("observed_value", details.get("element_count", ""))
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def _settled(value: Any) -> Any:
    """A validation result without what changes from run to run."""
    if isinstance(value, dict):
        return {key: _settled(item) for key, item in value.items() if key not in VOLATILE}
    return [_settled(item) for item in value] if isinstance(value, list) else value
