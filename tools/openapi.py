"""Writes the OpenAPI document of the API to docs/reference/openapi.json, which a test compares with the API itself.

python tools/openapi.py            after a change that was meant
python tools/openapi.py --check    exit 1 where the document is not what the API answers
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "docs" / "reference" / "openapi.json"


def written() -> str:
    """Return the document as the file holds it: JSON with one path, and one schema, on a line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "followthrough.web.settings")
    import django

    django.setup()
    from followthrough.web.api.v1 import document

    held = json.loads(json.dumps(document()))
    schemas = held["components"].pop("schemas")
    parts = [f"{json.dumps(name)}: {_line(held[name])}" for name in sorted(held) if name not in ("paths", "components")]
    parts.append(f'"paths": {{\n{_lines(held["paths"])}\n}}')
    rest = _line(held["components"])[1:-1]
    parts.append(f'"components": {{{rest}, "schemas": {{\n{_lines(schemas)}\n}}}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(held: dict[str, Any]) -> str:
    return ",\n".join(f"{json.dumps(name)}: {_line(held[name])}" for name in sorted(held))


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def main() -> int:
    """Write the document, or compare it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--check", action="store_true")
    text = written()
    if asked.parse_args().check:
        return int(FILE.read_text("utf-8") != text)
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
