"""Files as they land in the inbox: which of them are new, and which are there whole.

In come listings of the inbox, each with its moment; out come the files that are ready. One that is still being copied
waits: its size or its last change differ from look to look, or its bytes end where a workbook cannot end. One that
stays so is handed over all the same: then it is damaged, and somebody has to hear of it.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from etl.ledger.inbox import Seen, State, open_plain

SETTLED = 0.4
"""Seconds for which a file must have stayed the same."""
PATIENCE = 30.0
"""Seconds after which a file that stays half is taken for what it is."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = b"PK\x05\x06"
_END_RECORD = struct.Struct("<4s8xII2x")
"""End of a zip: size and place of its directory (APPNOTE 4.3.16)."""
_LONGEST_END = 65_535 + 22
_SECTOR = 512


@dataclass(slots=True)
class _Waiting:
    state: State
    since: float


@dataclass(slots=True)
class Landing:
    """What was seen of the inbox so far."""

    done: dict[Path, State] = field(default_factory=dict)
    waiting: dict[Path, _Waiting] = field(default_factory=dict)

    def ready(self, seen: Collection[Seen], now: float) -> list[Seen]:
        """The files that are new or changed and there whole; each is handed over once."""
        self._forget({one.path for one in seen})
        found: list[Seen] = []
        for one in seen:
            if self.done.get(one.path) == one.state:
                continue
            before = self.waiting.get(one.path)
            if before is None or before.state != one.state:
                self.waiting[one.path] = _Waiting(one.state, now)
            elif now - before.since >= SETTLED and (is_whole(one.path) or now - before.since >= PATIENCE):
                found.append(one)
                self.know([one])
        return found

    def know(self, seen: Iterable[Seen]) -> None:
        """Nothing is to be done for these as they are."""
        for one in seen:
            self.done[one.path] = one.state
            self.waiting.pop(one.path, None)

    def _forget(self, there: set[Path]) -> None:
        for known in (self.done, self.waiting):
            for path in [path for path in known if path not in there]:
                del known[path]


def is_whole(path: Path) -> bool:
    """Whether a file ends where its format can end; True for formats that do not say."""
    try:
        with open_plain(path) as stream:
            size = stream.seek(0, 2)
            stream.seek(0)
            first = stream.read(len(_OLE))
            if first == _OLE:
                return size % _SECTOR == 0
            if first[: len(_ZIP)] != _ZIP:
                return True
            stream.seek(max(0, size - _LONGEST_END))
            return _ends(stream.read(), size)
    except OSError:
        return False


def _ends(tail: bytes, size: int) -> bool:
    """Whether the last bytes of a zip hold the end of its directory, with the directory before it."""
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_RECORD.size:
        return False
    _, length, start = _END_RECORD.unpack_from(tail, place)
    return bool(start + length <= size - (len(tail) - place))
