"""One batch of damaged files in every run of the tests; thousands in `make fuzz`."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzz import fuzz
from tests.sheets import fuyuan
from tests.workbooks import simple, xls, xlsx


@pytest.fixture
def stock(tmp_path: Path) -> list[Path]:
    files = {"a.xlsx": xlsx(simple), "b.xls": xls(lambda book: book.add_sheet("表").write(0, 0, "收入"))}
    files["c.csv"] = "单位：万元\n项目,金额\n合计,1.00\n".encode()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return sorted(tmp_path.iterdir())


def test_damaged_files_get_a_verdict_each(stock: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "BATCH", 60)
    statuses, failures = fuzz.run(stock, fuyuan(), 0.01, seed=1, jobs=2)
    assert failures == 0
    assert statuses.total() >= 60
    assert statuses["unreadable"] > 0


def test_a_mistake_of_ours_is_kept_with_its_story(
    stock: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "BATCH", 3)
    monkeypatch.setattr(fuzz, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(fuzz, "examine_all", lambda items, spec, work: ([], {items[1][0].file: "KeyError: 'x'"}))
    _, failures = fuzz.run(stock, fuyuan(), 0.01, seed=1, jobs=1)
    assert failures >= 1
    assert any(path.read_text("utf-8") == "KeyError: 'x'" for path in (tmp_path / "kept").glob("*.txt"))


@pytest.mark.parametrize("damage", fuzz.DAMAGES)
def test_the_same_seed_damages_alike(damage: fuzz.Damage) -> None:
    data = xlsx(simple)
    once, again = (damage(data, Random(7)) for _ in range(2))
    assert once == again
    assert once != data
