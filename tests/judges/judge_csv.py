"""Judges tables (csv, sheet): python judge_csv.py [--separator SIGN] TABLE.csv...

SIGN (a comma, `;` or `tab`) goes for the tables behind it. LibreOffice opens each as a person would
who names the sign, and the file it saves is read back with openpyxl: as text every cell is the same,
and as spreadsheets read cells none is a formula.
"""

import csv
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tally import Tally, need, version

pandas = need("pandas")
openpyxl = need("openpyxl")
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
SIGNS_OF_TABLES = {",": ",", ";": ";", "tab": "\t"}


def opened(name, sign, columns, as_text):
    """The rows that LibreOffice makes of a table, and where formulas stand."""
    kinds = "/".join(f"{column}/{2 if as_text else 1}" for column in range(1, columns + 1))
    # Signs between cells, quotation mark, UTF-8, first row, kinds of columns, language, and quoted
    # cells and formulas as a spreadsheet takes them if nobody chooses.
    options = f"CSV:{ord(sign)},34,76,1,{kinds},1033,false,true,false,false,false,-1,true"
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", f"--infilter={options}", "--convert-to", "xlsx", "--outdir", folder, str(name)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        book = openpyxl.load_workbook(next(Path(folder).glob("*.xlsx")))
    sheet = book.worksheets[0]
    formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    return len(book.worksheets), rows, formulas


def as_saved(cell):
    """XLSX knows one sign for the end of a line, and XML takes away the CR."""
    return cell.replace("\r\n", "\n")


def spreadsheet(name, sign, rows):
    sheets, again, formulas = opened(name, sign, len(rows[0]), True)
    check("LibreOffice makes one sheet of a table", sheets == 1, f"{name}: {sheets}")
    check("LibreOffice reads as many rows", len(again) == len(rows), f"{name}: {len(again)} for {len(rows)}")
    for number, (row, found) in enumerate(zip(rows, again), 1):
        check("LibreOffice reads as many columns", len(found) == len(row), f"{name}: row {number}: {len(found)} for {len(row)}")
        for title, cell, other in zip(rows[0], row, found):
            check("LibreOffice reads the same cell", as_saved(cell) == other, f"{name}: row {number}, {title}: {cell!r} is {other!r}")
    check("LibreOffice takes no cell for a formula", not formulas, f"{name}: as text: {formulas[:5]}")
    sheets, again, formulas = opened(name, sign, len(rows[0]), False)
    check("LibreOffice takes no cell for a formula", not formulas, f"{name}: {formulas[:5]}")
    check("LibreOffice reads as many rows", len(again) == len(rows), f"{name}: {len(again)} for {len(rows)}")


sign = ","
arguments = iter(sys.argv[1:] or sys.exit(__doc__))
for name in arguments:
    if name == "--separator":
        sign = SIGNS_OF_TABLES[next(arguments)]
        continue
    raw = Path(name).read_bytes()
    text = raw.decode("utf-8-sig")
    check("the file is UTF-8", True)
    bare = re.sub(r'"(?:[^"]|"")*"', "", text)
    check("outside quotation marks stand only the separator and CRLF", set(bare) <= set(sign + "\r\n") and "\n" not in bare.replace("\r\n", ""), f"{name}: {sorted(set(bare) - set(sign + chr(13) + chr(10)))}")
    check("the file ends in CRLF", text.endswith("\r\n"), name)
    with open(name, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True, delimiter=sign))
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
            check("start and end are numbers in order", start == end == "" or (start.isdigit() and end.isdigit() and int(start) < int(end)), f"{start} {end}")
    try:
        sniffed = csv.Sniffer().sniff(text[:65536])
        check("csv.Sniffer takes the separator", sniffed.delimiter == sign, f"{name}: {sniffed.delimiter!r}")
    except csv.Error as error:
        tally.note(f"{name}: csv.Sniffer: {error}")
    frame = pandas.read_csv(name, sep=sign, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    check("pandas reads the same rows", [list(frame.columns), *frame.values.tolist()] == [[c.replace("\r\n", "\n") for c in row] for row in rows] or frame.values.tolist() == rows[1:], name)
    check("pandas takes the first column's name without the mark of byte order", frame.columns[0] == head[0] and not head[0].startswith("\ufeff"), repr(frame.columns[0]))
    if not raw.startswith(b"\xef\xbb\xbf"):
        plain = pandas.read_csv(name, sep=sign)
        check("pandas without options reads as many rows", len(plain) == len(rows) - 1, name)
    if office:
        spreadsheet(Path(name).resolve(), sign, rows)
if not office:
    check("LibreOffice is there", False, "NOT INSTALLED: soffice (libreoffice-calc): OPENING IN A SPREADSHEET WAS NOT JUDGED")
tally.done()
