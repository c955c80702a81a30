"""How long a static edition takes, and how much memory: pages a second at two sizes, beside two public builders.

    python bench/publish.py                     1,000 and 10,000 commitments
    python bench/publish.py --sizes 100 300     smaller registers

Each register is invented (``web_data``), laid into a folder of its own, published, changed in one sentence and
published again. Then mkdocs and Eleventy, which are fetched into a folder of their own, set the words of the same pages
from Markdown: they ask no database, make no data files and know of no other page, and are the floor that a builder from
files has. CPU is that of the process with its children, memory the most that one process held. Exit 1 where a page of
the largest register takes half as long again as one of the smallest, or where a second run writes more than it should.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from environments import python_with

MKDOCS, ELEVENTY = "mkdocs==1.6.1", "@11ty/eleventy@3.1.8"
HOME = Path(tempfile.gettempdir()) / "followthrough-bench-builders"
SLOWER, PART = 1.5, 0.05
"""How much longer a page may take in the largest register, and the part of all files that one change may rewrite."""
SHELL = "<!doctype html><html lang='en'><title>{{ title }}</title><main>{{ content }}</main></html>"
CONFIG = "export default c => { c.setInputDirectory('docs'); c.setOutputDirectory('out'); };\n"


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds of CPU and of the clock, megabytes at most, and what it printed."""

    cpu: float
    clock: float
    peak: float
    said: str

    def line(self, name: str, pages: int) -> str:
        """Return its line of the table."""
        return f"{name:24}{pages:8,}{pages / self.cpu:11.1f}{self.cpu:10.1f}{self.clock:10.1f}{self.peak:9.0f}"


def run(command: list[str], folder: Path, **environment: str) -> Run:
    """Run a command in ``folder``; raises ``RuntimeError`` where it fails."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stdout=out, stderr=out)
        _pid, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode(errors="replace")
    if child.returncode:
        raise RuntimeError(f"{command[:3]} failed: {said[-2_000:]}")
    return Run(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / 1024, said)


def main() -> int:
    """Print the table for each size, then what it says of the aims."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    asked.add_argument("--alone", action="store_true", help="without the other builders")
    asked.add_argument("--step", help=argparse.SUPPRESS)
    asked.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.step:
        _step(options.step, options.home, options.sizes[0])
        return 0
    print(f"{'':24}{'pages':>8}{'pages/s':>11}{'CPU s':>10}{'clock s':>10}{'peak MB':>9}", flush=True)
    by_page, kept = [], True
    for size in sorted(options.sizes):
        with tempfile.TemporaryDirectory() as home:
            seconds, little = _size(size, Path(home), alone=options.alone)
        by_page.append(seconds)
        kept = kept and little
    ratio = by_page[-1] / by_page[0]
    print(f"a page of the largest takes {ratio:.2f} of one of the smallest; at most {SLOWER}")
    return int(ratio > SLOWER or not kept)


def _size(size: int, home: Path, *, alone: bool) -> tuple[float, bool]:
    """Measure one size; returns the seconds of CPU for a page, and whether a second run wrote little."""
    environment = {"FOLLOWTHROUGH_SECRET_KEY": "x" * 50, "DATABASE_URL": ""}
    command = [sys.executable, __file__, "--home", str(home), "--sizes", str(size), "--step"]
    run([*command, "fill"], home, **environment)
    print(f"{size:,} commitments", flush=True)
    made = run([*command, "publish"], home, **environment)
    counted = len(list(_pages(home / "out")))
    print(made.line("followthrough", counted), flush=True)
    run([*command, "change"], home, **environment)
    again = run([*command, "publish"], home, **environment)
    print(again.line("after one change", counted), flush=True)
    said = json.loads(again.said.splitlines()[-1])
    print(f"  first {made.said.splitlines()[-1]}; after one change {again.said.splitlines()[-1]}", flush=True)
    if not alone:
        for name, builder in (("mkdocs", _mkdocs), ("Eleventy", _eleventy)):
            print(builder(home).line(name, counted), flush=True)
    return made.cpu / counted, 0 < said["written"] < PART * said["files"]


def _pages(out: Path) -> Iterator[Path]:
    return (path for path in out.rglob("index*.html") if "docs" not in path.relative_to(out).parts[:1])


def _step(step: str, home: Path, size: int) -> None:
    """Do one step in a process of its own: lay the register, change it, or publish it."""
    from followthrough.cli.boot import boot, migrate

    boot(home / "data")
    if step == "fill":
        migrate()
        from web_data import Size, fill

        fill(Size(size, size // 10))
    elif step == "change":
        from django.db import transaction

        from followthrough.web.activities.models import Activity
        from followthrough.web.audit.event_types import EventType
        from followthrough.web.audit.record import record

        key = Activity.objects.order_by("id").values_list("id", flat=True)[0]
        with transaction.atomic():
            Activity.objects.filter(pk=key).update(statement="One sentence that was changed.")
            record("the benchmark", EventType.ACTIVITY_CHANGED, "activity", key)
    else:
        from followthrough.web.edition.making import publish
        from followthrough.web.kit.static_files import collect_static

        collect_static()
        done = publish(home / "out", "https://example.org/tracker/")
        print(json.dumps({"files": done.files, "written": len(done.written)}))


def _markdown(home: Path) -> Path:
    """Write the words of every page as Markdown, once; returns the folder of a site of them."""
    site = home / "site"
    if site.exists():
        return site
    for page in _pages(home / "out"):
        document = html.parse(str(page)).getroot()
        said = [" ".join(one.text_content().split()) for one in document.xpath("//main//p | //main//li | //main//td")]
        path = site / "docs" / page.relative_to(home / "out").with_suffix(".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        title = json.dumps(document.findtext(".//title") or "")
        path.write_text(f"---\ntitle: {title}\n---\n\n" + "\n\n".join(map(_plain, said)) + "\n", encoding="utf-8")
    return site


def _plain(words: str) -> str:
    return "".join("\\" + sign if sign in "\\`*_{}[]<>#+-!|%&" else sign for sign in words)


def _mkdocs(home: Path) -> Run:
    site, python = _markdown(home), python_with(HOME / "python", MKDOCS)
    (site / "mkdocs.yml").write_text("site_name: Register\nsite_dir: out\n", encoding="utf-8")
    made = run([str(python), "-m", "mkdocs", "build", "-q"], site)
    shutil.rmtree(site / "out")
    return made


def _eleventy(home: Path) -> Run:
    site, command = _markdown(home), HOME / "node" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    if not command.exists():
        (HOME / "node").mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", ELEVENTY], cwd=HOME / "node", check=True)
    (site / "docs" / "_includes").mkdir(exist_ok=True)
    (site / "docs" / "_includes" / "page.liquid").write_text(SHELL, encoding="utf-8")
    (site / "docs" / "docs.json").write_text('{"layout": "page.liquid"}', encoding="utf-8")
    (site / "eleventy.config.mjs").write_text(CONFIG, encoding="utf-8")
    return run(["node", str(command), "--quiet", "--config=eleventy.config.mjs"], site)


if __name__ == "__main__":
    sys.exit(main())
