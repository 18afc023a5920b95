"""A bell that rings when something happens in a folder; the only room that knows watchdog.

In comes a folder; out comes an event that is set. It says that somebody should look, and not what there is to see: some
file systems (network drives) never ring, so that who waits must look by himself from time to time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer


@contextmanager
def bell(folder: Path) -> Iterator[threading.Event]:
    """Rings for whatever happens at any depth of a folder, where the system can tell."""
    rung = threading.Event()
    observer = Observer()
    try:
        observer.schedule(_Ringer(rung), str(folder), recursive=True)
        observer.start()
    except OSError:  # no watches left, or none to be had: looking from time to time will do
        yield rung
        return
    try:
        yield rung
    finally:
        observer.stop()
        observer.join()


class _Ringer(FileSystemEventHandler):
    def __init__(self, rung: threading.Event) -> None:
        self._rung = rung

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in ("opened", "closed_no_write"):  # that is us, reading
            self._rung.set()
