"""Numbers of official documents that cannot be read, or are not written as they should be (F-01)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from etl.checks.evidence import names
from etl.checks.listing import column_of, in_column, of_kinds, place, quoted, told
from etl.checks.result import Result, settle
from etl.finding import Finding, Location
from etl.labels import strip_ordinal
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table

_NUMBER = re.compile(r"(?P<issuer>[^〔〕]+)〔(?P<year>\d{4})〕(?P<number>\d+)号")
_SHORT = re.compile(r"第?\d{1,4}号")
_SIGN = str.maketrans({"號": "号"})


def document_numbers(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Read every document that a row rests on.

    Parameters:
        field, normal: the fields of the text as printed and of its normal form, `;` between documents.
        enough: patterns of which a text needs one to name any document at all.
        readings: pairs of a pattern and what it should read; where just one reading is left it is put forward.
        repeats: words that stand for the documents of the row above.
        except_types: kinds of charges that are not asked.

    A number that was read although 号 is missing is a finding of the rule's severity. Brackets of another kind, or the
    year in front, are how the numbers were once written: one note for the whole list.
    """
    parameters = rule.parameters
    field, normal = str(parameters["field"]), str(parameters["normal"])
    column = column_of(table, field)
    asked = [entry for entry in of_kinds(table, parameters) if entry.said(field) and entry.is_news(field)]
    asked = [entry for entry in asked if entry.line.attributes.get(field, "").strip() not in parameters["repeats"]]
    findings: list[Finding] = []
    unusual: list[tuple[Location, str]] = []
    for entry in asked:
        printed = entry.line.attributes.get(field, "")
        pieces = entry.line.attributes.get(normal, printed).split(";")
        location = place(table, entry.line, column)
        for piece, situation, right in _wrong(printed, pieces, rule, spec):
            more = {"situation": situation, "name": entry.title, "text": quoted(piece), "right_name": right}
            findings.append(told(rule, table, location, field, more, expected=right, actual=piece))
        old = next((piece for piece in pieces if _written_otherwise(printed, piece)), "")
        if old and not any(finding.location == location for finding in findings):
            unusual.append((location, old))
    findings += _style(rule, table, field, unusual)
    return settle(findings, len(asked), "column-absent" if column is None else "line-absent")


def _wrong(printed: str, pieces: Sequence[str], rule: Rule, spec: Spec) -> list[tuple[str, str, str]]:
    """What is wrong in one cell: the text, the situation, and what it should read where that is sure."""
    found = []
    plain = _plain(printed)
    if printed.strip() and not any(re.search(pattern, plain) for pattern in rule.parameters["enough"]):
        return [(printed, "words", "")]
    for index, piece in enumerate(pieces):
        if index and _SHORT.fullmatch(_plain(piece)):
            continue  # 2号、23号: the second number is of the document before
        if match := _NUMBER.fullmatch(piece):
            if not re.search(rf"(?<!\d)0*{match['number']}号", plain):
                found.append((piece.removesuffix("号"), "no-sign", piece))
        elif not _readable(_plain(piece), spec):
            found.append((piece, "default", _reading(_plain(piece), rule)))
    return found


def _readable(piece: str, spec: Spec) -> bool:
    """True for a law by name, for a text without figures, and for one in which a whole number stands."""
    outside = strip_ordinal(re.sub("《[^》]*》", "", piece))
    if not re.search(r"\d", outside) or re.fullmatch(r"[(（]?(19|20)\d{2}年?[^〔\d]*", outside):
        return True
    # What tolerates a lost 号 at the end of a text would tolerate anything in the middle of one.
    return any(re.search(pattern.removesuffix("?"), outside) for pattern, _ in spec.recognition.document_numbers)


def _reading(piece: str, rule: Rule) -> str:
    """The one way in which a text can be read; empty where there are several or none."""
    tried = ((re.fullmatch(pattern, piece), form) for pattern, form in rule.parameters["readings"])
    found = {match.expand(form) for match, form in tried if match}
    return next(iter(found)) if len(found) == 1 else ""


def _written_otherwise(printed: str, piece: str) -> bool:
    """True where a number stands there whole, and not in normal form."""
    match, plain = _NUMBER.fullmatch(piece), _squeezed(printed)
    if match is None or piece in plain:
        return False
    issuer, year, number = (re.escape(match[key]) for key in ("issuer", "year", "number"))
    after, before = rf"{issuer}\W{year}\W第?0*{number}号", rf"\W{year}\W{issuer}第?0*{number}号"
    return re.search(f"{after}|{before}", plain) is not None


def _style(rule: Rule, table: Table, field: str, unusual: Sequence[tuple[Location, str]]) -> list[Finding]:
    if not unusual:
        return []
    more = {"situation": "style", "parts": names([text for _, text in unusual]), "computed": str(len(unusual))}
    location = in_column([location for location, _ in unusual])
    return [told(rule, table, location, field, more, severity="note")]


def _squeezed(text: str) -> str:
    return "".join(text.split()).translate(_SIGN)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _squeezed(text))
