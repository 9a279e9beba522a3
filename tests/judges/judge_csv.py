"""Judges tables (csv, sheet): python judge_csv.py TABLE.csv...; LibreOffice, where it is, opens each."""

import csv
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tally import Tally, need, version

pandas = need("pandas")
tally = Tally(f"csv: Python's csv, {version('pandas')}")
check = tally.check
SIGNS = "=+-@＝＋－＠"


def runs(part):
    """Whether a spreadsheet could run what a cell starts with."""
    if part[:1] in "\t\r" and part:
        return True
    bare = re.sub(r'^[\s"]+', "", part)
    return bare[:1] in SIGNS and bare != "" and not re.match(r"^[+-]\d[\d.,]*\s*(%|[^\W\d_ ]*[^\W\d_ ]?( [^\W\d_]+)*)?$", bare.strip())


office = shutil.which("soffice") or shutil.which("libreoffice")
for name in sys.argv[1:] or sys.exit(__doc__):
    raw = Path(name).read_bytes()
    text = raw.decode("utf-8-sig")
    check("the file is UTF-8", True)
    bare = re.sub(r'"(?:[^"]|"")*"', "", text)
    check("outside quotation marks stand only commas and CRLF", set(bare) <= set(",\r\n") and "\n" not in bare.replace("\r\n", ""), f"{name}: {sorted(set(bare) - set(chr(44) + chr(13) + chr(10)))}")
    check("the file ends in CRLF", text.endswith("\r\n"), name)
    with open(name, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    head = rows[0]
    check("names of columns are there and differ", len(set(head)) == len(head) and all(head), str(head))
    for number, row in enumerate(rows[1:], 2):
        check("a row has as many cells as the first", len(row) == len(head), f"{name}: row {number} has {len(row)}")
        for title, cell in zip(head, row):
            check("a cell has no control but line breaks and tabs", not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]", cell), f"{name}: {title}: {cell!r}")
            parts = re.split(r"(?<=[;\t\r\n])", cell)
            check("no part of a cell could run as a formula", not any(runs(part) for part in parts), f"{name}: {title}: {cell!r}")
        if "start" in head and "end" in head:
            start, end = row[head.index("start")], row[head.index("end")]
            check("start and end are numbers in order", start == end == "" or int(start) < int(end), f"{start} {end}")
    try:
        sniffed = csv.Sniffer().sniff(text[:65536])
        check("csv.Sniffer takes the comma", sniffed.delimiter == ",", f"{name}: {sniffed.delimiter!r}")
    except csv.Error as error:
        tally.note(f"{name}: csv.Sniffer: {error}")
    frame = pandas.read_csv(name, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    check("pandas reads the same rows", [list(frame.columns), *frame.values.tolist()] == [[c.replace("\r\n", "\n") for c in row] for row in rows] or frame.values.tolist() == rows[1:], name)
    check("pandas takes the first column's name without the mark of byte order", frame.columns[0] == head[0] and not head[0].startswith("\ufeff"), repr(frame.columns[0]))
    if not raw.startswith(b"\xef\xbb\xbf"):
        plain = pandas.read_csv(name)
        check("pandas without options reads as many rows", len(plain) == len(rows) - 1, name)
    if office:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([office, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", folder, name], check=True, capture_output=True, timeout=120)
            for made in Path(folder).glob("*.csv"):
                with open(made, encoding="utf-8", newline="") as file:
                    again = list(csv.reader(file))
                check("LibreOffice reads as many rows and cells", [len(r) for r in again] == [len(r) for r in rows], name)
    else:
        tally.note("NOT INSTALLED: LibreOffice (soffice): opening in a spreadsheet was not judged")
tally.done()
