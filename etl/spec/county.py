"""`datasets/jurisdiction.yml`, `corrections.yml` and `accepted.yml`: whose folder this is, and what people decided."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from etl.spec.declarations import Acceptance, Correction, Jurisdiction
from etl.spec.files import Source
from etl.spec.words import bilingual
from etl.spec.years import is_day


def jurisdiction(source: Source) -> Jurisdiction:
    """Whose folder this is."""
    said = source.data
    for day in said.get("working_days") or {}:
        if not is_day(str(day)):
            source.wrong(("working_days", str(day)), "不是日期（年-月-日）", "not a date (year-month-day)")
    licence, claimed = said.get("licence", {}), said.get("budget_units_claimed", {})
    return Jurisdiction(
        said["code"],
        bilingual(said["names"]),
        licence.get("name", ""),
        licence.get("url", ""),
        said.get("publisher", ""),
        said.get("contact", ""),
        said.get("site_url", ""),
        said["first_year"],
        said.get("currency", "CNY"),
        dict(said.get("working_days") or {}),
        claimed.get("number", 0),
        claimed.get("source", ""),
    )


def corrections(source: Source | None) -> tuple[Correction, ...]:
    """Decisions on single cells."""
    if source is None:
        return ()
    made = tuple(Correction(**each) for each in source.data)
    _check_unique(source, ((each.file_sha256, each.sheet, each.cell) for each in made))
    return made


def acceptances(source: Source | None) -> tuple[Acceptance, ...]:
    """Decisions to live with a finding."""
    if source is None:
        return ()
    made = tuple(Acceptance(**each) for each in source.data)
    _check_unique(source, ((each.fingerprint, each.on) for each in made))
    for index, each in enumerate(made):
        if each.until < each.on:
            source.wrong((index, "until"), "期限早于决定的日期", "ends before the day of the decision")
    return made


def _check_unique(source: Source, keys: Iterable[Hashable]) -> None:
    seen: set[Hashable] = set()
    for index, key in enumerate(keys):
        if key in seen:
            source.wrong((index,), "对同一处作了两次决定", "a second decision on the same thing")
        seen.add(key)
