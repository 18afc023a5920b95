"""How an office makes its tables: every department keeps to its own ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True, slots=True)
class Habit:
    """The ways of one office."""

    family: str = "national"
    budget_unit: str = "万元"
    final_unit: str = "万元"
    three_down: bool = False
    """“三公” of the budget in Fuyuan's own form."""
    codes: str = "one"
    """`one` cell, `three` cells, `number` (stored as one) or `named` (code and name in one cell)."""
    total_first: bool = True
    amounts: str = "number"
    """`number`, `plain` text or `comma` text."""
    look: str = "#,##0.00"
    nil: str = "blank"
    """What stands where there is nothing: blank, zero or dash."""
    all_classes: bool = True
    serials: bool = False
    """A row of column numbers (栏次) below the header."""
    title: str = "year"
    """`year` before the title, `body` and year before it, or the year in a line of its own (`below`)."""
    heading: str = "apart"
    """Body and unit in two cells, or in `one`."""
    label: bool = True
    notes: bool = True
    cover: bool = False
    contents: bool = False
    packing: str = "year"
    """All tables of a document in one workbook (`year`), in one sheet (`sheet`), or each in its own file (`table`)."""
    container: str = "xlsx"
    """xlsx, csv, csv-gb18030, html, spreadsheetml or ods."""
    sheets: str = "title"
    """Sheets named by their `title`, `number` or as Excel does (`plain`)."""

    @property
    def grain(self) -> int:
        """Fen to which everything is whole, so that every unit it prints in can show it exactly."""
        return 1 if self.budget_unit == self.final_unit == "元" and self.family == "national" else 10_000

    def unit(self, document: str) -> str:
        return self.budget_unit if document == "budget" else self.final_unit


def habit(place: int, rng: Random) -> Habit:
    """The ways of the department at some place of the register; the first few show one way each."""
    shown = SHOWN[place % len(SHOWN)]
    if place < len(SHOWN):
        return shown
    return replace(
        shown,
        codes=rng.choice(("one", "one", "three", "number", "named")),
        total_first=rng.random() < 0.7,
        amounts=shown.amounts
        if shown.container.startswith("csv")
        else rng.choice(("number", "number", "plain", "comma")),
        look=rng.choice(("#,##0.00", "0.00", "#,##0.00_ ", "#,##0.00;-#,##0.00;")),
        nil=rng.choice(("blank", "blank", "zero", "dash")),
        all_classes=rng.random() < 0.6,
        serials=rng.random() < 0.4,
        title=rng.choice(("year", "body", "below")),
        heading=rng.choice(("apart", "apart", "one")),
        label=rng.random() < 0.7,
        notes=rng.random() < 0.6,
        cover=shown.packing == "year" and rng.random() < 0.4,
        contents=shown.packing == "year" and rng.random() < 0.3,
    )


GOVERNMENT_WAYS = Habit(nil="zero", title="body", notes=False)
"""How the county's own tables are made."""
SHOWN = (
    Habit(cover=True, contents=True),
    Habit(family="yunnan", budget_unit="元", nil="zero", cover=True),
    Habit(codes="three", serials=True, nil="zero", budget_unit="元", look="#,##0.00_ "),
    Habit(codes="named", amounts="comma", total_first=False, title="body", budget_unit="元", final_unit="元"),
    Habit(packing="table", container="csv-gb18030", amounts="comma", nil="dash", title="body"),
    Habit(family="yunnan", budget_unit="元", codes="three", amounts="comma", serials=True, total_first=False),
    Habit(codes="number", three_down=True, all_classes=False, title="below", heading="one"),
    Habit(container="html", nil="zero", serials=True, total_first=False),
    Habit(container="spreadsheetml", amounts="comma", all_classes=False, title="body"),
    Habit(container="ods", budget_unit="元", final_unit="元", look="0.00"),
    Habit(packing="table", container="csv", amounts="plain", nil="zero", all_classes=False),
    Habit(packing="sheet", nil="dash", cover=True, look="0.00"),
    Habit(packing="table", nil="zero", amounts="plain", label=False, sheets="plain", title="body"),
)
"""Ways that are worth showing, in the order of the register."""
