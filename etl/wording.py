"""Findings as people read them: in words, and in order.

Takes a Finding and the declarations; gives the sentence that says what is wrong and the one that says what to do, from
`schemas/findings.yml`. Decides nothing about the finding itself: severity, place and figures come with it.

A template may hold `{name}`, a value of the finding, and `[…]`, a stretch that is left out when one of the values in it
is not known:

    《{table}》[第{row}行]“{line}”为 {stated}[ {unit}]  ->  《支出决算表》第9行“205 教育支出”为 120.00 万元

A value is put in as it is and never read as a template again. One that is not known, outside of brackets, leaves `…`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from etl.amounts import format_amount
from etl.finding import Finding, OutcomeKind, Severity
from etl.spec.bilingual import Bilingual
from etl.spec.model import Spec, Wording
from etl.table import WITHDRAWN

SEVERITIES: Mapping[Severity, Bilingual] = MappingProxyType(
    {
        "error": Bilingual("错误（必须改）", "Error (must be mended)"),
        "warning": Bilingual("提醒（请核对）", "Warning (please check)"),
        "note": Bilingual("提示（不用改）", "Note (nothing to do)"),
    }
)

OUTCOMES: Mapping[OutcomeKind, Bilingual] = MappingProxyType(
    {
        "passed": Bilingual("相符", "Passed"),
        "failed": Bilingual("不符", "Failed"),
        "not-applicable": Bilingual("不适用", "Does not apply"),
        "could-not-run": Bilingual("无法判定", "Could not run"),
    }
)

VALUES = frozenset(
    {
        *("table", "other_table", "line", "other_line", "column", "label", "form", "parts"),
        *("stated", "computed", "diff", "unit", "code", "name", "right_name", "text", "year", "days"),
        *("due_on", "published_on", "by", "on"),
    }
)
"""What a finding may bring along for its sentence."""

DERIVED = frozenset(
    {"rule", "expected", "actual", "difference", "gap", "cell", "sheet", "row", "document", "department"}
)
"""What is known from the finding itself and the declarations."""

CAUSE_VALUES = frozenset({"table", "cell", "line", "other", "stated", "suggestion", "value", "heals", "cause"})
"""What the clause about a probable cause, and the sentence it stands in, may name."""

PLACEHOLDERS = VALUES | DERIVED
"""Every name that may stand in braces in `schemas/findings.yml`."""

STRUCTURE = frozenset({"file", "identity", "sheet", "privacy"})
"""Groups of codes that come before rows and sums: until they are settled, nothing below them means much."""

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"\{(\w+)\}")
_UNKNOWN = "…"
_GUESSES = ("", "_2", "_3")
_UNITS_EN = MappingProxyType(
    {"元": "yuan", "百元": "100 yuan", "千元": "1,000 yuan", "万元": "10,000 yuan", "亿元": "100 million yuan"}
)
_GAPS = MappingProxyType(
    {1: Bilingual("多", "too much"), -1: Bilingual("少", "too little"), 0: Bilingual("相差", "apart")}
)


def name_status(status: str, spec: Spec) -> Bilingual:
    """What becomes of a submission, in words: a status of the contract, or `withdrawn`."""
    if status == "withdrawn" and WITHDRAWN in spec.findings:
        return spec.findings[WITHDRAWN].title
    return spec.statuses.get(status, Bilingual(status, status))


def say(finding: Finding, spec: Spec, lang: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    wording, known = wording_of(finding, spec), values_of(finding, spec, lang)
    mend = (*causes(finding, spec, lang), *(() if "cascade" in finding.values else (fill(wording.mend[lang], known),)))
    return fill(wording.message[lang], known), (" " if lang == "en" else "").join(mend)


def causes(finding: Finding, spec: Spec, lang: str) -> tuple[str, ...]:
    """The one thing to mend and the probable causes, most likely first; of what only follows, just that."""
    values = finding.values
    if "cascade" in values:
        return (_told_of("mend", "cascade", finding, spec, lang),)
    said = [_told_of("mend", "mend", finding, spec, lang)] if "mend" in values else []
    for number, suffix in enumerate(_GUESSES):
        if kind := values.get(f"cause{suffix}", ""):
            way = values.get(f"cause_way{suffix}", "")
            clause = _told_of("cause", f"{kind}-{way}" if way else kind, finding, spec, lang, suffix)
            said.append(fill(spec.causes["other" if number else "first"][lang], {"cause": clause}))
    return tuple(said)


def _told_of(about: str, key: str, finding: Finding, spec: Spec, lang: str, suffix: str = "") -> str:
    """A template of `causes`, with what the finding says about a cause or about the mend."""
    values = finding.values
    names = CAUSE_VALUES - {"cause", "cell", "suggestion"}
    known = {name: values.get(f"{about}_{name}{suffix}", "") for name in names}
    known["cell"] = values.get("mend" if about == "mend" else f"cause_cell{suffix}", "")
    known["suggestion"] = values.get(f"suggestion{suffix}", "")
    if values.get(f"{about}_sheet{suffix}", "") == finding.location.sheet:
        known["table"] = ""
    if known["heals"] == "1":
        known["heals"] = ""
    return fill(spec.causes[key][lang], known)


def sentence(finding: Finding, spec: Spec, lang: str) -> str:
    """What is wrong and what to do, as one text."""
    return (" " if lang == "en" else "").join(say(finding, spec, lang))


def wording_of(finding: Finding, spec: Spec) -> Wording:
    """The wording for the situation in which the code was met; the default one where that has none of its own."""
    wordings = spec.findings[finding.code].wordings
    return wordings.get(finding.values.get("situation", "default"), wordings["default"])


def in_reading_order(findings: Iterable[Finding], sheets: Sequence[str], spec: Spec) -> tuple[Finding, ...]:
    """Findings as a person mends them: structure before rows, errors before warnings, cells before their sums.

    Then what has to be mended before what only follows from it, the larger amount before the smaller, and as the
    workbook runs. Notes come last, whatever they are about: they ask for nothing.
    """
    severities: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
    places = {sheet: place for place, sheet in enumerate(sheets)}

    def key(finding: Finding) -> tuple[bool, bool, int, bool, bool, Decimal, int, int, int, str]:
        location = finding.location
        return (
            finding.severity == "note",
            spec.findings[finding.code].about not in STRUCTURE,
            severities[finding.severity],
            finding.difference is not None,
            "cascade" in finding.values,
            -abs(finding.difference or Decimal(0)),
            places.get(location.sheet, len(places)),
            location.row,
            location.column,
            finding.code,
        )

    return tuple(sorted(findings, key=key))


def breadth(text: str) -> int:
    """Places a text takes on a line: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def placeholders(template: str) -> frozenset[str]:
    """The names that stand in braces in a template."""
    return frozenset(_NAME.findall(template))


