"""Real filings of another place, where they are there: their own small jurisdiction, never mixed into Fuyuan's."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from etl.spec.register import DEPARTMENTS

ROOT = Path(__file__).resolve().parents[2]
FILINGS = ROOT.parent / "shared" / "real" / "filings"

BODIES = {
    "caizhengju_2024_bumen_juesuan": ("101", "上海市普陀区财政局", "department"),
    "caizhengju_2025_bumen_yusuan": ("101", "上海市普陀区财政局", "department"),
    "guiziju_2024_bumen_juesuan": ("102", "上海市普陀区规划和自然资源局", "department"),
    "shangwuwei_2025_bumen_yusuan": ("103", "上海市普陀区商务委员会", "department"),
    "shehui_fuliyuan_2024_danwei_yusuan": ("104", "上海市普陀区社会福利院", "unit"),
    "sifaju_2026_bumen_yusuan": ("105", "上海市普陀区司法局", "department"),
    "wanli_jiedao_2024_bumen_yusuan": ("106", "上海市普陀区人民政府万里街道办事处", "department"),
}
"""File -> department code, name, scope."""


JURISDICTION = """\
code: "310107"
names: {zh: 上海市普陀区, en: Putuo District}
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
publisher: 上海市普陀区财政局
contact: to be confirmed
site_url: ""
first_year: 2024
currency: CNY
working_days: {}
"""


def filing(name: str) -> Path:
    """The workbook of a filing, whatever its ending."""
    return next(path for path in FILINGS.glob(f"{name}.xls*"))


def golden(name: str, kind: str) -> list[dict[str, str]]:
    """The figures or findings written down beside a filing."""
    with (FILINGS / f"{name}.{kind}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def make_putuo(root: Path) -> Path:
    """A jurisdiction folder for the seven filings."""
    register = root / "datasets" / "register"
    register.mkdir(parents=True)
    (root / "datasets" / "jurisdiction.yml").write_text(JURISDICTION, encoding="utf-8")
    bodies = sorted(set(BODIES.values()))
    with (register / "departments.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(DEPARTMENTS)
        writer.writerow(
            ["000", "上海市普陀区人民政府", "Putuo", "", "government", "department", *[""] * 5, "yes", "", ""]
        )
        for code, name, scope in bodies:
            writer.writerow(
                [code, name, name, "", "政府部门", scope, *[""] * 5, "yes", "", "verified: published filing"]
            )
    inbox = root / "datasets" / "inbox"
    inbox.mkdir()
    for name in BODIES:
        source = filing(name)
        shutil.copyfile(source, inbox / source.name)
    return root
