"""The static files under their hashed names, in a folder of our own for each version of them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from followthrough.io.atomic import atomic_folder

STAMP = ".followthrough-static"
_WRITERS = ("django", "django-allauth", "whitenoise")


def static_root(own: Path, sources: Sequence[Path]) -> Path:
    """Return the folder, below ``own``, of the files that stand in ``sources`` and in the packages beside them now."""
    seen = hashlib.sha256(" ".join(map(version, _WRITERS)).encode())
    for path in sorted(found for source in sources for found in source.rglob("*")):
        if path.is_file():
            seen.update(path.name.encode() + path.read_bytes())
    return own / f"static-{seen.hexdigest()[:16]}"


def collect_static() -> None:
    """Gather the static files, unless this version of them was gathered before; older ones of ours go.

    They are written beside their place and renamed: it is there whole or not at all. Only a folder that holds our stamp
    is ever removed.
    """
    from django.conf import settings

    root = Path(settings.STATIC_ROOT)
    if root.is_dir() and not (root / STAMP).is_file():  # Django's own collectstatic was here
        _gather(root)
    elif not root.is_dir():
        with atomic_folder(root) as folder:
            _gather(folder)
    for old in root.parent.glob("static-*"):
        if old != root and (old / STAMP).is_file():
            shutil.rmtree(old, ignore_errors=True)


def _gather(folder: Path) -> None:
    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.core.management import call_command
    from whitenoise.storage import CompressedManifestStaticFilesStorage

    command = Command()
    command.storage = CompressedManifestStaticFilesStorage(location=str(folder))
    call_command(command, verbosity=0, interactive=False)
    (folder / STAMP).touch()
