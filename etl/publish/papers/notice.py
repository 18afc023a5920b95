"""催办通知: what one body owes, as a Paper. In: its owed documents and the declarations. Out: a Paper.

Late is said only of what has a registered day of approval; where there is none, the letter asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from etl.publish.owed import Owed, OwedTable, State
from etl.publish.papers.paper import Block, Grid, Heading, Paper, Paragraph, day_in_words, numeral
from etl.spec.declarations import Department
from etl.spec.model import COUNTY, Spec
from etl.spec.years import OPEN_YEAR
from etl.wording import fill

ASKED: tuple[State, ...] = ("late", "soon", "undated")
"""What a notice speaks of. What is due later than in thirty days stands in the calendar."""
_TABLE_OF = {"rejected": "state_rejected", "nil-undeclared": "state_nil"}
_MEND_OF = {"missing": "mend_missing", "not-due": "mend_missing", "rejected": "mend_rejected"}


def make_notice(found: Sequence[Owed], spec: Spec, day: date) -> Paper | None:
    """The notice to the body that all of `found` is of; None where it owes nothing by now."""
    # The worst first; of what nobody can judge nothing is worse than another, so that goes by year.
    undated = sorted((one for one in found if one.state == "undated"), key=lambda one: (one.fiscal_year, one.document))
    asked = [*(one for one in found if one.state in ASKED and one.state != "undated"), *undated]
    if not asked:
        return None
    says = spec.letters.notice
    body = asked[0].department
    known = {
        "department": body.name.zh,
        "publisher": spec.jurisdiction.publisher,
        "contact": spec.jurisdiction.contact,
        "day": day_in_words(day),
        "count": str(len(asked)),
        "clock": "或".join(dict.fromkeys(_clock(one, spec) for one in asked)),
    }
    blocks = [
        *_opening(body, says, known, spec),
        *_numbered(_sections(asked, says, known, spec)),
        Paragraph(fill(says["closing"], known)),
        *_signature(body, says, known, spec),
    ]
    return Paper(says["title"], tuple(blocks), day)


def _clock(one: Owed, spec: Spec) -> str:
    return spec.clocks[one.clock or "budget-law"].name.zh


def _opening(body: Department, says: Mapping[str, str], known: Mapping[str, str], spec: Spec) -> Iterator[Block]:
    suffix = "_county" if body.code == COUNTY else ""
    yield Paragraph(fill(says[f"addressee{suffix}"], known), "flush")
    yield Paragraph(fill(says[f"opening{suffix}"], known))
    if body.valid_to < OPEN_YEAR:
        heirs = "、".join(
            one.name.zh for one in spec.departments if body.code in one.successor_of and one.exempt != "yes"
        )
        yield Paragraph(fill(says["ended"], {**known, "last_year": str(body.valid_to), "successors": heirs}))
    if body.exempt == "partly":
        yield Paragraph(says["partly"])


Section = tuple[str, tuple[Block, ...]]
"""The head of a section, and what stands under it."""


def _sections(
    asked: Sequence[Owed], says: Mapping[str, str], known: Mapping[str, str], spec: Spec
) -> Iterator[Section]:
    for state in ASKED:
        there = [one for one in asked if one.state == state]
        if there:
            yield says[state], tuple(_listed(state, there, says, known, spec))
    whole = _whole(asked, spec)
    if whole:
        grid = Grid((says["head_list"], says["head_of"]), tuple(whole.items()), (60, 40))
        yield says["tables"], (Paragraph(says["tables_text"]), grid)
    yield says["authority"], tuple(_authorities(asked, says, spec))
    yield says["mend"], tuple(_mend(asked, says))


def _listed(
    state: State, there: Sequence[Owed], says: Mapping[str, str], known: Mapping[str, str], spec: Spec
) -> Iterator[Block]:
    heads = [says["head_document"], says["head_tables"]]
    rows = [[document_of(one, spec), _tables(one, spec)] for one in there]
    widths, figures = [24, 76], frozenset[int]()
    if state == "undated":
        yield Paragraph(says["undated_text"])
    else:
        heads += [says["head_due"], says["head_days" if state == "late" else "head_left"]]
        rows = [
            [*row, one.due_on.isoformat() if one.due_on else "", str(abs(one.days))]
            for row, one in zip(rows, there, strict=True)
        ]
        widths, figures = [22, 46, 18, 14], frozenset({3})
    yield Grid(tuple(heads), tuple(map(tuple, rows)), tuple(widths), figures)
    if state == "late":
        yield Paragraph(fill(says["late_note"], known), "note")


def document_of(one: Owed, spec: Spec) -> str:
    """2024年预算."""
    document = spec.documents[one.document].zh if one.document in spec.documents else one.document
    return fill(spec.letters.notice["document"], {"year": str(one.fiscal_year), "document": document})


def _tables(one: Owed, spec: Spec) -> str:
    says = spec.letters.notice
    if one.is_whole:
        whole = fill(says["whole"], {"count": str(len(one.tables))})
        return fill(says[_TABLE_OF.get(one.tables[0].status, "state_missing")], {"table": whole})
    return "、".join(_table(table, spec) for table in one.tables)


def _table(table: OwedTable, spec: Spec) -> str:
    key = _TABLE_OF.get(table.status, "state_missing")
    return fill(spec.letters.notice[key], {"table": _name(table.table_id, spec)})


def _name(table_id: str, spec: Spec) -> str:
    return spec.tables[table_id].name.zh if table_id in spec.tables else table_id


def _whole(asked: Sequence[Owed], spec: Spec) -> dict[str, str]:
    """The tables of documents that are owed whole, said once for all documents that hold the same."""
    held: dict[tuple[str, ...], list[str]] = {}
    for one in asked:
        if one.is_whole:
            held.setdefault(tuple(table.table_id for table in one.tables), []).append(document_of(one, spec))
    return {
        "、".join(_name(table_id, spec) for table_id in tables): "、".join(documents)
        for tables, documents in held.items()
    }


def _authorities(asked: Sequence[Owed], says: Mapping[str, str], spec: Spec) -> Iterator[Block]:
    held: dict[str, list[str]] = {}
    for one in asked:
        for authority in one.authorities:
            held.setdefault(authority, []).append(document_of(one, spec))
    for authority, documents in held.items():
        yield Paragraph(fill(says["authority_line"], {"authority": authority, "documents": "、".join(documents)}))


def _mend(asked: Sequence[Owed], says: Mapping[str, str]) -> Iterator[Block]:
    keys = dict.fromkeys(_MEND_OF.get(table.status, "mend_nil") for one in asked for table in one.tables)
    for number, key in enumerate((*keys, "mend_elsewhere"), start=1):
        yield Paragraph(f"（{numeral(number)}）{says[key]}")


def _numbered(sections: Iterator[Section]) -> Iterator[Block]:
    for number, (head, blocks) in enumerate(sections, start=1):
        yield Heading(f"{numeral(number)}、{head}")
        yield from blocks


def _signature(body: Department, says: Mapping[str, str], known: Mapping[str, str], spec: Spec) -> Iterator[Block]:
    yield Paragraph("", "flush")
    yield Paragraph(known["publisher"], "signature")
    yield Paragraph(known["day"], "signature")
    parent = spec.department(body.parent_code) if body.parent_code else None
    if parent is not None and parent.exempt != "yes":
        yield Paragraph(fill(says["copy_to"], {"parent": parent.name.zh}), "note")
