"""Two releases of the sample county: what came, and then one figure that was corrected and a version that is withheld."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from etl.history import KINDS, DocumentChange, FigureChange, History, Release, Version, Whose
from etl.table import Submission


def make_history(submissions: Iterable[Submission], hidden: Iterable[str]) -> History:
    seen = [one for one in submissions if one.status == "accepted" and one.identity.department_code not in set(hidden)]
    corrected = next(one for one in seen if one.mended)
    figure = FigureChange(
        2,
        "2024-04-02",
        _whose(corrected),
        "revenue-expenditure-summary",
        "total-income",
        "收入总计",
        "amount",
        Decimal("24000000.00"),
        Decimal("24500000.00"),
        "预算01",
        "B7",
        corrected.submission_id,
        corrected.submission_id,
        "correction",
        "笔误，县财政局来函更正",
    )
    change = DocumentChange(2, "2024-04-02", "changed", figure.whose, (figure.table_id,), (), (), figures=(figure,))
    arrived = tuple(
        DocumentChange(1, "2024-03-10", "arrived", _whose(one), tuple(sorted(one.standing)), (one.submission_id,), ())
        for one in seen
    )
    return History(
        (
            _release(2, "2024-04-02", (change,), {"changed": 1, "figures": 1}),
            _release(1, "2024-03-10", arrived, {"arrived": len(arrived)}, unnamed=1),
        ),
        (Version(figure.table_id, 1, "2024-03-10", 2, "2024-04-02", "0" * 64, is_withheld=True),),
        '{"release":1}\n{"release":2}\n',
    )


def _whose(one: Submission) -> Whose:
    who = one.identity
    return Whose(who.department_code, who.fiscal_year, who.document, who.scope)


def _release(
    number: int, day: str, documents: tuple[DocumentChange, ...], counts: dict[str, int], unnamed: int = 0
) -> Release:
    every = {**dict.fromkeys((*KINDS, "figures"), 0), **counts}
    return Release(number, day, "1" * 64, "", "2" * 64, "0.1.0", every, {}, documents, unnamed)
