"""A folder read on a Dask cluster of this machine, one of whose two workers is killed: the same rows as without."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from followthrough.corpus.cluster import read_one
from followthrough.corpus.run import Outcome, read_folder
from followthrough.errors import InputRefused

distributed = pytest.importorskip("distributed", reason="the extra followthrough[dask] is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    for at in range(10):
        (texts / f"{at}.txt").write_text(f"A Pledge of Town {at}\n\n1. We will mend {at + 2} weirs by 2030.\n")
    (texts / "empty.txt").write_bytes(b"")
    (texts / "french.txt").write_text("Déclaration\n\n1. Nous nous engageons à protéger le fleuve et les villes.\n")
    return texts


def run(folder: Path, out: Path, **options: Any) -> tuple[Outcome, bytes]:
    outcome = read_folder(folder, out, **options)
    return outcome, out.read_bytes()


@pytest.mark.slow
def test_the_rows_are_the_same_when_a_worker_is_killed(cluster: Any, folder: Path, tmp_path: Path) -> None:
    alone = run(folder, tmp_path / "alone.jsonl", workers=2)
    killed: list[int] = []

    def kill(done: int, _total: int) -> None:
        if done == 2 and not killed:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    together = run(folder, tmp_path / "together.jsonl", scheduler=cluster.scheduler_address, progress=kill)
    assert len(killed) == 1
    assert together == alone
    assert alone[0].buckets == {"read": 10, "other language": 1, "refused": 1}


def test_a_worker_reads_a_file_in_a_process_of_its_own() -> None:
    assert read_one(b"", "x.txt", 60, 1 << 31).refused.startswith("x.txt: ")
    assert read_one(b"A Pledge\n\n1. We will mend weirs.\n", "x.txt", 60, 1 << 31).bucket == "read"


def test_where_no_scheduler_answers_it_is_said(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followthrough.corpus.cluster._PATIENCE", 1)
    with pytest.raises(InputRefused, match="no Dask scheduler answers there"):
        read_folder(folder, tmp_path / "x.jsonl", scheduler="tcp://127.0.0.1:9")
