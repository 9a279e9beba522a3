"""Judges CoNLL columns: python judge_conll.py EXPORT.conll TEXT...

Columns: number in the paragraph, token, first and last offset in code points, claim, source. The texts are told by their names
(`# newdoc id = NAME`)."""

import os
import re
import sys

from tally import Tally, need, version

metrics = need("seqeval.scheme", "seqeval")
tally = Tally(f"conll: {version('seqeval')}")
check = tally.check
if len(sys.argv) < 3:
    sys.exit(__doc__)
texts = {}
for name in sys.argv[2:]:
    with open(name, encoding="utf-8", newline="") as file:
        texts[os.path.basename(name)] = file.read()


def sentences(lines):
    """(article, rows) of each sentence."""
    article, rows = None, []
    for number, line in enumerate(lines, 1):
        if line.startswith("# newdoc id = "):
            article = line[len("# newdoc id = "):]
        elif line == "":
            if rows:
                yield article, rows
            rows = []
        else:
            check("a line starts with # only where it is a comment, as readers of CoNLL-U skip those", not line.startswith("#"), f"line {number}: {line!r}")
            rows.append((number, line.split("\t")))
    if rows:
        check("the last sentence ends in an empty line", False, str(rows[-1]))
        yield article, rows


with open(sys.argv[1], encoding="utf-8", newline="") as file:
    whole = file.read()
check("readers that split at every line end of Unicode see as many lines", len(whole.splitlines()) == whole.count("\n"), f"{len(whole.splitlines())} for {whole.count(chr(10))}")
at = {}
spans = 0
for article, rows in sentences(whole.split("\n")):
    text = texts.get(os.path.basename(article or ""))
    check("the article's text was given to the judge", text is not None, str(article))
    for number, row in rows:
        check("a row has six columns, none empty", len(row) == 6 and all(row), f"line {number}: {row}")
        if len(row) != 6 or text is None:
            continue
        word, first, last = row[1], int(row[2]), int(row[3])
        check("a token is the text at its offsets", text[first:last] == word, f"line {number}: {word!r} is not {text[first:last]!r}")
        check("tokens stand in order, only white space between", first >= at.get(article, 0) and text[at.get(article, 0):first].strip() == "", f"line {number}: {text[at.get(article, 0):first]!r}")
        check("a token has no white space in it", not re.search(r"\s", word), f"line {number}: {word!r}")
        at[article] = last
    for column, label in ((4, "CLAIM"), (5, "SOURCE")):
        tags = [row[column] for _, row in rows if len(row) == 6]
        before = "O"
        for (number, row), tag in zip(rows, tags):
            check("a label is O, B-LABEL or I-LABEL", tag in ("O", f"B-{label}", f"I-{label}"), f"line {number}: {tag}")
            check("an I follows a B or an I of its sentence", not tag.startswith("I-") or before != "O", f"line {number}: {row}")
            before = tag
        try:
            spans += len(metrics.Entities([tags], metrics.IOB2).entities[0])
            check("seqeval reads the labels as IOB2", True)
        except Exception as error:
            check("seqeval reads the labels as IOB2", False, f"line {rows[0][0]}: {error}")
for article, end in at.items():
    if article in texts or os.path.basename(article) in texts:
        rest = texts[os.path.basename(article)][end:]
        check("no words stand behind the last token", rest.strip() == "", f"{article}: {rest[:40]!r}")
tally.note(f"{spans} spans in strict IOB2")
tally.done()
