"""Many machines in place of processes of our own: `dask://HOST:PORT` -> an executor of `concurrent.futures`.

A cluster changes who reads and checks a file, never what comes of it. Its workers need the same program and see the
county's folder under the same path, since they read the archive themselves; a cluster that does not is refused before
any file is given to it. What a worker that died had in hand, another does; what nobody did is done here (`spread`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from etl import __version__
from etl.pipeline.kept import code
from etl.pipeline.stock import Work

SCHEME = "dask://"
PATIENCE = "30s"
"""How long a scheduler may take to answer."""

Trouble = Literal["address", "extra", "unreachable", "empty", "program", "folder"]
State = tuple[str, bool]
"""Of a worker: its program, and whether it sees the county's folder."""


class ClusterError(Exception):
    """The cluster cannot do this work: which trouble it is, and with whom."""

    def __init__(self, trouble: Trouble, **values: str) -> None:
        super().__init__(trouble, values)
        self.trouble: Trouble = trouble
        self.values: Mapping[str, str] = MappingProxyType(values)


@contextmanager
def on_executor(work: Work, address: str | None, root: Path) -> Iterator[Work]:
    """The same work, done by a cluster where an address is given."""
    if not address:
        yield work
        return
    with _cluster(address, root) as executor:
        yield replace(work, executor=executor)


@contextmanager
def _cluster(address: str, root: Path) -> Iterator[Executor]:
    if not address.startswith(SCHEME):
        raise ClusterError("address", address=address)
    try:
        from distributed import Client
    except ModuleNotFoundError as problem:
        raise ClusterError("extra") from problem
    try:
        client = Client(address.replace(SCHEME, "tcp://", 1), timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except OSError as problem:
        raise ClusterError("unreachable", address=address) from problem
    with client:
        look_at(client.run(_state, str(root.resolve())), address)
        yield client.get_executor(pure=False)  # type: ignore[no-untyped-call]


def look_at(states: Mapping[str, State], address: str) -> None:
    """Raise where a worker could not do what is done here."""
    if not states:
        raise ClusterError("empty", address=address)
    for worker, (program, sees) in sorted(states.items()):
        if program != _program():
            raise ClusterError("program", worker=worker, there=program, here=_program())
        if not sees:
            raise ClusterError("folder", worker=worker)


def _state(root: str) -> State:
    """On a worker."""
    return _program(), Path(root).is_dir()


def _program() -> str:
    """What reads and checks: two that say the same of themselves find the same in a file."""
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    return f"mingzhang {__version__} ({code()[:12]}), {python}, calamine {version('python-calamine')}"
