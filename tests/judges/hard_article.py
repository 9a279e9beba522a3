"""Writes an article whose words are hard on every format, with a sidecar that judges all of them:
python hard_article.py FOLDER."""

import hashlib
import json
import sys
from pathlib import Path

# Claims as they stand in the article, and what was found.
CLAIMS = [
    ("=SUM(A1:A9) of 412 million stood in the ledger", "false"),
    ("the page said </script><script>alert(1)</script> for 3 hours", "misleading"),
    ("the wall held 4.2 million; cubic\tmetres, “or so” said\nits keeper", "mostly true"),
    ("-5 percent, +3 percent and @home: \"none of it\" was 100 % true", "false"),
    ("the river 🌊 rose by 2 metres in Nørrevåg, 長江 by 3 and in العربية by 4 metres", "true"),
    ("a claim of more than seventy-five characters, which readers of some formats cut, has to come through as it is, whole", "true"),
    ("<!-- no comment --> & &amp; &#39; were printed as 'they' are \\ \\n \\u003c", "mostly true"),
]
SOURCES = [
    ("the Ministry; \"of\" <Water>", {"name": "Ministry; \"of\" <Water>", "source_type": "organisation"}),
    ("Åsa Þorvaldsdóttir-Lindqvist", {"name": "Åsa Þorvaldsdóttir-Lindqvist", "source_type": "named person", "role": "mayor, and =1+1"}),
]
HEAD = """---
title: 'Dam & wall: </script> 50 % "closed" 🌊'
author: Fenella Achterberg
outlet: The <Ellory> Times & Post
date: 2026-03-04
url: https://news.example/dam?a=1&b=2#top
---

"""
WHO = "judge@desk.example"


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    source = [words for words, _ in SOURCES]
    lines = [f"{claim}, {source[number % 2]} said." for number, (claim, _) in enumerate(CLAIMS)]
    text = HEAD + "\n\n".join(lines) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    version = f"t-{digest[:8]}"
    annotations, links = [], []

    def mark(kind, start, words, nth, **more):
        name = "a-" + hashlib.sha256(f"{kind}\n{nth}\n{words}".encode()).hexdigest()[:12]
        review = {"decision": "confirm", "text": version, "at": "2026-03-05T10:00:00Z", "kind": kind, "start": start, "end": start + len(words), "exact": words}
        for key in ("verdict", "note"):
            if key in more:
                review[key] = more.pop(key)
        target = {"start": start, "end": start + len(words), "exact": words, "anchor": "ok"}
        annotations.append({"id": name, "kind": kind, "status": "confirmed", "target": target, **more, "suggestions": {}, "reviews": {WHO: review}})
        return name

    place, times = len(HEAD), {}
    for number, ((claim, verdict), line) in enumerate(zip(CLAIMS, lines)):
        evidence = {f"e-{number:08x}": {"url": f"https://archive.example/{number}?q=a&b=<c>".replace("<c>", "%3Cc%3E"), "quote": f"=cmd|' /C calc'!A{number}; “{claim[:9]}”", "stance": "refutes", "by": WHO, "at": "2026-03-05T10:00:00Z"}}
        own = {"attributes": {"claim_text": "+ In our words: <i>the ledger</i>; was \"short\""}} if number == 0 else {}
        of = mark("claim", place, claim, 0, verdict=verdict, note=f"+see; \"note\" {number}\n\t=next <line>", evidence=evidence, **own)
        words, facts = SOURCES[number % 2]
        nth = times.get(words, 0)
        times[words] = nth + 1
        to = mark("source", place + len(claim) + 2, words, nth, attributes=dict(facts))
        name = "l-" + hashlib.sha256(f"attributed_to\n{of}\n{to}".encode()).hexdigest()[:12]
        links.append({"id": name, "type": "attributed_to", "from": of, "to": to, "status": "confirmed", "suggestions": {}, "reviews": {WHO: {"decision": "confirm", "text": version, "at": "2026-03-05T10:00:00Z"}}})
        place += len(line) + 2
    sidecar = {
        "format": "proofmark-sidecar",
        "version": 1,
        "article": {"file": "hard & <odd>; name.md", "media_type": "text/markdown", "bytes_sha256": digest, "text": version},
        "texts": {version: {"sha256": digest, "length": len(text), "layer": "plain"}},
        "runs": {},
        "passes": {},
        "annotations": annotations,
        "links": links,
    }
    name = folder / sidecar["article"]["file"]
    name.write_text(text, encoding="utf-8", newline="")
    Path(f"{name}.proofmark.json").write_text(json.dumps(sidecar, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="")


if len(sys.argv) != 2:
    sys.exit(__doc__)
main()
