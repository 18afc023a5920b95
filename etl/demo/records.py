"""Forms of text and figures, a row a thing: what Yunnan's budgets list beside the national nine tables.

A record holds the line it is, texts (str) and amounts in fen (int), by the name of the column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from etl.demo.county import Body
from etl.demo.figures import OWN
from etl.demo.money import TEN_THOUSANDTH, Account, Spend
from etl.spec.model import CodeList

Value = str | int
_SOURCES = ("general-budget", "government-fund", "state-capital", "special-account", "unit-funds")
_PARTS = {"personnel": "人员类项目", "public": "运转类公用经费项目", "operating": "运转类公用经费项目"}
_GOODS = {
    "30201": ("复印纸", "A05040101复印纸", "箱"),
    "31003": ("专用设备", "A02069900其他专用设备", "台"),
    "31007": ("业务软件", "A08060303应用软件", "套"),
}
"""By economic class: what is bought, its entry in the procurement catalogue, how it is counted."""
_SERVICE = "30227"
_INDICATORS = (
    ("产出指标", "数量指标", "开展工作次数", "≥", "4", "次"),
    ("产出指标", "时效指标", "按时完成率", "＝", "100", "%"),
    ("满意度指标", "服务对象满意度", "群众满意度", "≥", "90", "%"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: which line its figures belong to, and what stands in its columns."""

    line: str
    name: str
    values: Mapping[str, Value]


def records(account: Account, body: Body, functional: CodeList, economic: CodeList) -> dict[str, list[Record]]:
    """By key of a form's `records`: its rows, with a total where there are figures."""
    maker = _Maker(account, body, functional, economic)
    projects = [spend for spend in account.spends if spend.part == "project"]
    basic = [spend for spend in account.spends if spend.part != "project"]
    made = {
        "basic": [maker.basic(group) for group in _grouped(basic, lambda each: (each.item, each.economic, each.part))],
        "projects": [maker.project(group) for group in _grouped(projects, lambda each: (each.project, each.economic))],
        "goals": list(maker.goals(projects)),
        "procurement": [maker.bought(spend) for spend in projects if spend.economic in _GOODS],
        "services": [maker.service(spend) for spend in projects if spend.economic == _SERVICE],
        "assets": [maker.asset(spend) for spend in projects if spend.economic == "31003"],
        "plan": [maker.plan(group) for group in _grouped(projects, lambda each: (each.project,))],
        "none": [],
    }
    return {key: _with_total(rows) for key, rows in made.items()}


def _grouped(spends: Iterable[Spend], key: Callable[[Spend], tuple[str, ...]]) -> list[list[Spend]]:
    groups: dict[tuple[str, ...], list[Spend]] = {}
    for spend in spends:
        groups.setdefault(key(spend), []).append(spend)
    return list(groups.values())


def _with_total(rows: list[Record]) -> list[Record]:
    sums: dict[str, Value] = {}
    for row in rows:
        for key, value in row.values.items():
            if isinstance(value, int) and key != "unit-price":
                sums[key] = int(sums.get(key, 0)) + value
    return [*rows, Record("total", "合计", sums)] if sums else rows


class _Maker:
    """Knows whose records they are."""

    def __init__(self, account: Account, body: Body, functional: CodeList, economic: CodeList) -> None:
        self._account, self._body = account, body
        self._functional, self._economic = functional, economic
        names = dict.fromkeys(spend.project for spend in account.spends if spend.project)
        start = int(body.code) * 1000
        self._codes = {name: f"999999{account.year - 1:04d}{start + place:011d}" for place, name in enumerate(names)}

    def basic(self, spends: list[Spend]) -> Record:
        first = spends[0]
        what = _PARTS[first.part]
        values = {**self._classified(first), "project_name": what, "project_code": f"{self._body.code}{len(what):03d}"}
        return Record(first.economic, str(values["economic_name"]), {**values, **self._sourced(spends)})

    def project(self, spends: list[Spend]) -> Record:
        first = spends[0]
        values = {**self._classified(first), "project_type": "特定目标类", "project_name": first.project}
        code = self._codes[first.project]
        return Record(code, first.project, {**values, "project_code": code, **self._sourced(spends)})

    def goals(self, projects: list[Spend]) -> Iterable[Record]:
        keys = (
            "indicator_level_1",
            "indicator_level_2",
            "indicator_level_3",
            "indicator_nature",
            "target",
            "target_unit",
        )
        for name, indicator in product(dict.fromkeys(spend.project for spend in projects), _INDICATORS):
            goal = {"project_name": name, "goal": f"完成{name}年度任务（虚构）", "indicator_attribute": "定量指标"}
            yield Record(
                "", name, {**goal, **dict(zip(keys, indicator, strict=True)), "indicator_content": "年度工作计划"}
            )

    def bought(self, spend: Spend) -> Record:
        item, catalogue, unit = _GOODS[spend.economic]
        small = spend.fen // 2 // TEN_THOUSANDTH * TEN_THOUSANDTH
        values: dict[str, Value] = {
            "project_name": spend.project,
            "item": item,
            "catalogue": catalogue,
            "quantity_unit": unit,
            "quantity": "1",
            "sme-reserved": small,
        }
        return Record("", spend.project, {**values, **self._sourced([spend])})

    def service(self, spend: Spend) -> Record:
        values: dict[str, Value] = {
            "project_name": spend.project,
            "item": "委托业务服务",
            "catalogue": "B0801法律咨询服务",
            "spending_type": "项目支出",
            "service_type": "政府履职辅助性服务",
            "service_field": "一般公共服务",
        }
        return Record("", spend.project, {**values, **self._sourced([spend])})

    def asset(self, spend: Spend) -> Record:
        number = 2 if spend.fen % (2 * TEN_THOUSANDTH) == 0 else 1
        values: dict[str, Value] = {
            "unit_name": self._body.zh,
            "asset_type": "设备",
            "catalogue": "A02069900其他专用设备",
            "asset_name": "专用设备",
            "quantity_unit": "台",
            "quantity": str(number),
            "unit-price": spend.fen // number,
            "amount": spend.fen,
        }
        return Record("", "专用设备", values)

    def plan(self, spends: list[Spend]) -> Record:
        fen = sum(spend.fen for spend in spends)
        values: dict[str, Value] = {
            "unit_name": self._body.zh,
            "project_type": "特定目标类",
            "project_name": spends[0].project,
            "project_level": "本级",
            "source": "财政拨款",
            "current-year": fen,
            "next-year": fen,
            "year-after-next": fen,
        }
        return Record("", spends[0].project, values)

    def _classified(self, spend: Spend) -> dict[str, Value]:
        functional = self._functional.name_of(spend.item, self._account.year)
        economic = self._economic.name_of(spend.economic, self._account.year)
        return {
            "unit_name": self._body.zh,
            "functional_code": spend.item,
            "functional_name": functional.zh if functional else "",
            "economic_code": spend.economic,
            "economic_name": economic.zh if economic else "",
        }

    def _sourced(self, spends: Iterable[Spend]) -> dict[str, Value]:
        sums: dict[str, Value] = dict.fromkeys(("total", *_SOURCES), 0)
        for spend in spends:
            for key in ("total", "unit-funds" if spend.source in OWN else spend.source):
                sums[key] = int(sums[key]) + spend.fen
        return sums
