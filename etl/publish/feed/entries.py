"""What a feed holds, whatever its form. In: Public, whose feed, where it lies. Out: a Feed, latest first."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from etl.history import ADDED, ARRIVED, REPLACED, DocumentChange, FigureChange, Whose
from etl.publish.places import climb, department_page
from etl.publish.public import Public
from etl.publish.words import Words, clean
from etl.spec.bilingual import Bilingual
from etl.table import Submission

LATEST = 100
"""Entries a feed holds; older ones are on the pages."""
FIGURES = 20
"""Figures that an entry tells; all of them are in `releases.csv`."""
_NAMESPACE = uuid.UUID("5e0b9d3c-4f0a-5c57-9a3e-8a6f8d1c2b7e")
"""Of the identifiers this program makes; never to be changed."""

_KINDS = {
    "replaced": Bilingual("已替换", "replaced"),
    "changed": Bilingual("已更正", "changed"),
    "withdrawn": Bilingual("已撤回", "withdrawn"),
    "gone": Bilingual("原件缺失", "file gone"),
    "retracted": Bilingual("不再采用", "no longer accepted"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that came or changed."""

    id: str
    title: str
    day: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Everything that a feed says, in one language."""

    id: str
    title: str
    lang: str
    updated: str
    author: str
    rights: str
    home: str
    """Where its pages are; relative where the county gave no address."""
    own: str
    """Where the feed itself is, without its ending; empty where the county gave no address."""
    entries: tuple[Entry, ...]


def feed_of(public: Public, folder: str = "", lang: str = "zh", code: str = "") -> Feed:
    """The feed of the county, or of one body, that is to lie in a folder of the site."""
    county, words = public.jurisdiction, Words(public.spec, lang)
    address = county.site_url.rstrip("/")
    top = f"{address}/" if address else climb(folder).removeprefix("./")
    root = top if lang == "zh" else f"{top}{lang}/"
    department = public.department(code) if code else None
    name = words.name(department.name) if department else words.name(county.names)
    title = f"{name}财政公开数据：最近更新" if lang == "zh" else f"{name}: what is new in its open accounts"
    made = [*_arrivals(public, words, root, code), *_changes(public, words, root, code)]
    latest = sorted(sorted(made, key=lambda one: one.id), key=lambda one: one.day, reverse=True)[:LATEST]
    return Feed(
        identifier(county.code, *([code] if code else []), *([lang] if lang != "zh" else [])),
        str(clean(title)),
        lang,
        max((one.day for one in latest), default=public.built_on.isoformat()),
        county.publisher,
        county.licence_name,
        f"{root}{department_page(code) if code else ''}",
        f"{address}/{folder}feed" if address else "",
        tuple(latest),
    )


def identifier(*parts: str) -> str:
    """An identifier that follows from what it identifies."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, '/'.join(parts))}"


def _arrivals(public: Public, words: Words, root: str, code: str) -> Iterator[Entry]:
    """Every submission of which something stands, with the page of the document."""
    standing = {one.submission.key: one for one in (public.of(code) if code else public.standing)}
    for key, one in standing.items():
        who = one.submission.identity
        whose = Whose(who.department_code, who.fiscal_year, who.document, who.scope)
        yield Entry(
            identifier(public.jurisdiction.code, *key),
            _title(public, words, whose),
            one.submission.receipt.received_on,
            f"{root}{one.place.page}",
            ("、" if words.lang == "zh" else ", ").join(_tables(one.submission, public, words)),
        )


def _changes(public: Public, words: Words, root: str, code: str) -> Iterator[Entry]:
    """What became of documents that had stood before."""
    for release in public.releases.releases:
        for change in release.documents:
            is_told = change.kind not in (ARRIVED, ADDED) and (change.kind != REPLACED or change.figures)
            if is_told and code in ("", change.whose.department_code):
                kind = _KINDS[change.kind]
                yield Entry(
                    identifier(public.jurisdiction.code, "release", str(release.number), change.whose.key),
                    f"{_title(public, words, change.whose)}{_colon(words)}{words.name(kind)}",
                    release.day,
                    f"{root}{department_page(change.whose.department_code)}",
                    "\n".join(_told(change, words)),
                )


def _title(public: Public, words: Words, whose: Whose) -> str:
    department = public.department(whose.department_code)
    name = words.name(department.name) if department else whose.department_code
    return str(clean(f"{name}{_colon(words)}{words.document_of(whose.fiscal_year, whose.document)}"))


def _colon(words: Words) -> str:
    return "：" if words.lang == "zh" else ": "


def _tables(submission: Submission, public: Public, words: Words) -> list[str]:
    """Names of the tables of a submission that stand, in the order of the declarations."""
    return [words.name(table.name) for table in public.spec.tables.values() if table.table_id in submission.standing]


def _told(change: DocumentChange, words: Words) -> Iterator[str]:
    if change.text:
        yield str(clean(change.text))
    for figure in change.figures[:FIGURES]:
        yield str(clean(_figure(figure, words)))
    if len(change.figures) > FIGURES:
        yield str(len(change.figures)) + (
            "个数有改动，全部见 releases.csv" if words.lang == "zh" else " figures changed, all of them in releases.csv"
        )


def _figure(one: FigureChange, words: Words) -> str:
    line = words.line(one.table_id, one.line_code, one.line_name, one.whose.fiscal_year)
    where = f"{words.table(one.table_id)} {line} {words.measure(one.measure)} {one.cell}"
    said = f"{where}: {_yuan(one.old)} → {_yuan(one.new)}"
    return f"{said} ({one.text})" if one.text else said


def _yuan(amount: Decimal | None) -> str:
    return "–" if amount is None else f"{amount:f}"
