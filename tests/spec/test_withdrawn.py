from __future__ import annotations

from pathlib import Path

import pytest

from etl.spec.files import Reader, Source
from etl.spec.withdrawn import withdrawals

SHA = "0123456789abcdef" * 4


def _read(tmp_path: Path, text: str) -> tuple[Reader, Source | None]:
    path = tmp_path / "withdrawn.yml"
    path.write_text(text, "utf-8")
    reader = Reader(tmp_path)
    return reader, reader.declaration(path, "withdrawn", required=False, texts=True)


def test_a_withdrawal_names_a_file_by_its_hash_or_by_its_number(tmp_path: Path) -> None:
    _, source = _read(
        tmp_path,
        f"- {{sha256: {SHA}, reason: 报错了, by: 预算股, on: 2025-01-02}}\n"
        "- {submission_id: '0000000000000001', table: revenue, reason: 误, by: 某, on: 2025-01-03, private: yes}\n",
    )
    first, second = withdrawals(source, {"revenue"})
    assert (first.submission_id, first.table, first.on, first.is_private) == (SHA[:16], "", "2025-01-02", False)
    assert (second.submission_id, second.table, second.is_private) == ("0000000000000001", "revenue", True)
    assert first.concerns(SHA[:16], "anything")
    assert not second.concerns("0000000000000001", "expenditure")


def test_no_file_and_an_empty_one_withdraw_nothing(tmp_path: Path) -> None:
    assert withdrawals(None, ()) == ()
    assert withdrawals(_read(tmp_path, "[]\n")[1], ()) == ()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (f"- {{sha256: {SHA}, reason: 误, by: 某, on: 2025-02-30}}\n", ["0/on"]),
        (f"- {{sha256: {SHA}, table: strange, reason: 误, by: 某, on: 2025-02-03}}\n", ["0/table"]),
        (f"- {{sha256: {SHA}, reason: 误, by: 某, on: 2025-02-03}}\n" * 2, ["1"]),
        (f"- {{sha256: {SHA}, submission_id: {SHA[:16]}, reason: 误, by: 某, on: 2025-02-03}}\n", ["0"]),
        ("- {reason: 误, by: 某, on: 2025-02-03}\n", ["0"]),
        (f"- {{sha256: {SHA}, by: 某, on: 2025-02-03}}\n", ["0"]),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, text: str, keys: list[str]) -> None:
    reader, source = _read(tmp_path, text)
    withdrawals(source, {"revenue"})
    assert [mistake.key.partition("/reason")[0] for mistake in reader.mistakes] == keys
