"""Everything that is declared, read once: `schemas/` and what `datasets/` declares -> Spec, or all their mistakes."""

from __future__ import annotations

from datetime import date

from etl.layout import Layout
from etl.spec import calendar, codes, county, duties, examples, fees, privacy, register, tables, words
from etl.spec.files import Reader
from etl.spec.mistakes import SpecError
from etl.spec.model import Spec
from etl.spec.told import Known, told
from etl.spec.withdrawn import withdrawals


def load(layout: Layout) -> Spec:
    """Read every declaration file; raise SpecError with every mistake in every one of them."""
    reader, schemas = Reader(layout.root), layout.schemas
    measures = reader.declaration(schemas / "measures.yml", "measures")
    findings = reader.declaration(schemas / "findings.yml", "findings")
    shown = reader.declaration(schemas / "examples.yml", "examples")
    lines = reader.declaration(schemas / "lines.yml", "lines")
    recognition = reader.declaration(schemas / "recognition.yml", "recognition")
    secret = reader.declaration(schemas / "privacy.yml", "privacy")
    index = reader.declaration(schemas / "codes" / "index.yml", "codes-index")
    obligations = reader.declaration(schemas / "obligations.yml", "obligations")
    holidays = reader.declaration(schemas / "calendar.yml", "calendar")
    jurisdiction = reader.declaration(layout.jurisdiction, "jurisdiction")
    corrections = reader.declaration(layout.corrections, "corrections", required=False, texts=True)
    accepted = reader.declaration(layout.acceptances, "accepted", required=False, texts=True)
    withdrawn = reader.declaration(layout.withdrawals, "withdrawn", required=False, texts=True)
    for suite in sorted((schemas / "expectations").glob("*.json")):
        reader.declaration(suite, "expectations")

    finding_specs = words.findings(findings) if findings else None
    spoken = tables.Words(
        words.lines(lines) if lines else None,
        codes.code_lists(reader, schemas / "codes", index) if index else None,
        words.recognition(recognition) if recognition else None,
        finding_specs,
    )
    table_specs = tables.tables(reader, schemas / "tables", spoken)
    between_tables = tables.rules(reader, schemas / "rules.yml", "", finding_specs)
    between_documents = tables.rules(reader, schemas / "rules-documents.yml", "", finding_specs)
    owed = duties.duties(obligations, table_specs) if obligations else None
    charged = fees.fee_items(reader.csv(schemas / "codes" / "fee-items.csv", fees.COLUMNS))
    bodies = register.departments(reader.csv(layout.departments, register.DEPARTMENTS))
    approvals = register.approvals(
        reader.csv(layout.approvals, (*register.APPROVALS, *register.FURTHER_DATES)),
        {body.code for body in bodies},
        owed.documents if owed else None,
    )
    whose = county.jurisdiction(jurisdiction) if jurisdiction else None
    days = calendar.calendar(holidays) if holidays else None
    known_lines = {line.code for names in spoken.lines.sets.values() for line in names} if spoken.lines else None
    known = Known(owed.documents if owed else None, table_specs, measures.data if measures else None, known_lines)
    words_for_people = told(reader, schemas, known)
    corrected, lived_with = county.corrections(corrections), county.acceptances(accepted)
    taken_back = withdrawals(withdrawn, table_specs)

    if reader.mistakes:
        raise SpecError(reader.mistakes)
    # Nothing is wrong, so nothing is absent: what could not be read would be among the mistakes.
    assert measures and findings and finding_specs is not None and shown and owed and whose  # noqa: PT018
    assert secret and days and words_for_people  # noqa: PT018
    assert spoken.lines and spoken.codes is not None and spoken.recognition  # noqa: PT018
    return Spec(
        tables=table_specs,
        lines=spoken.lines,
        measures=words.names(measures.data),
        codes=spoken.codes,
        findings=finding_specs,
        outcome_reasons=words.names(findings.data["outcome_reasons"]),
        between_tables=between_tables,
        recognition=spoken.recognition,
        obligations=owed.obligations,
        clocks=owed.clocks,
        rates=owed.rates,
        documents=owed.documents,
        statuses=words.names(findings.data["statuses"]),
        coverage_statuses=words.names(findings.data["coverage_statuses"]),
        jurisdiction=whose,
        departments=bodies,
        approvals=approvals,
        corrections=corrected,
        acceptances=lived_with,
        withdrawals=taken_back,
        between_documents=between_documents,
        fee_items=charged,
        causes=words.names(findings.data["causes"]),
        privacy=privacy.privacy(secret),
        abouts=words.names(findings.data["abouts"]),
        examples=examples.examples(shown),
        letters=words_for_people.letters,
        annual=words_for_people.annual,
        further_duties=owed.further,
        township_kinds=owed.township_kinds,
        working_days=days.working | {date.fromisoformat(day): on for day, on in whose.working_days.items()},
        calendar_years=days.years,
        latest=owed.latest,
        international=owed.international,
        international_source=owed.international_source,
        numbers=words_for_people.numbers,
        situations=words_for_people.situations,
        fee_words=words_for_people.fee_words,
        headings=words_for_people.headings,
        glossary=words_for_people.glossary,
        search=words_for_people.search,
    )
