"""Deadlines as calendars that phones and Outlook can subscribe to. The one door to icalendar.

In: a Publication. Out: by body, and for all, the bytes of an .ics. Only due dates that are known are in it, and none
of a body that the law exempts; the yearly report of each body comes with them. Whole days, with an alarm a week before.
The UID of an event is made of what it is about and stays the same from run to run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from etl.calendar import report_due_on
from etl.publish.owed import documents, law_of, laws_of
from etl.publish.publication import Publication
from etl.spec.declarations import Clock, Department
from etl.spec.model import Spec
from etl.wording import fill

ALARM = timedelta(days=-7)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day by which something is due."""

    department: Department
    fiscal_year: int
    document: str
    """The document, or the key of the further duty."""
    due_on: date
    summary: str
    description: str


def deadlines(publication: Publication) -> tuple[Deadline, ...]:
    """Every known due date, by body and day."""
    found = (*_documents(publication), *_reports(publication))
    return tuple(sorted(found, key=lambda one: (one.department.code, one.due_on, one.document, one.fiscal_year)))


def make_calendar(found: Sequence[Deadline], name: str, publication: Publication) -> bytes:
    """One .ics with the deadlines given."""
    calendar = Calendar()
    calendar.add("prodid", "-//mingzhang//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in found:
        calendar.add_component(_event(one, publication))
    return bytes(calendar.to_ical())


def calendar_name(publication: Publication, department: Department | None = None) -> str:
    """How a program shows the calendar of a body, or that of all."""
    spec = publication.spec
    says = spec.letters.calendar["name_of" if department else "name"]
    known = {"county": spec.jurisdiction.names.zh, "department": department.name.zh if department else ""}
    return fill(says.zh, known)


def uid(one: Deadline, spec: Spec) -> str:
    """The same for the same deadline in every run, whatever day it falls on."""
    about = "|".join((spec.jurisdiction.code, one.department.code, str(one.fiscal_year), one.document))
    return f"{hashlib.sha256(about.encode()).hexdigest()[:32]}@mingzhang"


def _documents(publication: Publication) -> Iterator[Deadline]:
    spec = publication.spec
    laws = laws_of(spec)
    for department, rows in documents(publication):
        days = sorted({row.due_on for row in rows if row.due_on})
        if days:
            row = rows[0]
            duty = law_of(row, department, spec, laws)
            clock = spec.clocks.get(duty.clock if duty else "budget-law")
            document = spec.documents[row.document].zh if row.document in spec.documents else row.document
            known = {"department": department.name.zh, "year": str(row.fiscal_year), "document": document}
            yield Deadline(
                department,
                row.fiscal_year,
                row.document,
                date.fromisoformat(days[0]),
                fill(spec.letters.calendar["due"].zh, known),
                _about(clock, duty.authority if duty else "", spec),
            )


def _reports(publication: Publication) -> Iterator[Deadline]:
    """The yearly reports of the years that are measured and of the running one."""
    spec = publication.spec
    years = sorted({row.fiscal_year for row in publication.coverage} & set(range(publication.built_on.year + 1)))
    for duty in spec.further_duties:
        clock = spec.clocks.get(duty.clock)
        if clock is None or clock.kind != "yearly":
            continue
        for department in spec.departments:
            if department.exempt == "yes" or spec.who(department) not in duty.who:
                continue
            for year in years:
                if department.existed(year) and duty.since <= year <= duty.until:
                    known = {"department": department.name.zh, "year": str(year), "duty": duty.name.zh}
                    summary = fill(spec.letters.calendar["report"].zh, known)
                    about = _about(clock, duty.authority, spec)
                    yield Deadline(department, year, duty.key, report_due_on(year, clock), summary, about)


def _about(clock: Clock | None, authority: str, spec: Spec) -> str:
    if clock is None:
        return ""
    known = {"clock": clock.name.zh, "clock_en": clock.name.en, "authority": authority or clock.authority}
    says = spec.letters.calendar["about"]
    return f"{fill(says.zh, known)}\n{fill(says.en, known)}"


def _event(one: Deadline, publication: Publication) -> Event:
    event, alarm = Event(), Alarm()
    event.add("uid", uid(one, publication.spec))
    event.add("dtstamp", datetime.combine(publication.built_on, time.min, UTC))
    event.add("dtstart", one.due_on)
    event.add("dtend", one.due_on + timedelta(days=1))
    event.add("summary", one.summary)
    event.add("description", one.description)
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("description", fill(publication.spec.letters.calendar["alarm"].zh, {"summary": one.summary}))
    alarm.add("trigger", ALARM)
    event.add_component(alarm)
    return event


def by_department(found: Iterable[Deadline]) -> dict[str, list[Deadline]]:
    """Deadlines by the code of their body."""
    held: dict[str, list[Deadline]] = {}
    for one in found:
        held.setdefault(one.department.code, []).append(one)
    return held
