"""Atomic, batched writers of a table of rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from followthrough.corpus.rows import COLUMNS
from followthrough.errors import InputRefused
from followthrough.io.atomic import atomic_file

BATCH = 20_000
Rows = Iterable[dict[str, Any]]


def write_table(rows: Rows, out: Path) -> int:
    """Write ``rows`` to ``out``, ``.parquet`` or ``.jsonl``; return their number. Raises ``InputRefused``."""
    writer = writer_for(out)
    with atomic_file(out) as file:
        return writer(rows, file)


def writer_for(out: Path) -> Callable[[Rows, BinaryIO], int]:
    """Return the writer for the extension of ``out``. Raises ``InputRefused`` for an unknown one."""
    writers = {".parquet": _parquet, ".jsonl": _jsonl}
    if out.suffix.lower() not in writers:
        what = f"a folder cannot be written as {out.suffix or 'a file without an extension'}"
        raise InputRefused(str(out), what, "give a name that ends in .parquet or .jsonl")
    return writers[out.suffix.lower()]


def _batches(rows: Rows) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _jsonl(rows: Rows, file: BinaryIO) -> int:
    count = 0
    for batch in _batches(rows):
        file.writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in batch)
        count += len(batch)
    return count


def _parquet(rows: Rows, file: BinaryIO) -> int:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        what = "Parquet needs the package pyarrow, which is not installed"
        raise InputRefused("a table of Parquet", what, "install followthrough[corpus], or write .jsonl") from error
    kinds = {"string": pa.string(), "integer": pa.int64(), "list": pa.list_(pa.string())}
    schema = pa.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
    count = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count
