"""Plausibility of everything that is published, taken together; the only room that knows Great Expectations.

In come the warehouse and a suite in the standard form of Great Expectations, with a reason for every expectation in
its `meta`; out come results for our own pages, and the whole validation result without what changes from run to run.
Decides nothing about publishing: an expectation that is not met is for a person to look at.

The library takes seconds to import, so it is imported when a suite is run and not before.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from etl.answer import ExpectationResult
from etl.warehouse import Warehouse

VOLATILE = frozenset({"batch_id", "batch_markers", "run_id"})
"""Keys of a validation result that differ from run to run."""


def expect(warehouse: Warehouse, suite_file: Path) -> tuple[tuple[ExpectationResult, ...], dict[str, Any]]:
    """Run a suite over the table of the warehouse that it is named after."""
    suite = json.loads(suite_file.read_text("utf-8"))
    validation = _validate(suite, warehouse)
    found = {result["expectation_config"]["id"]: result for result in validation["results"]}
    in_order = [_explained(found[expectation["id"]]) for expectation in suite["expectations"]]
    results = tuple(_result(suite["name"], result) for result in in_order)
    return results, _settled({**validation, "results": in_order})


def _validate(suite: Mapping[str, Any], warehouse: Warehouse) -> dict[str, Any]:
    """The validation result of Great Expectations. Everything is in memory: it writes no file and calls nobody."""
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = great_expectations.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("warehouse").add_dataframe_asset(suite["name"])
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": warehouse.frame(suite["name"])})
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
