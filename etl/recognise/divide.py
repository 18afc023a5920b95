"""One file that holds the tables of several bodies, years or documents, divided into what each of them submitted.

Most files hold one submission, and a sheet that names another body or year there is a mistake to be told, not another
submission. A file is divided only where the same table stands in it more than once under different headings:

    财政局 收入决算表, 支出决算表 | 教育局 收入决算表, 支出决算表     ->  two submissions
    2024年收入预算表 | 2023年支出预算表                            ->  one, with a finding about the year
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from etl.recognise.bodies import Bodies, bodies_of
from etl.recognise.identify import Declared
from etl.recognise.texts import labelled, own_texts, years_in
from etl.spec.model import Spec
from etl.table import Match


@dataclass(frozen=True, slots=True)
class Share:
    """The tables of one submission within a file."""

    matches: tuple[Match, ...]
    named_by: Mapping[str, str] = field(default_factory=dict)
    """Names of sheets that say whose they are, by sheet; empty where the file is not divided."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands above one table; empty where nothing does."""

    department: str
    year: int
    document: str
    by_sheet: bool = False
    """True where the name of the sheet says whose it is."""

    @property
    def key(self) -> tuple[str, int, str]:
        return self.department, self.year, self.document


def divide(matches: Sequence[Match], declared: Declared | None, spec: Spec) -> list[Share]:
    """The tables of a file, share by share, in the order in which each share begins."""
    bodies = bodies_of(spec)
    said = _without_declared([_own(match, bodies, spec) for match in matches], declared)
    if not _is_several(matches, said):
        return [Share(tuple(matches))]
    shares: dict[tuple[str, int, str], list[int]] = {}
    for place, one in enumerate(_carried_on(said)):
        shares.setdefault(one.key, []).append(place)
    return [
        Share(
            tuple(matches[place] for place in places),
            {matches[place].sheet.name: matches[place].sheet.name for place in places if said[place].by_sheet},
        )
        for places in shares.values()
    ]


def _own(match: Match, bodies: Bodies, spec: Spec) -> _Said:
    texts = own_texts(match)
    years = [year for text in texts for year in years_in(text)[:1]]
    year = years[0] if years else 0
    names = [found for name, _ in labelled(texts, spec) if (found := bodies.named(name, year))]
    names += [found for text in texts if (found := bodies.contained(text.text, year))]
    if names:
        return _Said(names[0].code, year, match.document)
    sheet = bodies.contained(match.sheet.name, year)
    return _Said(sheet.code if sheet else "", year, match.document, by_sheet=sheet is not None)


def _without_declared(said: Sequence[_Said], declared: Declared | None) -> list[_Said]:
    """What a person has declared is not asked again."""
    if declared is None:
        return list(said)
    return [
        replace(
            one,
            department="" if declared.department_code else one.department,
            year=0 if declared.fiscal_year else one.year,
            document="" if declared.document else one.document,
        )
        for one in said
    ]


def _is_several(matches: Sequence[Match], said: Sequence[_Said]) -> bool:
    """Whether one table stands under two headings that differ in something both of them state."""
    seen: dict[tuple[str, str], list[_Said]] = {}
    for match, one in zip(matches, said, strict=True):
        others = seen.setdefault((match.table_id, match.form), [])
        if any(_differ(one, other) for other in others):
            return True
        others.append(one)
    return _whole_documents(matches, said)


def _differ(one: _Said, other: _Said) -> bool:
    return any(mine and theirs and mine != theirs for mine, theirs in zip(one.key, other.key, strict=True))


def _whole_documents(matches: Sequence[Match], said: Sequence[_Said]) -> bool:
    """Budget and final account in one file have forms of their own: several tables of each say that both are meant."""
    counts: dict[str, set[str]] = {}
    for match, one in zip(matches, said, strict=True):
        if one.document:
            counts.setdefault(one.document, set()).add(match.table_id)
    tables = [table for each in counts.values() for table in each]
    return len(counts) > 1 and len(set(tables)) < len(tables) and min(map(len, counts.values())) > 1


def _carried_on(said: Sequence[_Said]) -> list[_Said]:
    """Headings that leave something out mean what the one before them said; the first ones, what the next says."""
    full: list[_Said] = []
    last = _Said(
        next((one.department for one in said if one.department), ""),
        next((one.year for one in said if one.year), 0),
        next((one.document for one in said if one.document), ""),
    )
    for one in said:
        last = _Said(one.department or last.department, one.year or last.year, one.document or last.document)
        full.append(last)
    return full
