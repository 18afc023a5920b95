"""What departments state beside their files: every `submission.yml` of the inbox -> Declared by folder, and findings.

A broken one is a finding and never stops anything. Links are not followed. What stands in such a file was written by
anybody: it is read as plain text, without references, and only when it is small.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.finding import Finding, error
from etl.spec.files import Reader
from etl.spec.years import is_day

NAME = "submission.yml"
LARGEST = 16 * 1024
"""Bytes of a declaration in the inbox; a larger one is not read."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Who, which year, which document and when; empty or 0 where the declaration does not say."""

    department_code: str = ""
    fiscal_year: int = 0
    document: str = ""
    received_on: str = ""


def read_declared(inbox: Path) -> tuple[dict[str, Declared], list[Finding]]:
    """By folder relative to the inbox (`""` for the inbox itself): what its `submission.yml` states."""
    made: dict[str, Declared] = {}
    findings: list[Finding] = []
    for folder, path, size in files_named(NAME, inbox):
        reader = Reader(inbox)
        declared = _read(reader, path) if size <= LARGEST else None
        if declared is not None:
            made[folder] = declared
        elif size > LARGEST or reader.mistakes:
            values = {"file": f"{folder}/{NAME}".lstrip("/"), "situation": "declaration"}
            findings.append(error("file-unreadable", values=values))
    return made, findings


def _read(reader: Reader, path: Path) -> Declared | None:
    """None where the file is broken, which leaves a mistake with the reader, or says nothing at all."""
    source = reader.declaration(path, "submission", required=False, texts=True)
    if source is None:
        return None
    said = {key: str(value).strip() for key, value in source.data.items()}
    received_on = said.get("received_on", "")
    if received_on and not is_day(received_on):
        source.wrong(("received_on",), "不是日期（年-月-日）", "not a date (year-month-day)")
        return None
    year = int(said.get("fiscal_year") or 0)
    return Declared(said.get("department_code", ""), year, said.get("document", ""), received_on)


def files_named(name: str, inbox: Path) -> Iterator[tuple[str, Path, int]]:
    """Folder, path and size of every plain file of a name, in the order of their folders."""
    for folder, folders, files in os.walk(inbox, followlinks=False):
        folders.sort()
        if name not in files:
            continue
        path = Path(folder, name)
        try:
            state = path.lstat()
        except OSError:
            continue
        if stat.S_ISREG(state.st_mode):
            within = path.parent.relative_to(inbox).as_posix()
            yield "" if within == "." else within, path, state.st_size
