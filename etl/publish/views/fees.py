"""What the pages of fees show. In: Public. Out: a FeesView: every fee once, with the lists that name it.

A fee that stands in the full list and again in the list of fees on enterprises is one fee with a mark. Which situation
of life it belongs to is declared in `schemas/situations.yml`, what the words of a list mean in `schemas/fee-lists.yml`;
what the county itself charges is not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.labels import fold
from etl.publish.public import Public, Standing
from etl.publish.slugs import numbered
from etl.spec.fee_lists import FeeWords
from etl.spec.fees import FeeItem
from etl.spec.model import Spec
from etl.spec.situations import Situation, situation_of
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
    """Its part of an address: the sound of its name."""
    is_fund: bool
    situation: Situation
    sector: str
    item: str
    sub_item: str
    bases: tuple[str, ...]
    """Document numbers in their normal form; as printed where none could be read."""
    basis_printed: str
    """As the list prints it; empty where that says the same."""
    fields: Mapping[str, str]
    """The rest as printed, by field of contract section 9; empty where it is blank."""
    enterprise: str
    """yes, partly or empty."""
    ended: bool
    also: tuple[str, ...]
    """Other names by which people look for it."""
    sources: tuple[FeeSource, ...]

    @property
    def collector(self) -> str:
        """Who collects it: as the list says, else the department the list puts it under."""
        return self.fields["collector"] or self.sector


@dataclass(frozen=True, slots=True)
class FeesView:
    situations: tuple[tuple[Situation, tuple[Fee, ...]], ...]
    """Those that have any, in their declared order; fees in the order of the list, funds after them."""
    lists: tuple[Standing, ...]

    @property
    def every(self) -> tuple[Fee, ...]:
        return tuple(fee for _, group in self.situations for fee in group)

    @property
    def fees(self) -> tuple[Fee, ...]:
        return tuple(fee for fee in self.every if not fee.is_fund)

    @property
    def funds(self) -> tuple[Fee, ...]:
        return tuple(fee for fee in self.every if fee.is_fund)

    @property
    def caveats(self) -> tuple[tuple[str, str], ...]:
        """Title and note of every list that says something of itself, such as that only a part was entered."""
        return tuple((one.table.title, text) for one in self.lists for _, text in one.table.notes)

    @property
    def on_enterprises(self) -> int:
        return sum(1 for fee in self.fees if fee.enterprise)

    def having(self, field: str) -> int:
        """How many fees say a thing."""
        return sum(1 for fee in self.fees if fee.fields.get(field))


@dataclass(frozen=True, slots=True)
class Notice:
    """What one body has to show at its counter: 收费公示."""

    key: str
    collector: str
    is_printed: bool
    """True where the lists name the body; False where it is the department they put the fee under."""
    fees: tuple[Fee, ...]
    lists: tuple[Standing, ...]


def view_fees(public: Public) -> FeesView:
    """Fees and funds by situation, each once."""
    name = numbered()
    every = [
        *_merge(public.tables("fees"), public.spec, name, is_fund=False),
        *_merge(public.tables("funds"), public.spec, name, is_fund=True),
    ]
    groups = (
        (situation, tuple(fee for fee in every if fee.situation is situation)) for situation in public.spec.situations
    )
    return FeesView(
        situations=tuple((situation, group) for situation, group in groups if group),
        lists=public.tables("fees") + public.tables("funds"),
    )


def view_notices(view: FeesView) -> tuple[Notice, ...]:
    """A notice for each body that collects anything in force, in the order in which the lists name them."""
    name = numbered()
    bodies: dict[str, list[Fee]] = {}
    for fee in view.every:
        if not fee.ended:
            bodies.setdefault(fee.collector, []).append(fee)
    return tuple(
        Notice(
            name(collector),
            collector,
            any(fee.fields["collector"] for fee in fees),
            tuple(fees),
            tuple({one.address: one for fee in fees for one in _standing(fee)}.values()),
        )
        for collector, fees in bodies.items()
        if collector
    )


def _standing(fee: Fee) -> Iterator[Standing]:
    return (source.standing for source in fee.sources)


def _merge(lists: Sequence[Standing], spec: Spec, name: Callable[[str], str], *, is_fund: bool) -> Iterator[Fee]:
    """Lists with the most items first, so that their order holds; each fee is told by the latest list."""
    ordered = sorted(lists, key=lambda one: (-len(one.table.lines), one.place))
    found: dict[tuple[str, str, str], list[FeeSource]] = {}
    for standing in ordered:
        for line in standing.table.lines:
            key = _key(line)
            if key[1]:
                found.setdefault(key, []).append(FeeSource(standing, line))
    known = {fold(item.item): item for item in spec.fee_items}
    divided = {key[:2] for key in found if key[2]}
    for key, sources in found.items():
        if not (key[:2] in divided and all(_is_heading(source.line) for source in sources)):
            yield _fee(sources, spec, known, name, is_fund=is_fund)


def _is_heading(line: Line) -> bool:
    """True for the name above several parts, which is itself nothing that anybody is charged."""
    told = line.attributes
    return not any(told.get(field) for field in ("sub_item", "basis", "fund_management", "standard"))


def _key(line: Line) -> tuple[str, str, str]:
    words = (line.attributes.get("department", ""), _item(line), line.attributes.get("sub_item", ""))
    return tuple("".join(word.split()) for word in words)  # type: ignore[return-value]


def _item(line: Line) -> str:
    return line.attributes.get("item", "") or line.name


def _fee(
    sources: Sequence[FeeSource],
    spec: Spec,
    known: Mapping[str, FeeItem],
    name: Callable[[str], str],
    *,
    is_fund: bool,
) -> Fee:
    latest = max(sources, key=lambda source: source.list_date)
    told = latest.line.attributes
    item, sub_item, sector = _item(latest.line), told.get("sub_item", ""), told.get("department", "")
    normal, printed = told.get("basis_normal", ""), told.get("basis", "")
    national = known.get(fold(item))
    return Fee(
        key=name(f"{item} {sub_item}".strip()),
        is_fund=is_fund,
        situation=situation_of((item, sub_item), sector, spec.situations),
        sector=sector,
        item=item,
        sub_item=sub_item,
        bases=tuple(filter(None, (normal or printed).split(";"))),
        basis_printed=printed if normal and fold(printed) != fold(normal) else "",
        fields={field: told.get(field, "") for field in _TOLD},
        enterprise=_enterprise(sources, spec.fee_words),
        ended=spec.fee_words.says_ended(told.get("status", "")),
        also=national.aliases if national else (),
        sources=tuple(sources),
    )


def _enterprise(sources: Iterable[FeeSource], words: FeeWords) -> str:
    told = list(sources)
    marks = (source.line.attributes.get("enterprise_related", "") for source in told)
    return words.enterprise(marks, (name for one in told for name in (one.list_type, one.standing.table.title)))