def fill(template: str, known: Mapping[str, str]) -> str:
    """A template with its values put in."""
    pieces = _OPTIONAL.split(template)  # outside, inside, outside, …
    for place, piece in enumerate(pieces):
        is_optional = place % 2 == 1
        complete = all(known.get(name) for name in placeholders(piece))
        pieces[place] = "" if is_optional and not complete else _put(piece, known)
    return "".join(pieces)


def _put(piece: str, known: Mapping[str, str]) -> str:
    return _NAME.sub(lambda name: known.get(name[1]) or _UNKNOWN, piece)


def values_of(finding: Finding, spec: Spec, lang: str) -> dict[str, str]:
    """Everything a sentence about the finding may name."""
    known = _derived(finding, spec, lang) | {name: value for name, value in finding.values.items() if value}
    if lang == "en":
        known |= {key: name for key in ("table", "other_table") if (name := _table_name(known, key, spec))}
        known["unit"] = _UNITS_EN.get(known.get("unit", ""), known.get("unit", ""))
    return known


def _derived(finding: Finding, spec: Spec, lang: str) -> dict[str, str]:
    table = spec.tables.get(finding.table_id)
    department = spec.department(finding.department_code)
    document = spec.documents.get(finding.document)
    difference = finding.difference
    sign = 0 if not difference else 1 if difference > 0 else -1
    return {
        "table_id": finding.table_id,
        "table": table.name[lang] if table else "",
        "rule": finding.rule,
        "expected": finding.expected,
        "actual": finding.actual,
        "difference": "" if difference is None else format_amount(abs(difference)),
        "gap": _GAPS[sign][lang],
        "cell": finding.location.cell,
        "sheet": finding.location.sheet,
        "row": str(finding.location.row or ""),
        "year": str(finding.fiscal_year or ""),
        "document": document[lang] if document else "",
        "department": department.name[lang] if department else "",
    }


def _table_name(known: Mapping[str, str], key: str, spec: Spec) -> str:
    """English name of a table whose printed title is Chinese; empty where its id is not known."""
    table = spec.tables.get(known.get(f"{key}_id", ""))
    return table.name.en if table else ""
