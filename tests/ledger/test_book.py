from __future__ import annotations

from pathlib import Path

import pytest

from etl.ledger import LedgerDamagedError, receive
from tests.ledger.drops import DAY, LATER, drop, line, sha, told

HEADER = "received_on,sha256,file,bytes\n"
A = line(b"one", "a.xlsx")
B = line(b"two", "b.xlsx", "2024-09-09")
NAMED_OVER_TWO_LINES = line(b"two", '"换\n行.xlsx"', "2024-09-09")


def cuts(text: str) -> list[bytes]:
    """Every beginning of a line: cut between letters and within them."""
    whole = text.encode()
    return [whole[:length] for length in range(len(whole))]


@pytest.mark.parametrize("torn", cuts(B))
def test_a_torn_line_counts_as_not_written(tmp_path: Path, torn: bytes) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    receive(layout, DAY)
    layout.ledger.write_bytes((HEADER + A).encode() + torn)
    drop(tmp_path, {"b.xlsx": b"two"})
    receive(layout, LATER)
    assert layout.ledger.read_text("utf-8") == HEADER + A + B


@pytest.mark.parametrize("torn", cuts(NAMED_OVER_TWO_LINES))
def test_a_line_torn_within_a_name_of_two_lines_counts_as_not_written(tmp_path: Path, torn: bytes) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    receive(layout, DAY)
    layout.ledger.write_bytes((HEADER + A).encode() + torn)
    drop(tmp_path, {"换\n行.xlsx": b"two"})
    receive(layout, LATER)
    assert layout.ledger.read_text("utf-8") == HEADER + A + NAMED_OVER_TWO_LINES


@pytest.mark.parametrize("torn", cuts(HEADER))
def test_a_torn_header_is_written_again(tmp_path: Path, torn: bytes) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    layout.ledger.write_bytes(torn)
    receive(layout, DAY)
    assert layout.ledger.read_text("utf-8") == HEADER + A


def test_a_day_is_not_lost_with_the_line_end_behind_it(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    receive(layout, DAY)
    layout.ledger.write_text((HEADER + A).rstrip("\n"), encoding="utf-8")
    drop(tmp_path, {"b.xlsx": b"two"})
    assert told(receive(layout, LATER)[0]) == [("a.xlsx", "2024-03-01", False), ("b.xlsx", "2024-09-09", False)]
    assert layout.ledger.read_text("utf-8") == HEADER + A + B


@pytest.mark.parametrize("written", ["\ufeff" + HEADER + A, (HEADER + A).replace("\n", "\r\n"), HEADER + A + "\n", A])
def test_what_other_programs_make_of_a_ledger_is_read(tmp_path: Path, written: str) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    layout.ledger.write_bytes(written.encode())
    assert told(receive(layout, LATER)[0]) == [("a.xlsx", "2024-03-01", False)]
    assert layout.ledger.read_bytes() == written.encode()


DAMAGED = [
    "2024-03-01,nohash,a.xlsx,3\n",
    f"2024/3/1,{sha(b'one')},a.xlsx,3\n",
    f"2024-03-01,{sha(b'one')},a.xlsx\n",
    f"2024-03-01,{sha(b'one')},a.xlsx,three\n",
    f'2024-03-01,{sha(b"one")},"a.xlsx,3\n' + B + A,
]


@pytest.mark.parametrize("damaged", DAMAGED)
def test_a_damaged_ledger_is_not_added_to(tmp_path: Path, damaged: str) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    layout.ledger.write_text(HEADER + damaged, encoding="utf-8")
    before = layout.ledger.read_bytes()
    with pytest.raises(LedgerDamagedError, match="line"):
        receive(layout, DAY)
    assert layout.ledger.read_bytes() == before


def test_a_ledger_in_another_encoding_is_damaged(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    layout.ledger.write_bytes((HEADER + line(b"two", "预算.xlsx")).encode("gb18030"))
    with pytest.raises(LedgerDamagedError):
        receive(layout, DAY)


def test_the_first_line_of_the_same_bytes_counts(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    layout.ledger.write_text(HEADER + A + line(b"one", "z.xlsx", "2025-01-01"), encoding="utf-8")
    assert told(receive(layout, LATER)[0]) == [("a.xlsx", "2024-03-01", False)]
