"""How fast an IATI file of any size is read and checked, and whether a reading that was cut tells the same.

    python bench/iati.py [MEGABYTES]     500 by default, generated into a temporary folder

Four runs, each in a process of its own: a bare ``lxml.etree.iterparse`` that only clears; ours, which checks each
activity against the schema and the rules; ours with every record made; and ours cut at a random activity and resumed.
Prints megabytes a second of one core (CPU time), the ratio to the bare parser, peak memory over that of the start,
and whether the resumed reading told what the whole one did.
"""

from __future__ import annotations

import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

TODAY = "2026-11-26"
MEGABYTES = 500
RUNS = ("bare", "checked", "records", "resumed")


def activity(number: int, chance: random.Random) -> str:
    """Return one activity: mostly money, some results, now and then one that the schema refuses."""
    day = f"{chance.randint(2010, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    money = "\n".join(
        f'    <transaction ref="{number}-{n}">\n      <transaction-type code="{chance.choice("23411")}"/>\n'
        f'      <transaction-date iso-date="{day}"/>\n'
        f'      <value currency="USD" value-date="{day}">{chance.randint(100, 9_999_999)}.{n % 100:02}</value>\n'
        f"      <description><narrative>Payment {n} of the programme &amp; its second phase</narrative></description>\n"
        f'      <provider-org ref="XX-1"><narrative>Ministry of Water</narrative></provider-org>\n'
        f'      <receiver-org ref="YY-{n}"><narrative>Water Works {n}</narrative></receiver-org>\n    </transaction>'
        for n in range(chance.randint(2, 40))
    )
    periods = "".join(
        f'        <period><period-start iso-date="{year}-01-01"/><period-end iso-date="{year}-12-31"/>'
        f'<target value="{year % 7}"/><actual value="{year % 5}"/></period>\n'
        for year in range(2015, 2015 + chance.randint(1, 9))
    )
    status = "" if chance.random() < 0.01 else '    <activity-status code="2"/>\n'
    return f"""  <iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="{day}T00:00:00Z">
    <iati-identifier>XX-1-{number}</iati-identifier>
    <reporting-org ref="XX-1" type="10"><narrative>Ministry of Water</narrative></reporting-org>
    <title><narrative>Wells for district {number}</narrative><narrative xml:lang="fr">Puits {number}</narrative></title>
    <description type="1"><narrative>{"Clean water for the villages along the river. " * 8}</narrative></description>
    <participating-org ref="XX-1" role="1" type="10"><narrative>Ministry of Water</narrative></participating-org>
    <participating-org ref="YY-1" role="4" type="22"><narrative>Water Works</narrative></participating-org>
{status}    <activity-date type="1" iso-date="2010-01-01"/>
    <activity-date type="3" iso-date="2027-12-31"/>
    <recipient-country code="VN" percentage="60"/>
    <recipient-country code="LA" percentage="40"/>
    <sector vocabulary="1" code="14030" percentage="100"/>
    <tag vocabulary="2" code="6"/>
    <budget type="1"><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
      <value value-date="2024-01-01">{chance.randint(1, 9_000_000)}</value></budget>
{money}
    <result type="1"><title><narrative>Wells</narrative></title>
      <indicator measure="1"><title><narrative>Wells dug</narrative></title>
{periods}      </indicator></result>
  </iati-activity>
"""


def generate(path: Path, megabytes: int) -> None:
    """Write a file of about that size, from a fixed seed."""
    chance, written, number = random.Random(20191126), 0, 0  # noqa: S311 - a benchmark
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n')
        while written < megabytes * 1_000_000:
            text = activity(number, chance)
            file.write(text)
            written, number = written + len(text), number + 1
        file.write("</iati-activities>\n")


def bare(path: Path) -> str:
    """Parse a file and clear each activity, as one does without us."""
    from lxml import etree

    count = 0
    for _, element in etree.iterparse(str(path), tag="iati-activity"):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
        count += 1
    return str(count)


def told(path: Path, *, records: bool = False, cut: int = 0) -> str:
    """Return a digest of what a reading tells, with the counts; with ``cut`` it stops there, and goes on anew."""
    from followthrough.sources.iati.reading import Accepted, Refused, read_activities

    digest, counts = hashlib.sha256(), {"accepted": 0, "refused": 0, "transactions": 0}

    def take(outcomes: Iterable[Accepted | Refused], most: int = 0) -> Accepted | Refused | None:
        last = None
        for last in outcomes:
            accepted = isinstance(last, Accepted)
            said = last.remarks if isinstance(last, Accepted) else last.reason
            counts["accepted" if accepted else "refused"] += 1
            if records and isinstance(last, Accepted):
                counts["transactions"] += len(last.record.transactions)
            digest.update(repr((last.identifier, last.line, last.offset, said)).encode())
            if counts["accepted"] + counts["refused"] == most:
                break
        return last

    last = take(read_activities(path, TODAY), cut)
    if cut and last is not None:
        take(read_activities(path, TODAY, last.after))
    return json.dumps({**counts, "digest": digest.hexdigest()[:16]})


def run(name: str, path: Path, cut: int) -> None:
    """Do one run and print its CPU time in seconds, the growth of its memory in megabytes, and what it told."""
    from followthrough.sources.iati.schema import activity_schema

    activity_schema()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    said = bare(path) if name == "bare" else told(path, records=name == "records", cut=cut if name == "resumed" else 0)
    seconds = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "grown": grown, "told": said}))


def main(megabytes: int) -> None:
    """Generate the file, do the runs, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "activities.xml"
        generate(path, megabytes)
        size, results = path.stat().st_size / 1e6, {}
        count, cut = 0, 0
        for name in RUNS:
            command = [sys.executable, __file__, "--run", name, str(path), str(cut)]
            results[name] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
            if name == "bare":
                count = int(results[name]["told"])
                cut = random.SystemRandom().randrange(1, count)
        peer = results["bare"]["seconds"]
        sys.stdout.write(f"{size:.0f} MB, {count} activities, cut behind number {cut}\n")
        for name, one in results.items():
            speed, ratio = size / one["seconds"], peer / one["seconds"]
            sys.stdout.write(f"{name:9} {speed:6.1f} MB/s  {ratio:5.2f} of bare  {one['grown']:6.1f} MB more memory\n")
        same = results["checked"]["told"] == results["resumed"]["told"]
        sys.stdout.write(f"{results['records']['told']}\nresumed tells the same: {'yes' if same else 'NO'}\n")
        if not same:
            sys.exit(1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else MEGABYTES)
