"""回执: what came in, what it was taken for, what was checked and what could not be. In: a Letter. Out: a Paper.

Counts and names only: nothing of what stands in a cell is repeated, so that nothing personal can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from etl.publish.letters import Letter
from etl.publish.papers.paper import Heading, Paper, Paragraph
from etl.spec.bilingual import Bilingual
from etl.spec.model import Spec
from etl.table import Submission
from etl.wording import OUTCOMES, fill, name_status

Field = tuple[str, str]
"""A label and what stands after it."""


def make_receipt(letter: Letter, spec: Spec, day: date) -> Paper:
    """The receipt of one submission, Chinese with the English beside it."""
    says, one = spec.letters.receipt, letter.submission
    blocks: list[Heading | Paragraph] = [Paragraph(f"{label}：{text}", "flush") for label, text in _came(letter, spec)]
    for head, fields in (
        ("recognised", _recognised(letter, spec)),
        ("found", [("", _filled(says["counts"], _counts(one)))]),
        ("checked", [("", text) for text in _checked(letter, spec)]),
        ("next", [("", text) for text in _next(letter, spec)]),
    ):
        blocks.append(Heading(_both(says[head])))
        blocks += [Paragraph(f"{label}：{text}" if label else text, "flush") for label, text in fields]
    blocks += [
        Paragraph("", "flush"),
        Paragraph(_both(says["no_personal"]), "flush"),
        Paragraph(f"{_both(says['day'])}：{day.isoformat()}", "flush"),
    ]
    return Paper(_both(says["title"]), tuple(blocks), day)


def _came(letter: Letter, spec: Spec) -> Iterator[Field]:
    says, one = spec.letters.receipt, letter.submission
    yield _both(says["file"]), one.receipt.file
    for other in letter.duplicates:
        yield _both(says["also"]), other
    yield _both(says["submission_id"]), one.submission_id
    yield _both(says["sha256"]), one.receipt.sha256
    yield _both(says["received_on"]), one.receipt.received_on
    yield _both(says["size"]), _filled(says["bytes"], {"count": f"{one.receipt.bytes:,}"})
    yield _both(says["verdict"]), _both(name_status(one.shown_status, spec))


def _recognised(letter: Letter, spec: Spec) -> Iterator[Field]:
    says, who = spec.letters.receipt, letter.submission.identity
    unknown = _both(says["unknown"])
    if letter.parts:
        for title, status in letter.parts:
            yield _both(says["parts"]), f"{title}（{name_status(status, spec).zh}）"
    else:
        yield _both(says["department"]), " ".join(filter(None, (who.department_name, who.department_code))) or unknown
        yield _both(says["fiscal_year"]), str(who.fiscal_year or "") or unknown
        document = spec.documents.get(who.document)
        yield _both(says["document"]), _both(document) if document else unknown
    names = dict.fromkeys(_table(table_id, spec) for table_id in _tables(letter.submission))
    yield _both(says["tables"]), "、".join(names) or _both(says["none"])


def _tables(one: Submission) -> Iterator[str]:
    return (sheet.table_id for sheet in one.sheets if sheet.table_id)


def _table(table_id: str, spec: Spec) -> str:
    return spec.tables[table_id].name.zh if table_id in spec.tables else table_id


def _counts(one: Submission) -> dict[str, str]:
    return {f"{severity}s": str(one.count(severity)) for severity in ("error", "warning", "note")}


def _checked(letter: Letter, spec: Spec) -> Iterator[str]:
    """Rules by what became of them; of those that could not run, why."""
    says = spec.letters.receipt
    if not letter.rules:
        yield _both(says["no_rules"])
    kinds = Counter(line.outcome.kind for line in letter.rules)
    for kind in OUTCOMES:
        if kinds[kind]:
            yield _filled(says[kind.replace("-", "_")], {"count": str(kinds[kind])})
    reasons = Counter(line.reason for line in letter.rules if line.outcome.kind == "could-not-run" and line.reason.zh)
    for reason, count in _ordered(reasons):
        told = Bilingual(
            fill(says["because"].zh, {"count": str(count), "reason": reason.zh}),
            fill(says["because"].en, {"count": str(count), "reason": reason.en}),
        )
        yield _both(told)


def _next(letter: Letter, spec: Spec) -> Iterator[str]:
    """What to do; of what was withdrawn who decided so, of what is not in use what stands in its place."""
    says = spec.letters.receipt
    for remark in letter.withdrawals:
        yield _both(remark.message)
    yield _both(says[f"next_{letter.state}"])
    for one in letter.standing:
        yield _filled(says["stands"], {"day": one.receipt.received_on, "file": one.receipt.file})


def _ordered(reasons: Counter[Bilingual]) -> Sequence[tuple[Bilingual, int]]:
    return sorted(reasons.items(), key=lambda item: (-item[1], item[0].zh))


def _filled(template: Bilingual, known: dict[str, str]) -> str:
    return _both(Bilingual(fill(template.zh, known), fill(template.en, known)))


def _both(text: Bilingual) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"
