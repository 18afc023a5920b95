"""A county with a body that may not be named, and with files that hold persons, published once.

Every byte of the public site is opened up and searched; so is what the reviewers and the terminal are told.
"""

from __future__ import annotations

import gzip
import html
import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner, Result

from etl.cli import main
from etl.layout import PROGRAM
from tests.cases.books import data_of

HEADER = "department_code,name_zh,name_en,aliases,kind,scope,parent_code,valid_from,valid_to,exempt,exempt_reason,public_name,successor_of,name_source\n"
SECRET, CODE = "示例县灵犀密码局", "8840731"
REGISTER = f"""\
000,示例县人民政府,,示例县政府,government,,,,,,,,,
101,示例县财政局,Finance Bureau of Example,,,department,{CODE},,,,,,,
102,示例县教育局,,{SECRET}|县灵犀局|示例县老教育局,,department,,2025,,,,,{CODE},
103,示例县民政局,,,,department,,,,,,,,
104,示例县人民武装部,,,,department,,,,yes,国防事务,yes,,
{CODE},{SECRET},Lingxi Cipher Bureau,县灵犀局|灵犀密码,,department,103,2000,2024,yes,国家秘密第八八四条,no,103|104,来文灵犀密
20501,示例县信息服务所,,,,unit,{CODE},,,,,,,
"""
APPROVALS = f"""\
department_code,fiscal_year,document,approved_on,published_on,published_url,note
101,2024,final-account,2025-08-01,2025-08-10,,见{SECRET}来文
{CODE},2024,final-account,2025-08-01,2025-08-11,https://example.com/{CODE}/lingxi-url,灵犀备注
"""
JURISDICTION = (
    'code: "999999"\nnames: {zh: 示例县, en: Example County}\nfirst_year: 2024\nsite_url: https://example.com\n'
)

IDENTITY, MOBILE, CARD = "530325199001011237", "13812345678", "6222020000000000000"
PERSONAL = (IDENTITY, MOBILE, CARD, "贾雨村")
WITHHELD, REJECTED, EXEMPT = "4815162", "2357111", "3141592"
"""Amounts that stand in files of one fate only."""
HIDDEN = (
    SECRET,
    CODE,
    "灵犀",
    "Lingxi",
    "lingxi",
    "第八八四条",
    EXEMPT,
    WITHHELD,
    REJECTED,
    "不予通过的一行",
    *PERSONAL,
)
SHOWN = ("示例县财政局", "示例县信息服务所", "示例县人民武装部", "国防事务", "1618033")


def account(body: str, amount: str, *more: str, year: int = 2024, total: str = "") -> dict[str, str]:
    rows = (
        f"{year}年度支出决算表",
        f"部门：{body} | | | | 单位：元",
        "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出",
        f"| 合计 | {total or amount} | {total or amount} | 0",
        f"201 | 一般公共服务支出 | {amount} | {amount} | 0",
        *more,
    )
    return {"name": "支出决算表", "rows": "\n".join(rows)}


