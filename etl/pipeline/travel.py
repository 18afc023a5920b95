"""Values on their way between processes and runs: packed by position, so that making them anew is all that it costs.

With it, the hash by which a value is known again.

Left alone, pickle asks every frozen value for its fields one by one, and sets them one by one on the other side: for a
workbook that takes a third of the time in which it is read and checked.
"""

from __future__ import annotations

import copyreg
import hashlib
import pickle
import zlib
from dataclasses import fields
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from etl.finding import Finding, Location, Outcome
from etl.table import Column, Figure, Line, Submission, Table


def read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A read-only mapping, made anew on the other side."""
    return MappingProxyType(values)


def prepare() -> None:
    """Tell pickle how the values that submissions are made of travel; on the other side nothing has to be told."""
    copyreg.pickle(MappingProxyType, lambda proxy: (read_only, (dict(proxy),)))  # of itself it does not know them
    for kind in (Column, Figure, Finding, Line, Location, Outcome, Table):
        _by_position(kind)


def pack(value: Any) -> bytes:
    """A value as bytes, a tenth of what it takes in memory: for another process, or for another run."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpack(packed: bytes) -> Any:
    """The value that `pack` was given. Only for bytes that this program made itself."""
    return pickle.loads(zlib.decompress(packed))


def state_of(value: Any) -> str:
    """The hash by which a value is known again, in another process and another run: of all that it is made of.

    Sets of texts are not allowed in it, whose order differs from run to run, but for those that stand in a submission.
    """
    told = _Told()
    _ByContent(told, pickle.HIGHEST_PROTOCOL).dump(value)
    return told.digest.hexdigest()


class _Told:
    """What a pickler takes for a file."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, part: bytes) -> None:
        self.digest.update(part)


class _ByContent(pickle.Pickler):
    """Says all of a value, however often the same stands in it; a table by its hash, where it has one."""

    def __init__(self, stream: _Told, protocol: int) -> None:
        super().__init__(stream, protocol)
        self.fast = True  # two texts that are equal are one or two objects, as it happens: nothing is said by reference

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, Table) and value.known_by:
            return str, (value.known_by,)
        if isinstance(value, Submission):
            return Submission, (*_values_but_standing(value), sorted(value.standing))
        return NotImplemented


_values_but_standing = attrgetter(*(field.name for field in fields(Submission) if field.name != "standing"))


def _by_position(kind: type[Any]) -> None:
    values = attrgetter(*(field.name for field in fields(kind) if field.init))
    copyreg.pickle(kind, lambda value: (kind, values(value)))
