"""What goes into every ZIP beside the tables: README.txt, LICENCE.txt and the dictionary. In: Rows. Out: bytes by name.

The texts open in Notepad: UTF-8 with a BOM, CRLF. Chinese first, then English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from etl.layout import PROGRAM
from etl.publish.csv_files import BOM, csv_lines
from etl.publish.data.rows import Rows
from etl.publish.words import pick
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Jurisdiction

DICTIONARY = ("table", "field", "title_zh", "title_en", "type", "unit", "description_zh", "description_en")

TEMPLATE = PROGRAM / "docs" / "templates" / "download-readme.txt"


def explaining(title: Bilingual, tables: Mapping[str, Rows], jurisdiction: Jurisdiction, day: date) -> dict[str, bytes]:
    """The files that explain these tables, as of a day; `tables` has them by the names of their files."""
    wide = max(map(len, tables))
    files = "\n".join(f"  {name:<{wide}}  {rows.title.zh} · {rows.title.en}" for name, rows in tables.items())
    readme = TEMPLATE.read_text("utf-8").format(
        title=title,
        county=jurisdiction.names,
        day=day.isoformat(),
        files=files,
        publisher=jurisdiction.publisher,
        contact=jurisdiction.contact,
        licence=_licence(jurisdiction),
        site=jurisdiction.site_url,
    )
    return {
        "README.txt": _text(readme),
        "LICENCE.txt": _text(f"{_licence(jurisdiction)}\n{jurisdiction.publisher}\n"),
        "dictionary.csv": (BOM + "".join(csv_lines([DICTIONARY, *dictionary(tuple(tables.values()))]))).encode(),
    }


def dictionary(tables: Sequence[Rows]) -> list[tuple[str, ...]]:
    """Every field of these tables, as a row."""
    return [
        (
            rows.name,
            str(entry["name"]),
            pick(entry, "title", "zh"),
            pick(entry, "title", "en"),
            str(entry.get("type", "any")),
            pick(entry, "unit", "zh"),
            pick(entry, "description", "zh"),
            pick(entry, "description", "en"),
        )
        for rows in tables
        for entry in rows.schema["fields"]
    ]


def _licence(jurisdiction: Jurisdiction) -> str:
    return f"{jurisdiction.licence_name} {jurisdiction.licence_url}".strip()


def _text(text: str) -> bytes:
    return (BOM + text.replace("\n", "\r\n")).encode()