PERSONS = {
    "name": f"名册{MOBILE}",
    "rows": f"""\
姓名 | 身份证号 | 银行账号 | 联系电话 | 金额
贾雨村 | '{IDENTITY} | '{CARD} | {MOBILE} | 一百元""",
    "comments": {"E2": f"贾雨村 {MOBILE}"},
}
FILES = {
    "财政局/2024决算.xlsx": {"sheets": [account("示例县财政局", "1618033")]},
    "信息服务所.xlsx": {"sheets": [account("示例县信息服务所", "2718281")]},
    f"{SECRET}/2024决算.xlsx": {"sheets": [account(SECRET, EXEMPT)]},
    "民政局.xlsx": {"sheets": [account("示例县民政局", WITHHELD, f"注：含{SECRET}划转经费。")]},
    f"县灵犀局转来/{CODE}.xlsx": {"sheets": [account("示例县教育局", WITHHELD, year=2025)]},
    "武装部.xlsx": {"sheets": [account("示例县人民武装部", EXEMPT)]},
    "民政局2.xlsx": {
        "sheets": [account("示例县民政局", REJECTED, "202 | 不予通过的一行 | 1 | 1 | 0", year=2025, total="99")]
    },
    f"贾雨村{MOBILE}/{IDENTITY}.xlsx": {"sheets": [account("示例县财政局", WITHHELD, year=2025), PERSONS]},
    f"又一份/{IDENTITY}.xlsx": {"sheets": [account("示例县财政局", WITHHELD, year=2025), PERSONS]},
    f"{IDENTITY}.docx": {"hex": "504b0304"},
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of the county, and what the terminal was told."""
    root = tmp_path_factory.mktemp("county")
    (root / "datasets" / "register").mkdir(parents=True)
    (root / "datasets" / "jurisdiction.yml").write_text(JURISDICTION, "utf-8")
    (root / "datasets" / "register" / "departments.csv").write_text(HEADER + REGISTER, "utf-8")
    (root / "datasets" / "register" / "approvals.csv").write_text(APPROVALS, "utf-8")
    for name, case in FILES.items():
        path = root / "datasets" / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data_of(case))
    result = run("publish", "--root", root, "--jobs", 1)
    assert result.exit_code == 0, result.output
    return root, result.output


# --- every byte, opened up ----------------------------------------------------------------------------------------


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Everything a file can be made to say: its bytes, and what it holds packed."""
    yield name, name
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                packed = archive.read(inner)
                yield from texts(f"{name}/{inner}", packed)
                yield from _stored_inside(inner, packed)
    elif data.startswith(b"\x1f\x8b"):
        yield from texts(f"{name}/gz", gzip.decompress(data))
    for encoding in ("utf-8", "utf-16-le"):
        text = data.decode(encoding, "ignore")
        yield name, text
        if encoding == "utf-8" and any(sign in text for sign in ("\\u", "&#", "%E")):
            yield name, re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
            yield name, unquote(html.unescape(text))


def _stored_inside(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """The same of a file in an archive: it has to lie on a disk to be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        yield from stored(path)


def stored(path: Path) -> Iterator[tuple[str, str]]:
    """The rows of a database or of a Parquet file: both are compressed."""
    if path.suffix == ".parquet":
        yield path.name, repr(duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall())
    elif path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as database:
            for (table,) in database.sql("SELECT table_name FROM duckdb_tables()").fetchall():
                yield f"{path.name}:{table}", repr(database.sql(f'SELECT * FROM "{table}"').fetchall())
            yield path.name, repr(database.sql("SELECT sql, comment FROM duckdb_tables()").fetchall())


def everything(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from texts(path.relative_to(folder).as_posix(), path.read_bytes())
            yield from stored(path)


def test_no_byte_of_the_site_tells_of_what_must_stay_inside(published: tuple[Path, str]) -> None:
    root, _ = published
    reviewed = (root / "review" / "submissions.csv").read_text("utf-8-sig")
    ids = re.findall(r"^([0-9a-f]{16}),.*,(?:withheld|rejected|unreadable|duplicate),", reviewed, re.MULTILINE)
    assert len(ids) >= len(FILES) - 2
    leaks: set[tuple[str, str]] = set()
    seen: dict[str, set[str]] = {}
    for place, text in everything(root / "site"):
        leaks |= {(place, word) for word in (*HIDDEN, *ids) if word in text}
        seen.setdefault(Path(place.split("/")[0] if "xlsx/" in place else place.split(":")[0]).suffix, set()).update(
            word for word in SHOWN if word in text
        )
    assert leaks == set()
    # The search itself finds what is public, in every kind of file.
    assert {".html", ".csv", ".parquet", ".duckdb", ".xml"} <= {suffix for suffix, words in seen.items() if words}
    assert set(SHOWN) == set().union(*seen.values())


def test_fates(published: tuple[Path, str]) -> None:
    root, _ = published
    lines = (root / "review" / "submissions.csv").read_text("utf-8-sig").splitlines()[1:]
    fates = {line.split(",")[1]: line.split(",")[8] for line in lines}
    assert fates == {
        "财政局/2024决算.xlsx": "accepted",
        "信息服务所.xlsx": "accepted",
        f"{SECRET}/2024决算.xlsx": "withheld",
        "民政局.xlsx": "withheld",
        f"县灵犀局转来/{CODE}.xlsx": "withheld",
        "武装部.xlsx": "withheld",
        "民政局2.xlsx": "rejected",
        f"贾雨村{'＊' * 11}/{'＊' * 18}.xlsx": "duplicate",
        f"又一份/{'＊' * 18}.xlsx": "withheld",
        f"{'＊' * 18}.docx": "unreadable",
    }


def test_neither_reviewers_nor_the_terminal_are_shown_a_person(published: tuple[Path, str]) -> None:
    root, output = published
    digits = PERSONAL[:3]
    told = [("terminal", output)]
    told += [
        (path.relative_to(root).as_posix(), path.read_text("utf-8"))
        for path in (root / "review").rglob("*")
        if path.suffix in {".html", ".csv", ".json"}
    ]
    assert {(place, word) for place, text in told for word in digits if word in text} == set()
    names = {(place, "贾雨村") for place, text in told if "贾雨村" in text.replace(f"贾雨村{'＊' * 11}/", "")}
    assert names == set()


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_a_check_shows_no_person(published: tuple[Path, str], tmp_path: Path, form: str) -> None:
    root, _ = published
    shutil.copytree(root / "datasets", tmp_path / "datasets")
    files = sorted((tmp_path / "datasets" / "inbox").rglob(f"*{IDENTITY}*"))
    result = run("check", "--root", tmp_path, "--format", form, "--annotate", tmp_path / "marked", *files)
    assert result.exit_code == 1
    assert not [word for word in PERSONAL[:3] if word in result.output]
    for copy in (tmp_path / "marked").iterdir():
        assert IDENTITY not in copy.name
        listing = openpyxl.load_workbook(copy).worksheets[0]
        said = "\n".join(str(cell.value) for row in listing.iter_rows() for cell in row)
        assert not [word for word in PERSONAL if word in said]


def test_the_program_itself_names_nobody() -> None:
    assert SECRET not in "".join(path.read_text("utf-8") for path in (PROGRAM / "schemas").rglob("*.yml"))
