"""What `check` and `coverage` write for other programs: JSON and CSV as texts that are safe to print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, fields

from etl.answer import CoverageRow, RateResult, Share
from etl.cli.words import visible
from etl.pipeline import Coverage, csv_text
from etl.spec.bilingual import Bilingual
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


def share_row(share: Share, name: Bilingual) -> Row:
    """How much of something, of how much."""
    return {
        "key": share.key,
        "name": {"zh": name.zh, "en": name.en},
        "fiscal_year": share.fiscal_year,
        "document": share.document,
        "rate": share.rate,
        "numerator": share.numerator,
        "denominator": share.denominator,
        "exempt": share.exempt,
        "unknown": share.unknown,
    }


def coverage_json(measured: Coverage, year: int | None) -> Row:
    """Everything `coverage` says, of one year or of all: contract, section 7."""
    spec, answers = measured.spec, measured.answers

    def asked(fiscal_year: int) -> bool:
        return year in (None, fiscal_year)

    return {
        "rates": [rate_row(rate, spec) for rate in measured.rates if asked(rate.fiscal_year)],
        "axes": [share_row(one, axis_name(one.key, spec)) for one in answers.axes if asked(one.fiscal_year)],
        "tables": [share_row(one, table_name(one.key, spec)) for one in answers.tables if asked(one.fiscal_year)],
        "trend": [asdict(one) for one in answers.trend if asked(one.fiscal_year)],
        "rows": [coverage_row(row) for row in measured.rows if asked(row.fiscal_year)],
    }


def axis_name(key: str, spec: Spec) -> Bilingual:
    """What an axis is called."""
    number = spec.numbers.of(key)
    return number.name if number else Bilingual(key, key)


def table_name(table_id: str, spec: Spec) -> Bilingual:
    """What a table is called."""
    return spec.tables[table_id].name if table_id in spec.tables else Bilingual(table_id, table_id)


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
