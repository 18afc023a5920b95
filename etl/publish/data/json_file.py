"""Rows as JSON: a list of objects, one a line, every field in every object. In: Rows. Out: bytes.

Amounts are numbers with all their places (`1200000.00`), so that who reads them as decimals has the exact fen.
"""

from __future__ import annotations

import json
from decimal import Decimal

from etl.publish.data.rows import Rows


def json_bytes(rows: Rows) -> bytes:
    """The whole file."""
    names = [json.dumps(field) for field in rows.fields]
    objects = (
        ", ".join(f"{name}: {_value(value)}" for name, value in zip(names, row, strict=True)) for row in rows.rows
    )
    return ("[\n" + ",\n".join(f"{{{each}}}" for each in objects) + "\n]\n").encode()


def _value(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False)
