"""What `check` and `coverage` write for other programs: JSON and CSV as texts that are safe to print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields

from etl.answer import CoverageRow, RateResult
from etl.cli.words import visible
from etl.pipeline import csv_text
from etl.spec.model import Spec

Row = Mapping[str, object]


def coverage_row(row: CoverageRow) -> Row:
    """One duty, by the columns of coverage.csv: contract, section 7."""
    return dict(zip((field.name for field in fields(row)), astuple(row), strict=True))


def rate_row(rate: RateResult, spec: Spec) -> Row:
    """A headline rate with everything it was made from: contract, section 7."""
    name = next(one.name for one in spec.rates if one.key == rate.key)
    return {
        "key": rate.key,
        "name": {"zh": name.zh, "en": name.en},
        "fiscal_year": rate.fiscal_year,
        "rate": rate.rate,
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "exempt": rate.exempt,
        "unknown": rate.unknown,
    }


def as_json(value: object) -> str:
    """JSON in which nothing acts on a terminal; what is written out there means the same to a reader of JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=float)
    return "\n".join(map(visible, text.split("\n")))


def as_csv(rows: Sequence[Row], heads: Sequence[str]) -> str:
    """CSV without the mark that Excel wants: this is for pipes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([visible(csv_text(row[head])) for head in heads] for row in rows)
    return text.getvalue()
