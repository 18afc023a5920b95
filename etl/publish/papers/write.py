"""The papers laid into `review/`. In: a Publication and a folder. Out: files.

notices/<department_code>/notice.docx notice.txt     a body that owes something by now
notices/circular.docx circular.txt circular.md       the draft for the county
calendars/<department_code>.ics calendars/all.ics    deadlines that are known
owed.csv                                             everything owed, the worst first
approvals-to-enter.csv                               what the register lacks, as its rows
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from etl.publish.abreast import Files, Piece
from etl.publish.csv_files import write_csv
from etl.publish.owed import Owed, Undated, owed, undated
from etl.publish.papers.circular import make_circular
from etl.publish.papers.markdown_file import as_markdown
from etl.publish.papers.notice import make_notice
from etl.publish.papers.paper import Paper
from etl.publish.papers.text_file import as_text
from etl.publish.publication import Publication
from etl.spec.register import APPROVALS

NOTICES, CALENDARS = "notices", "calendars"
OWED_CSV, TO_ENTER = "owed.csv", "approvals-to-enter.csv"
_OWED = (
    "department_code",
    "department_name",
    "fiscal_year",
    "document",
    "state",
    "due_on",
    "days",
    "tables",
    "authority",
)


def paper_files(publication: Publication, folder: Path) -> Iterator[Piece]:
    """What writes every paper of one publication."""
    for code, paper in notices(publication).items():
        yield Files(_write_notice, folder / NOTICES, (code, paper))
    yield partial(_write_others, publication, folder)


def _write_notice(folder: Path, code: str, paper: Paper) -> None:
    from etl.publish.papers.docx_file import as_docx  # lxml and templates: not for who only wants a page

    _write(as_docx(paper), folder / code / "notice.docx")
    _write(as_text(paper), folder / code / "notice.txt")


def _write_others(publication: Publication, folder: Path) -> None:
    from etl.publish.papers.docx_file import as_docx

    circular = make_circular(publication)
    _write(as_docx(circular), folder / NOTICES / "circular.docx")
    _write(as_text(circular), folder / NOTICES / "circular.txt")
    _write(as_markdown(circular).encode(), folder / NOTICES / "circular.md")
    _write_calendars(publication, folder / CALENDARS)
    write_csv(folder / OWED_CSV, _OWED, map(_owed_row, owed(publication)))
    write_csv(folder / TO_ENTER, APPROVALS, _to_enter(publication))


def notices(publication: Publication) -> Mapping[str, Paper]:
    """By the code of the body, the notice to it, in the order of the register."""
    spec = publication.spec
    held: dict[str, list[Owed]] = {}
    for one in owed(publication):
        held.setdefault(one.department.code, []).append(one)
    papers = {code: make_notice(found, spec, publication.built_on) for code, found in sorted(held.items())}
    return {code: paper for code, paper in papers.items() if paper is not None}


def _write_calendars(publication: Publication, folder: Path) -> None:
    from etl.publish.papers.calendars import by_department, calendar_name, deadlines, make_calendar

    found = deadlines(publication)
    for code, own in by_department(found).items():
        _write(make_calendar(own, calendar_name(publication, own[0].department), publication), folder / f"{code}.ics")
    _write(make_calendar(found, calendar_name(publication), publication), folder / "all.ics")


def _owed_row(one: Owed) -> Sequence[object]:
    return (
        one.department.code,
        one.department.name.zh,
        one.fiscal_year,
        one.document,
        one.state,
        one.due_on.isoformat() if one.due_on else "",
        one.days if one.due_on else "",
        "|".join(table.table_id for table in one.tables),
        "|".join(one.authorities),
    )


def _to_enter(publication: Publication) -> Iterator[Sequence[object]]:
    """Rows of `approvals.csv` with the day of approval to be filled in; what the register has already is kept."""
    known = {(row.department_code, row.fiscal_year, row.document): row for row in publication.spec.approvals}
    for one in undated(publication):
        row = known.get(_key(one))
        kept = (row.published_on, row.published_url, row.note) if row else ("", "", "")
        yield (*_key(one), row.approved_on if row else "", *kept)


def _key(one: Undated) -> tuple[str, int, str]:
    return one.department.code, one.fiscal_year, one.document


def _write(content: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
