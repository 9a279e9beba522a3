"""Judges the program's own JSON Lines: python judge_jsonl.py EXPORT.jsonl TEXT...

Every annotation's words are cut out of its text, which is told by the name of the article."""

import json
import os
import sys

from tally import Tally

tally = Tally("jsonl: Python's json")
check = tally.check
if len(sys.argv) < 3:
    sys.exit(__doc__)
texts = {}
for name in sys.argv[2:]:
    with open(name, encoding="utf-8", newline="") as file:
        texts[os.path.basename(name)] = file.read()
seen = {}
ends = []
with open(sys.argv[1], encoding="utf-8", newline="\n") as file:
    for number, line in enumerate(file, 1):
        one = json.loads(line)
        where = f"line {number}: {one.get('id')}"
        article = one.get("article")
        text = texts.get(os.path.basename(article or ""))
        if check("the article's text was given to the judge", text is not None, str(article)) and one.get("spans"):
            pieces = [text[a:b] for a, b in one["spans"]]
            check("the words are the text at the spans", one["text"] in (" ".join(pieces), " … ".join(pieces), "".join(pieces)), f"{where}: {one['text']!r} is not {pieces}")
            check("spans stand in order", all(a < b for a, b in one["spans"]) and all(x[1] <= y[0] for x, y in zip(one["spans"], one["spans"][1:])), where)
        check("an id stands once in its article", (article, one["id"]) not in seen, where)
        seen[(article, one["id"])] = one
        check("kind and status are told", bool(one.get("kind")) and bool(one.get("status")), where)
if len(open(sys.argv[1], encoding="utf-8").read().splitlines()) != number:
    tally.note("readers that split at U+2028 and U+0085 see more lines; JSON Lines ends a line at LF alone")
tally.done()
