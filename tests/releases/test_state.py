"""What stood is kept so that it can be put together again, byte for byte."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.fact import Fact
from etl.history import Whose
from etl.releases.book import ReleasesDamagedError
from etl.releases.state import Stood, get_document, get_state, lay_out, put_state, take_state
from etl.releases.store import Store, read_pack, write_pack

HEAD = "\ufefffiscal_year,document,department_code,department_name,scope,note\r\n"
A, B = Whose("101", 2024, "budget", "department"), Whose("102", 2023, "budget", "department")


def _fact(whose: Whose, cell: str) -> Fact:
    who = (whose.fiscal_year, whose.document, whose.department_code, "单位", whose.scope)
    return Fact("530325", *who, "revenue", "total", "合计", "total", Decimal("1.20"), "a.xlsx", "表", cell, "a" * 16)


@pytest.mark.parametrize(
    "rows",
    [
        "2023,budget,102,单位,department,x\r\n2024,budget,101,单位,department,y\r\n",
        '2023,budget,102,"单,""位\nb",department,"line\r\nbreak"\r\n2024,budget,101,单位,department,y\r\n',
        "2024,budget,101,单位,department,y\r\n2023,budget,102,单位,department,not in order\r\n",
        "2024,budget,'=101,单位,department,a code made harmless\r\n",
        f"2024,budget,101,单位,department,{'long' * 50000}\r\n",
        "",
    ],
)
def test_a_dataset_is_laid_out_as_it_was(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "revenue.csv"
    path.write_bytes((HEAD + rows).encode())
    brought = {A: {"revenue": ("a" * 16,)}, B: {"revenue": ("b" * 16,)}}
    store = Store()
    kept = put_state(take_state(Stood(brought, (_fact(A, "B2"),), {"revenue": path}, {}), store), store)
    write_pack(tmp_path / "00001.jsonl.gz", store.pack)
    again = Store(kept=dict(read_pack(tmp_path / "00001.jsonl.gz", store.pack_sha256)))
    state = get_state(kept, again)
    assert lay_out("revenue", state, again) == path.read_bytes()
    assert [row[6] for row in get_document(state.documents[A], again).facts] == ["B2"]


def test_bytes_that_are_no_text_are_kept_too(tmp_path: Path) -> None:
    store = Store()
    name = store.put(b"\xff\xfe\x00")
    write_pack(tmp_path / "pack", store.pack)
    assert Store(kept=dict(read_pack(tmp_path / "pack", store.pack_sha256))).get(name) == b"\xff\xfe\x00"


def test_what_is_kept_already_is_not_kept_twice() -> None:
    store = Store()
    store.put(b"once")
    later = Store(kept={line[2:66].decode(): line for line in store.pack.splitlines()})
    later.put(b"once")
    assert later.new == {}


def test_a_pack_that_is_not_the_one_of_its_hash_is_refused(tmp_path: Path) -> None:
    write_pack(tmp_path / "pack", b"other")
    with pytest.raises(ReleasesDamagedError):
        read_pack(tmp_path / "pack", "0" * 64)
    (tmp_path / "pack").write_bytes(b"no gzip")
    with pytest.raises(ReleasesDamagedError):
        read_pack(tmp_path / "pack", "0" * 64)
