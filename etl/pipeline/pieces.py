"""Files that need not be made again: those of an earlier run, where they follow from the same.

In come the pieces of one step; all of them are done, in several processes at once. The bytes of a piece that comes as
`Files` are kept whole under the hash of what it is made from, of what writes it, of everything shipped that pages are
drawn with, and of whatever else an entry depends on (see `kept`): they are laid out again, and nothing is drawn.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from etl.layout import PROGRAM
from etl.pipeline.abreast import abreast
from etl.pipeline.kept import Kept, files_in, hash_of_files
from etl.pipeline.travel import pack, state_of, unpack
from etl.publish.abreast import Files, Piece

Contents = Mapping[str, bytes]
"""By the path of a file below its folder, what is in it."""


def do_pieces(pieces: Sequence[Piece], jobs: int | None, kept: Kept | None, place: Path) -> None:
    """Do all of them; of those that are kept from before, lay the files out. `place` is where this run builds."""
    if kept is None:
        abreast(pieces, jobs)
        return
    shipped = hash_of_files(files_in(PROGRAM / "docs"))
    used = abreast([partial(_do, piece, kept, shipped, place) for piece in pieces], jobs)
    kept.used.update(key for key in used if key)


def _do(piece: Piece, kept: Kept, shipped: str, place: Path) -> str:
    """The key of the entry that was used or made, if any."""
    if not isinstance(piece, Files):
        piece()
        return ""
    key = kept.key("files", piece.write.__module__, piece.write.__qualname__, shipped, state_of(piece.made_from))
    found = kept.get(key)
    if found is None:
        contents = _made(piece, place)
        kept.put(key, pack(contents))
    else:
        contents = unpack(found)
    _lay_out(contents.items(), piece.folder)
    return key


def _made(piece: Files, place: Path) -> Contents:
    """What a piece writes, from a folder of its own."""
    with tempfile.TemporaryDirectory(dir=place) as name:
        folder = Path(name)
        piece.write(folder, *piece.made_from, *piece.given)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_in(folder)}


def _lay_out(contents: Iterable[tuple[str, bytes]], folder: Path) -> None:
    made: set[Path] = set()
    for name, content in contents:
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(content)
