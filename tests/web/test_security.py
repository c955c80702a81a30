"""What a deployment promises: policy headers, secure cookies, HTTPS, and no complaint of Django's own check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from followthrough.web.agreements.models import Document


def python(code: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a process of its own: settings are read once, when they are imported."""
    base = {k: v for k, v in os.environ.items() if not k.startswith(("FOLLOWTHROUGH_", "DATABASE_", "DJANGO_"))}
    ours = {"FOLLOWTHROUGH_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "followthrough.web.settings"}
    return subprocess.run(
        [sys.executable, "-c", code], env={**base, **ours, **environment}, capture_output=True, text=True, check=False
    )


def test_every_answer_carries_the_policy(client: Client, register: Document) -> None:
    for path in ("/", "/no-such-page", "/healthz", "/agreements.csv"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.slow
def test_production_is_https_only_and_passes_djangos_deployment_check(tmp_path: Path) -> None:
    code = (
        "from django.core.management import execute_from_command_line as run\n"
        "run(['manage', 'check', '--deploy', '--fail-level', 'WARNING'])"
    )
    done = python(code, tmp_path, FOLLOWTHROUGH_SECRET_KEY="k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz")
    assert done.returncode == 0, done.stderr
    show = (
        "from django.conf import settings as s; print(s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.DEBUG)"
    )
    assert python(show, tmp_path).stdout.split() == ["True", "True", "True", "31536000", "False"]


def test_no_secret_is_in_the_code(tmp_path: Path) -> None:
    code = "from django.conf import settings; print(settings.SECRET_KEY)"
    assert python(code, tmp_path).stdout != python(code, tmp_path).stdout


def test_sqlite_holds_its_settings(tmp_path: Path) -> None:
    code = (
        "from followthrough.cli.boot import boot; boot()\n"
        "from django.db import connection as c\n"
        "for name in ('journal_mode', 'synchronous', 'foreign_keys'):\n"
        "    with c.cursor() as k: print(k.execute(f'PRAGMA {name}').fetchone()[0])"
    )
    assert python(code, tmp_path).stdout.split() == ["wal", "1", "1"]
