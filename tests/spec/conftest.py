"""A county in a temporary folder whose declarations a test may spoil."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.layout import PROGRAM, Layout
from etl.spec import Mistake, SpecError, load
from etl.spec.model import Spec

JURISDICTION = 'code: "999999"\nnames: {zh: 示例县, en: Example County}\nfirst_year: 2024\n'
HEADER = "department_code,name_zh,name_en,aliases,kind,scope,parent_code,valid_from,valid_to,exempt,exempt_reason,public_name,successor_of,name_source\n"
REGISTER = (
    f"{HEADER}000,示例县人民政府,,示例县政府,government,,,,,,,,,\n101,示例县教育局,,县教育局,,department,,,,,,,,\n"
)


@dataclass
class County:
    """A folder with the program's `schemas/` and the smallest declarations there can be."""

    root: Path

    def write(self, file: str, text: str | bytes) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def edit(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text("utf-8")
        assert old in text, old
        self.write(file, text.replace(old, new, 1))

    def line(self, file: str, words: str) -> int:
        """One-based number of the first line that holds the words."""
        lines = (self.root / file).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if words in line)

    def register(self, *rows: str) -> None:
        self.write("datasets/register/departments.csv", REGISTER + "".join(f"{row}\n" for row in rows))

    def load(self) -> Spec:
        return load(Layout(self.root))

    def mistakes(self) -> tuple[Mistake, ...]:
        with pytest.raises(SpecError) as caught:
            self.load()
        return caught.value.mistakes

    def places(self) -> list[tuple[str, int, str]]:
        """Where every mistake is: file, line, key."""
        return [(each.file, each.line, each.key) for each in self.mistakes()]


@pytest.fixture
def county(tmp_path: Path) -> County:
    made = County(tmp_path)
    shutil.copytree(PROGRAM / "schemas", tmp_path / "schemas")
    made.write("datasets/jurisdiction.yml", JURISDICTION)
    made.write("datasets/register/departments.csv", REGISTER)
    return made
