"""The forms in which rows can be had: how a file is called by its ending, and what kind of file that is.

<name>.csv                  for Excel and WPS            <name>.machine.csv   for programs (`.gz` where it is large)
<name>.xlsx .parquet .json  the same rows                <name>.zip           with all that explains them
<name>.csv-metadata.json    CSV on the Web
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.spec.bilingual import Bilingual

JSON_ROWS = 300
"""Rows up to which a table is to be had as JSON: more are for formats that need not be read as a whole."""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file."""

    label: str
    media_type: str
    file_type: str
    """In the list of the EU's Publications Office, which DCAT-AP asks for; empty where it has none."""
    use: Bilingual
    """What it is good for."""
    compressed: str = ""
    """Media type of what it is compressed with."""


FORMS: Mapping[str, Form] = {
    "csv": Form("CSV", "text/csv", "CSV", Bilingual("Excel、WPS 可直接打开", "opens in Excel and WPS")),
    "xlsx": Form(
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
        Bilingual("编码保持为文本，附字段说明", "codes stay text; with the dictionary"),
    ),
    "zip": Form(
        "ZIP",
        "application/zip",
        "ZIP",
        Bilingual("CSV 连同说明、许可和校验值", "CSV with README, dictionary, licence, checksums"),
        "application/zip",
    ),
    "parquet": Form("Parquet", "application/vnd.apache.parquet", "PARQUET", Bilingual("供程序读取", "for programs")),
    "machine.csv.gz": Form(
        "CSV（machine）",
        "text/csv",
        "CSV",
        Bilingual("供程序读取：无 BOM，LF，原样文本，gzip 压缩", "for programs: no BOM, LF, texts as they are, gzip"),
        "application/gzip",
    ),
    "json": Form("JSON", "application/json", "JSON", Bilingual("供网页和程序读取", "for web pages and programs")),
}
"""In the order in which they are offered."""


def ending(path: str) -> str:
    """What a file is, by what follows the first dot of its name.

    >>> ending("facts.machine.csv.gz"), ending("revenue/revenue.csv")
    ('machine.csv.gz', 'csv')
    """
    return path.rpartition("/")[2].partition(".")[2]


def form(path: str) -> Form:
    return FORMS[ending(path)]


def of_dataset(rows: int) -> tuple[str, ...]:
    """The forms of a dataset with so many rows."""
    return tuple(each for each in FORMS if each != "json" or rows <= JSON_ROWS)


OF_BODY = ("xlsx", "zip", "parquet")
OF_YEAR = ("zip", "parquet")
"""The forms of what one body or one year has: `etl.publish.data.slices` says why there are no more."""
