"""What the page of fees shows. In: Public. Out: a FeesView: every fee once, with the lists that name it.

A fee that stands in the full list and again in the list of fees on enterprises is one fee with a mark. Which situation
it belongs to, and what the county itself charges, is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.publish.public import Public, Standing
from etl.table import Line

_TOLD = (
    "standard",
    "collector",
    "charge_scope",
    "payer",
    "fund_management",
    "set_by",
    "status",
    "valid_from",
    "valid_to",
    "note",
)
"""Fields a fee tells beside its name and its documents. Where the latest list is silent, an older one is not asked."""
_YES = frozenset({"Y", "是", "涉企", "yes", "√", "✓"})
_PARTLY = frozenset({"部分", "partly"})
_ENDED = frozenset({"停征", "取消", "改税", "免征", "ended"})


@dataclass(frozen=True, slots=True)
class FeeSource:
    """Where a fee stands in one list."""

    standing: Standing
    line: Line

    @property
    def href(self) -> str:
        column = next((one.index for one in self.standing.table.columns if one.key == "item"), self.line.name_column)
        return self.standing.href_at(self.line.row, column)

    @property
    def list_type(self) -> str:
        return self.line.attributes.get("list_type", "") or self.standing.table.title

    @property
    def list_date(self) -> str:
        return self.line.attributes.get("list_date", "")


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee or fund, told by the latest list that names it."""

    key: str
    sector: str
    number: str
    item: str
    sub_item: str
    bases: tuple[str, ...]
    fields: dict[str, str]
    """The rest as printed, by field of contract section 9; empty where it is blank."""
    enterprise: str
    """yes, partly or empty."""
    ended: bool
    sources: tuple[FeeSource, ...]


@dataclass(frozen=True, slots=True)
class FeesView:
    fees: tuple[tuple[str, tuple[Fee, ...]], ...]
    """By sector, in the order of the list."""
    funds: tuple[Fee, ...]
    lists: tuple[Standing, ...]

    @property
    def caveats(self) -> tuple[tuple[str, str], ...]:
        """Title and note of every list that says something of itself, such as that only a part was entered."""
        return tuple((one.table.title, text) for one in self.lists for _, text in one.table.notes)

    @property
    def every(self) -> tuple[Fee, ...]:
        return tuple(fee for _, group in self.fees for fee in group)

    def having(self, field: str) -> int:
        """How many fees say a thing."""
        return sum(1 for fee in self.every if fee.fields.get(field))

    @property
    def on_enterprises(self) -> int:
        return sum(1 for fee in self.every if fee.enterprise)


def view_fees(public: Public) -> FeesView:
    """Fees by sector and funds, each once."""
    fees = _merge(public.tables("fees"), "fee")
    sectors: dict[str, list[Fee]] = {}
    for fee in fees:
        sectors.setdefault(fee.sector, []).append(fee)
    return FeesView(
        fees=tuple((sector, tuple(group)) for sector, group in sectors.items()),
        funds=tuple(_merge(public.tables("funds"), "fund")),
        lists=public.tables("fees") + public.tables("funds"),
    )


def _merge(lists: Sequence[Standing], prefix: str) -> list[Fee]:
    """Lists with the most items first, so that their order holds; each fee is told by the latest list."""
    ordered = sorted(lists, key=lambda one: (-len(one.table.lines), one.place))
    found: dict[tuple[str, str, str], list[FeeSource]] = {}
    for standing in ordered:
        for line in standing.table.lines:
            key = _key(line)
            if key[1]:
                found.setdefault(key, []).append(FeeSource(standing, line))
    return [_fee(f"{prefix}-{number}", sources) for number, sources in enumerate(found.values(), start=1)]


def _key(line: Line) -> tuple[str, str, str]:
    words = (line.attributes.get("department", ""), _item(line), line.attributes.get("sub_item", ""))
    return tuple("".join(word.split()) for word in words)  # type: ignore[return-value]


def _item(line: Line) -> str:
    return line.attributes.get("item", "") or line.name


def _fee(key: str, sources: Sequence[FeeSource]) -> Fee:
    latest = max(sources, key=lambda source: source.list_date)
    told = latest.line.attributes
    return Fee(
        key=key,
        sector=told.get("department", ""),
        number=told.get("item_no", ""),
        item=_item(latest.line),
        sub_item=told.get("sub_item", ""),
        bases=tuple(filter(None, (told.get("basis_normal") or told.get("basis", "")).split(";"))),
        fields={field: told.get(field, "") for field in _TOLD},
        enterprise=_enterprise(sources),
        ended=told.get("status", "") in _ENDED,
        sources=tuple(sources),
    )


def _enterprise(sources: Iterable[FeeSource]) -> str:
    told = list(sources)
    marks = {source.line.attributes.get("enterprise_related", "") for source in told}
    if marks & _YES or any("涉企" in source.list_type or "涉企" in source.standing.table.title for source in told):
        return "yes"
    return "partly" if marks & _PARTLY else ""
