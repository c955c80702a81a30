"""A worker ends with its parent: one that lives on would answer at the old port, with the old code."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time

GRACE_SECONDS = 10


def end_with_parent() -> None:
    """Watch the process that started this worker, and stop as Ctrl+C stops it when that is gone, killed or not."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=[parent.sentinel], name="parent", daemon=True).start()


def _watch(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
