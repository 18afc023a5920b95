"""Names that a clerk broke over two rows, put together again.

| 30108 | 机关事业单位基本养老保险 | 12.5 |        30108  机关事业单位基本养老保险缴费支出  12.5
|       | 缴费支出                |      |   ->
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.finding import Finding, Location, note
from etl.labels import fold_name
from etl.spec.model import CodeList, Spec
from etl.table import Line, Match, cell_name


def join_names(lines: Sequence[Line], match: Match, codes: str, spec: Spec) -> tuple[list[Line], list[Finding]]:
    """Lines in printed order; a note for each name that was put together.

    Only where one of the two rows has figures, the lower one has no code of its own, and the two names together are
    one of the classification, which neither is alone.
    """
    known = spec.codes.get(codes)
    joined: list[Line] = []
    findings: list[Finding] = []
    for line in lines:
        above = joined[-1] if joined else None
        whole = _whole(above, line, known) if above is not None and known is not None else None
        if whole is None or above is None:
            joined.append(line)
            continue
        joined[-1] = whole
        at = Location(match.sheet.name, cell_name(line.row, line.name_column), line.row + 1, line.name_column + 1)
        values = {"situation": "name", "table": match.title, "text": whole.name}
        findings.append(note("repaired", at, table_id=match.table_id, actual=line.name, values=values))
    return joined, findings


def _whole(above: Line, line: Line, known: CodeList) -> Line | None:
    if line.row != above.row + 1 or not (above.name and line.name) or (above.figures and line.figures):
        return None
    if line.code and known.named.get(fold_name(line.name)):
        return None
    together = above.name + line.name
    codes = known.named.get(fold_name(together), ())
    if not codes or known.named.get(fold_name(above.name)) or (above.code and above.code not in codes):
        return None
    filled = above if above.figures else line
    code = above.code or (codes[0] if len(codes) == 1 else "")
    return replace(filled, code=code, name=together, code_column=above.code_column, attributes=above.attributes)
