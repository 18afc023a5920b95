"""One DuckDB file from Parquet files, written by a process of its own. In: a folder of Parquet. Out: a database.

DuckDB writes blocks to the disk with whatever lay in memory behind the last row (github.com/duckdb/duckdb, issue
23382): other bytes each time, and perhaps somebody's. So this runs as a program (`write_database` starts it) that never
sees anything but what is published, and in which every piece of memory is zero when it is handed out.

It imports nothing of ours and nothing of this folder, so that it starts in the time that DuckDB needs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb

STORAGE = "STORAGE_VERSION 'v1.0.0', BLOCK_SIZE 16384"
"""How the file is laid out. The version is the oldest: DuckDB-WASM opens it, and refuses that of DuckDB 2. The blocks
are the smallest there are, because a small county has many small tables: they halve the file, or better."""

UNSTABLE_COMPRESSION = "fsst,dict_fsst,bitpacking,alp,alprd,chimp,patas"
"""Not used: the first two choose by a random sample, the others write what lay under a NULL."""

ZEROED = {"DUCKDB_JE_MALLOC_CONF": "zero:true", "MALLOC_CONF": "zero:true", "MALLOC_PERTURB_": "255"}
"""Environment in which memory is zero when it is handed out: by the allocator that DuckDB brings on Linux, the same one
installed in the system, and that of the GNU C library, which stores the complement of what it is told."""


class DatabaseNotWrittenError(OSError):
    """DuckDB could not write it, for one where the disk is full; the message is what it said."""


def write_database(parquet: Path, path: Path) -> None:
    """Make one table of every `<table>.parquet` in a folder, named as the file, in the order of their names."""
    done = subprocess.run(
        [sys.executable, "-P", str(Path(__file__).resolve()), str(parquet), str(path)],
        env={**os.environ, **ZEROED},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise DatabaseNotWrittenError(done.stderr.strip())


def main(parquet: Path, path: Path) -> None:
    """What the program does."""
    path.unlink(missing_ok=True)
    connection = duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": "false"})
    connection.execute(f"SET disabled_compression_methods = '{UNSTABLE_COMPRESSION}'")  # no effect in a config
    connection.execute(f"ATTACH {quoted(path)} AS target ({STORAGE})")
    for file in sorted(parquet.glob("*.parquet")):
        connection.execute(f'CREATE TABLE target."{file.stem}" AS FROM {quoted(file)}')
    connection.execute("CHECKPOINT target")
    connection.execute("DETACH target")
    connection.close()


def quoted(path: Path) -> str:
    """A path as SQL has it."""
    return "'" + str(path).replace("'", "''") + "'"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
