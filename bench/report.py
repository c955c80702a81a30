"""How long the papers of the bundled register take: four papers and the pair in one file, in four forms each.

    python bench/report.py [FOLDER]     keeps the files in FOLDER; without it they are thrown away

Loads the bundled register into a new folder first, which is not counted. The budget is 20 seconds for the sixteen
files of four papers, on the machine of CONTRIBUTING.md.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

BUDGET = 20.0


def main() -> None:
    """Print a line a file, and the sum."""
    kept = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("FOLLOWTHROUGH_SECRET_KEY", "x" * 50)
        from followthrough.cli.boot import boot, migrate

        boot(Path(folder))
        migrate()
        from followthrough.packs.bundled import featured_pack
        from followthrough.packs.reading import read_pack
        from followthrough.report.papers import MADE_BY
        from followthrough.report.rendering import FORMS
        from followthrough.web.accounts.policy import SYSTEM
        from followthrough.web.exchange.importing import import_pack
        from followthrough.web.papers.asked import Asked
        from followthrough.web.papers.gathering import register_of

        import_pack(read_pack(featured_pack().folder), by=SYSTEM)
        today = time.strftime("%Y-%m-%d")
        document = next(iter(featured_pack().rounds))
        party = str(featured_pack().rounds[document]["reply"]["party"])
        began = time.perf_counter()
        held = register_of(Asked(document, today, today, party=party), SYSTEM)
        total = time.perf_counter() - began
        print(f"gathered     {total:7.2f} s")
        for name, make in MADE_BY.items():
            for form, write in FORMS.items():
                began = time.perf_counter()
                data = write(make(held))
                took = time.perf_counter() - began
                total += took if name != "report" else 0
                print(f"{name:8} {form:5}{took:6.2f} s {len(data) / 1000:8.0f} kB")
                if kept:
                    kept.mkdir(parents=True, exist_ok=True)
                    (kept / f"{name}.{form}").write_bytes(data)
    print(f"four papers in four forms: {total:.1f} s; budget {BUDGET:.0f} s")
    sys.exit(total > BUDGET)


if __name__ == "__main__":
    main()
