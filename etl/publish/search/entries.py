"""What can be found, and under which words. In: Public, the fees and the pages there are. Out: Entries by kind.

Only what the pages show is here: bodies, fees and titles come from `Public` or from a page made of it. A body that may
not be named has no page and so no entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from etl.publish.places import dataset_page, department_page, fee_page, function_page, glossary_anchor
from etl.publish.public import Public
from etl.publish.views.fees import FeesView
from etl.publish.words import Words
from etl.spec.bilingual import Bilingual
from etl.spec.model import COUNTY

_DEEPEST = 2
"""Pages further down are a step from one that is found: all departments of a year, a class of spending in one year."""
_TABLE_OF: Mapping[str, str] = MappingProxyType(
    {
        "functional": "general-budget-expenditure",
        "economic": "basic-expenditure",
        "government-economic": "gov-general-basic-own-level",
        "revenue": "gov-general-revenue",
    }
)
"""By classification: the dataset in which its codes are met."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    path: str
    title: str
    also: tuple[str, ...] = ()
    """Everything else it is called; the code first where it has one."""
    note: str = ""
    """A few words beneath the title; searched last."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Things of one kind."""

    key: str
    name: str
    entries: tuple[Entry, ...]
    coded: bool = False
    """True where the first further name is a code that belongs in front of the title."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the site, as far as it can be found."""

    path: str
    title: str
    about: str


def kinds(public: Public, fees: FeesView, listed: Iterable[Listed], words: Words) -> tuple[Kind, ...]:
    """Everything, a kind after the other; of two that would lead to one page, the page itself gives way."""
    pages = {page.path: page for page in listed}
    made = [
        Kind("department", words.say("部门和单位", "Bodies"), tuple(_departments(public, words))),
        Kind("dataset", words.say("数据", "Datasets"), tuple(_datasets(public, words))),
        Kind("fee", words.say("收费和基金", "Fees and funds"), tuple(_fees(fees, words))),
        Kind("term", words.say("名词", "Terms"), tuple(_terms(public, words))),
        *_codes(public, pages, words),
    ]
    taken = {entry.path for kind in made for entry in kind.entries}
    kept = tuple(_pages([page for page in pages.values() if page.path not in taken], public, words))
    made.insert(4, Kind("page", words.say("页面", "Pages"), kept))
    return tuple(kind for kind in made if kind.entries)


def _departments(public: Public, words: Words) -> Iterator[Entry]:
    for body in public.departments:
        until = words.say("至 {y} 年", "to {y}", y=body.valid_to) if not body.existed(public.built_on.year) else ""
        kind = "" if body.code == COUNTY else words.kind(body.kind)
        note = words.say("、", ", ").join(filter(None, (kind, until)))
        yield Entry(
            department_page(body.code),
            words.name(body.name),
            _further(body.name, words, body.code, *body.aliases),
            note,
        )


def _datasets(public: Public, words: Words) -> Iterator[Entry]:
    for key, table in public.spec.tables.items():
        printed = dict.fromkeys(title for form in table.forms for titles in form.titles.values() for title in titles)
        further = _further(table.name, words, key, *sorted(printed))
        yield Entry(dataset_page(key), words.name(table.name), further, words.name(table.description))


def _fees(fees: FeesView, words: Words) -> Iterator[Entry]:
    for fee in fees.every:
        title = f"{fee.item}{words.say('：', ': ')}{fee.sub_item}" if fee.sub_item else fee.item
        names = filter(None, (fee.sub_item and fee.item, fee.sub_item, *fee.also, *fee.bases))
        note = words.say("、", ", ").join(filter(None, (words.name(fee.situation.name), fee.collector)))
        yield Entry(f"{fee_page(fee.situation.key)}#{fee.key}", title, tuple(dict.fromkeys(names)), note)


def _terms(public: Public, words: Words) -> Iterator[Entry]:
    for term in public.spec.glossary.terms.values():
        further = _further(term.name, words, *term.aliases)
        yield Entry(glossary_anchor(term.key), words.name(term.name), further, words.name(term.says))


def _codes(public: Public, pages: Mapping[str, Listed], words: Words) -> Iterator[Kind]:
    for key, table_id in _TABLE_OF.items():
        codes = public.spec.codes.get(key)
        if codes is None or table_id not in public.spec.tables:
            continue
        entries = []
        for code, names in codes.entries.items():
            page = function_page(code[: codes.lengths[0]])
            path = page if key == "functional" and page in pages else dataset_page(table_id)
            latest = names[-1].name
            earlier = (each.name.zh for each in names[:-1] if each.name.zh != latest.zh)
            entries.append(Entry(path, words.name(latest), _further(latest, words, code, *earlier)))
        yield Kind(key, words.name(codes.name), tuple(entries), coded=True)


def _pages(pages: Iterable[Listed], public: Public, words: Words) -> Iterator[Entry]:
    for page in pages:
        if page.path.count("/") <= _DEEPEST:
            yield Entry(page.path, page.title, public.spec.search.pages.get(page.path, ()), page.about)


def _further(name: Bilingual, words: Words, *others: str) -> tuple[str, ...]:
    """Other names, each once: what stands first stays first, the name in the other language comes last."""
    every = dict.fromkeys(filter(None, (*others, name[words.other])))
    return tuple(text for text in every if text != words.name(name))
